package types

import (
	"bytes"
	"cmp"
	"slices"

	errorsmod "cosmossdk.io/errors"
)

// DefaultGenesis is an empty state with the default parameters.
func DefaultGenesis() *GenesisState { return &GenesisState{Params: DefaultParams()} }

// Validate checks the whole state: every record in itself, the order of the lists, that
// red vouchers and chains of details agree and take back no more than there is, that a
// status is that of the latest detail, that sequences have no gaps and counters
// follow them, and that parameters are in range and open requests fit the vouchers. It wraps ErrInconsistent or what is wrong with one record.
func (g GenesisState) Validate() error {
	vouchers, err := g.checkVouchers()
	if err != nil {
		return err
	}
	latest, err := g.checkDetails(vouchers)
	if err != nil {
		return err
	}
	if err := g.checkStatuses(latest); err != nil {
		return err
	}
	if err := g.checkCounters(); err != nil {
		return err
	}
	return g.checkRequests(vouchers)
}

// checkVouchers checks the list of vouchers and indexes it by number.
func (g GenesisState) checkVouchers() (map[string]*Voucher, error) {
	index := make(map[string]*Voucher, len(g.Vouchers))
	for i := range g.Vouchers {
		v := &g.Vouchers[i]
		if _, err := EncodeVoucher(*v); err != nil {
			return nil, errorsmod.Wrapf(err, "vouchers[%d]", i)
		}
		if i > 0 && v.Number <= g.Vouchers[i-1].Number {
			return nil, errorsmod.Wrapf(ErrInconsistent, "vouchers[%d]: expected ascending numbers, got %s", i, v.Number)
		}
		index[v.Number] = v
	}
	for i := range g.Vouchers {
		red := &g.Vouchers[i]
		if red.Kind != KIND_RED {
			continue
		}
		blue := index[red.Reverses]
		if blue == nil || blue.Kind != KIND_BLUE {
			return nil, errorsmod.Wrapf(ErrInconsistent, "red voucher %s: expected a blue voucher %s", red.Number, red.Reverses)
		}
		if !sameTrade(red, blue) {
			return nil, errorsmod.Wrapf(ErrInconsistent, "red voucher %s tells another trade than %s", red.Number, blue.Number)
		}
	}
	return index, nil
}

// sameTrade says whether a red voucher repeats what the blue one tells of the trade.
func sameTrade(red, blue *Voucher) bool {
	return red.ChainId == blue.ChainId && red.Seller == blue.Seller && red.Buyer == blue.Buyer &&
		red.Exchange == blue.Exchange && red.Product == blue.Product && red.ProductVersion == blue.ProductVersion &&
		red.Industry == blue.Industry && red.DeliveryMode == blue.DeliveryMode && red.Settlement == blue.Settlement &&
		bytes.Equal(red.DeliveryDigest, blue.DeliveryDigest) && bytes.Equal(red.TermsRoot, blue.TermsRoot) && bytes.Equal(red.Nullifier, blue.Nullifier)
}

// checkStatuses compares the statuses with those in which the chains of details end.
func (g GenesisState) checkStatuses(latest []NumberedStatus) error {
	if len(g.Statuses) != len(latest) {
		return errorsmod.Wrapf(ErrInconsistent, "statuses: expected %d, one for each voucher with details, got %d", len(latest), len(g.Statuses))
	}
	for i, expected := range latest {
		got := g.Statuses[i]
		encoded, err := EncodeStatus(got.Status)
		if err != nil {
			return errorsmod.Wrapf(err, "statuses[%d]", i)
		}
		want, err := EncodeStatus(expected.Status)
		if err != nil {
			return errorsmod.Wrapf(err, "details of %s", expected.Number)
		}
		if got.Number != expected.Number || !bytes.Equal(encoded, want) {
			return errorsmod.Wrapf(ErrInconsistent, "statuses[%d]: expected %s %x, that of the latest detail, got %s %x", i, expected.Number, want, got.Number, encoded)
		}
	}
	return nil
}

// checkCounters recounts the sequences: each seller's vouchers, in the order of issue,
// count from 1 on each day, and the counter stands right after the last.
func (g GenesisState) checkCounters() error {
	issued, err := g.inOrderOfIssue()
	if err != nil {
		return err
	}
	var recount []Counter
	for _, p := range issued {
		expected := uint32(1)
		if last := len(recount) - 1; last < 0 || recount[last].Seller != p.Seller {
			recount = append(recount, Counter{Seller: p.Seller})
		} else if recount[last].Day == p.Day {
			expected = recount[last].Next
		}
		if p.Sequence != expected {
			return errorsmod.Wrapf(ErrInconsistent, "seller %06d on %s: expected sequence %d, got %d", p.Seller, p.Day, expected, p.Sequence)
		}
		last := &recount[len(recount)-1]
		last.Day, last.Next = p.Day, p.Sequence+1
	}
	if !slices.Equal(recount, g.Counters) {
		return errorsmod.Wrapf(ErrInconsistent, "counters: expected one for each seller, ascending, right after the last voucher: %v, got %v", recount, g.Counters)
	}
	return nil
}

// inOrderOfIssue parses all numbers and sorts them by seller, time of issue and sequence.
func (g GenesisState) inOrderOfIssue() ([]NumberParts, error) {
	type issued struct {
		at int64
		NumberParts
	}
	all := make([]issued, len(g.Vouchers))
	for i := range g.Vouchers {
		parts, err := ParseNumber(g.Vouchers[i].Number)
		if err != nil {
			return nil, err
		}
		all[i] = issued{g.Vouchers[i].IssuedAt, parts}
	}
	slices.SortFunc(all, func(a, b issued) int {
		return cmp.Or(cmp.Compare(a.Seller, b.Seller), cmp.Compare(a.at, b.at), cmp.Compare(a.Sequence, b.Sequence))
	})
	parts := make([]NumberParts, len(all))
	for i := range all {
		parts[i] = all[i].NumberParts
	}
	return parts, nil
}
