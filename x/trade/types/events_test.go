package types_test

import (
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/trade/types"
)

func TestHandMadeEventsAreTypedEvents(t *testing.T) {
	for _, e := range []interface {
		proto.Message
		SDKEvent() sdk.Event
	}{
		&types.EventMoved{},
		&types.EventMoved{Contract: "261123-000123-000042", From: types.STATUS_AGREED, To: types.STATUS_CANCELLED, Seller: 1, Buyer: 2, Deadline: 1 << 40, Reason: "数据源 <中断> \"quoted\" & \\"},
		&types.EventSettled{Amount: math.ZeroInt()},
		&types.EventSettled{Contract: "261123-000123-000042", Voucher: "330126112300012300004228", Amount: math.NewInt(120_000), BySilence: true},
	} {
		want, err := sdk.TypedEventToEvent(e)
		require.NoError(t, err)
		require.Equal(t, want, e.SDKEvent())
	}
}
