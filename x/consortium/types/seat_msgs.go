package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgGrantSeat) Validate() error {
	seat := Seat{Member: m.Member, Moniker: m.Moniker, ConsensusKey: m.ConsensusKey}
	return seat.Validate()
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgRevokeSeat) Validate() error {
	if err := valid.MemberNumber("member", m.Member); err != nil {
		return err
	}
	return valid.Text("reason", m.Reason, 1, valid.MaxReason)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgRotateKey) Validate() error {
	rotation := Rotation{Member: m.Member, NewKey: m.NewKey, AtHeight: m.AtHeight}
	return rotation.Validate()
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgRejoinSeat) Validate() error { return valid.MemberNumber("member", m.Member) }

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgAcceptSuspension) Validate() error { return valid.MemberNumber("member", m.Member) }

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgAdmitNode) Validate() error {
	node := Node{Id: m.NodeId, Owner: m.Owner, Purpose: m.Purpose, ExpiresAt: m.ExpiresAt, Moniker: m.Moniker}
	return node.Validate()
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgRevokeNode) Validate() error {
	if len(m.NodeId) != NodeIDSize {
		return errorsmod.Wrapf(valid.ErrInvalid, "node_id: expected %d bytes, got %d", NodeIDSize, len(m.NodeId))
	}
	return valid.Text("reason", m.Reason, 1, valid.MaxReason)
}
