package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// ValidateID checks the form of a contract's id, "261123-000123-000042". It wraps valid.ErrInvalid.
func ValidateID(field, id string) error {
	_, _, _, err := ids.ParseContract(field, id)
	return err
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgQuote) Validate() error {
	if m.ValidUntil < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "valid_until: expected Unix seconds, got %d", m.ValidUntil)
	}
	return m.Deal.Validate()
}

// Validate checks what needs no state. The deal is only compared with the
// quoted one, which was checked. It wraps valid.ErrInvalid.
func (m *MsgAgree) Validate() error { return ValidateID("contract", m.Contract) }

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgFund) Validate() error {
	if err := ValidateID("contract", m.Contract); err != nil {
		return err
	}
	return valid.Amount("amount", m.Amount)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgDeliver) Validate() error {
	if err := ValidateID("contract", m.Contract); err != nil {
		return err
	}
	if err := valid.Digest("sealed_digest", m.SealedDigest); err != nil {
		return err
	}
	return valid.Digest("content_digest", m.ContentDigest)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgAccept) Validate() error {
	if err := ValidateID("contract", m.Contract); err != nil {
		return err
	}
	return valid.Digest("content_digest", m.ContentDigest)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgCancel) Validate() error {
	if err := ValidateID("contract", m.Contract); err != nil {
		return err
	}
	return valid.Text("reason", m.Reason, 1, valid.MaxReason)
}

// Validate checks the parameters. It wraps valid.ErrInvalid.
func (m *MsgUpdateParams) Validate() error { return m.Params.Validate() }
