package chains_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/chains"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// A change of status is sent in the block that makes it, to whom the voucher was
// presented and to whom it was not.
func TestStatusTravelsPresentedOrNot(t *testing.T) {
	w := newWorld(t, chains.Link)
	known, unknown := w.sell(), w.sell()
	require.True(t, w.carry(w.present(known.Voucher)).Success())
	for number, c := range map[string]struct {
		fen   int64
		flags uint32
	}{
		known.Voucher:   {20_000, voucher.FlagPartlyReversed},
		unknown.Voucher: {price, voucher.FlagReversed},
	} {
		w.reverse(number, c.fen)
		packets := w.a.Packets()
		require.Len(t, packets, 1)
		require.Equal(t, recognition.OUTBOX_STATUS_PENDING, w.entry(statusKind, number).Status)
		require.True(t, w.carry(packets[0]).Success())

		entry := w.entry(statusKind, number)
		require.Equal(t, recognition.OUTBOX_STATUS_RECOGNISED, entry.Status)
		require.EqualValues(t, 1, entry.StatusVersion)
		heard, err := w.foreign(number)
		require.NoError(t, err)
		require.EqualValues(t, 1, heard.Version)
		require.Equal(t, c.flags, heard.Flags)
		ours, _, err := w.a.Shugu.Voucher.StatusBytes(w.a.Query(), number)
		require.NoError(t, err)
		said, err := voucher.DecodeStatus(ours)
		require.NoError(t, err)
		require.Equal(t, said, heard)
	}
	_, err := w.recognised(voucherKind, known.Voucher)
	require.NoError(t, err)
	_, err = w.recognised(voucherKind, unknown.Voucher)
	require.ErrorIs(t, err, recognition.ErrNotFound, "its status is kept although it is not held")

	// Presented later, the voucher is taken, and its status stands beside it.
	require.True(t, w.carry(w.present(unknown.Voucher)).Success())
	_, err = w.recognised(voucherKind, unknown.Voucher)
	require.NoError(t, err)
	heard, err := w.foreign(unknown.Voucher)
	require.NoError(t, err)
	require.Equal(t, voucher.FlagReversed, heard.Flags)
	w.checkAll()
}

// Packets of an unordered channel overtake each other; the highest version stays.
func TestStatusesOutOfOrderKeepTheHighest(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	w.reverse(sold.Voucher, 20_000)
	first := w.a.Packets()
	w.reverse(sold.Voucher, 100_000)
	second := w.a.Packets()
	require.Len(t, first, 1)
	require.Len(t, second, 1)

	requireHighest := func() {
		t.Helper()
		heard, err := w.foreign(sold.Voucher)
		require.NoError(t, err)
		require.EqualValues(t, 2, heard.Version)
		require.Equal(t, voucher.FlagReversed, heard.Flags)
		entry := w.entry(statusKind, sold.Voucher)
		require.Equal(t, recognition.OUTBOX_STATUS_RECOGNISED, entry.Status)
		require.EqualValues(t, 2, entry.StatusVersion)
	}
	require.True(t, w.carry(second[0]).Success())
	requireHighest()
	stands := dump(w.b, recognition.StoreKey)
	answer := w.carry(first[0])
	require.Equal(t, []recognition.ResultCode{recognition.RESULT_CODE_OK}, answer.Results, "an older status is no error")
	requireHighest()
	requireSame(t, stands, dump(w.b, recognition.StoreKey))
	w.checkAll()
}

// Nobody presents a status: one that was not received in time is sent again by itself,
// as it is then.
func TestTimedOutStatusIsSentAgain(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	w.reverse(sold.Voucher, 20_000)
	late := w.a.Packets()
	require.Len(t, late, 1)
	w.IncrementTimeBy(2 * time.Hour)
	require.NoError(t, w.path.EndpointA.UpdateClient())
	require.NoError(t, w.path.EndpointA.TimeoutPacket(late[0]))
	again := w.a.Packets()
	require.Len(t, again, 1, "sent again in the block that takes the timeout")
	require.True(t, w.carry(again[0]).Success())
	heard, err := w.foreign(sold.Voucher)
	require.NoError(t, err)
	require.EqualValues(t, 1, heard.Version)
	w.checkAll()
}
