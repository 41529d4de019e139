package testnet

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	cmtconfig "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/privval"
	"github.com/spf13/viper"
	"github.com/stretchr/testify/require"

	serverconfig "github.com/cosmos/cosmos-sdk/server/config"

	"github.com/shugu-network/shugu/invariants"
	consortiumtypes "github.com/shugu-network/shugu/x/consortium/types"
)

// laidOut lays a network out without starting it.
func laidOut(t *testing.T, cfg Config) *Network {
	t.Helper()
	n, err := New(cfg)
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(n.cfg.Root, 0o755))
	require.NoError(t, n.layOut())
	return n
}

func readTOML(t *testing.T, path string) *viper.Viper {
	t.Helper()
	v := viper.New()
	v.SetConfigFile(path)
	require.NoError(t, v.ReadInConfig())
	return v
}

func TestNodeConfigurationIsLocalAndComplete(t *testing.T) {
	cfg := testConfig(t, 3)
	cfg.BasePort = 21_000
	n := laidOut(t, cfg)
	node := n.Chain("shugu-shanghai-1").Node(1)
	require.Equal(t, Ports{P2P: 21_016, RPC: 21_017, GRPC: 21_018, PProf: 21_019}, node.Ports())

	comet := cmtconfig.DefaultConfig()
	require.NoError(t, readTOML(t, filepath.Join(node.Home(), "config", "config.toml")).Unmarshal(comet))
	require.NoError(t, comet.ValidateBasic())
	require.Equal(t, "exchange-2", comet.Moniker)
	require.Equal(t, "tcp://127.0.0.1:21016", comet.P2P.ListenAddress)
	require.Equal(t, "tcp://127.0.0.1:21017", comet.RPC.ListenAddress)
	require.Equal(t, "127.0.0.1:21019", comet.RPC.PprofListenAddress)
	require.True(t, comet.P2P.AllowDuplicateIP)
	require.False(t, comet.P2P.AddrBookStrict)
	require.False(t, comet.P2P.PexReactor)
	require.Equal(t, DefaultBlockTime, comet.Consensus.TimeoutCommit)
	require.Zero(t, comet.Consensus.DoubleSignCheckHeight)
	require.Equal(t, "kv", comet.TxIndex.Indexer)
	peers := n.Chain("shugu-shanghai-1")
	require.Equal(t, peers.Node(0).st.NodeID+"@127.0.0.1:21012,"+peers.Node(2).st.NodeID+"@127.0.0.1:21020", comet.P2P.PersistentPeers)

	appTOML := readTOML(t, filepath.Join(node.Home(), "config", "app.toml"))
	require.Positive(t, appTOML.GetInt64(invariants.Key))
	server, err := serverconfig.GetConfig(appTOML)
	require.NoError(t, err)
	require.NoError(t, server.ValidateBasic())
	require.Equal(t, "0fen", server.MinGasPrices)
	require.Equal(t, "127.0.0.1:21018", server.GRPC.Address)
	require.Positive(t, server.QueryGasLimit)
	require.False(t, server.API.Enable)

	client := readTOML(t, filepath.Join(peers.Home(), "config", "client.toml"))
	require.Equal(t, "shugu-shanghai-1", client.GetString("chain-id"))
	require.Equal(t, "tcp://127.0.0.1:21013", client.GetString("node"))
}

func TestGenesisNamesMembersAndSeats(t *testing.T) {
	n := laidOut(t, testConfig(t, 4))
	chain := n.Chain("shugu-hangzhou-1")
	raw, err := os.ReadFile(filepath.Join(chain.Home(), "genesis.json"))
	require.NoError(t, err)
	var in GenesisInput
	require.NoError(t, json.Unmarshal(raw, &in))
	require.Equal(t, []uint32{7, 8, 9}, in.Committee)
	require.Equal(t, []uint32{1}, in.JointMeeting)
	require.Len(t, in.Seats, 4)
	for i, seat := range in.Seats {
		member := in.Members[seat.Member-1]
		require.Contains(t, member.Roles, consortiumtypes.ROLE_EXCHANGE)
		account, err := chain.Account(seat.Moniker)
		require.NoError(t, err)
		require.Equal(t, account.Address, member.Owner)
		require.Equal(t, account.Member, member.Number)
		home := chain.Node(i).Home()
		signer := privval.LoadFilePV(filepath.Join(home, "config", "priv_validator_key.json"), filepath.Join(home, "data", "priv_validator_state.json"))
		require.Equal(t, signer.Key.PubKey.Bytes(), seat.ConsensusKey)
		copied, err := os.ReadFile(filepath.Join(home, "config", "genesis.json"))
		require.NoError(t, err)
		require.Equal(t, raw, copied)
	}
	codes := map[string]bool{}
	for i, member := range in.Members {
		require.Equal(t, uint32(i+1), member.Number)
		require.Len(t, member.CreditCode, 18)
		require.False(t, codes[member.CreditCode])
		codes[member.CreditCode] = true
		require.Equal(t, consortiumtypes.MEMBER_STATUS_ACTIVE, member.Status)
	}
}

