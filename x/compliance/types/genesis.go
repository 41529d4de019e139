package types

import (
	"bytes"
	"cmp"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// MaxCommittee bounds the parameter max_committee, and with it a review's size.
const MaxCommittee = 64

// DefaultParams are a quorum of 2 in a committee of at most 32.
func DefaultParams() Params { return Params{Quorum: 2, MaxCommittee: 32} }

// Validate checks the ranges. Errors wrap valid.ErrInvalid.
func (p Params) Validate() error {
	if p.Quorum < 1 || p.Quorum > p.MaxCommittee || p.MaxCommittee > MaxCommittee {
		return errorsmod.Wrapf(valid.ErrInvalid, "params: expected 1 ≤ quorum ≤ max_committee ≤ %d, got quorum %d and max_committee %d",
			MaxCommittee, p.Quorum, p.MaxCommittee)
	}
	return nil
}

// DefaultGenesis has the default parameters and no reviews.
func DefaultGenesis() *GenesisState { return &GenesisState{Params: DefaultParams()} }

// Validate checks each review and that they stand in order, without gaps and
// with at most the last round of a version pending. Errors wrap valid.ErrInvalid.
func (g *GenesisState) Validate() error {
	if err := g.Params.Validate(); err != nil {
		return err
	}
	for i, r := range g.Reviews {
		if err := r.Validate(); err != nil {
			return errorsmod.Wrapf(err, "reviews[%d]", i)
		}
		var before *Review
		if i > 0 {
			before = &g.Reviews[i-1]
		}
		if err := follows(before, r); err != nil {
			return errorsmod.Wrapf(err, "reviews[%d]", i)
		}
	}
	return nil
}

// follows checks that r may stand after the review before it, nil for none.
func follows(before *Review, r Review) error {
	if before != nil && before.Product == r.Product && before.Version == r.Version {
		repeated := before.Status == REVIEW_STATUS_CLEARED && bytes.Equal(before.SubjectDigest, r.SubjectDigest)
		if r.Round != before.Round+1 || before.Status == REVIEW_STATUS_PENDING || repeated {
			return errorsmod.Wrapf(valid.ErrInvalid, "expected round %d after a decision that left something to review, got round %d of %s version %d",
				before.Round+1, r.Round, r.Product, r.Version)
		}
		return nil
	}
	if before != nil && cmp.Or(cmp.Compare(before.Product, r.Product), cmp.Compare(before.Version, r.Version)) > 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "expected ascending products and versions, got %s version %d after %s version %d",
			r.Product, r.Version, before.Product, before.Version)
	}
	if r.Round != 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "expected round 1 of %s version %d first, got %d", r.Product, r.Version, r.Round)
	}
	return nil
}
