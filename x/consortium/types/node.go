package types

import (
	"bytes"
	"encoding/hex"
	"time"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

const (
	// NodeIDSize is the length of a CometBFT node id in bytes.
	NodeIDSize = 20
	// MaxNodes is how many nodes a member may have on record, lapsed ones included.
	MaxNodes = 64
)

// Validate checks the fields of a node by themselves. It wraps valid.ErrInvalid.
func (n *Node) Validate() error {
	if len(n.Id) != NodeIDSize {
		return errorsmod.Wrapf(valid.ErrInvalid, "node_id: expected %d bytes, got %d", NodeIDSize, len(n.Id))
	}
	if err := valid.MemberNumber("owner", n.Owner); err != nil {
		return err
	}
	if _, known := NodePurpose_name[int32(n.Purpose)]; !known || n.Purpose == NODE_PURPOSE_UNSPECIFIED {
		return errorsmod.Wrapf(valid.ErrInvalid, "purpose: expected validator, full, archive or sentry, got %d", n.Purpose)
	}
	if n.ExpiresAt < 0 || n.AdmittedHeight < 0 || n.AdmittedBy > MaxMemberNumber {
		return errorsmod.Wrapf(valid.ErrInvalid, "expected expires_at and admitted_height of 0 or more and a member number or 0, got %d, %d and %d",
			n.ExpiresAt, n.AdmittedHeight, n.AdmittedBy)
	}
	return checkMoniker(n.Moniker, 0)
}

// Lapsed says whether the admission has expired at now; it is good up to and
// including the second of its expiry.
func (n *Node) Lapsed(now time.Time) bool { return n.ExpiresAt != 0 && n.ExpiresAt < now.Unix() }

// ParseNodeID reads a node id of 40 hex digits. It wraps valid.ErrInvalid.
func ParseNodeID(s string) ([]byte, error) {
	id, err := hex.DecodeString(s)
	if err != nil || len(id) != NodeIDSize {
		return nil, errorsmod.Wrapf(valid.ErrInvalid, "node id: expected %d hex digits, as `shugud comet show-node-id` prints them, got %q", 2*NodeIDSize, s)
	}
	return id, nil
}

// checkNodes checks the nodes of a genesis.
func (g *GenesisState) checkNodes(members map[uint32]*Member) error {
	counts := map[uint32]int{}
	for i := range g.Nodes {
		node := &g.Nodes[i]
		if err := node.Validate(); err != nil {
			return errorsmod.Wrapf(err, "nodes[%d]", i)
		}
		if i > 0 && bytes.Compare(g.Nodes[i-1].Id, node.Id) >= 0 {
			return errorsmod.Wrapf(valid.ErrInvalid, "nodes[%d]: expected ascending ids, each once, got %x", i, node.Id)
		}
		if members[node.Owner] == nil || node.AdmittedBy != 0 && members[node.AdmittedBy] == nil {
			return errorsmod.Wrapf(valid.ErrInvalid, "nodes[%d]: expected known members, got owner %06d admitted by %06d", i, node.Owner, node.AdmittedBy)
		}
		if counts[node.Owner]++; counts[node.Owner] > MaxNodes {
			return errorsmod.Wrapf(valid.ErrInvalid, "nodes[%d]: expected at most %d nodes of member %06d", i, MaxNodes, node.Owner)
		}
	}
	return nil
}
