package types

import (
	"crypto/sha256"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// ApplicationDigest is the SHA-256 of an application's signed bytes, by which a
// refusal names it. It is what the applicant's signature is over.
func ApplicationDigest(app Application) ([]byte, error) {
	signed, err := ApplicationSignBytes(app)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(signed)
	return sum[:], nil
}

// Validate checks the fields of a refusal by themselves. It wraps valid.ErrInvalid.
func (r *Refusal) Validate() error {
	if r.By > MaxMemberNumber {
		return errorsmod.Wrapf(valid.ErrInvalid, "by: expected a member number or 0, got %d", r.By)
	}
	if r.Height < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "height: expected 1 or more, got %d", r.Height)
	}
	if err := valid.Digest("application_digest", r.ApplicationDigest); err != nil {
		return err
	}
	if _, err := accountAddress("applicant", r.Applicant); err != nil {
		return err
	}
	if err := valid.CreditCode("credit_code", r.CreditCode); err != nil {
		return err
	}
	return valid.Text("reason", r.Reason, 1, valid.MaxReason)
}