func TestKeysAreInTheKeyringsAndRepeatWithASeed(t *testing.T) {
	cfg := testConfig(t, 1)
	cfg.Seed = "a"
	cfg.Chains[0].Accounts = []string{"load-1"}
	n := laidOut(t, cfg)
	accounts, err := n.Chains()[0].Accounts()
	require.NoError(t, err)
	ring, err := openKeyring(n.Chains()[0].Home())
	require.NoError(t, err)
	for _, a := range accounts {
		record, err := ring.Key(a.Key)
		require.NoError(t, err)
		raw, err := record.GetAddress()
		require.NoError(t, err)
		if a.Key == RelayerKey {
			theirs, err := openKeyring(filepath.Join(n.RelayerHome(), "keys", n.Chains()[0].ID()))
			require.NoError(t, err)
			record, err := theirs.Key(RelayerKey)
			require.NoError(t, err)
			got, err := record.GetAddress()
			require.NoError(t, err)
			require.Equal(t, raw, got)
		}
	}
	require.Equal(t, "load-1", accounts[len(accounts)-1].Key)

	cfg.Root = t.TempDir()
	same := laidOut(t, cfg)
	again, err := same.Chains()[0].Accounts()
	require.NoError(t, err)
	require.Equal(t, accounts, again)
	require.Equal(t, n.nodes()[0].st.NodeID, same.nodes()[0].st.NodeID)
	other, err := same.Chains()[1].Account(RelayerKey)
	require.NoError(t, err)
	mine, err := same.Chains()[0].Account(RelayerKey)
	require.NoError(t, err)
	require.NotEqual(t, mine.Address, other.Address, "chains share no keys")

	cfg.Root, cfg.Seed = t.TempDir(), ""
	random := laidOut(t, cfg)
	require.NotEqual(t, n.nodes()[0].st.NodeID, random.nodes()[0].st.NodeID)
}

func TestConfigIsChecked(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func(*Config)
		want  string
	}{
		"no folder":         {func(c *Config) { c.Root = "" }, "Root is empty"},
		"no chains":         {func(c *Config) { c.Chains = nil }, "no chains"},
		"no genesis":        {func(c *Config) { c.Genesis = nil }, "Genesis is missing"},
		"chain twice":       {func(c *Config) { c.Chains[1] = c.Chains[0] }, "named twice"},
		"bad chain id":      {func(c *Config) { c.Chains[0].ID = "../x" }, "expected an id"},
		"no validators":     {func(c *Config) { c.Chains[0].Validators = 0 }, "at least 1 validator"},
		"too few exchanges": {func(c *Config) { c.Chains[0].Validators = 3 }, "as many members with the role exchange"},
		"bad key name":      {func(c *Config) { c.Chains[0].Members[1].Key = "交易所" }, "key name"},
		"key name twice":    {func(c *Config) { c.Chains[0].Members[1].Key = "bank" }, "used twice"},
		"one chain to link": {func(c *Config) { c.Chains = c.Chains[:1] }, "two chains or more"},
		"no relayer member": {func(c *Config) { c.Chains[0].Members = c.Chains[0].Members[:3] }, "needs a member with the key"},
		"too many nodes": {func(c *Config) {
			for i := range c.Chains {
				c.Chains[i], _ = Standard(Cities()[i], 40)
			}
		}, "80 nodes asked for"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := testConfig(t, 2)
			tc.spoil(&cfg)
			_, err := New(cfg)
			require.ErrorContains(t, err, tc.want)
		})
	}
}

func TestGenesisErrorIsTold(t *testing.T) {
	cfg := testConfig(t, 1)
	cfg.Genesis = func(GenesisInput) ([]byte, error) { return nil, errors.New("member 3: bad name") }
	n, err := New(cfg)
	require.NoError(t, err)
	require.ErrorContains(t, n.Up(t.Context()), "laying out shugu-hangzhou-1: genesis: member 3: bad name")
}

func TestStandardChains(t *testing.T) {
	for _, name := range Cities() {
		for _, validators := range []int{1, 4, 12} {
			spec, err := Standard(name, validators)
			require.NoError(t, err)
			require.NoError(t, spec.check(true))
			require.Len(t, spec.exchanges(), validators)
		}
	}
	_, err := Standard("atlantis", 4)
	require.ErrorContains(t, err, "known are hangzhou, shanghai")
}

// The first is the example of GB 11714.
func TestCheckCharacters(t *testing.T) {
	require.Equal(t, "X", organisationCheck("D2143569"))
	require.Equal(t, "91330100330000011M", CreditCode("3301", 33_000_001))
	require.Equal(t, CreditCode("3301", 7), CreditCode("330100", 7))
	require.Len(t, CreditCode("330108", 7), 18)
}

func TestStateIsReadBack(t *testing.T) {
	_, err := Open(t.TempDir())
	require.ErrorContains(t, err, "no local network here")

	n := laidOut(t, testConfig(t, 2))
	n.st.Version, n.st.FlushInterval, n.st.Links = stateVersion, "10s", []Link{{Path: "a_b", ChannelA: "channel-0"}}
	require.NoError(t, writeState(n.cfg.Root, n.st))
	got, err := readState(n.cfg.Root)
	require.NoError(t, err)
	require.Equal(t, n.st, got)
	matches, err := filepath.Glob(filepath.Join(n.cfg.Root, stateFile+".*"))
	require.NoError(t, err)
	require.Empty(t, matches, "no temporary file is left")

	n.st.Version = 99
	require.NoError(t, writeState(n.cfg.Root, n.st))
	_, err = Open(n.cfg.Root)
	require.ErrorContains(t, err, "expected version 1, got 99")
}

func TestLogFileByName(t *testing.T) {
	n := laidOut(t, testConfig(t, 1))
	node := n.Chain("shugu-hangzhou-1").Node(0)
	for name, want := range map[string]string{
		"shugu-hangzhou-1/node0": node.Log(), "hangzhou/node0": node.Log(),
		"relayer": n.RelayerLog(), "link": n.linkLog(),
	} {
		got, err := n.LogFile(name)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	_, err := n.LogFile("node9")
	require.ErrorContains(t, err, `no process "node9"; there are relayer, link, shugu-hangzhou-1/node0`)
}
