package types

import (
	"math"

	errorsmod "cosmossdk.io/errors"

	host "github.com/cosmos/ibc-go/v11/modules/core/24-host"

	"github.com/shugu-network/shugu/x/internal/valid"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// Validate checks what needs no state. It wraps valid.ErrInvalid or the voucher module's ErrNumber.
func (m *MsgPresent) Validate() error {
	if _, err := vouchertypes.ParseNumber(m.Voucher); err != nil {
		return err
	}
	return CheckChainID("chain_id", m.ChainId)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgSetAgreement) Validate() error {
	if m.Agreement.Ended {
		return errorsmod.Wrap(valid.ErrInvalid, "agreement.ended: expected false, got true: end an agreement with EndAgreement")
	}
	if m.Agreement.Revision != 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "agreement.revision: expected to be left out, got %d: the chain counts", m.Agreement.Revision)
	}
	return m.Agreement.Validate()
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgEndAgreement) Validate() error {
	if err := CheckChainID("chain_id", m.ChainId); err != nil {
		return err
	}
	return valid.Text("reason", m.Reason, 1, valid.MaxReason)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid, the voucher module's
// ErrNumber, or ErrRecordTooLarge.
func (m *MsgRecognizeByProof) Validate() error {
	return validateVouchers(m.ChainId, m.ProofHeight, m.Vouchers)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid, the voucher module's
// ErrNumber, or ErrRecordTooLarge.
func (m *MsgReaffirm) Validate() error {
	return validateVouchers(m.ChainId, m.ProofHeight, m.Vouchers)
}

// Validate checks what needs no state. It wraps valid.ErrInvalid, the voucher module's
// ErrNumber, or ErrRecordTooLarge.
func (m *MsgProveStatus) Validate() error {
	if err := checkBatch(m.ChainId, m.ProofHeight, len(m.Statuses)); err != nil {
		return err
	}
	last := ""
	for i, s := range m.Statuses {
		if err := s.Validate(); err != nil {
			return errorsmod.Wrapf(err, "statuses[%d]", i)
		}
		if s.Number <= last {
			return errorsmod.Wrapf(valid.ErrInvalid, "statuses[%d]: expected ascending numbers without duplicates, got %s after %s", i, s.Number, last)
		}
		last = s.Number
	}
	return nil
}

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (m *MsgDoubtClient) Validate() error {
	if err := host.ClientIdentifierValidator(m.ClientId); err != nil {
		return errorsmod.Wrapf(valid.ErrInvalid, "client_id: %s", err)
	}
	return valid.Text("reason", m.Reason, 1, valid.MaxReason)
}

// Validate checks number and sizes. It wraps valid.ErrInvalid, ErrNumber or ErrRecordTooLarge.
func (s ProvenStatus) Validate() error {
	if _, err := vouchertypes.ParseNumber(s.Number); err != nil {
		return err
	}
	if (len(s.Value) == 0) != (len(s.Detail) == 0) {
		return errorsmod.Wrapf(valid.ErrInvalid, "value and detail: expected both or none, got %d and %d bytes", len(s.Value), len(s.Detail))
	}
	r := PacketRecord{Kind: RECORD_KIND_STATUS, Id: s.Number, Value: s.Value, Detail: s.Detail}
	if err := r.CheckSize(); err != nil {
		return err
	}
	return checkProofSize("proof", s.Proof)
}

func validateVouchers(chain string, height uint64, vouchers []ProvenVoucher) error {
	if err := checkBatch(chain, height, len(vouchers)); err != nil {
		return err
	}
	last := ""
	for i, v := range vouchers {
		if err := v.Validate(); err != nil {
			return errorsmod.Wrapf(err, "vouchers[%d]", i)
		}
		if v.Status.Number <= last {
			return errorsmod.Wrapf(valid.ErrInvalid, "vouchers[%d]: expected ascending numbers without duplicates, got %s after %s", i, v.Status.Number, last)
		}
		last = v.Status.Number
	}
	return nil
}

// Validate checks number and sizes. It wraps valid.ErrInvalid, ErrNumber or ErrRecordTooLarge.
func (v ProvenVoucher) Validate() error {
	if err := v.Status.Validate(); err != nil {
		return err
	}
	for _, r := range []PacketRecord{
		{Kind: RECORD_KIND_VOUCHER, Id: v.Status.Number, Value: v.Voucher},
		{Kind: RECORD_KIND_SETTLEMENT, Id: v.Status.Number, Value: v.Settlement},
	} {
		if len(r.Value) == 0 {
			return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected the store's bytes, got none", r.Kind)
		}
		if err := r.CheckSize(); err != nil {
			return err
		}
	}
	if err := checkProofSize("voucher_proof", v.VoucherProof); err != nil {
		return err
	}
	return checkProofSize("settlement_proof", v.SettlementProof)
}

func checkBatch(chain string, height uint64, n int) error {
	if n < 1 || n > MaxRecords {
		return errorsmod.Wrapf(valid.ErrInvalid, "expected 1 to %d vouchers, got %d", MaxRecords, n)
	}
	if height < 2 || height > math.MaxInt64 {
		return errorsmod.Wrapf(valid.ErrInvalid, "proof_height: expected from 2, got %d", height)
	}
	return CheckChainID("chain_id", chain)
}

func checkProofSize(field string, proof []byte) error {
	if len(proof) < 1 || len(proof) > MaxProofBytes {
		return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected 1 to %d bytes, got %d", field, MaxProofBytes, len(proof))
	}
	return nil
}

// Validate checks the parameters. It wraps valid.ErrInvalid.
func (m *MsgUpdateParams) Validate() error { return m.Params.Validate() }
