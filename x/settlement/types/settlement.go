package types

import (
	"github.com/shugu-network/shugu/x/internal/valid"
	producttypes "github.com/shugu-network/shugu/x/product/types"
)

// Settlement says how the escrow of a trade is paid out.
type Settlement struct {
	// ID is the contract's.
	ID string
	// Seller and Buyer are member numbers; the buyer paid into the escrow.
	Seller, Buyer uint32
	// Split of what is in escrow.
	Split producttypes.Split
	// Voucher is the number, 24 digits, of the voucher issued in the same step.
	Voucher string
}

// Validate checks what needs no state. Errors wrap valid.ErrInvalid.
func (s Settlement) Validate() error {
	if err := checkTrade(s.ID, s.Seller, s.Buyer, s.Voucher); err != nil {
		return err
	}
	return s.Split.Validate()
}

// Validate checks an escrow. Errors wrap valid.ErrInvalid.
func (e Escrow) Validate() error {
	if err := checkID(e.Id); err != nil {
		return err
	}
	if err := valid.MemberNumber("payer", e.Payer); err != nil {
		return err
	}
	return valid.Amount("amount", e.Amount)
}
