package types

import (
	"github.com/shugu-network/shugu/x/internal/valid"
)

// Validate checks what needs no state. It wraps valid.ErrInvalid or ErrBadSignature.
func (m *MsgAdmit) Validate() error {
	if err := m.Application.Validate(); err != nil {
		return err
	}
	if err := checkSignatureForm(m.Signature); err != nil {
		return err
	}
	return valid.Text("conditions", m.Conditions, 0, valid.MaxReason)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgSuspend) Validate() error {
	if err := valid.MemberNumber("member", m.Member); err != nil {
		return err
	}
	return valid.Text("reason", m.Reason, 1, valid.MaxReason)
}
