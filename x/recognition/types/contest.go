package types

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

const (
	// MaxUpheld bounds the vouchers that one decision upholds.
	MaxUpheld = 16
	// MaxToldAgain bounds the other vouchers that a standing names.
	MaxToldAgain = 16
)

// ParseNullifier reads 64 hexadecimal digits. It wraps valid.ErrInvalid.
func ParseNullifier(s string) ([]byte, error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != 32 {
		return nil, errorsmod.Wrapf(valid.ErrInvalid, "nullifier: expected 64 hexadecimal digits, got %.80q", s)
	}
	return b, nil
}

// Validate checks chain id and number. It wraps valid.ErrInvalid or the voucher module's ErrNumber.
func (r VoucherRef) Validate() error {
	if err := CheckChainID("chain_id", r.ChainId); err != nil {
		return err
	}
	_, err := vouchertypes.ParseNumber(r.Number)
	return err
}

// Compare orders by chain id and number, as the store does.
func (r VoucherRef) Compare(other VoucherRef) int {
	return cmp.Or(cmp.Compare(r.ChainId, other.ChainId), cmp.Compare(r.Number, other.Number))
}

// SortRefs puts vouchers in the order that a decision has them in.
func SortRefs(refs []VoucherRef) { slices.SortFunc(refs, VoucherRef.Compare) }

// Ref names the voucher.
func (v ContestedVoucher) Ref() VoucherRef { return VoucherRef{ChainId: v.ChainId, Number: v.Number} }

// Validate checks that a telling names one voucher, or is contested. It wraps
// valid.ErrInvalid or the voucher module's ErrNumber.
func (t Telling) Validate() error {
	if t.Contested {
		if t.Number != "" || t.ChainId != "" {
			return errorsmod.Wrapf(valid.ErrInvalid, "telling: expected no voucher of a contested trade, got %q of %q", t.Number, t.ChainId)
		}
		return nil
	}
	if t.ChainId != "" {
		if err := CheckChainID("chain_id", t.ChainId); err != nil {
			return err
		}
	}
	_, err := vouchertypes.ParseNumber(t.Number)
	return err
}

// Validate checks nullifier and telling. It wraps valid.ErrInvalid or the voucher module's ErrNumber.
func (t ToldTrade) Validate() error {
	if err := valid.Digest("nullifier", t.Nullifier); err != nil {
		return err
	}
	return t.Telling.Validate()
}

// Validate checks a contest in itself. It wraps valid.ErrInvalid.
func (c Contest) Validate() error {
	if err := valid.Digest("nullifier", c.Nullifier); err != nil {
		return err
	}
	if c.Height < 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "height: expected 0 or more, got %d", c.Height)
	}
	if c.Decisions == 0 {
		if c.Vouchers < 2 || c.DecidedHeight != 0 || c.DecidedTime != 0 || c.Reason != "" {
			return errorsmod.Wrapf(valid.ErrInvalid, "contest: expected two vouchers or more and no decision, got %d and %q at %d", c.Vouchers, c.Reason, c.DecidedHeight)
		}
		return nil
	}
	if c.Vouchers < 1 || c.DecidedHeight < c.Height || c.DecidedTime < 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "contest: expected a voucher, and a decision at height %d or later, got %d and %d", c.Height, c.Vouchers, c.DecidedHeight)
	}
	return valid.Text("reason", c.Reason, 1, valid.MaxReason)
}

// Validate checks a voucher of a contest in itself. It wraps valid.ErrInvalid or the voucher module's ErrNumber.
func (v ContestedVoucher) Validate() error {
	if err := valid.Digest("nullifier", v.Nullifier); err != nil {
		return err
	}
	if v.Height < 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "height: expected 0 or more, got %d", v.Height)
	}
	return v.Ref().Validate()
}

// Validate checks what needs no state. It wraps valid.ErrInvalid or the voucher module's ErrNumber.
func (m *MsgDecideContest) Validate() error {
	if err := valid.Digest("nullifier", m.Nullifier); err != nil {
		return err
	}
	if len(m.Upheld) > MaxUpheld {
		return errorsmod.Wrapf(valid.ErrInvalid, "upheld: expected at most %d vouchers, got %d", MaxUpheld, len(m.Upheld))
	}
	for i, r := range m.Upheld {
		if err := r.Validate(); err != nil {
			return errorsmod.Wrapf(err, "upheld[%d]", i)
		}
		if i > 0 && m.Upheld[i-1].Compare(r) >= 0 {
			return errorsmod.Wrapf(valid.ErrInvalid, "upheld[%d]: expected ascending chain ids and numbers without duplicates, got %s of %s", i, r.Number, r.ChainId)
		}
	}
	return valid.Text("reason", m.Reason, 1, valid.MaxReason)
}

