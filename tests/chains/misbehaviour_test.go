package chains_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	cmttypes "github.com/cometbft/cometbft/types"

	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// betrayed is B with a client of A, whose validators signed a second history as well.
type betrayed struct {
	*world
	// forged is that history: a chain of A's name, with A's validators.
	forged *world
	client string
	// honest was recognised while B knew of one history.
	honest string
}

// betray has B recognise an honest voucher; then A's validators go two ways.
func betray(t *testing.T) *betrayed {
	b := &betrayed{world: newWorld(t, chains.Watch), forged: newWorld(t, chains.Watch)}
	b.client = b.path.EndpointB.ClientID
	b.honest = b.sell().Voucher
	require.Equal(t, b.honest, b.forged.sell().Voucher)
	b.CommitBlock(b.a.TestChain)
	b.b.MustSend(carrier, nil, b.updateMsg(), b.proveMsg(b.honest))
	return b
}

func (b *betrayed) latest() clienttypes.Height {
	return b.b.GetClientLatestHeight(b.client).(clienttypes.Height)
}

// forge has B recognise a voucher that only the forged history has, by an update that
// trusts a height, and returns it.
func (b *betrayed) forge(trusted clienttypes.Height) string {
	b.t.Helper()
	number := b.forged.sell().Voucher
	b.forged.CommitBlock(b.forged.a.TestChain)
	for b.forged.a.App.LastBlockHeight() <= int64(trusted.RevisionHeight) {
		b.forged.CommitBlock(b.forged.a.TestChain)
	}
	b.sameTime()
	msg := b.forged.proveMsg(number)
	msg.Signer = b.b.Address(carrier)
	b.b.MustSend(carrier, nil, b.forged.a.UpdateMsgWith(b.b, b.client, carrier, *b.forged.a.LatestCommittedHeader, trusted), msg)
	b.requireCaveats(number)
	return number
}

// sameTime sets the clocks of both histories to the later one.
func (b *betrayed) sameTime() {
	now := b.CurrentTime
	if b.forged.CurrentTime.After(now) {
		now = b.forged.CurrentTime
	}
	b.IncrementTimeBy(now.Sub(b.CurrentTime))
	b.forged.IncrementTimeBy(now.Sub(b.forged.CurrentTime))
}

// at is the header of the true history at a height of the forged one.
func (b *betrayed) at(height clienttypes.Height) ibctm.Header {
	b.t.Helper()
	for b.a.App.LastBlockHeight() < int64(height.RevisionHeight) {
		b.CommitBlock(b.a.TestChain)
	}
	require.EqualValues(b.t, height.RevisionHeight, b.a.LatestCommittedHeader.Header.Height)
	return *b.a.LatestCommittedHeader
}

// recover has B's council take a new client for the frozen one.
func (b *betrayed) recover() {
	b.t.Helper()
	substitute := ibctesting.NewPath(b.a.TestChain, b.b.TestChain)
	require.NoError(b.t, substitute.EndpointB.CreateClient())
	b.b.Decide(panel.Council, clienttypes.NewMsgRecoverClient(chains.Council(), b.client, substitute.EndpointB.ClientID))
	require.Equal(b.t, ibcexported.Active, b.status())
}

func (b *betrayed) status() ibcexported.Status {
	return b.b.Shugu.IBC.ClientKeeper.GetClientStatus(b.b.Query(), b.client)
}

func (b *betrayed) requireFrozen(above clienttypes.Height) {
	b.t.Helper()
	require.Equal(b.t, ibcexported.Frozen, b.status())
	g, err := b.b.Shugu.Recognition.ExportGenesis(b.b.Query())
	require.NoError(b.t, err)
	require.Len(b.t, g.Doubts, 1)
	require.Equal(b.t, above.RevisionHeight, g.Doubts[0].Ranges[len(g.Doubts[0].Ranges)-1].AboveHeight)
}

func (b *betrayed) reaffirm(numbers ...string) error {
	p := b.proveMsg(numbers...)
	_, err := b.b.Send(carrier, b.updateMsg(), &recognition.MsgReaffirm{Signer: p.Signer, ChainId: p.ChainId, ProofHeight: p.ProofHeight, Vouchers: p.Vouchers})
	return err
}

// The true header of a height at which B trusts a forged one freezes the client, in a
// transaction of its own; what rests above the height that it trusted is SUSPECT until it
// is proven against the recovered client. What was forged stays SUSPECT for good.
func TestTwoHeadersOfOneHeight(t *testing.T) {
	b := betray(t)
	agreed := b.latest()
	forged := b.forge(agreed)
	conflict := b.a.UpdateMsgWith(b.b, b.client, carrier, b.at(b.latest()), agreed)

	// With a message that fails because the client is frozen, all is undone.
	_, err := b.b.Send(carrier, conflict, b.proveMsg(b.honest))
	require.ErrorContains(t, err, "got Frozen")
	require.Equal(t, ibcexported.Active, b.status())
	b.b.MustSend(carrier, nil, conflict)
	b.requireFrozen(agreed)
	b.requireCaveats(b.honest)
	b.requireCaveats(forged, recognition.CAVEAT_SUSPECT)
	require.False(t, b.standing(forged).Usable)
	_, err = b.b.Send(carrier, b.proveMsg(b.honest))
	require.ErrorContains(t, err, "got Frozen")

	b.recover()
	b.requireCaveats(forged, recognition.CAVEAT_SUSPECT)
	b.CommitBlock(b.a.TestChain)
	require.NoError(t, b.reaffirm(b.honest))
	// The true history has another voucher under that number, and it takes the forged one's place.
	require.Equal(t, forged, b.sell().Voucher)
	b.CommitBlock(b.a.TestChain)
	require.NoError(t, b.reaffirm(b.honest, forged))
	b.requireCaveats(forged)
	b.checkAll()
}

