package keeper

import (
	"context"
	"crypto/sha256"
	"fmt"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// Seat returns a member's validator seat, with what it missed and what is to come.
func (q queryServer) Seat(ctx context.Context, req *types.QuerySeatRequest) (*types.QuerySeatResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	params, err := q.k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	res := &types.QuerySeatResponse{MaxMissed: params.MaxMissed()}
	if res.Seat, err = q.k.Seat(ctx, req.Member); err != nil {
		return nil, err
	}
	if res.Missed, err = q.k.missedBlocks(ctx, req.Member); err != nil {
		return nil, err
	}
	if res.Rotation, err = q.k.rotation(ctx, req.Member); err != nil {
		return nil, err
	}
	if why, since := seatSuspension(res.Seat); why == types.SEAT_STATUS_SUSPENDED_DOWNTIME {
		res.RejoinHeight = since + params.RejoinWait
	}
	return res, nil
}

// SetHistory lists the validator sets that light clients may trust.
func (q queryServer) SetHistory(ctx context.Context, _ *types.QuerySetHistoryRequest) (*types.QuerySetHistoryResponse, error) {
	params, err := q.k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	sets, err := q.k.setHistory(ctx, params.TrustingPeriod)
	return &types.QuerySetHistoryResponse{Sets: sets}, err
}

// Evidence lists what was proved against consensus keys.
func (q queryServer) Evidence(ctx context.Context, req *types.QueryEvidenceRequest) (*types.QueryEvidenceResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	evidence, page, err := query.CollectionPaginate(ctx, q.k.validators.evidence, req.Pagination,
		func(_ evidenceKey, e types.Evidence) (types.Evidence, error) { return e, nil })
	if err != nil {
		return nil, err
	}
	return &types.QueryEvidenceResponse{Evidence: evidence, Pagination: page}, nil
}

// Guard says whether a change of the validator set, made in one block, would pass now, and else when.
func (q queryServer) Guard(ctx context.Context, req *types.QueryGuardRequest) (*types.QueryGuardResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	before, err := q.k.activeKeys(ctx)
	if err != nil {
		return nil, err
	}
	after, err := q.k.keysAfter(ctx, before, req)
	if err != nil {
		return nil, err
	}
	if len(after) == 0 || len(after) > types.MaxSeats {
		return nil, status.Errorf(codes.InvalidArgument, "expected 1 to %d validators after the change, got %d", types.MaxSeats, len(after))
	}
	verdict, err := q.k.judge(ctx, after)
	if err != nil {
		return nil, err
	}
	return &types.QueryGuardResponse{
		ValidatorsBefore: uint32(len(before)), ValidatorsAfter: uint32(len(after)),
		Safe: verdict.Safe, SafeAt: verdict.At, Never: verdict.Never, LimitingHeight: verdict.Height, Message: verdict.Explain(),
	}, nil
}

// keysAfter is the validator set after a change. Keys that nobody has yet are
// made up: all that matters is that they are in no set.
func (k *Keeper) keysAfter(ctx context.Context, keys types.Keys, req *types.QueryGuardRequest) (types.Keys, error) {
	if req.Grant > types.MaxSeats || len(req.Revoke)+len(req.Rotate)+len(req.Rejoin) > types.MaxSeats {
		return nil, status.Errorf(codes.InvalidArgument, "expected at most %d changes", types.MaxSeats)
	}
	for _, member := range req.Revoke {
		seat, err := k.Seat(ctx, member)
		if err != nil {
			return nil, err
		}
		keys = keys.Without(seat.ConsensusKey)
	}
	for _, member := range req.Rejoin {
		seat, err := k.Seat(ctx, member)
		if err != nil {
			return nil, err
		}
		keys = keys.With(seat.ConsensusKey)
	}
	for _, member := range req.Rotate {
		seat, err := k.Seat(ctx, member)
		if err != nil {
			return nil, err
		}
		if keys.Has(seat.ConsensusKey) {
			keys = keys.Without(seat.ConsensusKey).With(madeUp("rotated", member))
		}
	}
	for i := range req.Grant {
		keys = keys.With(madeUp("granted", i))
	}
	return keys, nil
}

func madeUp(what string, number uint32) []byte {
	key := sha256.Sum256(fmt.Appendf(nil, "shugu/consortium/guard/%s/%d", what, number))
	return key[:]
}
