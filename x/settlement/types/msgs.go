package types

import (
	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// MaxReference is the longest reference for a bank in bytes.
const MaxReference = 64

// Validate checks what needs no state. Errors wrap valid.ErrInvalid.
func (m *MsgDeposit) Validate() error {
	if err := valid.MemberNumber("member", m.Member); err != nil {
		return err
	}
	if err := valid.Amount("amount", m.Amount); err != nil {
		return err
	}
	return valid.Text("reference", m.Reference, 0, MaxReference)
}

// Validate checks what needs no state. Errors wrap valid.ErrInvalid.
func (m *MsgRequestWithdrawal) Validate() error {
	if err := valid.MemberNumber("bank", m.Bank); err != nil {
		return err
	}
	if err := valid.Amount("amount", m.Amount); err != nil {
		return err
	}
	return valid.Text("reference", m.Reference, 0, MaxReference)
}

// Validate checks what needs no state. Errors wrap valid.ErrInvalid.
func (m *MsgConfirmWithdrawal) Validate() error {
	_, _, err := ids.ParseOwned("withdrawal", m.Withdrawal)
	return err
}

// Validate checks what needs no state. Errors wrap valid.ErrInvalid.
func (m *MsgDeclineWithdrawal) Validate() error {
	if _, _, err := ids.ParseOwned("withdrawal", m.Withdrawal); err != nil {
		return err
	}
	return valid.Text("reason", m.Reason, 1, valid.MaxReason)
}

// Validate checks what needs no state. Errors wrap valid.ErrInvalid.
func (m *MsgPayDebt) Validate() error {
	if _, _, err := ParseDebtID("debt", m.Debt); err != nil {
		return err
	}
	return valid.Amount("amount", m.Amount)
}
