package types

import (
	"bytes"

	cmted25519 "github.com/cometbft/cometbft/crypto/ed25519"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// MaxRotationAhead is how many blocks ahead a change of a consensus key may be ordered.
const MaxRotationAhead = 1_000_000

// Default parameters of the seats: light clients' usual trusting period of 14
// days; suspension after half an hour's absence at a block a second; ten
// minutes until the seat may come back; five minutes between the order and the
// change of a key.
const (
	defaultTrustingPeriod    = 14 * 24 * 60 * 60
	defaultDowntimeWindow    = 3_600
	defaultDowntimeMinSigned = 500
	defaultRejoinWait        = 600
	defaultRotationNotice    = 300

	maxTrustingPeriod = 10 * 365 * 24 * 60 * 60
	maxDowntimeWindow = 100_000
	maxRejoinWait     = 1_000_000
	perMille          = 1_000
)

// MaxMissed is how many blocks of the window a seat may miss without being suspended.
func (p *Params) MaxMissed() uint32 {
	return uint32(p.DowntimeWindow * (perMille - int64(p.DowntimeMinSigned)) / perMille)
}

// checkValidators checks the parameters of the seats.
func (p *Params) checkValidators() error {
	for _, c := range []struct {
		field         string
		got, min, max int64
	}{
		{"trusting_period", p.TrustingPeriod, 1, maxTrustingPeriod},
		{"downtime_window", p.DowntimeWindow, 1, maxDowntimeWindow},
		{"downtime_min_signed", int64(p.DowntimeMinSigned), 0, perMille},
		{"rejoin_wait", p.RejoinWait, 0, maxRejoinWait},
		{"rotation_notice", p.RotationNotice, 1, MaxRotationAhead},
	} {
		if c.got < c.min || c.got > c.max {
			return errorsmod.Wrapf(valid.ErrInvalid, "params.%s: expected %d to %d, got %d", c.field, c.min, c.max, c.got)
		}
	}
	return nil
}

// Validating says whether the seat's key is to be in the validator set.
func (s *Seat) Validating() bool { return s.Status == SEAT_STATUS_ACTIVE }

// ConsensusAddress is the address under which CometBFT tells of a consensus key.
func ConsensusAddress(key []byte) []byte { return cmted25519.PubKey(key).Address() }

func checkMoniker(s string, minBytes int) error {
	if err := valid.Text("moniker", s, minBytes, maxMoniker); err != nil {
		return err
	}
	for i := 0; i < len(s); i++ {
		if s[i] > '~' {
			return errorsmod.Wrapf(valid.ErrInvalid, "moniker: expected ASCII only (CometBFT refuses others), got %q", s)
		}
	}
	return nil
}

func checkConsensusKey(field string, key []byte) error {
	if len(key) != consensusKeySize {
		return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected an ed25519 key of %d bytes, got %d", field, consensusKeySize, len(key))
	}
	return nil
}

// checkStatus checks the seat's state by itself. All of it may be absent in a first genesis.
func (s *Seat) checkStatus() error {
	if s.Status < SEAT_STATUS_UNSPECIFIED || s.Status > SEAT_STATUS_SUSPENDED_EQUIVOCATION || s.Since < 0 || s.GrantedHeight < 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "expected a known status and heights of 0 or more, got %s, %d and %d", s.Status, s.Since, s.GrantedHeight)
	}
	switch {
	case s.Pending == SEAT_STATUS_UNSPECIFIED && s.PendingSince == 0:
		return nil
	case s.Status == SEAT_STATUS_ACTIVE && s.PendingSince > 0 &&
		(s.Pending == SEAT_STATUS_SUSPENDED_DOWNTIME || s.Pending == SEAT_STATUS_SUSPENDED_EQUIVOCATION):
		return nil
	}
	return errorsmod.Wrapf(valid.ErrInvalid, "pending: expected a suspension of an active seat with its height, or neither, got %s since %d of a seat that is %s",
		s.Pending, s.PendingSince, s.Status)
}

// Validate checks the fields of a used key by themselves. It wraps valid.ErrInvalid.
func (u *UsedKey) Validate() error {
	if err := valid.MemberNumber("member", u.Member); err != nil {
		return err
	}
	if u.Height < 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "height: expected 0 or more, got %d", u.Height)
	}
	return checkConsensusKey("consensus_key", u.ConsensusKey)
}

// Validate checks the fields of a set by themselves. It wraps valid.ErrInvalid.
func (r *SetRecord) Validate() error {
	if r.Height < 0 || len(r.Keys) == 0 || len(r.Keys) > MaxSeats {
		return errorsmod.Wrapf(valid.ErrInvalid, "expected a height of 0 or more and 1 to %d keys, got %d and %d", MaxSeats, r.Height, len(r.Keys))
	}
	for i, key := range r.Keys {
		if err := checkConsensusKey("keys", key); err != nil {
			return err
		}
		if i > 0 && bytes.Compare(r.Keys[i-1], key) >= 0 {
			return errorsmod.Wrap(valid.ErrInvalid, "keys: expected ascending keys, each once")
		}
	}
	return nil
}

// Validate checks the fields of a rotation by themselves. It wraps valid.ErrInvalid.
func (r *Rotation) Validate() error {
	if err := valid.MemberNumber("member", r.Member); err != nil {
		return err
	}
	if r.AtHeight < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "at_height: expected 1 or more, got %d", r.AtHeight)
	}
	return checkConsensusKey("new_key", r.NewKey)
}

// Validate checks the fields of evidence by themselves. It wraps valid.ErrInvalid.
func (e *Evidence) Validate() error {
	if len(e.Address) != addressSize || e.Height < 0 || e.RecordedHeight < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "expected an address of %d bytes and heights of at least 0 and 1, got %d bytes, %d and %d",
			addressSize, len(e.Address), e.Height, e.RecordedHeight)
	}
	if _, known := EvidenceKind_name[int32(e.Kind)]; !known {
		return errorsmod.Wrapf(valid.ErrInvalid, "kind: expected a known kind, got %d", e.Kind)
	}
	if _, known := EvidenceOutcome_name[int32(e.Outcome)]; !known || e.Outcome == EVIDENCE_OUTCOME_UNSPECIFIED {
		return errorsmod.Wrapf(valid.ErrInvalid, "outcome: expected a known outcome, got %d", e.Outcome)
	}
	if e.Member == 0 && len(e.ConsensusKey) == 0 {
		return nil
	}
	if err := valid.MemberNumber("member", e.Member); err != nil {
		return err
	}
	if err := checkConsensusKey("consensus_key", e.ConsensusKey); err != nil {
		return err
	}
	if !bytes.Equal(ConsensusAddress(e.ConsensusKey), e.Address) {
		return errorsmod.Wrapf(valid.ErrInvalid, "address: expected %X, of key %X, got %X", ConsensusAddress(e.ConsensusKey), e.ConsensusKey, e.Address)
	}
	return nil
}