// Two signed headers of one height are evidence, whichever of them B trusts.
func TestSubmittedMisbehaviour(t *testing.T) {
	b := betray(t)
	agreed := b.latest()
	forged := b.forge(agreed)
	lie, truth := *b.forged.a.LatestCommittedHeader, b.at(b.latest())
	for _, header := range []*ibctm.Header{&lie, &truth} {
		_, err := b.a.IBCClientHeader(header, agreed)
		require.NoError(t, err)
	}
	msg, err := clienttypes.NewMsgUpdateClient(b.client, ibctm.NewMisbehaviour(b.client, &lie, &truth), b.b.Address(carrier))
	require.NoError(t, err)
	b.b.MustSend(carrier, nil, msg)
	b.requireFrozen(agreed)
	b.requireCaveats(forged, recognition.CAVEAT_SUSPECT)
}

// Of two forged updates only the second is exposed, by a header that trusts the first:
// the council, who can compare with A's own nodes, lowers the mark.
func TestForgedUpdatesOfWhichTheSecondIsExposed(t *testing.T) {
	b := betray(t)
	agreed := b.latest()
	first := b.forge(agreed)
	middle := b.latest()
	second := b.forge(middle)
	b.b.MustSend(carrier, nil, b.a.UpdateMsgWith(b.b, b.client, carrier, b.at(b.latest()), middle))
	b.requireFrozen(middle)
	b.requireCaveats(first)
	b.requireCaveats(second, recognition.CAVEAT_SUSPECT)

	doubt := &recognition.MsgDoubtClient{Signer: chains.Council(), ClientId: b.client, AboveHeight: agreed.RevisionHeight, Reason: "A's nodes know no such block"}
	_, err := b.b.Send(carrier, &recognition.MsgDoubtClient{Signer: b.b.Address(carrier), ClientId: b.client, AboveHeight: 1, Reason: "mine"})
	require.ErrorContains(t, err, "council")
	b.b.Decide(panel.Council, doubt)
	b.requireFrozen(agreed)
	for number, caveats := range map[string][]recognition.Caveat{b.honest: nil, first: {recognition.CAVEAT_SUSPECT}, second: {recognition.CAVEAT_SUSPECT}} {
		b.requireCaveats(number, caveats...)
	}

	// It is exported, and stands so in a chain that starts from the export.
	b.recover()
	exportedState, err := b.b.Shugu.Recognition.ExportGenesis(b.b.Query())
	require.NoError(t, err)
	require.NoError(t, exportedState.Validate())
	b.checkAll()
}

// A forged header names validators of the forger's own. ibc-go keeps it when it recovers a
// client; from there they could go on without one true signature. Here it is forgotten.
func TestForgedHeadersAreForgottenWhenTheClientIsRecovered(t *testing.T) {
	b := betray(t)
	agreed := b.latest()
	header := *b.forged.a.LatestCommittedHeader
	own, signers := ownValidators(t)
	first := int64(agreed.RevisionHeight) + 2
	foothold := clienttypes.NewHeight(agreed.RevisionNumber, uint64(first))
	lie := func(height int64, set, next *cmttypes.ValidatorSet, by map[string]cmttypes.PrivValidator, trusted clienttypes.Height, knows *cmttypes.ValidatorSet) sdk.Msg {
		forged := b.forged.a.CreateTMClientHeader(hangzhou, height, trusted, header.GetTime().Add(time.Minute+time.Duration(height-first)*time.Second), set, next, knows, by)
		msg, err := clienttypes.NewMsgUpdateClient(b.client, forged, b.b.Address(carrier))
		require.NoError(t, err)
		return msg
	}
	b.IncrementTimeBy(time.Hour)
	b.b.MustSend(carrier, nil, lie(first, b.a.Vals, own, b.a.Signers, agreed, b.a.Vals))
	onward := lie(first+1, own, own, signers, foothold, own)
	require.NoError(t, dryRun(b.b, onward), "while nobody knows, the forger goes on alone")

	truth := b.a.CreateTMClientHeader(hangzhou, first, agreed, header.GetTime().Add(time.Minute), b.a.Vals, b.a.NextVals, b.a.Vals, b.a.Signers)
	msg, err := clienttypes.NewMsgUpdateClient(b.client, truth, b.b.Address(carrier))
	require.NoError(t, err)
	b.b.MustSend(carrier, nil, msg)
	b.requireFrozen(agreed)
	for range 5 {
		b.CommitBlock(b.a.TestChain)
	}
	b.recover()
	_, err = b.b.Send(carrier, onward)
	require.ErrorContains(t, err, "consensus state not found")
	b.CommitBlock(b.a.TestChain)
	b.b.MustSend(carrier, nil, b.updateMsg(), b.proveMsg(b.honest))
}

// ownValidators are of a forger's own making.
func ownValidators(t *testing.T) (*cmttypes.ValidatorSet, map[string]cmttypes.PrivValidator) {
	signer := cmttypes.NewMockPV()
	key, err := signer.GetPubKey()
	require.NoError(t, err)
	set := cmttypes.NewValidatorSet([]*cmttypes.Validator{cmttypes.NewValidator(key, 1)})
	return set, map[string]cmttypes.PrivValidator{key.Address().String(): signer}
}

// dryRun runs an update of a client without keeping it.
func dryRun(c *chains.Chain, msg sdk.Msg) error {
	update := msg.(*clienttypes.MsgUpdateClient)
	header, err := clienttypes.UnpackClientMessage(update.ClientMessage)
	if err != nil {
		return err
	}
	ctx, _ := c.GetContext().CacheContext()
	return c.Shugu.IBC.ClientKeeper.UpdateClient(ctx, update.ClientId, header)
}
