package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgSubmit) Validate() error {
	if err := CheckName("panel", m.Panel); err != nil {
		return err
	}
	if m.DeadlineSeconds < 0 || m.DeadlineSeconds > longest {
		return errorsmod.Wrapf(valid.ErrInvalid, "deadline_seconds: expected 0 to %d, got %d", longest, m.DeadlineSeconds)
	}
	return checkProposal(m.Title, m.Reason, m.Messages)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgVote) Validate() error {
	if err := checkID(m.Resolution); err != nil {
		return err
	}
	return checkVote(m.Option, m.Reason)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgWithdraw) Validate() error { return checkID(m.Resolution) }

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgExecute) Validate() error { return checkID(m.Resolution) }

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgUpdatePanel) Validate() error {
	if err := CheckName("name", m.Name); err != nil {
		return err
	}
	switch m.Action {
	case PANEL_ACTION_CREATE, PANEL_ACTION_CHANGE:
		return checkTerms(m.Name, m.Title, m.Members, m.Threshold)
	case PANEL_ACTION_DISSOLVE:
		if m.Title != "" || len(m.Members) > 0 || m.Threshold != (Threshold{}) {
			return errorsmod.Wrap(valid.ErrInvalid, "expected neither title, members nor threshold to dissolve a panel")
		}
		return nil
	default:
		return errorsmod.Wrapf(valid.ErrInvalid, "action: expected create, change or dissolve, got %s", m.Action)
	}
}

func checkID(id uint64) error {
	if id < 1 {
		return errorsmod.Wrap(valid.ErrInvalid, "resolution: expected its number, 1 or more, got 0")
	}
	return nil
}

// MinExecutionGas is the least that the council may leave to the execution of a
// resolution: with less it could not even decide to have more.
const MinExecutionGas = 1_000_000

// LeastMaxDeadline is the shortest that the council may make the longest deadline, in
// seconds: with less its seats could not vote in time, and nobody could ever make it longer.
const LeastMaxDeadline = 60 * 60

// Validate checks the parameters, and that resolutions can still be voted on and run. It
// wraps valid.ErrInvalid.
func (m *MsgUpdateParams) Validate() error {
	if m.Params.MaxDeadline < LeastMaxDeadline {
		return errorsmod.Wrapf(valid.ErrInvalid, "params.max_deadline: expected %d seconds or more, so that a resolution can still change it, got %d", LeastMaxDeadline, m.Params.MaxDeadline)
	}
	if m.Params.MaxExecutionGas < MinExecutionGas {
		return errorsmod.Wrapf(valid.ErrInvalid, "params.max_execution_gas: expected %d or more, so that a resolution can still change it, got %d", MinExecutionGas, m.Params.MaxExecutionGas)
	}
	return m.Params.Validate()
}
