package keeper_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
)

const (
	voucherKind    = types.RECORD_KIND_VOUCHER
	settlementKind = types.RECORD_KIND_SETTLEMENT
	statusKind     = types.RECORD_KIND_STATUS
)

// chainName names one of many chains; they sort by i.
func chainName(i int) string { return fmt.Sprintf("shugu-many-%02d", i) }

// nextBlock ends the block and begins the next.
func nextBlock(t testing.TB, w *world.World, d time.Duration) {
	t.Helper()
	flush(t, w)
	w.Advance(d)
}

// flush ends the block.
func flush(t testing.TB, w *world.World) {
	t.Helper()
	require.NoError(t, w.Keeper.Flush(w.Ctx))
	require.NoError(t, w.Keeper.Check(w.Ctx))
}

// end ends the agreement with Away early.
func end(t testing.TB, w *world.World) {
	t.Helper()
	_, err := w.Msgs.EndAgreement(w.Ctx, &types.MsgEndAgreement{Signer: keys.Bech32(world.Council), ChainId: world.Away, Reason: "over"})
	require.NoError(t, err)
}

// presented issues a voucher, presents it and sends it; the packet is returned.
func presented(t testing.TB, w *world.World) (number, settlement string, packet channeltypes.Packet) {
	t.Helper()
	v := w.Book.Issue()
	require.NoError(t, w.Present(v.Number))
	nextBlock(t, w, time.Second)
	return v.Number, v.Settlement, w.IBC.Last()
}

// acknowledge answers a packet with results, one for each record.
func acknowledge(t testing.TB, w *world.World, packet channeltypes.Packet, results ...types.ResultCode) {
	t.Helper()
	ack := types.PacketAcknowledgement{Version: 1, Code: types.PACKET_CODE_READ, Results: results}
	require.NoError(t, w.Keeper.Acknowledge(w.Ctx, world.Sent(packet), ack.Acknowledgement()))
	require.NoError(t, w.Keeper.Check(w.Ctx))
}

// requireStatus checks how a record of ours stands at Away.
func requireStatus(t testing.TB, w *world.World, kind types.RecordKind, id string, want types.OutboxStatus) {
	t.Helper()
	require.Equal(t, want.String(), w.Entry(t, kind, id).Status.String(), "%s %s", kind, id)
}
