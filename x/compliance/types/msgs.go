package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// MaxReasons is the longest text of reasons in an opinion, in bytes.
const MaxReasons = 1024

// Validate checks what needs no state. Errors wrap valid.ErrInvalid.
func (m *MsgRequest) Validate() error {
	if err := version(m.Product, m.Version); err != nil {
		return err
	}
	return valid.Digest("subject_digest", m.SubjectDigest)
}

// Validate checks what needs no state. Errors wrap valid.ErrInvalid.
func (m *MsgOpine) Validate() error {
	if err := version(m.Product, m.Version); err != nil {
		return err
	}
	if m.Round < 1 {
		return errorsmod.Wrap(valid.ErrInvalid, "round: expected 1 or more, got 0; the round is in the answer to the request")
	}
	return opinion(m.Verdict, m.Reasons, m.DocumentDigest)
}

// version checks a product id and a version of it.
func version(product string, number uint32) error {
	if _, _, err := ids.ParseOwned("product", product); err != nil {
		return err
	}
	if number < 1 {
		return errorsmod.Wrap(valid.ErrInvalid, "version: expected 1 or more, got 0")
	}
	return nil
}

// opinion checks what an opinion says. Who is refused learns why: RETURN needs reasons.
func opinion(verdict Verdict, reasons string, digest []byte) error {
	least := 0
	switch verdict {
	case VERDICT_CLEAR:
	case VERDICT_RETURN:
		least = 1
	default:
		return errorsmod.Wrapf(valid.ErrInvalid, "verdict: expected VERDICT_CLEAR or VERDICT_RETURN, got %s", verdict)
	}
	if err := valid.Text("reasons", reasons, least, MaxReasons); err != nil {
		return err
	}
	return valid.OptionalDigest("document_digest", digest)
}

// Validate checks the parameters. It wraps valid.ErrInvalid.
func (m *MsgUpdateParams) Validate() error { return m.Params.Validate() }
