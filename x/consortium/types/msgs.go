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

// Validate checks what needs no state. It wraps valid.ErrInvalid or ErrBadSignature.
func (m *MsgReject) Validate() error {
	if err := m.Application.Validate(); err != nil {
		return err
	}
	if err := checkSignatureForm(m.Signature); err != nil {
		return err
	}
	return valid.Text("reason", m.Reason, 1, valid.MaxReason)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgReinstate) Validate() error {
	if err := valid.MemberNumber("member", m.Member); err != nil {
		return err
	}
	return valid.Text("reason", m.Reason, 1, valid.MaxReason)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgLeave) Validate() error { return valid.Text("reason", m.Reason, 0, valid.MaxReason) }

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgSetTier) Validate() error {
	if err := valid.MemberNumber("member", m.Member); err != nil {
		return err
	}
	return tierAndRule("tier", m.Tier, "rule_version", m.RuleVersion)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid or ErrBadSignature.
func (m *MsgAddAccount) Validate() error {
	if err := m.Application.Validate(); err != nil {
		return err
	}
	return checkSignatureForm(m.Signature)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgRevokeAccount) Validate() error {
	_, err := accountAddress("account", m.Account)
	return err
}

// Validate checks what needs no state. It wraps valid.ErrInvalid or ErrBadSignature.
func (m *MsgReplaceOwner) Validate() error {
	if err := m.Application.Validate(); err != nil {
		return err
	}
	if err := checkSignatureForm(m.Signature); err != nil {
		return err
	}
	return valid.Text("reason", m.Reason, 1, valid.MaxReason)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgUpdateMember) Validate() error { return checkUpdate(m.AgeRecipient, m.DocumentsDigest) }
