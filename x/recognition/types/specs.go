package types

import (
	"bytes"
	"slices"

	ics23 "github.com/cosmos/ics23/go"

	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"
)

// proofSpecs are how every Shugu chain proves its state: IAVL, and the tree of stores.
var proofSpecs = commitmenttypes.GetSDKSpecs()

// StandardSpecs says whether proof specifications are exactly those by which Shugu chains
// prove their state. Whoever creates a light client chooses its own, and under looser ones
// a true root proves what never stood there (SECURITY-RULES 3).
func StandardSpecs(specs []*ics23.ProofSpec) bool {
	return slices.EqualFunc(specs, proofSpecs, func(a, b *ics23.ProofSpec) bool {
		one, errOne := a.Marshal()
		other, errOther := b.Marshal()
		return errOne == nil && errOther == nil && bytes.Equal(one, other)
	})
}
