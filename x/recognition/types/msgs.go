package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// Validate checks what needs no state. It wraps valid.ErrInvalid or the voucher module's ErrNumber.
func (m *MsgPresent) Validate() error {
	if _, err := vouchertypes.ParseNumber(m.Voucher); err != nil {
		return err
	}
	return CheckChainID("chain_id", m.ChainId)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgSetAgreement) Validate() error {
	if m.Agreement.Ended {
		return errorsmod.Wrap(valid.ErrInvalid, "agreement.ended: expected false, got true: end an agreement with EndAgreement")
	}
	return m.Agreement.Validate()
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgEndAgreement) Validate() error {
	if err := CheckChainID("chain_id", m.ChainId); err != nil {
		return err
	}
	return valid.Text("reason", m.Reason, 1, valid.MaxReason)
}
