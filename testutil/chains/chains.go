// Package chains runs several Shugu chains in one process over ibc-go's
// testing package, with real proofs, keys from strings and a fixed clock, so
// that application hashes repeat from run to run.
package chains

import (
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/baseapp"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// Start is the genesis time: 23 November 2026, 10:00 in UTC+8.
var Start = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)

// Members of every test chain, with the keys of their accounts. The first
// four hold the seats. Numbers count from 1.
var Members = []struct {
	Key  string
	Name string
	Role consortium.Role
}{
	{"exchange", "数据交易所", consortium.ROLE_EXCHANGE},
	{"exchange-2", "滨江基地运营", consortium.ROLE_EXCHANGE},
	{"exchange-3", "临平基地运营", consortium.ROLE_EXCHANGE},
	{"exchange-4", "余杭基地运营", consortium.ROLE_EXCHANGE},
	{"bank", "数谷银行", consortium.ROLE_BANK},
	{"committee-1", "律师事务所", consortium.ROLE_COMMITTEE_MEMBER},
	{"committee-2", "会计师事务所", consortium.ROLE_COMMITTEE_MEMBER},
	{"committee-3", "审计师事务所", consortium.ROLE_COMMITTEE_MEMBER},
	{"court", "互联网法院", consortium.ROLE_COURT},
	{"relayer", "中继运营", consortium.ROLE_RELAYER},
	{"seller", "云帆数据", consortium.ROLE_MERCHANT},
	{"buyer", "智联软件", consortium.ROLE_MERCHANT},
	{"seller-2", "织里印染", consortium.ROLE_MERCHANT},
	{"buyer-2", "德清驾驶", consortium.ROLE_MERCHANT},
}

// Number is the member number of a key in Members, or of an exchange that
// Exchanges adds; 0 when it is none.
func Number(key string) uint32 {
	for i, m := range Members {
		if m.Key == key {
			return uint32(i + 1)
		}
	}
	for i := seats; i < consortium.MaxSeats; i++ {
		if ExchangeKey(i) == key {
			return uint32(len(Members) + i - seats + 1)
		}
	}
	return 0
}

// Holder is the key of the member with a number.
func Holder(number uint32) string {
	if int(number) <= len(Members) {
		return Members[number-1].Key
	}
	return ExchangeKey(int(number) - len(Members) + seats - 1)
}

// seats of a chain.
const seats = 4

// Network is several chains with one clock.
type Network struct {
	*ibctesting.Coordinator
	chains map[string]*Chain
}

// Chain is one chain.
type Chain struct {
	*ibctesting.TestChain
	Shugu *app.App

	recorder *recorder
	injector *injector
	db       dbm.DB
	config   servertypes.AppOptions
}

// New starts chains with the given ids.
func New(t *testing.T, ids ...string) *Network {
	t.Helper()
	return NewWith(t, nil, ids...)
}

// NewWith is New with changes to what stands in each chain's genesis.
func NewWith(t *testing.T, changes []func(*app.GenesisSpec), ids ...string) *Network {
	t.Helper()
	n := &Network{
		Coordinator: &ibctesting.Coordinator{T: t, CurrentTime: Start, Chains: map[string]*ibctesting.TestChain{}},
		chains:      map[string]*Chain{},
	}
	for _, id := range ids {
		c := newChain(t, n.Coordinator, Genesis(t, id, changes...), app.ThisRelease(), simtestutil.EmptyAppOptions{})
		n.chains[id] = c
		n.Coordinator.Chains[id] = c.TestChain
	}
	return n
}

// Chain returns a chain of the network.
func (n *Network) Chain(id string) *Chain { return n.chains[id] }

// Key is the account key of a party on a chain.
func Key(chainID, party string) string { return chainID + "/" + party }

// Genesis of a test chain, with changes to what stands in it.
func Genesis(tb testing.TB, id string, changes ...func(*app.GenesisSpec)) *genutiltypes.AppGenesis {
	tb.Helper()
	genesis, err := BuildGenesis(id, changes...)
	require.NoError(tb, err)
	return genesis
}

// BuildGenesis is Genesis for programs that are not tests.
func BuildGenesis(id string, changes ...func(*app.GenesisSpec)) (*genutiltypes.AppGenesis, error) {
	spec := app.GenesisSpec{
		ChainID: id, Time: Start,
		QuotaGas: 1 << 62, // tests ask for more gas than they use; those of quotas set their own
	}
	for i, m := range Members {
		spec.Members = append(spec.Members, consortium.Member{
			Number: uint32(i + 1), Owner: keys.Bech32(Key(id, m.Key)), Name: m.Name,
			CreditCode: creditCode(i), Region: "3301", Roles: []consortium.Role{m.Role}, Status: consortium.MEMBER_STATUS_ACTIVE,
		})
		if m.Role == consortium.ROLE_COMMITTEE_MEMBER {
			spec.Committee = append(spec.Committee, uint32(i+1))
		}
		if i < seats {
			spec.Seats = append(spec.Seats, consortium.Seat{
				Member: uint32(i + 1), Moniker: m.Key, ConsensusKey: keys.Validator(Key(id, m.Key)).PubKey().Bytes(),
			})
		}
	}
	for _, change := range changes {
		change(&spec)
	}
	return app.BuildGenesis(spec)
}

