package chains_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/server"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/chains"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
)

// propose has a party submit messages to a panel and returns the resolution's number.
func propose(c *chains.Chain, party, name string, msgs ...sdk.Msg) uint64 {
	c.TB.Helper()
	var res panel.MsgSubmitResponse
	c.MustSend(party, &res, submission(c, party, name, msgs...))
	return res.Id
}

func submission(c *chains.Chain, party, name string, msgs ...sdk.Msg) *panel.MsgSubmit {
	c.TB.Helper()
	out := &panel.MsgSubmit{Signer: c.Address(party), Panel: name, Title: "决议 Resolution", Reason: "as discussed"}
	for _, msg := range msgs {
		packed, err := codectypes.NewAnyWithValue(msg)
		require.NoError(c.TB, err)
		out.Messages = append(out.Messages, packed)
	}
	return out
}

func votes(c *chains.Chain, party string, id uint64, option panel.VoteOption) *panel.MsgVote {
	return &panel.MsgVote{Signer: c.Address(party), Resolution: id, Option: option}
}

// What the council decides has its effect in the block of the deciding vote, on
// every module that has an authority.
func TestCouncilDecidesInTheSameBlock(t *testing.T) {
	c := chains.New(t, hangzhou).Chain(hangzhou)
	params := app.ConsensusParams().ToProto()
	params.Block.MaxGas = 200_000_000
	id := propose(c, "exchange-2", panel.Council,
		&consortium.MsgSuspend{Signer: chains.Council(), Member: chains.Number("court"), Reason: "audit"},
		&consensustypes.MsgUpdateParams{Authority: chains.Council(), Block: params.Block, Evidence: params.Evidence, Validator: params.Validator, Abci: params.Abci},
		&upgradetypes.MsgSoftwareUpgrade{Authority: chains.Council(), Plan: upgradetypes.Plan{Name: "v2", Height: 1_000}},
		&banktypes.MsgSetSendEnabled{Authority: chains.Council(), SendEnabled: []*banktypes.SendEnabled{{Denom: "test", Enabled: true}}},
		&panel.MsgUpdatePanel{
			Signer: chains.Council(), Name: panel.JointMeeting, Action: panel.PANEL_ACTION_CHANGE, Title: "联席会议",
			Members: []uint32{chains.Number("court")}, Threshold: panel.Threshold{Numerator: 1, Denominator: 2},
		},
	)
	b := newBatch(c)
	for _, party := range []string{"exchange", "exchange-2", "exchange-3"} {
		b.add(party, votes(c, party, id, panel.VOTE_OPTION_YES))
	}
	b.mustRun()
	r, err := c.Shugu.Panel.Resolution(c.Query(), id)
	require.NoError(t, err)
	require.Equal(t, panel.RESOLUTION_STATUS_FAILED, r.Status, "the court is suspended by the first message: the last one fails, and with it all")
	require.EqualValues(t, 4, r.Failure.Message)
	require.NoError(t, active(c, "court"))

	c.Decide(panel.Council, &consortium.MsgSuspend{Signer: chains.Council(), Member: chains.Number("court"), Reason: "audit"},
		&consensustypes.MsgUpdateParams{Authority: chains.Council(), Block: params.Block, Evidence: params.Evidence, Validator: params.Validator, Abci: params.Abci},
		&upgradetypes.MsgSoftwareUpgrade{Authority: chains.Council(), Plan: upgradetypes.Plan{Name: "v2", Height: 1_000}},
		&banktypes.MsgSetSendEnabled{Authority: chains.Council(), SendEnabled: []*banktypes.SendEnabled{{Denom: "test", Enabled: true}}})
	require.ErrorIs(t, active(c, "court"), consortium.ErrSuspended)
	require.EqualValues(t, 200_000_000, c.Shugu.GetConsensusParams(c.Query()).Block.MaxGas)
	plan, err := c.Shugu.Upgrade.GetUpgradePlan(c.Query())
	require.NoError(t, err)
	require.Equal(t, "v2", plan.Name)
	require.True(t, c.Shugu.Bank.IsSendEnabledDenom(c.Query(), "test"))
	c.Decide(panel.Council, &upgradetypes.MsgCancelUpgrade{Authority: chains.Council()})
	require.Equal(t, chains.Council(), c.Shugu.GetConsensusParams(c.Query()).Authority.Authority, "the council stays the authority")
	checkAll(t, c)
}

