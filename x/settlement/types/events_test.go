package types_test

import (
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/settlement/types"
)

func TestHandMadeEventsAreTypedEvents(t *testing.T) {
	for _, e := range []interface {
		proto.Message
		SDKEvent() sdk.Event
	}{
		&types.EventEscrowOpened{}, &types.EventEscrowOpened{Id: "261123-000123-000042"}, &types.EventSettled{Id: "261123-000123-000042"},
	} {
		want, err := sdk.TypedEventToEvent(e)
		require.NoError(t, err)
		require.Equal(t, want, e.SDKEvent())
	}
}
