package types

import (
	errorsmod "cosmossdk.io/errors"

	host "github.com/cosmos/ibc-go/v11/modules/core/24-host"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// MaxDoubtRanges bounds the ranges of a client's mark; beyond it the two oldest become one.
const MaxDoubtRanges = 16

// ByProof says whether a proof brought it, not a packet.
func (e Evidence) ByProof() bool { return e.ChannelId == "" }

// Validate checks which packet or proof brought something, and when. It wraps valid.ErrInvalid.
func (e Evidence) Validate() error {
	if err := host.ClientIdentifierValidator(e.ClientId); err != nil {
		return errorsmod.Wrapf(valid.ErrInvalid, "client_id: %s", err)
	}
	if e.ClientHeight < 1 || e.Height < 0 || e.Time < 0 || e.AsOfHeight < 1 || e.AsOfTime < 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "evidence: expected heights there from 1, height here and times from 0, got %d and %d, %d, %d and %d",
			e.ClientHeight, e.AsOfHeight, e.Height, e.Time, e.AsOfTime)
	}
	if e.ByProof() {
		if e.Sequence != 0 {
			return errorsmod.Wrapf(valid.ErrInvalid, "sequence: expected 0 without a channel, got %d", e.Sequence)
		}
		return nil
	}
	if e.Sequence < 1 {
		return errorsmod.Wrap(valid.ErrInvalid, "sequence: expected that of a packet, got 0")
	}
	return checkChannelID(e.ChannelId)
}

// Newer says whether this evidence shows a later block of the other chain.
func (e Evidence) Newer(than Evidence) bool { return e.AsOfHeight > than.AsOfHeight }

// Covers says whether the mark puts evidence in doubt: it rests on a height above one that
// is in doubt, and came before the client was recovered. One that came with the
// recovering block is in doubt too.
func (d ClientDoubt) Covers(e Evidence) bool {
	for _, r := range d.Ranges {
		if e.ClientHeight > r.AboveHeight && (r.RecoveredHeight == 0 || e.Height <= r.RecoveredHeight) {
			return true
		}
	}
	return false
}

// Open says whether the client waits to be recovered.
func (d ClientDoubt) Open() bool {
	return len(d.Ranges) > 0 && d.Ranges[len(d.Ranges)-1].RecoveredHeight == 0
}

// LastRecovered is the height here of the client's last recovery, 0 when there was none.
func (d ClientDoubt) LastRecovered() (height int64) {
	for _, r := range d.Ranges {
		height = max(height, r.RecoveredHeight)
	}
	return height
}

// Mark adds what a misbehaviour leaves in doubt at a height and time here. While the
// client waits to be recovered the mark is only lowered.
func (d ClientDoubt) Mark(above uint64, height, time int64) ClientDoubt {
	if d.Open() {
		return d.Lower(above)
	}
	d.Ranges = append(d.Ranges, DoubtRange{AboveHeight: above, Height: height, Time: time})
	if len(d.Ranges) > MaxDoubtRanges {
		// The second one's recovery is the later: nothing leaves doubt by this.
		d.Ranges[1].AboveHeight = min(d.Ranges[0].AboveHeight, d.Ranges[1].AboveHeight)
		d.Ranges[1].Height, d.Ranges[1].Time = d.Ranges[0].Height, d.Ranges[0].Time
		d.Ranges = d.Ranges[1:]
	}
	return d
}

// Lower puts more in doubt of what the last misbehaviour leaves in doubt.
func (d ClientDoubt) Lower(above uint64) ClientDoubt {
	last := &d.Ranges[len(d.Ranges)-1]
	last.AboveHeight = min(last.AboveHeight, above)
	return d
}

// Validate checks a mark. It wraps valid.ErrInvalid.
func (d ClientDoubt) Validate() error {
	if err := host.ClientIdentifierValidator(d.ClientId); err != nil {
		return errorsmod.Wrapf(valid.ErrInvalid, "client_id: %s", err)
	}
	if len(d.Ranges) < 1 || len(d.Ranges) > MaxDoubtRanges {
		return errorsmod.Wrapf(valid.ErrInvalid, "ranges: expected 1 to %d, got %d", MaxDoubtRanges, len(d.Ranges))
	}
	before := int64(0)
	for i, r := range d.Ranges {
		if r.Height < before || r.Time < 0 {
			return errorsmod.Wrapf(valid.ErrInvalid, "ranges[%d]: expected a height from %d and a time from 0, got %d and %d", i, before, r.Height, r.Time)
		}
		if open := i == len(d.Ranges)-1 && r.RecoveredHeight == 0; !open && r.RecoveredHeight < r.Height {
			return errorsmod.Wrapf(valid.ErrInvalid, "ranges[%d]: expected to be recovered at %d or later, got %d", i, r.Height, r.RecoveredHeight)
		}
		before = r.RecoveredHeight
	}
	return nil
}
