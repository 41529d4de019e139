package keeper

import (
	"bytes"
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/compliance/types"
)

// Cleared says whether the latest review of a product's version cleared exactly
// this digest. False, without an error, when there was none.
func (k *Keeper) Cleared(ctx context.Context, product string, version uint32, subjectDigest []byte) (bool, error) {
	r, found, err := k.latestReview(ctx, product, version)
	if err != nil || !found {
		return false, err
	}
	return r.Status == types.REVIEW_STATUS_CLEARED && bytes.Equal(r.SubjectDigest, subjectDigest), nil
}

// latestReview returns the last round of a version's review, if there is one.
func (k *Keeper) latestReview(ctx context.Context, product string, version uint32) (r types.Review, found bool, err error) {
	round, err := k.latest.Get(ctx, collections.Join(product, version))
	if errors.Is(err, collections.ErrNotFound) {
		return types.Review{}, false, nil
	}
	if err != nil {
		return types.Review{}, false, err
	}
	r, err = k.review(ctx, product, version, round)
	return r, err == nil, err
}

// review returns one round. ErrReviewNotFound
func (k *Keeper) review(ctx context.Context, product string, version, round uint32) (types.Review, error) {
	r, err := k.reviews.Get(ctx, collections.Join3(product, version, round))
	if errors.Is(err, collections.ErrNotFound) {
		return types.Review{}, errorsmod.Wrapf(types.ErrReviewNotFound, "%s version %d round %d", product, version, round)
	}
	return r, err
}

// save stores the latest round of a review with its pointer and its mark.
func (k *Keeper) save(ctx context.Context, r types.Review) error {
	key := collections.Join(r.Product, r.Version)
	if err := k.reviews.Set(ctx, collections.Join3(r.Product, r.Version, r.Round), r); err != nil {
		return err
	}
	if err := k.latest.Set(ctx, key, r.Round); err != nil {
		return err
	}
	if r.Status == types.REVIEW_STATUS_PENDING {
		return k.pending.Set(ctx, key)
	}
	return k.pending.Remove(ctx, key)
}
