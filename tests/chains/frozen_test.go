package chains_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// end is one of the world's chains with its client of the other one.
type end struct {
	*world
	at, of   *chains.Chain
	endpoint *ibctesting.Endpoint
}

func (w *world) endA() end { return end{w, w.a, w.b, w.path.EndpointA} }
func (w *world) endB() end { return end{w, w.b, w.a, w.path.EndpointB} }

// latest is the latest height that the client trusts.
func (e end) latest() clienttypes.Height {
	return e.at.GetClientLatestHeight(e.endpoint.ClientID).(clienttypes.Height)
}

func (e end) requireStatus(want ibcexported.Status) {
	e.t.Helper()
	require.Equal(e.t, want, e.at.Shugu.IBC.ClientKeeper.GetClientStatus(e.at.Query(), e.endpoint.ClientID))
}

// freeze has the client told a second header of the latest height that it knows, by the other chain's
// own validators, on the word of an earlier one that it trusts.
func (e end) freeze(trusted clienttypes.Height) {
	e.t.Helper()
	require.NoError(e.t, e.endpoint.UpdateClient())
	latest := e.latest()
	require.Greater(e.t, latest.RevisionHeight, trusted.RevisionHeight)
	lie := e.of.CreateTMClientHeader(e.of.ChainID, int64(latest.RevisionHeight), trusted,
		e.of.LatestCommittedHeader.GetTime().Add(time.Second), e.of.Vals, e.of.NextVals, e.of.Vals, e.of.Signers)
	msg, err := clienttypes.NewMsgUpdateClient(e.endpoint.ClientID, lie, e.at.Address(carrier))
	require.NoError(e.t, err)
	e.at.MustSend(carrier, nil, msg)
	e.requireStatus(ibcexported.Frozen)
}

// recover has the council put a new client in the place of the frozen one.
func (e end) recover() {
	e.t.Helper()
	substitute := ibctesting.NewPath(e.a.TestChain, e.b.TestChain)
	made := substitute.EndpointB
	if e.at == e.a {
		made = substitute.EndpointA
	}
	require.NoError(e.t, made.CreateClient())
	e.at.Decide(panel.Council, clienttypes.NewMsgRecoverClient(chains.Council(), e.endpoint.ClientID, made.ClientID))
	e.requireStatus(ibcexported.Active)
}

// A packet that was on its way when the receiver's client froze is not taken, nor is any proof; what
// stands stays, and is known not to hear of reversals. When the council has recovered the client,
// the reversal arrives.
func TestPacketToAFrozenClient(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	require.True(t, w.carry(w.present(sold.Voucher)).Success())
	require.True(t, w.standing(sold.Voucher).StatusTravels)
	b := w.endB()
	trusted := b.latest()
	w.reverse(sold.Voucher, 1)
	packets := w.a.Packets()
	require.Len(t, packets, 1)
	b.freeze(trusted)

	before := dump(w.b, recognition.StoreKey)
	_, err := w.path.EndpointB.RecvPacketWithResult(packets[0])
	require.ErrorContains(t, err, "with status Frozen")
	_, err = w.b.Send(carrier, w.proveMsg(sold.Voucher))
	require.ErrorContains(t, err, "got Frozen")
	requireSame(t, before, dump(w.b, recognition.StoreKey))
	s := w.standing(sold.Voucher)
	require.False(t, s.StatusTravels)
	require.Empty(t, s.Caveats, "it came before the height in doubt, and is fresh")

	b.recover()
	require.True(t, w.carry(packets[0]).Success())
	w.requireCaveats(sold.Voucher, recognition.CAVEAT_PARTLY_REVERSED)
	require.Equal(t, recognition.OUTBOX_STATUS_RECOGNISED, w.entry(statusKind, sold.Voucher).Status)
	w.checkAll()
}

// What is reversed while the sender's client is frozen waits, backs off, and leaves when the client is
// recovered, as it is then.
func TestReversalsWaitForAFrozenClient(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	a := w.endA()
	trusted := a.latest()
	w.CommitBlock(w.b.TestChain)
	a.freeze(trusted)
	for range 2 {
		w.reverse(sold.Voucher, 1)
		require.Empty(t, w.a.Packets())
	}
	require.Equal(t, recognition.OUTBOX_STATUS_QUEUED, w.entry(statusKind, sold.Voucher).Status)
	require.NotNil(t, w.waiting().Backoff)

	a.recover()
	for len(w.a.Packets()) == 0 {
		require.NotEmpty(t, w.waiting().Entries)
		w.CommitBlock(w.a.TestChain)
	}
	require.True(t, w.carry(w.sent()).Success())
	heard, err := w.foreign(sold.Voucher)
	require.NoError(t, err)
	require.EqualValues(t, 2, heard.Version)
	w.checkAll()
}
