package types

import (
	"cmp"
	"fmt"
	"strconv"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// DebtIDLength is the length of a debt's id: 24 digits, "-", 6 digits.
const DebtIDLength = voucherDigits + 1 + 6

// DebtID is the id of the debt that a red voucher leaves with a member.
func DebtID(redNumber string, debtor uint32) string { return fmt.Sprintf("%s-%06d", redNumber, debtor) }

// ParseDebtID takes a debt's id apart. It wraps valid.ErrInvalid.
func ParseDebtID(field, id string) (redNumber string, debtor uint32, err error) {
	if len(id) != DebtIDLength || id[voucherDigits] != '-' || !valid.Digits(id[:voucherDigits]) || !valid.Digits(id[voucherDigits+1:]) {
		return "", 0, errorsmod.Wrapf(valid.ErrInvalid, "%s: expected a debt's id such as 330126112300012300004328-000123, got %.40q", field, id)
	}
	n, _ := strconv.ParseUint(id[voucherDigits+1:], 10, 32) // six digits
	return id[:voucherDigits], uint32(n), valid.MemberNumber(field, uint32(n))
}

// Apportion says what each payee gives back, in fen and in the order of the payouts,
// when amount more is taken back of a settlement of which each gave the given so far.
// The parts sum to the amount, none is negative, and no payee ever gives more than
// its payout; when everything is taken back, each has given exactly its payout.
//
// The exact share of a payee, over all reversals, is payout × reversed ÷ total. Each
// payee goes up to the whole fen of it; the fen that rounding leaves come one by one
// from whoever is furthest behind its exact share, the earlier payout first when two
// are equal. So nobody is ever a fen or more ahead of the exact share, however many
// small reversals there are. (Whole fen alone cannot do: of four payouts of 1 fen
// none may give the first fen back, and all four the last one.)
//
// The amount must be positive and, with what was given, at most the sum of the payouts.
func Apportion(payouts []Payout, given []math.Int, amount math.Int) []math.Int {
	total, reversed := math.ZeroInt(), amount
	for i, p := range payouts {
		total, reversed = total.Add(p.Amount), reversed.Add(given[i])
	}
	parts, behind, left := make([]math.Int, len(payouts)), make([]math.Int, len(payouts)), amount
	for i, p := range payouts {
		// How far behind the exact share the payee is, times total: at most 2^192.
		behind[i] = p.Amount.Mul(reversed).Sub(given[i].Mul(total))
		parts[i] = math.ZeroInt()
		if behind[i].IsPositive() {
			parts[i] = behind[i].Quo(total)
			behind[i] = behind[i].Mod(total)
		}
		left = left.Sub(parts[i])
	}
	// Fewer fen are left than there are payees: each is ahead, or behind its whole fen, by less than one.
	for ; left.IsPositive(); left = left.SubRaw(1) {
		i := extreme(behind, func(i, best int) bool { return behind[i].GT(behind[best]) })
		parts[i], behind[i] = parts[i].AddRaw(1), behind[i].Sub(total)
	}
	for ; left.IsNegative(); left = left.AddRaw(1) {
		i := extreme(behind, func(i, best int) bool {
			return parts[i].IsPositive() && (!parts[best].IsPositive() || behind[i].LT(behind[best]))
		})
		parts[i], behind[i] = parts[i].SubRaw(1), behind[i].Add(total)
	}
	return parts
}

// extreme is the first index that no other one is better than.
func extreme(list []math.Int, better func(i, best int) bool) int {
	best := 0
	for i := range list {
		if better(i, best) {
			best = i
		}
	}
	return best
}

// CheckClawBack checks what a claw-back asks for, without state. It wraps valid.ErrInvalid.
func CheckClawBack(settlement, redNumber string, amount math.Int) error {
	return cmp.Or(checkID(settlement), checkVoucher("red_number", redNumber), valid.Amount("amount", amount))
}

// NewClawBack is that of a record of which nothing was taken back yet.
func NewClawBack(r Record) ClawBack {
	c := ClawBack{Settlement: r.Id, Reversed: math.ZeroInt(), Parts: make([]GivenBack, len(r.Payouts))}
	for i, p := range r.Payouts {
		c.Parts[i] = GivenBack{Member: p.Member, Paid: math.ZeroInt(), Owed: math.ZeroInt()}
	}
	return c
}

// Given is what each payee has given back, paid or owed, in the order of the parts.
func (c ClawBack) Given() []math.Int {
	given := make([]math.Int, len(c.Parts))
	for i, p := range c.Parts {
		given[i] = p.Paid.Add(p.Owed)
	}
	return given
}

// CheckAgainst checks that a claw-back fits its settlement record: the same payees in
// the same order, none gave more than it got, all together what was reversed. It
// wraps valid.ErrInvalid.
func (c ClawBack) CheckAgainst(r Record) error {
	if c.Settlement != r.Id || len(c.Parts) != len(r.Payouts) {
		return errorsmod.Wrapf(valid.ErrInvalid, "claw-back of %q: expected the %d payees of %q, got %d", c.Settlement, len(r.Payouts), r.Id, len(c.Parts))
	}
	if err := valid.Amount("reversed", c.Reversed); err != nil {
		return err
	}
	sum := math.ZeroInt()
	for i, p := range c.Parts {
		if err := cmp.Or(valid.AmountOrZero("parts.paid", p.Paid), valid.AmountOrZero("parts.owed", p.Owed)); err != nil {
			return err
		}
		gave, got := p.Paid.Add(p.Owed), r.Payouts[i]
		if p.Member != got.Member || gave.GT(got.Amount) {
			return errorsmod.Wrapf(valid.ErrInvalid, "claw-back of %s: expected at most %s fen of %06d, got %s of %06d",
				r.Id, got.Amount, got.Member, gave, p.Member)
		}
		if p.Member == r.Buyer && !p.Owed.IsZero() {
			return errorsmod.Wrapf(valid.ErrInvalid, "claw-back of %s: the buyer %06d owes nothing to itself, got %s fen", r.Id, r.Buyer, p.Owed)
		}
		sum = sum.Add(gave)
	}
	if !sum.Equal(c.Reversed) {
		return errorsmod.Wrapf(valid.ErrInvalid, "claw-back of %s: expected parts that sum to %s fen, got %s", r.Id, c.Reversed, sum)
	}
	return nil
}

// Outstanding is what is still to be paid of a debt, in fen.
func (d Debt) Outstanding() math.Int { return d.Amount.Sub(d.Paid) }

// Validate checks a debt in itself. It wraps valid.ErrInvalid.
func (d Debt) Validate() error {
	red, debtor, err := ParseDebtID("id", d.Id)
	if err != nil {
		return err
	}
	if red != d.RedNumber || debtor != d.Debtor || d.Height < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "debt %s: expected the red voucher's and the debtor's number in the id and a height, got %q, %06d, %d",
			d.Id, d.RedNumber, d.Debtor, d.Height)
	}
	if err := valid.MemberNumber("creditor", d.Creditor); err != nil {
		return err
	}
	if err := checkID(d.Settlement); err != nil {
		return err
	}
	if err := cmp.Or(valid.Amount("amount", d.Amount), valid.AmountOrZero("paid", d.Paid)); err != nil {
		return err
	}
	if d.Debtor == d.Creditor || d.Paid.GT(d.Amount) {
		return errorsmod.Wrapf(valid.ErrInvalid, "debt %s: expected another creditor and at most %s fen paid, got %06d and %s", d.Id, d.Amount, d.Creditor, d.Paid)
	}
	return nil
}