func creditCode(i int) string { return "9133010800000000" + string(rune('A'+i)) + "X" }

// Init makes an application and starts it from a genesis.
func Init(tb testing.TB, genesis *genutiltypes.AppGenesis, options ...func(*baseapp.BaseApp)) *app.App {
	tb.Helper()
	return InitWith(tb, genesis, simtestutil.EmptyAppOptions{}, options...)
}

// InitWith is Init of a node that is configured by app options.
func InitWith(tb testing.TB, genesis *genutiltypes.AppGenesis, config servertypes.AppOptions, options ...func(*baseapp.BaseApp)) *app.App {
	tb.Helper()
	a := app.New(log.NewNopLogger(), dbm.NewMemDB(), true, config, append(options, baseapp.SetChainID(genesis.ChainID))...)
	start(tb, a, genesis)
	return a
}

// start starts an application from a genesis, which says who its first validators are.
func start(tb testing.TB, a *app.App, genesis *genutiltypes.AppGenesis) *cmttypes.ValidatorSet {
	tb.Helper()
	params := genesis.Consensus.Params.ToProto()
	res, err := a.InitChain(&abci.RequestInitChain{
		ChainId: genesis.ChainID, Time: genesis.GenesisTime, InitialHeight: genesis.InitialHeight,
		ConsensusParams: &params, AppStateBytes: genesis.AppState,
	})
	require.NoError(tb, err)
	validators, err := cmttypes.PB2TM.ValidatorUpdates(res.Validators)
	require.NoError(tb, err)
	return cmttypes.NewValidatorSet(validators)
}

func newChain(t *testing.T, coordinator *ibctesting.Coordinator, genesis *genutiltypes.AppGenesis, release app.Release, config servertypes.AppOptions) *Chain {
	t.Helper()
	id, r, db := genesis.ChainID, &recorder{}, dbm.NewMemDB()
	a := app.NewOf(release, log.NewNopLogger(), db, true, config, r.option, baseapp.SetChainID(id))
	set := start(t, a, genesis)
	in := &injector{App: a}
	c := &Chain{Shugu: a, recorder: r, injector: in, db: db, config: config, TestChain: &ibctesting.TestChain{
		TB: t, Coordinator: coordinator, ChainID: id, App: in,
		ProposedHeader: cmtproto.Header{ChainID: id, Height: 1, Time: coordinator.CurrentTime},
		TxConfig:       a.TxConfig, Codec: a.Codec, Vals: set, NextVals: set, Signers: signersOf(id, set),
		TrustedValidators: map[uint64]*cmttypes.ValidatorSet{},
	}}
	c.NextBlock()
	return c.As("relayer")
}

// As makes a party of the chain the sender of the next messages.
func (c *Chain) As(party string) *Chain {
	key := keys.Account(Key(c.ChainID, party))
	c.SenderPrivKey = key
	c.SenderAccount = c.Shugu.Account.GetAccount(c.Query(), sdk.AccAddress(key.PubKey().Address()))
	if c.SenderAccount == nil { // a stranger: signed with what any new account has
		c.SenderAccount = authtypes.NewBaseAccountWithAddress(sdk.AccAddress(key.PubKey().Address()))
	}
	return c
}

// Send delivers messages of a party in a block of their own, and afterwards
// makes the relayer the sender again.
func (c *Chain) Send(party string, msgs ...sdk.Msg) (*abci.ExecTxResult, error) {
	c.As(party)
	defer c.As("relayer")
	return c.SendMsgs(msgs...)
}

// MustSend is Send that fails the test, and decodes the first response.
func (c *Chain) MustSend(party string, response proto.Message, msgs ...sdk.Msg) *abci.ExecTxResult {
	c.TB.Helper()
	res, err := c.Send(party, msgs...)
	require.NoError(c.TB, err)
	if response != nil {
		var data sdk.TxMsgData
		require.NoError(c.TB, c.Codec.Unmarshal(res.Data, &data))
		require.NotEmpty(c.TB, data.MsgResponses)
		require.NoError(c.TB, c.Codec.Unmarshal(data.MsgResponses[0].Value, response))
	}
	return res
}

// Address of a party on the chain, Bech32.
func (c *Chain) Address(party string) string { return keys.Bech32(Key(c.ChainID, party)) }

// Query is a context for reading the committed state.
func (c *Chain) Query() sdk.Context {
	return c.Shugu.NewContextLegacy(true, cmtproto.Header{ChainID: c.ChainID, Height: c.Shugu.LastBlockHeight(), Time: c.ProposedHeader.Time})
}
