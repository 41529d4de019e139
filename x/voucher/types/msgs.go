package types

import "github.com/shugu-network/shugu/x/internal/valid"

// Validate checks what needs no state. It wraps ErrNumber or valid.ErrInvalid.
func (m *MsgRequestReversal) Validate() error {
	return Reversal{Number: m.Number, Lines: m.Lines, ReasonDigest: m.ReasonDigest}.Validate()
}

// Validate checks what needs no state. It wraps ErrNumber or valid.ErrInvalid.
func (m *MsgConfirmReversal) Validate() error {
	return Reversal{Number: m.Number, Lines: m.Lines, ReasonDigest: m.ReasonDigest}.Validate()
}

// Validate checks what needs no state. It wraps ErrNumber or valid.ErrInvalid.
func (m *MsgDeclineReversal) Validate() error {
	if _, err := ParseNumber(m.Number); err != nil {
		return err
	}
	return valid.Digest("reason_digest", m.ReasonDigest)
}

// Validate checks what needs no state. It wraps ErrNumber.
func (m *MsgWithdrawReversal) Validate() error {
	_, err := ParseNumber(m.Number)
	return err
}

// Validate checks the parameters. It wraps valid.ErrInvalid.
func (m *MsgUpdateParams) Validate() error { return m.Params.Validate() }
