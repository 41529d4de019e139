package keeper

import (
	"context"
	"fmt"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/comet"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// ForgetLimit is how many misses that left the window a block forgets at most.
// As the window moves by one block, there are at most types.MaxSeats of them;
// more only after a window that was made shorter. Until those are forgotten, nobody is
// suspended for what was missed.
const ForgetLimit = 10 * types.MaxSeats

// takeVotes counts the validators that are absent from the last commit. A miss
// is kept under its height until it leaves the window, so that a block that all
// have signed, and that leaves nothing behind, writes nothing.
func (k *Keeper) takeVotes(ctx context.Context, votes comet.VoteInfos, params types.Params) error {
	height := sdk.UnwrapSDKContext(ctx).BlockHeight() - 1
	more, err := k.forgetMisses(ctx, height-params.DowntimeWindow)
	if err != nil {
		return err
	}
	for i := 0; i < votes.Len(); i++ {
		if vote := votes.Get(i); vote.GetBlockIDFlag() == comet.BlockIDFlagAbsent {
			k.isolated(ctx, "a missed block", func(ctx context.Context) error {
				return k.miss(ctx, vote.Validator().Address(), height, params, !more)
			})
		}
	}
	return nil
}

// forgetMisses forgets the misses up to a height, and says whether there may be more of them.
func (k *Keeper) forgetMisses(ctx context.Context, upTo int64) (more bool, err error) {
	if upTo < 1 {
		return false, nil
	}
	var old []heightKey
	err = k.validators.misses.Walk(ctx, collections.NewPrefixUntilPairRange[uint64, uint32](uint64(upTo)), func(key heightKey) (stop bool, err error) {
		old = append(old, key)
		return len(old) == ForgetLimit, nil
	})
	if err != nil {
		return false, err
	}
	for _, key := range old {
		if err := k.validators.misses.Remove(ctx, key); err != nil {
			return false, err
		}
		_, counted, err := k.countingSeat(ctx, key.K2(), int64(key.K1()))
		if err != nil {
			return false, err
		}
		if !counted {
			continue
		}
		missed, err := k.missedBlocks(ctx, key.K2())
		if err != nil {
			return false, err
		}
		if err := k.setMissed(ctx, key.K2(), missed-min(missed, 1)); err != nil {
			return false, err
		}
	}
	return len(old) == ForgetLimit, nil
}

// miss notes that a key did not sign the block of a height, and suspends its
// seat when it missed too many and the count is exact. While a suspension waits nothing more is noted.
func (k *Keeper) miss(ctx context.Context, address []byte, height int64, params types.Params, exact bool) error {
	used, err := k.usedKey(ctx, address)
	if err != nil || used == nil {
		return err
	}
	seat, counts, err := k.countingSeat(ctx, used.Member, height)
	if err != nil || !counts || seat.Pending != types.SEAT_STATUS_UNSPECIFIED || !sameKey(seat, used) {
		return err
	}
	if err := k.validators.misses.Set(ctx, collections.Join(uint64(height), seat.Member)); err != nil {
		return err
	}
	missed, err := k.missedBlocks(ctx, seat.Member)
	if err != nil {
		return err
	}
	missed++
	if err := k.setMissed(ctx, seat.Member, missed); err != nil || !exact || missed <= params.MaxMissed() {
		return err
	}
	_, err = k.accuse(ctx, seat, types.SEAT_STATUS_SUSPENDED_DOWNTIME,
		fmt.Sprintf("missed %d of the last %d blocks; %d are allowed", missed, params.DowntimeWindow, params.MaxMissed()))
	return err
}

// countingSeat returns a member's seat and whether a block that it missed at
// the height counts: the seat is active and has been since before.
func (k *Keeper) countingSeat(ctx context.Context, member uint32, height int64) (types.Seat, bool, error) {
	found, err := k.seats.Has(ctx, member)
	if err != nil || !found {
		return types.Seat{}, false, err
	}
	seat, err := k.Seat(ctx, member)
	return seat, seat.Validating() && height >= seat.Since, err
}
