//go:build system

package system_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"
	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/testnet/proc"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// quick is the block time where a test waits for many blocks.
const quick = 200 * time.Millisecond

// withParams changes parameters of x/consortium in the genesis of a network's chains.
func withParams(cfg *testnet.Config, change func(p *consortium.Params)) {
	build := cfg.Genesis
	cfg.Genesis = func(in testnet.GenesisInput) ([]byte, error) {
		raw, err := build(in)
		if err != nil {
			return nil, err
		}
		return editState(raw, func(state *consortium.GenesisState) { change(&state.Params) })
	}
}

// editState changes the state of x/consortium in a genesis file.
func editState(raw []byte, change func(*consortium.GenesisState)) ([]byte, error) {
	var file, modules map[string]json.RawMessage
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(file["app_state"], &modules); err != nil {
		return nil, err
	}
	var state consortium.GenesisState
	codec := application().Codec
	if err := codec.UnmarshalJSON(modules[consortium.ModuleName], &state); err != nil {
		return nil, err
	}
	change(&state)
	var err error
	if modules[consortium.ModuleName], err = codec.MarshalJSON(&state); err != nil {
		return nil, err
	}
	if file["app_state"], err = json.Marshal(modules); err != nil {
		return nil, err
	}
	return json.MarshalIndent(file, "", "  ")
}

// council decides by the command line, as docs/operators/validators.md tells.
type council struct{ desk }

// decide has the council vote on one message until it is decided, and returns the height of
// the deciding vote and the resolution's status.
func (c council) decide(message string) (height int64, status string) {
	c.t.Helper()
	file := c.file("change.yaml", "title: 验证席位变更\nreason: 理事会核对无误\nmessages:\n  - "+message+"\n")
	var proposed struct {
		Response struct {
			ID string `json:"id"`
		} `json:"response"`
	}
	answer(c.t, c.must("exchange", "council", "propose", "-f", file, "-o", "json"), &proposed)
	for i := range c.chain.Nodes() {
		voter := "exchange"
		if i > 0 {
			voter = fmt.Sprintf("exchange-%d", i+1)
		}
		var voted struct {
			Height   int64 `json:"height"`
			Response struct {
				Status string `json:"status"`
			} `json:"response"`
		}
		answer(c.t, c.must(voter, "council", "vote", proposed.Response.ID, "yes", "--reason", "核对无误", "-o", "json"), &voted)
		if status = voted.Response.Status; status != "RESOLUTION_STATUS_OPEN" {
			height = voted.Height
			break
		}
	}
	out, code := shugud(c.t, "council", "show", proposed.Response.ID, "--home", c.chain.Home(), "--node", c.chain.RPC())
	require.Zero(c.t, code, out)
	c.t.Logf("%s: %s at height %d\n%s", message, status, height, out)
	return height, status
}

// done is decide for what must be carried out.
func (c council) done(message string) int64 {
	c.t.Helper()
	height, status := c.decide(message)
	require.Equal(c.t, "RESOLUTION_STATUS_EXECUTED", status, message)
	return height
}

// answer decodes what a command printed with -o json.
func answer(t *testing.T, out string, into any) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(out[firstBrace(out):]), into), out)
}

// guard asks whether a change would pass.
func (c council) guard(change ...string) (verdict struct {
	Safe    bool   `json:"safe"`
	SafeAt  string `json:"safe_at"`
	Message string `json:"message"`
}) {
	c.t.Helper()
	query(c.t, c.chain, &verdict, append([]string{"consortium", "guard"}, change...)...)
	return verdict
}

func (c council) number(key string) uint32 {
	account, err := c.chain.Account(key)
	require.NoError(c.t, err)
	return account.Member
}

// admitted is a further node of an exchange, admitted and caught up.
type admitted struct {
	guest
	process *proc.Process
	key     string // base64, as `shugud comet show-validator` prints it
}

// address is that of the node's consensus key.
func (a admitted) address(t *testing.T) cmttypes.Address {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(a.key)
	require.NoError(t, err)
	return ed25519.PubKey(raw).Address()
}

// node makes a node for an exchange, which admits it, and lets it catch up.
func (c council) node(owner, moniker string) admitted {
	c.t.Helper()
	p := place{hosts: "127.0.0.1", guest: "127.0.0.1"}
	home, g := p.newNode(c.t, c.chain, moniker)
	c.must(owner, "node", "admit", g.id, "--purpose", "validator", "--moniker", moniker)
	process := p.start(c.t, home, g, c.chain)
	connected(c.t, c.chain, g)
	out, code := shugud(c.t, "comet", "show-validator", "--home", home)
	require.Zero(c.t, code, out)
	var key struct {
		Key string `json:"key"`
	}
	answer(c.t, out, &key)
	return admitted{guest: g, process: process, key: key.Key}
}

// rpc is a client of a running node of the chain.
func (c council) rpc() *rpchttp.HTTP {
	c.t.Helper()
	node, err := rpchttp.New(c.chain.RPC(), "/websocket")
	require.NoError(c.t, err)
	return node
}

// set is the addresses of the validators of a block.
func (c council) set(height int64) (addresses []string) {
	c.t.Helper()
	require.NoError(c.t, c.chain.WaitHeight(c.t.Context(), height))
	res, err := c.rpc().Validators(c.t.Context(), &height, nil, nil)
	require.NoError(c.t, err)
	for _, v := range res.Validators {
		addresses = append(addresses, v.Address.String())
	}
	return addresses
}

// signers are the addresses that signed a block, by what the next one carries.
func (c council) signers(height int64) (addresses []string) {
	c.t.Helper()
	require.NoError(c.t, c.chain.WaitHeight(c.t.Context(), height+1))
	res, err := c.rpc().Commit(c.t.Context(), &height)
	require.NoError(c.t, err)
	for _, s := range res.Commit.Signatures {
		if s.BlockIDFlag == cmttypes.BlockIDFlagCommit {
			addresses = append(addresses, s.ValidatorAddress.String())
		}
	}
	return addresses
}

// signs waits until a key signs a block, from a height on.
func (c council) signs(address string, from int64) {
	c.t.Helper()
	height := from
	require.Eventually(c.t, func() bool {
		signed := slices.Contains(c.signers(height), address)
		height++
		return signed
	}, time.Minute, 10*time.Millisecond, "%s must sign from height %d on", address, from)
	c.t.Logf("%s signs %d blocks after height %d", address, height-1-from, from)
}

// prints runs a command that asks the chain and returns its standard output.
func (c council) prints(args ...string) string {
	c.t.Helper()
	out, code := shugud(c.t, append(args, "--home", c.chain.Home(), "--node", c.chain.RPC())...)
	require.Zero(c.t, code, out)
	return out
}

// keyOf is the address of a seat's consensus key.
func (c council) keyOf(key string) string {
	c.t.Helper()
	var shown struct {
		Seat struct {
			Key []byte `json:"consensus_key"`
		} `json:"seat"`
	}
	answer(c.t, c.prints("query", "consortium", "seat", fmt.Sprint(c.number(key)), "-o", "json"), &shown)
	return ed25519.PubKey(shown.Seat.Key).Address().String()
}
