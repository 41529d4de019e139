package app

import (
	"testing"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"

	paneltypes "github.com/shugu-network/shugu/x/panel/types"
)

// routed counts the messages that a handler got.
type routed struct{ ran int }

func (r *routed) Handler(sdk.Msg) func(sdk.Context, sdk.Msg) (*sdk.Result, error) {
	return func(sdk.Context, sdk.Msg) (*sdk.Result, error) {
		r.ran++
		return &sdk.Result{}, nil
	}
}

func consensusParams() *consensustypes.MsgUpdateParams {
	params := ConsensusParams().ToProto()
	return &consensustypes.MsgUpdateParams{
		Authority: PanelAddress(paneltypes.Council), Block: params.Block, Evidence: params.Evidence, Validator: params.Validator, Abci: params.Abci, Auth: params.Authority,
	}
}

// The SDK takes parameters from which no resolution would lead back.
func TestCouncilCannotShutItselfOut(t *testing.T) {
	auth := func(spoil func(*authtypes.Params)) sdk.Msg {
		m := &authtypes.MsgUpdateParams{Params: authtypes.DefaultParams()}
		spoil(&m.Params)
		return m
	}
	consensus := func(spoil func(*consensustypes.MsgUpdateParams)) sdk.Msg {
		m := consensusParams()
		spoil(m)
		return m
	}
	router := new(routed)
	for name, c := range map[string]struct {
		msg  sdk.Msg
		says string
	}{
		"blocks too small in gas":     {consensus(func(m *consensustypes.MsgUpdateParams) { m.Block.MaxGas = 1_000_000 }), "max_gas"},
		"blocks without bound in gas": {consensus(func(m *consensustypes.MsgUpdateParams) { m.Block.MaxGas = -1 }), "max_gas"},
		"blocks too small in bytes":   {consensus(func(m *consensustypes.MsgUpdateParams) { m.Block.MaxBytes, m.Evidence.MaxBytes = 200, 0 }), "max_bytes"},
		"evidence fills the block":    {consensus(func(m *consensustypes.MsgUpdateParams) { m.Evidence.MaxBytes = m.Block.MaxBytes }), "max_bytes"},
		"no key type of the seats":    {consensus(func(m *consensustypes.MsgUpdateParams) { m.Validator.PubKeyTypes = []string{"secp256k1"} }), "pub_key_types"},
		"vote extensions": {consensus(func(m *consensustypes.MsgUpdateParams) {
			m.Abci = &cmtproto.ABCIParams{VoteExtensionsEnableHeight: 100}
		}), "vote_extensions"},
		"another authority":   {consensus(func(m *consensustypes.MsgUpdateParams) { m.Auth.Authority = PanelAddress(paneltypes.Committee) }), "authority"},
		"a part is left out":  {consensus(func(m *consensustypes.MsgUpdateParams) { m.Block = nil }), "all of them"},
		"bytes too dear":      {auth(func(p *authtypes.Params) { p.TxSizeCostPerByte = 1 << 60 }), "tx_size_cost"},
		"signatures too dear": {auth(func(p *authtypes.Params) { p.SigVerifyCostSecp256k1 = 1 << 60 }), "tx_size_cost"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := boundedRouter{router}.Handler(c.msg)(sdk.Context{}, c.msg)
			require.ErrorIs(t, err, sdkerrors.ErrInvalidRequest)
			require.ErrorContains(t, err, c.says)
			require.Zero(t, router.ran)
		})
	}
	for _, good := range []sdk.Msg{
		consensusParams(), consensus(func(m *consensustypes.MsgUpdateParams) { m.Auth, m.Abci, m.Block.MaxGas = nil, nil, 200_000_000 }),
		auth(func(*authtypes.Params) {}), &paneltypes.MsgVote{},
	} {
		before := router.ran
		_, err := boundedRouter{router}.Handler(good)(sdk.Context{}, good)
		require.NoError(t, err)
		require.Equal(t, before+1, router.ran)
	}
}
