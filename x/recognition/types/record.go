package types

import (
	"bytes"
	"crypto/sha256"
	"slices"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
	settlementtypes "github.com/shugu-network/shugu/x/settlement/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// Content is what a record of a packet says, as far as recognition depends on it.
type Content struct {
	// ChainID of the record; a status has none.
	ChainID string
	// Industry of a voucher.
	Industry string
	// Amount in fen of a voucher or a settlement.
	Amount math.Int
	// Counterpart is a voucher's settlement or a settlement's voucher.
	Counterpart string
	// Nullifier of a blue voucher; a red one repeats the blue one's, and tells nothing by it.
	Nullifier []byte
	// Status and Detail of a status.
	Status vouchertypes.Status
	Detail vouchertypes.StatusDetail
	// Terms that the counterparty tells.
	Terms Terms
}

// CheckID checks kind and id of a record. It wraps valid.ErrInvalid or the voucher module's ErrNumber.
func CheckID(kind RecordKind, id string) error {
	if err := checkKind("kind", kind); err != nil {
		return err
	}
	switch kind {
	case RECORD_KIND_SETTLEMENT:
		_, _, _, err := ids.ParseContract("id", id)
		return err
	case RECORD_KIND_TERMS:
		return CheckChainID("id", id)
	default:
		_, err := vouchertypes.ParseNumber(id)
		return err
	}
}

// CheckSize refuses a record that no packet may carry. It wraps ErrRecordTooLarge.
func (r *PacketRecord) CheckSize() error {
	if n := max(len(r.Value), len(r.Detail)); n > MaxRecordBytes {
		return errorsmod.Wrapf(ErrRecordTooLarge, "%s %s: expected at most %d bytes, got %d: it cannot be presented", r.Kind, r.Id, MaxRecordBytes, n)
	}
	return nil
}

// Judge reads a record that the counterparty of the agreement presents, and says whether
// the agreement covers it. It knows nothing of what was recognised before. The
// content is valid if the code is OK.
func (a Agreement) Judge(r PacketRecord) (Content, ResultCode) {
	if checkKind("kind", r.Kind) != nil {
		return Content{}, RESULT_CODE_MALFORMED
	}
	if r.Kind != RECORD_KIND_TERMS && !slices.Contains(a.Kinds, r.Kind) {
		return Content{}, RESULT_CODE_KIND_NOT_COVERED
	}
	if CheckID(r.Kind, r.Id) != nil {
		return Content{}, RESULT_CODE_WRONG_NUMBER
	}
	c, code := r.content()
	switch {
	case code != RESULT_CODE_OK:
		return Content{}, code
	case r.Kind == RECORD_KIND_STATUS:
		return c, RESULT_CODE_OK
	case c.ChainID != a.ChainId:
		return Content{}, RESULT_CODE_WRONG_CHAIN
	case r.Kind == RECORD_KIND_TERMS:
		return c, RESULT_CODE_OK
	case r.Kind == RECORD_KIND_VOUCHER && len(a.Industries) > 0 && !slices.Contains(a.Industries, c.Industry):
		return Content{}, RESULT_CODE_INDUSTRY_NOT_COVERED
	case c.Amount.GT(a.MaxAmount):
		return Content{}, RESULT_CODE_AMOUNT_NOT_COVERED
	}
	return c, RESULT_CODE_OK
}

// content decodes a record whose kind and id were checked.
func (r *PacketRecord) content() (Content, ResultCode) {
	if r.CheckSize() != nil || r.Kind != RECORD_KIND_STATUS && len(r.Detail) != 0 {
		return Content{}, RESULT_CODE_MALFORMED
	}
	switch r.Kind {
	case RECORD_KIND_VOUCHER:
		v, err := vouchertypes.DecodeVoucher(r.Value)
		if err != nil {
			return Content{}, RESULT_CODE_MALFORMED
		}
		c := Content{ChainID: v.ChainId, Industry: v.Industry, Amount: v.Total, Counterpart: v.Settlement}
		if v.Kind == vouchertypes.KIND_BLUE {
			c.Nullifier = v.Nullifier
		}
		return c, sameID(v.Number, r.Id)
	case RECORD_KIND_SETTLEMENT:
		s, err := settlementtypes.DecodeRecord(r.Value)
		if err != nil {
			return Content{}, RESULT_CODE_MALFORMED
		}
		if CheckID(RECORD_KIND_VOUCHER, s.Voucher) != nil {
			return Content{}, RESULT_CODE_WRONG_NUMBER
		}
		return Content{ChainID: s.ChainId, Amount: s.Amount, Counterpart: s.Voucher}, sameID(s.Id, r.Id)
	case RECORD_KIND_TERMS:
		t, err := DecodeTerms(r.Value)
		if err != nil {
			return Content{}, RESULT_CODE_MALFORMED
		}
		return Content{ChainID: t.ChainId, Terms: t}, sameID(t.ChainId, r.Id)
	default:
		return r.statusContent()
	}
}

// statusContent decodes a status and its detail, which must tell the same.
func (r *PacketRecord) statusContent() (Content, ResultCode) {
	status, err := vouchertypes.DecodeStatus(r.Value)
	if err != nil {
		return Content{}, RESULT_CODE_MALFORMED
	}
	detail, err := vouchertypes.DecodeStatusDetail(r.Detail)
	if err != nil {
		return Content{}, RESULT_CODE_MALFORMED
	}
	digest := sha256.Sum256(r.Detail)
	if !bytes.Equal(status.DetailDigest, digest[:]) || status.Version != detail.Version ||
		status.Height != detail.Height || status.Flags != detail.Flags {
		return Content{}, RESULT_CODE_MALFORMED
	}
	return Content{Status: status, Detail: detail}, sameID(detail.Number, r.Id)
}

func sameID(said, id string) ResultCode {
	if said != id {
		return RESULT_CODE_WRONG_NUMBER
	}
	return RESULT_CODE_OK
}

// Validate checks a status that was heard, as it was checked on arrival.
func (s ForeignStatus) Validate() error {
	if err := CheckChainID("chain_id", s.ChainId); err != nil {
		return err
	}
	if err := CheckID(RECORD_KIND_STATUS, s.Number); err != nil {
		return err
	}
	if _, code := s.record().content(); code != RESULT_CODE_OK {
		return errorsmod.Wrapf(valid.ErrInvalid, "status of %s: %s", s.Number, code)
	}
	return s.Evidence.Validate()
}

// Content decodes a status that was heard. It wraps ErrInconsistent, for only what
// decodes is ever stored.
func (s ForeignStatus) Content() (Content, error) {
	c, code := s.record().content()
	if code != RESULT_CODE_OK {
		return Content{}, errorsmod.Wrapf(ErrInconsistent, "stored status of %s on %s: %s", s.Number, s.ChainId, code)
	}
	return c, nil
}

func (s ForeignStatus) record() *PacketRecord {
	return &PacketRecord{Kind: RECORD_KIND_STATUS, Id: s.Number, Value: s.Value, Detail: s.Detail}
}
