package chains_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	errorsmod "cosmossdk.io/errors"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
)

// requireKept runs blocks of A, none of which fails, and asserts that what is
// presented stays queued and is tried ever more rarely.
func (w *world) requireKept(sold trade.Contract) {
	w.t.Helper()
	require.Empty(w.t, w.a.Packets())
	w.requireStatus(sold, recognition.OUTBOX_STATUS_QUEUED)
	require.EqualValues(w.t, 1, w.waiting().Backoff.Failures)
	w.CommitNBlocks(w.a.TestChain, 20)
	queue := w.waiting()
	require.Len(w.t, queue.Entries, 2)
	require.EqualValues(w.t, 4, queue.Backoff.Failures, "tried again after 2, 4 and 8 blocks")
	w.requireStatus(sold, recognition.OUTBOX_STATUS_QUEUED)
	w.checkAll()
}

// requireLeaves runs blocks of A until the queue leaves, and has B recognise it.
func (w *world) requireLeaves(sold trade.Contract) {
	w.t.Helper()
	const longestWait = 16
	for range longestWait {
		w.CommitBlock(w.a.TestChain)
		if packets := w.a.Packets(); len(packets) > 0 {
			require.True(w.t, w.carry(packets[0]).Success())
			w.requireStatus(sold, recognition.OUTBOX_STATUS_RECOGNISED)
			require.Nil(w.t, w.waiting().Backoff)
			w.checkAll()
			return
		}
	}
	require.Fail(w.t, "nothing left")
}

// An expired client recovers only when the council puts another in its place.
// Until then records wait, and blocks go on.
func TestSendWhileTheClientIsExpired(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	w.IncrementTimeBy(ibctesting.TrustingPeriod + time.Hour)
	w.queue(sold.Voucher)
	w.requireKept(sold)
	require.ErrorContains(t, w.path.EndpointA.UpdateClient(), "Expired")

	substitutes := ibctesting.NewPath(w.a.TestChain, w.b.TestChain)
	for c, ends := range map[*chains.Chain][2]*ibctesting.Endpoint{
		w.a: {w.path.EndpointA, substitutes.EndpointA}, w.b: {w.path.EndpointB, substitutes.EndpointB},
	} {
		require.NoError(t, ends[1].CreateClient())
		_, err := c.Send("relayer", clienttypes.NewMsgRecoverClient(c.Address("relayer"), ends[0].ClientID, ends[1].ClientID))
		require.ErrorContains(t, err, "shugud council propose")
		c.Decide(panel.Council, clienttypes.NewMsgRecoverClient(chains.Council(), ends[0].ClientID, ends[1].ClientID))
	}
	w.requireLeaves(sold)
}

func TestSendWhileTheChannelIsClosed(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	state := func(s channeltypes.State) {
		w.path.EndpointA.UpdateChannel(func(c *channeltypes.Channel) { c.State = s })
	}
	state(channeltypes.CLOSED)
	w.queue(sold.Voucher)
	w.requireKept(sold)
	state(channeltypes.OPEN)
	w.requireLeaves(sold)
}

// A new agreement over another channel ends the wait at once.
func TestSendOverAnotherChannelWhenOneIsClosed(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	w.path.EndpointA.UpdateChannel(func(c *channeltypes.Channel) { c.State = channeltypes.CLOSED })
	w.queue(sold.Voucher)
	w.requireKept(sold)

	w.path = chains.Open(w.a, w.b).Path
	agree(w.b, w.path.EndpointB)
	agree(w.a, w.path.EndpointA)
	require.Len(t, w.a.Packets(), 1, "the terms, sent in the block of the agreement")
	w.tell(w.a, w.path)
	packet := w.sent()
	require.True(t, w.carry(packet).Success())
	w.requireStatus(sold, recognition.OUTBOX_STATUS_RECOGNISED)
	w.checkAll()
}

func TestChannelIsNotClosedFromThisSide(t *testing.T) {
	w := newWorld(t, chains.Link)
	requireFails(t, w.path.EndpointA.ChanCloseInit(), recognition.ErrCloseRefused, "end the agreement instead")
	require.Equal(t, channeltypes.OPEN, w.path.EndpointA.GetChannel().State)
	require.True(t, w.carry(w.present(w.sell().Voucher)).Success())
}

// requireFails asserts the registered error of a transaction that ibc-go's testing sent.
func requireFails(t *testing.T, err, want error, says string) {
	t.Helper()
	codespace, code, _ := errorsmod.ABCIInfo(want, false)
	require.ErrorContains(t, err, fmt.Sprintf("%s/%d: ", codespace, code))
	require.ErrorContains(t, err, says)
}

// Who may not relay is told so at the door; whoever may does it after them.
func TestOnlyRelayersCarryPackets(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	packet := w.present(sold.Voucher)
	require.NoError(t, w.path.EndpointB.UpdateClient())
	w.b.Decide(panel.Council, &consortium.MsgSuspend{Signer: chains.Council(), Member: chains.Number("exchange-2"), Reason: "audit"})
	for party, c := range map[string]struct {
		want error
		says string
	}{
		"seller":     {consortium.ErrRoleMissing, "expected ROLE_RELAYER"},
		"exchange":   {consortium.ErrRoleMissing, "expected ROLE_RELAYER"},
		"exchange-2": {consortium.ErrRoleMissing, "expected ROLE_RELAYER"},
		"stranger":   {consortium.ErrNotMember, "acts for no member"},
	} {
		before := dump(w.b)
		w.b.As(party)
		_, err := w.path.EndpointB.RecvPacketWithResult(packet)
		requireFails(t, err, c.want, c.says)
		requireSame(t, before, dump(w.b))
	}
	w.b.As("seller")
	require.NoError(t, w.path.EndpointB.UpdateClient(), "any active member may update a client")
	w.b.As("relayer")
	require.True(t, w.carry(packet).Success())
	w.requireStatus(sold, recognition.OUTBOX_STATUS_RECOGNISED)

	w.b.Decide(panel.Council, &consortium.MsgSuspend{Signer: chains.Council(), Member: chains.Number("relayer"), Reason: "audit"})
	requireFails(t, w.path.EndpointB.UpdateClient(), consortium.ErrSuspended, "audit")
}
