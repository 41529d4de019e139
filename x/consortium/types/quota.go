package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

const (
	// MaxQuotaWindow is the longest window of a quota, in blocks.
	MaxQuotaWindow = 1_000_000

	// A block holds 300 million gas. In a default window of 20 blocks a member fills
	// two of them and a relayer five, so that what one member has waiting delays
	// another's transaction by two blocks and no more.
	defaultQuotaWindow     = 20
	defaultQuotaGasMember  = 600_000_000
	defaultQuotaGasRelayer = 1_500_000_000
)

// WindowStart returns the first block of the window that a block is in.
func (p *Params) WindowStart(height uint64) uint64 { return height - height%p.QuotaWindow }

// validateQuota checks the quota's parameters. It wraps valid.ErrInvalid.
func (p *Params) validateQuota() error {
	if p.QuotaWindow < 1 || p.QuotaWindow > MaxQuotaWindow {
		return errorsmod.Wrapf(valid.ErrInvalid, "params.quota_window: expected 1 to %d blocks, got %d", MaxQuotaWindow, p.QuotaWindow)
	}
	if p.QuotaGasMember < 1 || p.QuotaGasRelayer < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "params.quota_gas_member and quota_gas_relayer: expected 1 or more (with 0 nobody could send anything), got %d and %d",
			p.QuotaGasMember, p.QuotaGasRelayer)
	}
	return nil
}

// checkQuotaUses checks what members have used, ascending by member. It wraps valid.ErrInvalid.
func (g *GenesisState) checkQuotaUses(members map[uint32]*Member) error {
	last := uint32(0)
	for i, use := range g.QuotaUses {
		if use.Member <= last || members[use.Member] == nil {
			return errorsmod.Wrapf(valid.ErrInvalid, "quota_uses[%d].member: expected a member's number above %d, got %06d", i, last, use.Member)
		}
		last = use.Member
	}
	return nil
}