// CheckClawBacks checks that claw-backs fit the records and debts the claw-backs: what
// each payee owes of a settlement is what its debts of it were made for. So what was
// reversed is what was paid at once and what was or is owed. It wraps valid.ErrInvalid
// or what record returns.
func CheckClawBacks(backs []ClawBack, debts []Debt, record func(id string) (Record, error)) error {
	type payee struct {
		settlement string
		member     uint32
	}
	owed := map[payee]math.Int{}
	for _, d := range debts {
		if err := d.Validate(); err != nil {
			return err
		}
		r, err := record(d.Settlement)
		if err != nil {
			return err
		}
		if d.Creditor != r.Buyer {
			return errorsmod.Wrapf(valid.ErrInvalid, "debt %s: expected creditor %06d, the buyer of %s, got %06d", d.Id, r.Buyer, r.Id, d.Creditor)
		}
		of := payee{d.Settlement, d.Debtor}
		if sum, found := owed[of]; found {
			owed[of] = sum.Add(d.Amount)
		} else {
			owed[of] = d.Amount
		}
	}
	matched := 0
	for _, c := range backs {
		r, err := record(c.Settlement)
		if err != nil {
			return err
		}
		if err := c.CheckAgainst(r); err != nil {
			return err
		}
		for _, p := range c.Parts {
			sum, found := owed[payee{c.Settlement, p.Member}]
			if !found {
				sum = math.ZeroInt()
			} else {
				matched++
			}
			if !sum.Equal(p.Owed) {
				return errorsmod.Wrapf(valid.ErrInvalid, "debts of %06d from %s: expected %s fen together, got %s", p.Member, c.Settlement, p.Owed, sum)
			}
		}
	}
	if matched != len(owed) {
		return errorsmod.Wrapf(valid.ErrInvalid, "debts: expected each of a payee of a claw-back, %d of %d are", matched, len(owed))
	}
	return nil
}
