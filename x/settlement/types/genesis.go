package types

import (
	"cmp"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// maxError is the longest text of an unpaid claim's error in bytes.
const maxError = 256

// DefaultGenesis is a chain on which no fen was issued.
func DefaultGenesis() *GenesisState { return &GenesisState{} }

// Validate checks every item, that each list is ascending without duplicates,
// and that no more is owed than the banks have issued. Errors wrap
// valid.ErrInvalid. Whether bank's genesis holds the coins is checked on import.
func (g *GenesisState) Validate() error {
	for _, check := range []func() error{g.checkTrades, g.checkLedgers, g.checkDeposits, g.checkWithdrawals, g.checkUnpaid, g.checkOwed, g.checkClawBacks} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (g *GenesisState) checkTrades() error {
	settled := make(map[string]bool, len(g.Records))
	for i, r := range g.Records {
		if err := r.Validate(); err != nil {
			return errorsmod.Wrapf(err, "records[%d]", i)
		}
		settled[r.Id] = true
	}
	for i, e := range g.Escrows {
		if err := e.Validate(); err != nil {
			return errorsmod.Wrapf(err, "escrows[%d]", i)
		}
		if settled[e.Id] {
			return errorsmod.Wrapf(valid.ErrInvalid, "escrows[%d]: %s is settled already", i, e.Id)
		}
	}
	if err := ascending("records", g.Records, func(a, b Record) int { return cmp.Compare(a.Id, b.Id) }); err != nil {
		return err
	}
	return ascending("escrows", g.Escrows, func(a, b Escrow) int { return cmp.Compare(a.Id, b.Id) })
}

func (g *GenesisState) checkDeposits() error {
	for i, d := range g.Deposits {
		if err := d.Validate(); err != nil {
			return errorsmod.Wrapf(err, "deposits[%d]", i)
		}
	}
	return ascending("deposits", g.Deposits, func(a, b Deposit) int {
		return cmp.Or(cmp.Compare(a.Bank, b.Bank), cmp.Compare(a.Reference, b.Reference))
	})
}

// Validate checks every field. It wraps valid.ErrInvalid.
func (d Deposit) Validate() error {
	if err := valid.MemberNumber("bank", d.Bank); err != nil {
		return err
	}
	if d.Reference == "" || d.Height < 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "expected a reference and a height from 0, got %q and %d", d.Reference, d.Height)
	}
	return (&MsgDeposit{Member: d.Member, Amount: d.Amount, Reference: d.Reference}).Validate()
}

func (g *GenesisState) checkLedgers() error {
	for i, l := range g.Ledgers {
		if err := valid.MemberNumber("bank", l.Bank); err != nil {
			return errorsmod.Wrapf(err, "ledgers[%d]", i)
		}
		if err := valid.AmountOrZero("outstanding", l.Outstanding); err != nil {
			return errorsmod.Wrapf(err, "ledgers[%d]", i)
		}
	}
	return ascending("ledgers", g.Ledgers, func(a, b BankLedger) int { return cmp.Compare(a.Bank, b.Bank) })
}

func (g *GenesisState) checkWithdrawals() error {
	last := make(map[uint32]uint32, len(g.Sequences))
	for i, s := range g.Sequences {
		if err := valid.MemberNumber("member", s.Member); err != nil {
			return errorsmod.Wrapf(err, "sequences[%d]", i)
		}
		if s.Last < 1 || s.Last > ids.MaxSequence {
			return errorsmod.Wrapf(valid.ErrInvalid, "sequences[%d].last: expected 1 to %d, got %d", i, ids.MaxSequence, s.Last)
		}
		last[s.Member] = s.Last
	}
	for i, w := range g.Withdrawals {
		if err := w.Validate(); err != nil {
			return errorsmod.Wrapf(err, "withdrawals[%d]", i)
		}
		if _, seq, _ := ids.ParseOwned("id", w.Id); seq > last[w.Member] {
			return errorsmod.Wrapf(valid.ErrInvalid, "withdrawals[%d]: %s is above the member's last sequence %d", i, w.Id, last[w.Member])
		}
	}
	err := ascending("sequences", g.Sequences, func(a, b WithdrawalSequence) int { return cmp.Compare(a.Member, b.Member) })
	if err != nil {
		return err
	}
	return ascending("withdrawals", g.Withdrawals, func(a, b Withdrawal) int { return cmp.Compare(a.Id, b.Id) })
}

