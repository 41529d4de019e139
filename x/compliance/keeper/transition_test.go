package keeper

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/compliance/types"
)

// TestEveryMove tries each pair of statuses: three are legal.
func TestEveryMove(t *testing.T) {
	const none, pending, cleared, returned = types.REVIEW_STATUS_UNSPECIFIED, types.REVIEW_STATUS_PENDING, types.REVIEW_STATUS_CLEARED, types.REVIEW_STATUS_RETURNED
	want := map[change]bool{{none, pending}: true, {pending, cleared}: true, {pending, returned}: true}
	for from := range types.ReviewStatus_name {
		for to := range types.ReviewStatus_name {
			c := change{types.ReviewStatus(from), types.ReviewStatus(to)}
			r := types.Review{Status: c.from}
			err := move(&r, c.to)
			if want[c] {
				require.NoError(t, err, "%v", c)
				require.Equal(t, c.to, r.Status)
				continue
			}
			require.ErrorIs(t, err, types.ErrIllegalMove, "%v", c)
			require.Equal(t, c.from, r.Status, "%v", c)
		}
	}
}
