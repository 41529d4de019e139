package keeper

import (
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/compliance/types"
)

// change of a review's status.
type change struct{ from, to types.ReviewStatus }

// legal are the changes of status that there are; UNSPECIFIED is a review that does not exist yet.
var legal = []change{
	{types.REVIEW_STATUS_UNSPECIFIED, types.REVIEW_STATUS_PENDING},
	{types.REVIEW_STATUS_PENDING, types.REVIEW_STATUS_CLEARED},
	{types.REVIEW_STATUS_PENDING, types.REVIEW_STATUS_RETURNED},
}

// move is the only place where a review's status changes. ErrIllegalMove
func move(r *types.Review, to types.ReviewStatus) error {
	if !slices.Contains(legal, change{r.Status, to}) {
		return errorsmod.Wrapf(types.ErrIllegalMove, "review of %s version %d round %d: from %s to %s", r.Product, r.Version, r.Round, r.Status, to)
	}
	r.Status = to
	return nil
}
