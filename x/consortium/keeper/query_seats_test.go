package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/shugu-network/shugu/x/consortium/types"
)

func TestQuerySeat(t *testing.T) {
	n := newNetwork(t, 4)
	require.NoError(t, n.rotate(2, "v2-next", n.height()+notice, false))
	n.steps(2, "v2")
	res, err := n.query.Seat(n.Ctx, &types.QuerySeatRequest{Member: 2})
	require.NoError(t, err)
	require.Equal(t, &types.QuerySeatResponse{
		Seat: n.seat(2), Missed: 2, MaxMissed: maxMissed,
		Rotation: &types.Rotation{Member: 2, NewKey: consensusKey("v2-next"), AtHeight: 1 + notice},
	}, res)
	res, err = n.query.Seat(n.Ctx, &types.QuerySeatRequest{Member: 1})
	require.NoError(t, err)
	require.Nil(t, res.Rotation)
	_, err = n.query.Seat(n.Ctx, &types.QuerySeatRequest{Member: 5})
	require.ErrorIs(t, err, types.ErrSeatNotFound)
	_, err = n.query.Seat(n.Ctx, nil)
	require.Equal(t, codes.InvalidArgument, status.Code(err))
	_, err = n.query.Evidence(n.Ctx, nil)
	require.Equal(t, codes.InvalidArgument, status.Code(err))
}

// What the guard says beforehand is what happens.
func TestQueryGuard(t *testing.T) {
	n := newNetwork(t, 4)
	n.down(4)
	n.step()
	guard := func(req types.QueryGuardRequest) *types.QueryGuardResponse {
		before := n.dump()
		res, err := n.query.Guard(n.Ctx, &req)
		require.NoError(t, err)
		require.Equal(t, before, n.dump())
		return res
	}
	require.Equal(t, &types.QueryGuardResponse{
		ValidatorsBefore: 3, ValidatorsAfter: 4, Safe: true, Message: "safe: light clients of other chains can follow the change",
	}, guard(types.QueryGuardRequest{Grant: 1}))
	require.True(t, guard(types.QueryGuardRequest{}).Safe, "no change")
	require.True(t, guard(types.QueryGuardRequest{Rejoin: []uint32{4}}).Safe)
	require.True(t, guard(types.QueryGuardRequest{Rotate: []uint32{1}}).Safe)
	require.False(t, guard(types.QueryGuardRequest{Rotate: []uint32{1}, Rejoin: []uint32{4}}).Safe, "each alone, not both")

	two := guard(types.QueryGuardRequest{Revoke: []uint32{1, 2}})
	require.True(t, two.Never)
	require.EqualValues(t, 1, two.ValidatorsAfter)
	require.Equal(t, n.sets()[1].Height, two.LimitingHeight)

	n.must(n.revoke(1, false))
	n.step()
	one := guard(types.QueryGuardRequest{Revoke: []uint32{2}})
	require.False(t, one.Safe || one.Never)
	require.Equal(t, n.sets()[2].Time+int64(trusting/time.Second)+1, one.SafeAt)
	require.Contains(t, one.Message, "UTC+8")
	n.refused(types.ErrUnsafeChange, func() error { _, err := n.revoke(2, false); return err })
	n.stepAfter(time.Unix(one.SafeAt, 0).Sub(n.Ctx.BlockTime()))
	require.True(t, guard(types.QueryGuardRequest{Revoke: []uint32{2}}).Safe)
	n.must(n.revoke(2, false))
}

func TestQueryGuardFailsIf(t *testing.T) {
	n := newNetwork(t, 4)
	for name, req := range map[string]*types.QueryGuardRequest{
		"empty":                   nil,
		"nobody is left":          {Revoke: []uint32{1, 2, 3, 4}},
		"there are too many":      {Grant: 97},
		"there are far too many":  {Grant: 1 << 31},
		"it names too many seats": {Rotate: make([]uint32, 101)},
	} {
		_, err := n.query.Guard(n.Ctx, req)
		require.Equal(t, codes.InvalidArgument, status.Code(err), name)
	}
	for _, req := range []*types.QueryGuardRequest{{Revoke: []uint32{5}}, {Rotate: []uint32{5}}, {Rejoin: []uint32{5}}} {
		_, err := n.query.Guard(n.Ctx, req)
		require.ErrorIs(t, err, types.ErrSeatNotFound)
	}
}
