package types

import (
	"slices"

	"github.com/cosmos/gogoproto/proto"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// Validate checks terms as they are told. It wraps valid.ErrInvalid.
func (t Terms) Validate() error {
	if err := CheckChainID("chain_id", t.ChainId); err != nil {
		return err
	}
	if t.Revision < 1 {
		return errorsmod.Wrap(valid.ErrInvalid, "revision: expected 1 or more, got 0")
	}
	return t.validateCover()
}

// validateCover checks kinds, industries, amount, begin, end and freshness.
func (t Terms) validateCover() error {
	if err := t.validateKinds(); err != nil {
		return err
	}
	for i, industry := range t.Industries {
		if err := valid.Industry("industries", industry); err != nil {
			return err
		}
		if i > 0 && industry <= t.Industries[i-1] {
			return errorsmod.Wrapf(valid.ErrInvalid, "industries: expected ascending without duplicates, got %s after %s", industry, t.Industries[i-1])
		}
	}
	if err := valid.Amount("max_amount", t.MaxAmount); err != nil {
		return err
	}
	if t.BeginsAt < 0 || t.EndsAt <= t.BeginsAt || t.EndsAt > lastSecond {
		return errorsmod.Wrapf(valid.ErrInvalid, "begins_at and ends_at: expected Unix seconds 0 <= begin < end, got %d and %d", t.BeginsAt, t.EndsAt)
	}
	if t.Freshness < 1 || t.Freshness > MaxFreshness {
		return errorsmod.Wrapf(valid.ErrInvalid, "freshness: expected 1 to %d seconds, got %d", MaxFreshness, t.Freshness)
	}
	return nil
}

// validateKinds also asks for statuses beside vouchers: who recognises a voucher and
// refuses to hear that it was reversed would hold a reversed one for good.
func (t Terms) validateKinds() error {
	if len(t.Kinds) == 0 {
		return errorsmod.Wrap(valid.ErrInvalid, "kinds: expected at least one")
	}
	for i, kind := range t.Kinds {
		if kind < RECORD_KIND_VOUCHER || kind > RECORD_KIND_STATUS {
			return errorsmod.Wrapf(valid.ErrInvalid, "kinds: expected voucher (1), settlement (2) or status (3), got %d", kind)
		}
		if i > 0 && kind <= t.Kinds[i-1] {
			return errorsmod.Wrapf(valid.ErrInvalid, "kinds: expected ascending without duplicates, got %s after %s", kind, t.Kinds[i-1])
		}
	}
	if slices.Contains(t.Kinds, RECORD_KIND_VOUCHER) && !slices.Contains(t.Kinds, RECORD_KIND_STATUS) {
		return errorsmod.Wrap(valid.ErrInvalid, "kinds: expected status (3) beside voucher (1): reversals would not be heard")
	}
	return nil
}

// Encode is the canonical encoding, as a record of kind TERMS carries it. It wraps valid.ErrInvalid.
func (t Terms) Encode() ([]byte, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	return proto.Marshal(&t)
}

// DecodeTerms reads what Encode made, and nothing else. It wraps ErrPacket or valid.ErrInvalid.
func DecodeTerms(b []byte) (Terms, error) {
	var t Terms
	if err := proto.Unmarshal(b, &t); err != nil {
		return Terms{}, errorsmod.Wrap(ErrPacket, err.Error())
	}
	// An amount that was left out is no amount at all.
	if t.MaxAmount.IsNil() {
		return Terms{}, errorsmod.Wrap(ErrPacket, "max_amount: expected an amount, got none")
	}
	if err := checkCanonical(b, &t); err != nil {
		return Terms{}, errorsmod.Wrap(ErrPacket, err.Error())
	}
	return t, t.Validate()
}

// Validate checks terms that were told. It wraps valid.ErrInvalid.
func (t ToldTerms) Validate() error {
	if err := t.Terms.Validate(); err != nil {
		return err
	}
	if t.SinceHeight < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "since_height: expected 1 or more, got %d", t.SinceHeight)
	}
	return t.Evidence.Validate()
}
