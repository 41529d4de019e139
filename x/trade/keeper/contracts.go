package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/trade/types"
)

// write stores a contract after a move, with its places in queue and indexes.
func (k *Keeper) write(ctx context.Context, was, c types.Contract, now int64) error {
	if was.Status.Open() {
		if err := k.dequeue(ctx, was, now); err != nil {
			return err
		}
	}
	if c.Status == types.STATUS_UNSPECIFIED {
		return k.forget(ctx, c)
	}
	if c.Status.Open() {
		if err := k.queue.Set(ctx, collections.Join(uint64(c.Deadline), c.Id)); err != nil {
			return err
		}
	}
	if was.Status == types.STATUS_UNSPECIFIED {
		if err := k.index(ctx, c); err != nil {
			return err
		}
	}
	return k.contracts.Set(ctx, c.Id, c)
}

// dequeue takes a contract out of the queue and forgets its failure. Only a
// contract whose deadline has passed can have one, so that moves in time cost
// no look for it.
func (k *Keeper) dequeue(ctx context.Context, c types.Contract, now int64) error {
	due := c.Deadline
	if now >= c.Deadline {
		f, err := k.failures.Get(ctx, c.Id)
		if err != nil && !errors.Is(err, collections.ErrNotFound) {
			return err
		}
		if err == nil {
			due = f.RetryAt
			if err := k.failures.Remove(ctx, c.Id); err != nil {
				return err
			}
		}
	}
	return k.queue.Remove(ctx, collections.Join(uint64(due), c.Id))
}

func (k *Keeper) index(ctx context.Context, c types.Contract) error {
	if err := k.bySeller.Set(ctx, collections.Join(c.Deal.Seller, c.Id)); err != nil {
		return err
	}
	return k.byBuyer.Set(ctx, collections.Join(c.Deal.Buyer, c.Id))
}

func (k *Keeper) forget(ctx context.Context, c types.Contract) error {
	if err := k.bySeller.Remove(ctx, collections.Join(c.Deal.Seller, c.Id)); err != nil {
		return err
	}
	if err := k.byBuyer.Remove(ctx, collections.Join(c.Deal.Buyer, c.Id)); err != nil {
		return err
	}
	return k.contracts.Remove(ctx, c.Id)
}

// nextID returns the id of a seller's next contract and the counter as it is
// once the id is used. It writes nothing.
func (k *Keeper) nextID(ctx context.Context, seller uint32) (string, types.Counter, error) {
	today := ids.Day(sdk.UnwrapSDKContext(ctx).BlockTime())
	counter, err := k.counters.Get(ctx, seller)
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return "", counter, err
	}
	if counter.Day != today {
		counter = types.Counter{Seller: seller, Day: today, Next: 1}
	}
	if counter.Next > ids.MaxSequence {
		return "", counter, errorsmod.Wrapf(types.ErrSequenceExhausted, "seller %06d has made %d quotes on %s: quote tomorrow (UTC+8)", seller, ids.MaxSequence, today)
	}
	id := ids.Contract(today, seller, counter.Next)
	taken, err := k.contracts.Has(ctx, id)
	if err != nil {
		return "", counter, err
	}
	if taken {
		return "", counter, errorsmod.Wrapf(types.ErrIDTaken, "%s is there already: tell the operators that block time went back", id)
	}
	counter.Next++
	return id, counter, nil
}
