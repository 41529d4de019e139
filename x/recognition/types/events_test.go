package types_test

import (
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
)

func TestHandMadeEventsAreTypedEvents(t *testing.T) {
	v := world.Voucher(world.Away, 1)
	status := world.StatusRecord(v.Number, 1, 1)
	for _, e := range []interface {
		proto.Message
		SDKEvent() sdk.Event
	}{
		&types.EventRecognised{},
		&types.EventRecognised{ChainId: world.Away, Kind: 1, Id: v.Number, Value: world.VoucherRecord(v).Value, ChannelId: "channel-0", Sequence: 1 << 63},
		&types.EventRecognised{ChainId: world.Away, Kind: 3, Id: v.Number, Value: status.Value, Detail: status.Detail, ChannelId: "channel-0", Sequence: 7},
		&types.EventRecordAnswered{},
		&types.EventRecordAnswered{ChainId: world.Away, Kind: 2, Id: v.Settlement, Status: types.OUTBOX_STATUS_REFUSED, PacketCode: types.PACKET_CODE_OWN_CHAIN},
		&types.EventRecordAnswered{ChainId: world.Away, Kind: 2, Id: v.Settlement, Status: types.OUTBOX_STATUS_REFUSED, Result: types.RESULT_CODE_CONFLICT},
	} {
		want, err := sdk.TypedEventToEvent(e)
		require.NoError(t, err)
		require.Equal(t, want, e.SDKEvent())
	}
}
