package types

import (
	"context"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// Membership knows the members of the chain; x/consortium's keeper is one.
type Membership interface {
	// Member returns a member by its number, whatever its standing.
	Member(ctx context.Context, number uint32) (consortium.Member, error)
}
