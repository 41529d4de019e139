package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// ScenarioID makes "S000123-000007": the owner's member number and its sequence.
func ScenarioID(owner, seq uint32) string { return "S" + ids.Owned(owner, seq) }

// ParseScenarioID checks an id made by ScenarioID and returns its parts. Errors wrap valid.ErrInvalid.
func ParseScenarioID(field, id string) (owner, seq uint32, err error) {
	if len(id) != 14 || id[0] != 'S' {
		return 0, 0, errorsmod.Wrapf(valid.ErrInvalid, "%s: expected the form S000123-000007, got %q", field, id)
	}
	return ids.ParseOwned(field, id[1:])
}
