package types

import (
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
)

const (
	// BasisPoints is the whole: the shares of a split sum to it.
	BasisPoints = 10_000
	// MaxShares is the largest number of shares in a split (SECURITY-RULES 9).
	MaxShares = 32
)

// Validate checks 1 to 32 shares of distinct members that sum to 10,000 basis
// points, and that the remainder's owner is one of them. Whether the members
// exist is the keeper's to check. Errors wrap valid.ErrInvalid.
func (s Split) Validate() error {
	if len(s.Shares) < 1 || len(s.Shares) > MaxShares {
		return errorsmod.Wrapf(valid.ErrInvalid, "split.shares: expected 1 to %d shares, got %d", MaxShares, len(s.Shares))
	}
	sum, owned := uint32(0), false
	for i, share := range s.Shares {
		if err := valid.MemberNumber("split.shares.member", share.Member); err != nil {
			return err
		}
		if share.BasisPoints < 1 || share.BasisPoints > BasisPoints {
			return errorsmod.Wrapf(valid.ErrInvalid, "split.shares.basis_points: expected 1 to %d for member %06d, got %d",
				BasisPoints, share.Member, share.BasisPoints)
		}
		for _, other := range s.Shares[:i] {
			if other.Member == share.Member {
				return errorsmod.Wrapf(valid.ErrInvalid, "split.shares: expected each member once, got %06d twice; add its shares together", share.Member)
			}
		}
		sum += share.BasisPoints // at most 32 × 10,000
		owned = owned || share.Member == s.RemainderOwner
	}
	if sum != BasisPoints {
		return errorsmod.Wrapf(valid.ErrInvalid, "split.shares: expected basis points that sum to %d, got %d", BasisPoints, sum)
	}
	if !owned {
		return errorsmod.Wrapf(valid.ErrInvalid, "split.remainder_owner: expected one of the shares' members, got %06d", s.RemainderOwner)
	}
	return nil
}

// Apply divides an amount in fen, in the order of the shares: each gets
// ⌊amount × basis points ÷ 10,000⌋, the remainder's owner also what rounding
// leaves, so the parts sum to the amount exactly. The split must be valid and
// the amount 0 to 2^96; a part may be 0.
func (s Split) Apply(amount math.Int) []math.Int {
	parts, left, owner := make([]math.Int, len(s.Shares)), amount, 0
	for i, share := range s.Shares {
		parts[i] = amount.MulRaw(int64(share.BasisPoints)).QuoRaw(BasisPoints)
		left = left.Sub(parts[i])
		if share.Member == s.RemainderOwner {
			owner = i
		}
	}
	if len(parts) > 0 {
		parts[owner] = parts[owner].Add(left)
	}
	return parts
}