func (g *GenesisState) checkUnpaid() error {
	for i, u := range g.Unpaid {
		if err := u.Validate(); err != nil {
			return errorsmod.Wrapf(err, "unpaid[%d]", i)
		}
	}
	return ascending("unpaid", g.Unpaid, func(a, b Unpaid) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Member, b.Member))
	})
}

func (g *GenesisState) checkClawBacks() error {
	records := make(map[string]Record, len(g.Records))
	for _, r := range g.Records {
		records[r.Id] = r
	}
	err := CheckClawBacks(g.ClawBacks, g.Debts, func(id string) (Record, error) {
		r, found := records[id]
		if !found {
			return r, errorsmod.Wrapf(valid.ErrInvalid, "claw_backs and debts: expected a record %q", id)
		}
		return r, nil
	})
	if err != nil {
		return err
	}
	if err := ascending("claw_backs", g.ClawBacks, func(a, b ClawBack) int { return cmp.Compare(a.Settlement, b.Settlement) }); err != nil {
		return err
	}
	return ascending("debts", g.Debts, func(a, b Debt) int { return cmp.Compare(a.Id, b.Id) })
}

// checkOwed keeps every sum below what the banks issued, so that none overflows.
func (g *GenesisState) checkOwed() error {
	issued, owed := math.ZeroInt(), math.ZeroInt()
	for _, l := range g.Ledgers {
		issued = issued.Add(l.Outstanding) // fewer than 2^20 ledgers of at most 2^96
	}
	add := func(amount math.Int) bool {
		if amount.GT(issued) {
			return false
		}
		owed = owed.Add(amount)
		return owed.LTE(issued)
	}
	ok := true
	for _, e := range g.Escrows {
		ok = ok && add(e.Amount)
	}
	for _, w := range g.Withdrawals {
		ok = ok && add(w.Amount)
	}
	for _, u := range g.Unpaid {
		ok = ok && add(u.Amount)
	}
	if !ok {
		return errorsmod.Wrapf(valid.ErrInvalid, "escrows, withdrawals and unpaid: expected at most the %s fen of the ledgers", issued)
	}
	return nil
}

// Validate checks a withdrawal. Errors wrap valid.ErrInvalid.
func (w Withdrawal) Validate() error {
	owner, seq, err := ids.ParseOwned("id", w.Id)
	if err != nil {
		return err
	}
	if owner != w.Member || seq < 1 || w.RequestedHeight < 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "withdrawal %s: expected the member's number in the id, a sequence and a height, got member %06d, height %d",
			w.Id, w.Member, w.RequestedHeight)
	}
	if err := valid.MemberNumber("member", w.Member); err != nil {
		return err
	}
	return (&MsgRequestWithdrawal{Bank: w.Bank, Amount: w.Amount, Reference: w.Reference}).Validate()
}

// Validate checks an unpaid claim. Errors wrap valid.ErrInvalid.
func (u Unpaid) Validate() error {
	if err := valid.MemberNumber("member", u.Member); err != nil {
		return err
	}
	if u.Amount.IsNil() || !u.Amount.IsPositive() {
		return errorsmod.Wrapf(valid.ErrInvalid, "amount: expected 1 fen or more, got %s", u.Amount)
	}
	if u.Attempts < 1 || u.Since < 1 || u.Due <= u.Since {
		return errorsmod.Wrapf(valid.ErrInvalid, "expected attempts and since of 1 or more and a later due, got %d, %d, %d", u.Attempts, u.Since, u.Due)
	}
	return valid.Text("error", u.Error, 1, maxError)
}

// ascending checks that each item stands above the one before.
func ascending[T any](list string, items []T, compare func(a, b T) int) error {
	for i := 1; i < len(items); i++ {
		if compare(items[i-1], items[i]) >= 0 {
			return errorsmod.Wrapf(valid.ErrInvalid, "%s[%d]: expected ascending order without duplicates", list, i)
		}
	}
	return nil
}
