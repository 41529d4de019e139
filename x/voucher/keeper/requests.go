package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	corestore "cosmossdk.io/core/store"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// requests is the store "voucherrequest": what is not yet decided.
type requests struct {
	params collections.Item[types.Params]
	// number → open request
	open collections.Map[string, types.ReversalRequest]
	// (Unix seconds when due, number) of every open request: its end, or the next
	// attempt when ending it failed
	queue collections.KeySet[collections.Pair[uint64, string]]
	// number → failure
	failures collections.Map[string, types.ExpiryFailure]
}

// newRequests makes the store's schema. It panics when that is wrong.
func newRequests(store corestore.KVStoreService, cdc codec.Codec) requests {
	sb := collections.NewSchemaBuilder(store)
	r := requests{
		params: collections.NewItem(sb, types.ParamsKey, "params", codec.CollValue[types.Params](cdc)),
		open:   collections.NewMap(sb, types.RequestPrefix, "requests", collections.StringKey, codec.CollValue[types.ReversalRequest](cdc)),
		queue: collections.NewKeySet(sb, types.RequestQueuePrefix, "queue",
			collections.PairKeyCodec(collections.Uint64Key, collections.StringKey)),
		failures: collections.NewMap(sb, types.RequestFailurePrefix, "failures", collections.StringKey, codec.CollValue[types.ExpiryFailure](cdc)),
	}
	if _, err := sb.Build(); err != nil {
		panic(err)
	}
	return r
}

// Request returns the open request of a blue voucher by its 24 digits, or ErrRequestNotFound.
func (k *Keeper) Request(ctx context.Context, number string) (types.ReversalRequest, error) {
	r, err := k.requests.open.Get(ctx, number)
	if errors.Is(err, collections.ErrNotFound) {
		return r, errorsmod.Wrapf(types.ErrRequestNotFound, "voucher %s: nobody has asked, or it was answered, withdrawn or ended already", types.FormatNumber(number))
	}
	return r, err
}

// openRequest writes a request and puts its end into the queue.
func (k *Keeper) openRequest(ctx context.Context, r types.ReversalRequest) error {
	if err := k.requests.open.Set(ctx, r.Number, r); err != nil {
		return err
	}
	return k.requests.queue.Set(ctx, collections.Join(uint64(r.ExpiresAt), r.Number))
}

// closeRequest is the only place where a request ends: it forgets the request, its
// place in the queue and what failed, and says how it ended.
func (k *Keeper) closeRequest(ctx context.Context, r types.ReversalRequest, ended types.EventReversalClosed) error {
	due := r.ExpiresAt
	failure, err := k.requests.failures.Get(ctx, r.Number)
	switch {
	case err == nil:
		due = failure.RetryAt
		if err := k.requests.failures.Remove(ctx, r.Number); err != nil {
			return err
		}
	case !errors.Is(err, collections.ErrNotFound):
		return err
	}
	if err := k.requests.queue.Remove(ctx, collections.Join(uint64(due), r.Number)); err != nil {
		return err
	}
	if err := k.requests.open.Remove(ctx, r.Number); err != nil {
		return err
	}
	ended.Number = r.Number
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&ended)
}

// standing returns the member that a signer acts for, suspended or not: it finishes what is open.
func (k *Keeper) standing(ctx context.Context, signer string) (uint32, error) {
	addr, err := k.signer(signer)
	if err != nil {
		return 0, err
	}
	m, err := k.members.RequireStanding(ctx, addr, consortium.ROLE_UNSPECIFIED)
	return m.Number, err
}

func (k *Keeper) signer(bech32 string) (sdk.AccAddress, error) {
	addr, err := k.address.StringToBytes(bech32)
	if err != nil {
		return nil, errorsmod.Wrapf(valid.ErrInvalid, "signer: expected an account of this chain, got %.80q: %s", bech32, err)
	}
	return addr, nil
}

// answering returns the open request of a voucher that the signer, as the party that
// did not ask, may answer.
func (k *Keeper) answering(ctx context.Context, signer, number string) (types.ReversalRequest, uint32, error) {
	member, err := k.standing(ctx, signer)
	if err != nil {
		return types.ReversalRequest{}, 0, err
	}
	r, err := k.Request(ctx, number)
	if err != nil {
		return types.ReversalRequest{}, 0, err
	}
	blue, err := k.Voucher(ctx, number)
	if err != nil {
		return types.ReversalRequest{}, 0, err
	}
	other, err := r.Other(blue)
	if err != nil {
		return types.ReversalRequest{}, 0, err
	}
	if member != other {
		return types.ReversalRequest{}, 0, errorsmod.Wrapf(types.ErrWrongParty, "voucher %s: expected an answer of %06d, whom %06d asked, got one of %06d",
			types.FormatNumber(number), other, r.Requester, member)
	}
	return r, member, nil
}
