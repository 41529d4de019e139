package verify

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"

	ics23 "github.com/cosmos/ics23/go"
)

func (r *run) voucherProof() (err error) {
	r.storeRoot, r.recorded, err = presenceRoot(r.opened.voucher, VoucherKey(r.bundle.Number), r.bundle.Voucher.Value)
	if err != nil {
		return err
	}
	return r.inApp(r.opened.inVoucher, storeVoucher, r.storeRoot)
}

func (r *run) settlementProof() error {
	root, _, err := presenceRoot(r.opened.settlement, SettlementKey(r.voucher.Settlement), r.bundle.Settlement.Value)
	if err != nil {
		return err
	}
	return r.inApp(r.opened.inSettlement, storeSettlement, root)
}

// statusProof proves the status under the blue number, or its absence, and the detail
// of the version that it names.
func (r *run) statusProof() error {
	number := r.voucher.StatusNumber()
	if r.opened.absence != nil {
		root, err := absenceRoot(r.opened.absence, StatusKey(number))
		if err != nil {
			return err
		}
		return r.inApp(r.opened.inStatus, storeStatus, root)
	}
	root, _, err := presenceRoot(r.opened.status, StatusKey(number), r.bundle.Status.Value)
	if err != nil {
		return err
	}
	if err := r.inApp(r.opened.inStatus, storeStatus, root); err != nil {
		return err
	}
	status, err := DecodeStatus(r.bundle.Status.Value)
	if err != nil {
		return err
	}
	r.status = &status
	root, _, err = presenceRoot(r.opened.detail, DetailKey(number, status.Version), r.bundle.Status.Detail.Value)
	if err != nil {
		return fmt.Errorf("detail: %w", err)
	}
	if !bytes.Equal(root, r.storeRoot) {
		return fmt.Errorf("detail: %w in the store that has the voucher", errProof)
	}
	if sha256.Sum256(r.bundle.Status.Detail.Value) != status.DetailDigest {
		return errors.New("detail: its SHA-256 is not the one in the status")
	}
	return nil
}

// inApp checks a store's root against the application's hash in the header.
func (r *run) inApp(proof *ics23.ExistenceProof, store string, root []byte) error {
	return storeInApp(proof, store, root, r.opened.signed.header.AppHash)
}
