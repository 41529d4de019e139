package types

import (
	errorsmod "cosmossdk.io/errors"

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

// MinQuotaGas is the least quota that the council may set: with less no member could
// submit a resolution and vote on it, so that nobody could ever set another.
const MinQuotaGas = 10_000_000

// LongestQuotaWindow is the longest window that the council may set, in blocks, about half a
// day: members that have used up their quotas cannot vote before the next one begins.
const LongestQuotaWindow = 10_000

// Validate checks the parameters, and that members can still decide. It wraps valid.ErrInvalid.
func (m *MsgUpdateParams) Validate() error {
	if p := m.Params; p.QuotaGasMember < MinQuotaGas || p.QuotaGasRelayer < MinQuotaGas {
		return errorsmod.Wrapf(valid.ErrInvalid, "params.quota_gas_member and quota_gas_relayer: expected %d or more, so that a resolution can still change them, got %d and %d",
			MinQuotaGas, p.QuotaGasMember, p.QuotaGasRelayer)
	}
	if m.Params.QuotaWindow > LongestQuotaWindow {
		return errorsmod.Wrapf(valid.ErrInvalid, "params.quota_window: expected at most %d blocks, so that members whose quotas are used up can vote again soon, got %d",
			LongestQuotaWindow, m.Params.QuotaWindow)
	}
	return m.Params.Validate()
}
