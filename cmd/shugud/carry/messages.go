package carry

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	ics23 "github.com/cosmos/ics23/go"

	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"

	"github.com/shugu-network/shugu/verify"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// ErrRed says that a red voucher's bundle proves no status of the red voucher itself.
var ErrRed = errors.New("a red voucher (红字凭证) is not recognised by a bundle: its bundle proves how the blue one stands; carry that with --status-only")

// Recognize is the message that has another chain recognise the vouchers. It wraps ErrRed.
func (b *Batch) Recognize(signer string) (*recognition.MsgRecognizeByProof, error) {
	vouchers, err := b.vouchers()
	return &recognition.MsgRecognizeByProof{Signer: signer, ChainId: b.ChainID, ProofHeight: uint64(b.Height), Vouchers: vouchers}, err
}

// Reaffirm is the message that restores vouchers which stand there in doubt. It wraps ErrRed.
func (b *Batch) Reaffirm(signer string) (*recognition.MsgReaffirm, error) {
	vouchers, err := b.vouchers()
	return &recognition.MsgReaffirm{Signer: signer, ChainId: b.ChainID, ProofHeight: uint64(b.Height), Vouchers: vouchers}, err
}

// ProveStatus is the message that proves how the vouchers stand: of a red one, the blue.
func (b *Batch) ProveStatus(signer string) (*recognition.MsgProveStatus, error) {
	msg := &recognition.MsgProveStatus{Signer: signer, ChainId: b.ChainID, ProofHeight: uint64(b.Height)}
	for _, s := range b.Shown {
		status, err := s.status()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", verify.FormatNumber(s.Bundle.Number), err)
		}
		msg.Statuses = append(msg.Statuses, status)
	}
	// A blue voucher and its red one show the same status.
	slices.SortFunc(msg.Statuses, func(x, y recognition.ProvenStatus) int { return cmp.Compare(x.Number, y.Number) })
	msg.Statuses = slices.CompactFunc(msg.Statuses, func(x, y recognition.ProvenStatus) bool { return x.Number == y.Number })
	return msg, nil
}

func (b *Batch) vouchers() ([]recognition.ProvenVoucher, error) {
	var out []recognition.ProvenVoucher
	for _, s := range b.Shown {
		proven, err := s.proven()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", verify.FormatNumber(s.Bundle.Number), err)
		}
		out = append(out, proven)
	}
	return out, nil
}

// proven is the voucher with its settlement and status as a message carries them.
func (s Shown) proven() (out recognition.ProvenVoucher, err error) {
	if s.Red() {
		return out, ErrRed
	}
	b := s.Bundle
	out.Voucher, out.Settlement = b.Voucher.Value, b.Settlement.Value
	if out.Status, err = s.status(); err != nil {
		return out, err
	}
	if out.VoucherProof, err = presence(voucher.StoreKey, verify.VoucherKey(b.Number), b.Voucher, b.Stores.Voucher); err != nil {
		return out, fmt.Errorf("voucher: %w", err)
	}
	out.SettlementProof, err = presence(settlement.StoreKey, verify.SettlementKey(s.voucher.Settlement), b.Settlement, b.Stores.Settlement)
	return out, err
}

// status is how the voucher stands as a message carries it.
func (s Shown) status() (recognition.ProvenStatus, error) {
	b, number := s.Bundle, s.StatusNumber()
	out := recognition.ProvenStatus{Number: number, Value: b.Status.Value}
	var err error
	if b.Status.Value == nil {
		out.Proof, err = absence(voucher.StatusStoreKey, verify.StatusKey(number), b.Status.Proof, b.Stores.Status)
		return out, err
	}
	out.Detail = b.Status.Detail.Value
	out.Proof, err = presence(voucher.StatusStoreKey, verify.StatusKey(number), verify.Entry{Value: b.Status.Value, Proof: b.Status.Proof}, b.Stores.Status)
	return out, err
}

// presence makes an ibc.core.commitment.v1.MerkleProof that a value stands under a key
// of a store, from a bundle's proofs, which have no keys.
func presence(store string, key []byte, entry verify.Entry, inApp []byte) ([]byte, error) {
	p := new(ics23.CommitmentProof)
	if err := p.Unmarshal(entry.Proof); err != nil {
		return nil, err
	}
	exist := p.GetExist()
	exist.Key, exist.Value = key, entry.Value
	root, err := exist.Calculate()
	if err != nil {
		return nil, err
	}
	return merkle(p, store, root, inApp)
}

// absence makes one that nothing stands under the key.
func absence(store string, key, proof, inApp []byte) ([]byte, error) {
	p := new(ics23.CommitmentProof)
	if err := p.Unmarshal(proof); err != nil {
		return nil, err
	}
	p.GetNonexist().Key = key
	root, err := p.GetNonexist().Left.Calculate()
	if err != nil {
		return nil, err
	}
	return merkle(p, store, root, inApp)
}

// merkle joins the proof within a store and the proof of the store in the application.
func merkle(inStore *ics23.CommitmentProof, store string, root, inApp []byte) ([]byte, error) {
	p := new(ics23.CommitmentProof)
	if err := p.Unmarshal(inApp); err != nil {
		return nil, err
	}
	p.GetExist().Key, p.GetExist().Value = []byte(store), root
	proof := commitmenttypes.MerkleProof{Proofs: []*ics23.CommitmentProof{inStore, p}}
	return proof.Marshal()
}
