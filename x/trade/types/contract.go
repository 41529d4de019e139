package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// Open says whether a contract of this status waits for something, so that it has a deadline.
func (s Status) Open() bool {
	switch s {
	case STATUS_QUOTED, STATUS_AGREED, STATUS_FUNDED, STATUS_DELIVERED:
		return true
	default:
		return false
	}
}

// Escrowed says whether the price of a contract of this status is in escrow.
func (s Status) Escrowed() bool { return s == STATUS_FUNDED || s == STATUS_DELIVERED }

// Validate checks a record in itself: its fields, and that it has what its
// status asks for and nothing else. It wraps valid.ErrInvalid.
func (c Contract) Validate() error {
	_, seller, seq, err := ids.ParseContract("id", c.Id)
	if err != nil {
		return err
	}
	if seller != c.Deal.Seller || seq < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "id: expected seller %06d and a sequence from 1 in it, got %s", c.Deal.Seller, c.Id)
	}
	if err := c.Deal.Validate(); err != nil {
		return err
	}
	if _, known := Status_name[int32(c.Status)]; !known || c.Status == STATUS_UNSPECIFIED {
		return errorsmod.Wrapf(valid.ErrInvalid, "status: expected one such as %s, got %s", STATUS_AGREED, c.Status)
	}
	if c.Deadline < 0 || (c.Deadline > 0) != c.Status.Open() {
		return errorsmod.Wrapf(valid.ErrInvalid, "deadline: expected Unix seconds while a contract waits and 0 after, got %d for %s", c.Deadline, c.Status)
	}
	if c.Height < 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "height: expected 0 or more, got %d", c.Height)
	}
	if err := valid.MemberNumber("exchange", c.Exchange); err != nil {
		return err
	}
	if err := valid.Industry("industry", c.Industry); err != nil {
		return err
	}
	if err := valid.Digest("product_digest", c.ProductDigest); err != nil {
		return err
	}
	return c.validateOutcome()
}

// validateOutcome checks the fields that Deliver and the settlement fill in.
func (c Contract) validateOutcome() error {
	if c.Status == STATUS_DELIVERED || c.Status == STATUS_SETTLED {
		if err := valid.Digest("sealed_digest", c.SealedDigest); err != nil {
			return err
		}
		if err := valid.Digest("content_digest", c.ContentDigest); err != nil {
			return err
		}
	} else if len(c.SealedDigest)+len(c.ContentDigest) != 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "sealed_digest and content_digest: expected none in %s", c.Status)
	}
	if c.Status == STATUS_SETTLED {
		_, err := voucher.ParseNumber(c.Voucher)
		return errorsmod.Wrap(err, "voucher")
	}
	if c.Voucher != "" || c.BySilence {
		return errorsmod.Wrapf(valid.ErrInvalid, "voucher and by_silence: expected none in %s", c.Status)
	}
	return nil
}
