package types

import (
	"time"

	errorsmod "cosmossdk.io/errors"

	host "github.com/cosmos/ibc-go/v11/modules/core/24-host"

	"github.com/shugu-network/shugu/x/internal/valid"
)

const (
	// MaxAgreements bounds the number of counterparties, and so the work of one change of status.
	MaxAgreements = 64
	// MaxFreshness is the longest time for which a freshness proof may hold, in seconds: 366 days.
	MaxFreshness = 366 * 24 * 60 * 60

	maxChainID = 50           // CometBFT's limit
	lastSecond = 253402300799 // end of the year 9999
)

// Validate checks everything that needs no state. It wraps valid.ErrInvalid.
func (a Agreement) Validate() error {
	if err := CheckChainID("chain_id", a.ChainId); err != nil {
		return err
	}
	if err := host.ClientIdentifierValidator(a.ClientId); err != nil {
		return errorsmod.Wrapf(valid.ErrInvalid, "client_id: %s", err)
	}
	if err := checkChannelID(a.ChannelId); err != nil {
		return err
	}
	if err := a.validateCover(); err != nil {
		return err
	}
	if a.BeginsAt < 0 || a.EndsAt <= a.BeginsAt || a.EndsAt > lastSecond {
		return errorsmod.Wrapf(valid.ErrInvalid, "begins_at and ends_at: expected Unix seconds 0 <= begin < end, got %d and %d", a.BeginsAt, a.EndsAt)
	}
	if a.Freshness < 1 || a.Freshness > MaxFreshness {
		return errorsmod.Wrapf(valid.ErrInvalid, "freshness: expected 1 to %d seconds, got %d", MaxFreshness, a.Freshness)
	}
	return nil
}

// validateCover checks kinds, industries and amount.
func (a Agreement) validateCover() error {
	if len(a.Kinds) == 0 {
		return errorsmod.Wrap(valid.ErrInvalid, "kinds: expected at least one")
	}
	for i, kind := range a.Kinds {
		if err := checkKind("kinds", kind); err != nil {
			return err
		}
		if i > 0 && kind <= a.Kinds[i-1] {
			return errorsmod.Wrapf(valid.ErrInvalid, "kinds: expected ascending without duplicates, got %s after %s", kind, a.Kinds[i-1])
		}
	}
	for i, industry := range a.Industries {
		if err := valid.Industry("industries", industry); err != nil {
			return err
		}
		if i > 0 && industry <= a.Industries[i-1] {
			return errorsmod.Wrapf(valid.ErrInvalid, "industries: expected ascending without duplicates, got %s after %s", industry, a.Industries[i-1])
		}
	}
	return valid.Amount("max_amount", a.MaxAmount)
}

// Live says whether the agreement holds at a time: begun, not over, and not ended early.
func (a Agreement) Live(t time.Time) bool {
	now := t.Unix()
	return !a.Ended && a.BeginsAt <= now && now < a.EndsAt
}

// CheckChainID checks the form of a chain id: 1 to 50 of the characters a-z, A-Z, 0-9, ".", "_" and "-".
func CheckChainID(field, id string) error {
	ok := len(id) >= 1 && len(id) <= maxChainID
	for i := 0; ok && i < len(id); i++ {
		c := id[i]
		ok = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-'
	}
	if !ok {
		return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected 1 to %d characters a-z, A-Z, 0-9, '.', '_', '-', got %.64q", field, maxChainID, id)
	}
	return nil
}

func checkChannelID(id string) error {
	if err := host.ChannelIdentifierValidator(id); err != nil {
		return errorsmod.Wrapf(valid.ErrInvalid, "channel_id: %s", err)
	}
	return nil
}

func checkKind(field string, kind RecordKind) error {
	if kind < RECORD_KIND_VOUCHER || kind > RECORD_KIND_STATUS {
		return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected voucher (1), settlement (2) or status (3), got %d", field, kind)
	}
	return nil
}
