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
	if a.HasRoute() {
		if err := checkChannelID(a.ChannelId); err != nil {
			return err
		}
	}
	return a.Terms("").validateCover()
}

// HasRoute says whether packets travel under the agreement; proofs always can.
func (a Agreement) HasRoute() bool { return a.ChannelId != "" }

// OverClients says whether the packets travel by IBC v2: between our client and the one of
// the counterparty that is paired with it, without a channel.
func (a Agreement) OverClients() bool { return a.HasRoute() && a.ChannelId == a.ClientId }

// Terms are what the agreement's own chain tells the counterparty of it.
func (a Agreement) Terms(self string) Terms {
	return Terms{
		ChainId: self, Revision: a.Revision, Kinds: a.Kinds, Industries: a.Industries, MaxAmount: a.MaxAmount,
		BeginsAt: a.BeginsAt, EndsAt: a.EndsAt, Freshness: a.Freshness, Ended: a.Ended,
	}
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
	if kind < RECORD_KIND_VOUCHER || kind > RECORD_KIND_TERMS {
		return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected voucher (1), settlement (2), status (3) or terms (4), got %d", field, kind)
	}
	return nil
}
