package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

const (
	minPacketTimeout = 60
	maxPacketTimeout = 7 * 24 * 60 * 60
	maxBackoffFirst  = 1_000
	maxBackoffCap    = 1_000_000
)

// DefaultParams are ten packets in a block, a packet life of one hour, and a backoff
// from 2 to 1,024 blocks.
func DefaultParams() Params {
	return Params{MaxPacketsPerBlock: 10, PacketTimeout: 60 * 60, BackoffFirst: 2, BackoffCap: 1_024}
}

// Validate checks the ranges. It wraps valid.ErrInvalid.
func (p Params) Validate() error {
	if p.MaxPacketsPerBlock < 1 || p.MaxPacketsPerBlock > MaxAgreements {
		return errorsmod.Wrapf(valid.ErrInvalid, "max_packets_per_block: expected 1 to %d, got %d", MaxAgreements, p.MaxPacketsPerBlock)
	}
	if p.PacketTimeout < minPacketTimeout || p.PacketTimeout > maxPacketTimeout {
		return errorsmod.Wrapf(valid.ErrInvalid, "packet_timeout: expected %d to %d seconds, got %d", minPacketTimeout, maxPacketTimeout, p.PacketTimeout)
	}
	if p.BackoffFirst < 1 || p.BackoffFirst > maxBackoffFirst {
		return errorsmod.Wrapf(valid.ErrInvalid, "backoff_first: expected 1 to %d blocks, got %d", maxBackoffFirst, p.BackoffFirst)
	}
	if p.BackoffCap < p.BackoffFirst || p.BackoffCap > maxBackoffCap {
		return errorsmod.Wrapf(valid.ErrInvalid, "backoff_cap: expected backoff_first (%d) to %d blocks, got %d", p.BackoffFirst, maxBackoffCap, p.BackoffCap)
	}
	return nil
}

// Wait is how many blocks to wait after so many failures in a row.
func (p Params) Wait(failures uint32) int64 {
	wait := p.BackoffFirst
	for i := uint32(1); i < failures && wait < p.BackoffCap; i++ {
		wait *= 2
	}
	return min(wait, p.BackoffCap)
}
