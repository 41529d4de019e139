package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// Validate checks what needs no state. Errors wrap valid.ErrInvalid.
func (m *MsgSubmitScenario) Validate() error {
	if err := valid.MemberNumber("exchange", m.Exchange); err != nil {
		return err
	}
	if err := valid.Text("title", m.Title, 1, MaxTitle); err != nil {
		return err
	}
	if err := valid.Text("description", m.Description, 0, MaxDescription); err != nil {
		return err
	}
	return valid.OptionalDigest("document_digest", m.DocumentDigest)
}

// Validate checks what needs no state. Errors wrap valid.ErrInvalid.
func (m *MsgDecideScenario) Validate() error {
	if _, _, err := ParseScenarioID("scenario", m.Scenario); err != nil {
		return err
	}
	least := 1 // who is refused learns why
	if m.Approve {
		least = 0
	}
	return valid.Text("reasons", m.Reasons, least, MaxReasons)
}

// Validate checks what needs no state. Errors wrap valid.ErrInvalid.
func (m *MsgRegister) Validate() error {
	if _, _, err := ParseScenarioID("scenario", m.Scenario); err != nil {
		return err
	}
	return m.Content.Validate()
}

// Validate checks what needs no state. Errors wrap valid.ErrInvalid.
func (m *MsgRevise) Validate() error {
	if _, _, err := ids.ParseOwned("product", m.Product); err != nil {
		return err
	}
	return m.Content.Validate()
}

// Validate checks what needs no state. Errors wrap valid.ErrInvalid.
func (m *MsgList) Validate() error {
	if _, _, err := ids.ParseOwned("product", m.Product); err != nil {
		return err
	}
	if m.Version < 1 {
		return errorsmod.Wrap(valid.ErrInvalid, "version: expected 1 or more, got 0")
	}
	return nil
}

// Validate checks what needs no state. Errors wrap valid.ErrInvalid.
func (m *MsgDelist) Validate() error {
	if _, _, err := ids.ParseOwned("product", m.Product); err != nil {
		return err
	}
	return valid.Text("reason", m.Reason, 1, valid.MaxReason)
}
