package keeper

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/consortium/types"
)

func TestEveryMoveOfAStatus(t *testing.T) {
	const active, suspended, left = types.MEMBER_STATUS_ACTIVE, types.MEMBER_STATUS_SUSPENDED, types.MEMBER_STATUS_LEFT
	legal := map[move]bool{{active, suspended}: true, {suspended, active}: true, {active, left}: true, {suspended, left}: true}
	for from := range types.MemberStatus_name {
		for to := range types.MemberStatus_name {
			m := move{types.MemberStatus(from), types.MemberStatus(to)}
			err := checkMove(types.Member{Number: 1, Status: m.from}, m.to)
			if legal[m] {
				require.NoError(t, err, "%v", m)
			} else {
				require.ErrorIs(t, err, types.ErrIllegalTransition, "%v", m)
			}
		}
	}
}