func active(c *chains.Chain, party string) error {
	account, err := sdk.AccAddressFromBech32(c.Address(party))
	require.NoError(c.TB, err)
	_, err = c.Shugu.Consortium.ActiveMember(c.Query(), account)
	return err
}

// The door and the panels refuse what may not come in a resolution.
func TestResolutionsAreRefused(t *testing.T) {
	c := chains.New(t, hangzhou).Chain(hangzhou)
	committee := app.PanelAddress(panel.Committee)
	for name, r := range map[string]struct {
		raw  []byte
		want error
		says string
	}{
		"of a stranger": {sign(c, "stranger", 0, submission(c, "stranger", panel.Council, &consortium.MsgSuspend{Signer: chains.Council()})), consortium.ErrNotMember, "acts for no member"},
		"a panel's message without a resolution": {
			sign(c, "exchange", 0, &panel.MsgUpdatePanel{Signer: c.Address("exchange"), Name: panel.Council}), sdkerrors.ErrUnauthorized, "shugud council propose",
		},
	} {
		t.Run(name, func(t *testing.T) { requireRefused(t, c, r.raw, r.want, r.says) })
	}
	for name, r := range map[string]struct {
		party, panel string
		msg          sdk.Msg
		want         error
	}{
		"by a merchant":            {"seller", panel.Council, &consortium.MsgSuspend{Signer: chains.Council(), Member: 1, Reason: "no"}, panel.ErrNoSeat},
		"of the committee":         {"committee-1", panel.Committee, &consortium.MsgSuspend{Signer: committee, Member: 1, Reason: "no"}, panel.ErrNotCarriable},
		"in another's name":        {"exchange", panel.Council, &consortium.MsgSuspend{Signer: c.Address("exchange"), Member: 1, Reason: "no"}, panel.ErrWrongSigner},
		"with a vote inside":       {"exchange", panel.Council, &panel.MsgVote{Signer: chains.Council(), Resolution: 1, Option: 1}, panel.ErrNested},
		"with a resolution":        {"exchange", panel.Council, submission(c, "exchange", panel.Council, &panel.MsgVote{}), panel.ErrNested},
		"that sends fen":           {"exchange", panel.Council, &banktypes.MsgSend{FromAddress: chains.Council(), ToAddress: c.Address("buyer")}, panel.ErrNotCarriable},
		"to a panel without seats": {"exchange", panel.JointMeeting, &panel.MsgUpdatePanel{}, panel.ErrNoSeat},
	} {
		t.Run(name, func(t *testing.T) {
			res, err := c.Send(r.party, submission(c, r.party, r.panel, r.msg))
			require.Error(t, err)
			requireCode(t, r.want, res.Codespace, res.Code, res.Log, "")
		})
	}
	checkAll(t, c)
}

// Votes in one block, in both executors; and a chain that is exported between the
// votes goes on with them.
func TestVotesInParallelAndAcrossAnExport(t *testing.T) {
	c := chains.New(t, hangzhou).Chain(hangzhou)
	suspend := func(party string) sdk.Msg {
		return &consortium.MsgSuspend{Signer: chains.Council(), Member: chains.Number(party), Reason: "audit"}
	}
	first, second := propose(c, "exchange", panel.Council, suspend("seller")), propose(c, "exchange-4", panel.Council, suspend("buyer"))
	b := newBatch(c)
	for _, party := range []string{"exchange", "exchange-2", "exchange-3", "exchange-4"} {
		b.add(party, votes(c, party, first, panel.VOTE_OPTION_YES))
		if party < "exchange-3" {
			b.add(party, votes(c, party, second, panel.VOTE_OPTION_YES))
		}
	}
	b.run() // the fourth comes too late
	require.ErrorIs(t, active(c, "seller"), consortium.ErrSuspended)
	require.NoError(t, active(c, "buyer"))
	config := simtestutil.AppOptionsMap{server.FlagBlockExecutor: serverconfig.BlockExecutorBlockSTM, server.FlagBlockSTMWorkers: 4}
	replay(t, c.Blocks(), chains.InitWith(t, chains.Genesis(t, hangzhou), config))

	restart(t, c)
	c.MustSend("exchange-3", nil, votes(c, "exchange-3", second, panel.VOTE_OPTION_YES))
	require.ErrorIs(t, active(c, "buyer"), consortium.ErrSuspended)
	checkAll(t, c)
}
