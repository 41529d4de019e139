package types

import (
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// Outcome is the status that the opinions lead to: CLEARED when as many clear as
// the quorum asks, RETURNED when so many can no longer be reached, else PENDING.
func (r Review) Outcome() ReviewStatus {
	clears := 0
	for _, o := range r.Opinions {
		if o.Verdict == VERDICT_CLEAR {
			clears++
		}
	}
	outstanding := len(r.Committee) - len(r.Opinions)
	switch quorum := int(r.Quorum); {
	case clears >= quorum:
		return REVIEW_STATUS_CLEARED
	case clears+outstanding < quorum:
		return REVIEW_STATUS_RETURNED
	default:
		return REVIEW_STATUS_PENDING
	}
}

// InCommittee says whether the member may give an opinion.
func (r Review) InCommittee(member uint32) bool {
	_, ok := slices.BinarySearch(r.Committee, member)
	return ok
}

// HasOpinionOf says whether the member has given its opinion.
func (r Review) HasOpinionOf(member uint32) bool {
	return slices.ContainsFunc(r.Opinions, func(o Opinion) bool { return o.Member == member })
}

// Validate checks a stored review by itself. Errors wrap valid.ErrInvalid.
func (r Review) Validate() error {
	if err := version(r.Product, r.Version); err != nil {
		return err
	}
	owner, _, err := ids.ParseOwned("product", r.Product)
	if err != nil {
		return err
	}
	if r.Requester != owner {
		return errorsmod.Wrapf(valid.ErrInvalid, "requester: expected the product's owner %06d, got %06d", owner, r.Requester)
	}
	if r.Round < 1 {
		return errorsmod.Wrap(valid.ErrInvalid, "round: expected 1 or more, got 0")
	}
	if err := valid.MemberNumber("requester", r.Requester); err != nil {
		return err
	}
	if err := valid.Digest("subject_digest", r.SubjectDigest); err != nil {
		return err
	}
	if err := r.validateCommittee(); err != nil {
		return err
	}
	return r.validateOpinions()
}

func (r Review) validateCommittee() error {
	if len(r.Committee) > MaxCommittee || r.Quorum < 1 || int(r.Quorum) > len(r.Committee) {
		return errorsmod.Wrapf(valid.ErrInvalid, "committee: expected 1 ≤ quorum ≤ members ≤ %d, got quorum %d of %d members",
			MaxCommittee, r.Quorum, len(r.Committee))
	}
	for i, member := range r.Committee {
		if err := valid.MemberNumber("committee", member); err != nil {
			return err
		}
		if i > 0 && member <= r.Committee[i-1] {
			return errorsmod.Wrapf(valid.ErrInvalid, "committee: expected ascending numbers, got %06d after %06d", member, r.Committee[i-1])
		}
	}
	if r.InCommittee(r.Requester) {
		return errorsmod.Wrapf(valid.ErrInvalid, "committee: expected it without the requester %06d", r.Requester)
	}
	return nil
}

// validateOpinions replays the opinions: each must have been allowed when it
// was given, and together they must lead to the status.
func (r Review) validateOpinions() error {
	replay, last := r, r.RequestedHeight
	replay.Opinions = nil
	for _, o := range r.Opinions {
		if err := opinion(o.Verdict, o.Reasons, o.DocumentDigest); err != nil {
			return err
		}
		if !replay.InCommittee(o.Member) || replay.HasOpinionOf(o.Member) || replay.Outcome() != REVIEW_STATUS_PENDING {
			return errorsmod.Wrapf(valid.ErrInvalid, "opinions: expected one of each committee member at most and none after the decision, got one of %06d", o.Member)
		}
		if o.Height < last {
			return errorsmod.Wrapf(valid.ErrInvalid, "opinions: expected heights that do not fall, got %d after %d", o.Height, last)
		}
		replay.Opinions, last = append(replay.Opinions, o), o.Height
	}
	decided := int64(0)
	if r.Outcome() != REVIEW_STATUS_PENDING {
		decided = last
	}
	if r.Status != r.Outcome() || r.RequestedHeight < 0 || r.DecidedHeight != decided {
		return errorsmod.Wrapf(valid.ErrInvalid, "status: expected %s, decided at height %d, as the opinions say; got %s at %d",
			r.Outcome(), decided, r.Status, r.DecidedHeight)
	}
	return nil
}
