package types

import (
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

const (
	day = 24 * 60 * 60

	// longest is ten years in seconds: no deadline may be longer, whatever the parameters.
	longest = 3653 * day
	// mostPerBlock bounds a block's work, whatever the parameters.
	mostPerBlock = 10_000
	// mostGas bounds a resolution's gas, whatever the parameters.
	mostGas = 1_000_000_000
)

// DefaultParams lets votes be taken for a week, and for a minute to 90 days when the proposer says so.
func DefaultParams() Params {
	return Params{DefaultDeadline: 7 * day, MinDeadline: 60, MaxDeadline: 90 * day, MaxExpiriesPerBlock: 100, MaxExecutionGas: 20_000_000}
}

// DefaultPanels are the panels of a new chain. Council: more than 2/3 of the
// validating exchanges; the others have no seats until genesis or the council
// fills them, and decide by more than half.
func DefaultPanels() []Panel {
	half := Threshold{Numerator: 1, Denominator: 2}
	return []Panel{
		{Name: Committee, Title: "合规委员会 Compliance committee", Threshold: half},
		{Name: Council, Title: "理事会 Council", ValidatorSeats: true, Threshold: Threshold{Numerator: 2, Denominator: 3}},
		{Name: JointMeeting, Title: "联席会议 Joint meeting", Threshold: half},
	}
}

// DefaultGenesis is the state of a new chain.
func DefaultGenesis() *GenesisState {
	return &GenesisState{Params: DefaultParams(), Panels: DefaultPanels()}
}

// Validate checks the ranges. It wraps valid.ErrInvalid.
func (p Params) Validate() error {
	if p.MinDeadline < 1 || p.MinDeadline > p.DefaultDeadline || p.DefaultDeadline > p.MaxDeadline || p.MaxDeadline > longest {
		return errorsmod.Wrapf(valid.ErrInvalid, "params: expected 1 ≤ min_deadline ≤ default_deadline ≤ max_deadline ≤ %d seconds, got %d, %d and %d",
			longest, p.MinDeadline, p.DefaultDeadline, p.MaxDeadline)
	}
	if p.MaxExpiriesPerBlock < 1 || p.MaxExpiriesPerBlock > mostPerBlock {
		return errorsmod.Wrapf(valid.ErrInvalid, "params.max_expiries_per_block: expected 1 to %d, got %d", mostPerBlock, p.MaxExpiriesPerBlock)
	}
	if p.MaxExecutionGas < 1 || p.MaxExecutionGas > mostGas {
		return errorsmod.Wrapf(valid.ErrInvalid, "params.max_execution_gas: expected 1 to %d, got %d", mostGas, p.MaxExecutionGas)
	}
	return nil
}

// Validate checks every record, the order, and that resolutions are of known
// panels. It wraps valid.ErrInvalid.
func (g *GenesisState) Validate() error {
	if err := g.Params.Validate(); err != nil {
		return err
	}
	known, err := g.checkPanels()
	if err != nil {
		return err
	}
	for i := range g.Resolutions {
		record := &g.Resolutions[i]
		if err := record.Validate(); err != nil {
			return errorsmod.Wrapf(err, "resolutions[%d]", i)
		}
		if want := uint64(i + 1); record.Resolution.Id != want {
			return errorsmod.Wrapf(valid.ErrInvalid, "resolutions[%d].id: expected %d, got %d", i, want, record.Resolution.Id)
		}
		if !slices.Contains(known, record.Resolution.Panel) {
			return errorsmod.Wrapf(valid.ErrInvalid, "resolutions[%d].panel: there is no panel %s", i, record.Resolution.Panel)
		}
	}
	return nil
}

// checkPanels returns the names of the panels.
func (g *GenesisState) checkPanels() ([]string, error) {
	if len(g.Panels) > MaxPanels {
		return nil, errorsmod.Wrapf(valid.ErrInvalid, "panels: expected at most %d, got %d", MaxPanels, len(g.Panels))
	}
	var names []string
	last := ""
	for i := range g.Panels {
		panel := &g.Panels[i]
		if err := panel.Validate(); err != nil {
			return nil, errorsmod.Wrapf(err, "panels[%d]", i)
		}
		if panel.Name <= last {
			return nil, errorsmod.Wrapf(valid.ErrInvalid, "panels[%d].name: expected ascending names, got %s after %s", i, panel.Name, last)
		}
		last = panel.Name
		names = append(names, panel.Name)
	}
	for _, name := range []string{Council, Committee, JointMeeting} {
		if i := slices.Index(names, name); i < 0 || g.Panels[i].CreatedHeight != 0 {
			return nil, errorsmod.Wrapf(valid.ErrInvalid, "panels: expected %s as a panel of genesis", name)
		}
	}
	return names, nil
}
