package types

import (
	"context"

	"cosmossdk.io/math"
)

// Kinds of records that this module asks Holds about.
const (
	// KindEscrow: the record is an Escrow, its id the contract's.
	KindEscrow = "escrow"
	// KindWithdrawal: the record is a Withdrawal.
	KindWithdrawal = "withdrawal"
)

// Holds answers whether something stands against a movement, a court's order
// above all. A non-nil error refuses the movement and is handed on as it is.
type Holds interface {
	// MayPay: may this amount of fen leave the member's account?
	MayPay(ctx context.Context, member uint32, amount math.Int) error
	// MayMove: may the record of this kind and id move, and what it holds with it?
	MayMove(ctx context.Context, kind, id string) error
}