// checkTold checks every telling, contest and contested voucher, that they fit each other,
// and that vouchers of other chains are those that were recognised.
func (g *GenesisState) checkTold() error {
	byNullifier := func(n []byte) string { return string(n) }
	if err := each("told", g.Told, ToldTrade.Validate, func(t ToldTrade) string { return byNullifier(t.Nullifier) }); err != nil {
		return err
	}
	if err := each("contests", g.Contests, Contest.Validate, func(c Contest) string { return byNullifier(c.Nullifier) }); err != nil {
		return err
	}
	key := func(v ContestedVoucher) string { return byNullifier(v.Nullifier) + v.ChainId + "\x00" + v.Number }
	if err := each("contested", g.Contested, ContestedVoucher.Validate, key); err != nil {
		return err
	}
	tellers, err := g.tellers()
	if err != nil {
		return err
	}
	return g.checkRecognisedTell(tellers)
}

// tellers are the nullifiers that the index has, by voucher. An empty chain id stands for the own one.
func (g *GenesisState) tellers() (map[VoucherRef][]byte, error) {
	tellers := make(map[VoucherRef][]byte, len(g.Told))
	contests := make(map[string]Contest, len(g.Contests))
	for _, c := range g.Contests {
		contests[string(c.Nullifier)] = c
	}
	add := func(ref VoucherRef, nullifier []byte) error {
		if other := tellers[ref]; other != nil {
			return errorsmod.Wrapf(ErrInconsistent, "voucher %s of %q: expected one nullifier, got %x and %x", ref.Number, ref.ChainId, other, nullifier)
		}
		tellers[ref] = nullifier
		return nil
	}
	contested := 0
	for _, t := range g.Told {
		if _, found := contests[string(t.Nullifier)]; found != t.Telling.Contested {
			return nil, errorsmod.Wrapf(ErrInconsistent, "nullifier %x: expected a contest exactly if it is contested, got %t", t.Nullifier, found)
		}
		if t.Telling.Contested {
			contested++
		} else if err := add(VoucherRef{ChainId: t.Telling.ChainId, Number: t.Telling.Number}, t.Nullifier); err != nil {
			return nil, err
		}
	}
	if contested != len(contests) {
		return nil, errorsmod.Wrapf(ErrInconsistent, "expected %d contests, one for each contested nullifier, got %d", contested, len(contests))
	}
	counts := make(map[string]uint64, len(contests))
	for _, v := range g.Contested {
		c, found := contests[string(v.Nullifier)]
		if !found || v.Decisions > c.Decisions || v.Upheld && v.Decisions == c.Decisions || v.Height < c.Height {
			return nil, errorsmod.Wrapf(ErrInconsistent, "voucher %s of %s: expected a contest of %x that is not younger, and a decision that upheld it if it is upheld", v.Number, v.ChainId, v.Nullifier)
		}
		counts[string(v.Nullifier)]++
		if err := add(v.Ref(), v.Nullifier); err != nil {
			return nil, err
		}
	}
	for _, c := range g.Contests {
		if n := counts[string(c.Nullifier)]; n != c.Vouchers {
			return nil, errorsmod.Wrapf(ErrInconsistent, "contest of %x: expected %d vouchers, got %d", c.Nullifier, c.Vouchers, n)
		}
	}
	return tellers, nil
}

// checkRecognisedTell compares the index with what was recognised.
func (g *GenesisState) checkRecognisedTell(tellers map[VoucherRef][]byte) error {
	chains := make(map[string]bool, len(g.Agreements))
	for _, a := range g.Agreements {
		chains[a.ChainId] = true
	}
	known := make(map[VoucherRef]bool, len(g.Recognised))
	for _, r := range g.Recognised {
		if len(r.Nullifier) == 0 {
			continue
		}
		ref := VoucherRef{ChainId: r.ChainId, Number: r.Id}
		known[ref] = true
		if got := tellers[ref]; got != nil && !bytes.Equal(got, r.Nullifier) {
			return errorsmod.Wrapf(ErrInconsistent, "voucher %s of %s: expected nullifier %x in the index, got %x", r.Id, r.ChainId, r.Nullifier, got)
		}
	}
	for _, t := range g.Told {
		if ref := (VoucherRef{ChainId: t.Telling.ChainId, Number: t.Telling.Number}); ref.ChainId != "" && !known[ref] {
			return errorsmod.Wrapf(ErrInconsistent, "told: voucher %s of %s is not recognised", ref.Number, ref.ChainId)
		}
	}
	for _, v := range g.Contested {
		if chains[v.ChainId] && !known[v.Ref()] {
			return errorsmod.Wrapf(ErrInconsistent, "contested: voucher %s of %s is not recognised", v.Number, v.ChainId)
		}
	}
	return nil
}
