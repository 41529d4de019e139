package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
)

const (
	day = 24 * 60 * 60

	// longest is ten years in seconds: no time may be longer, whatever the parameters.
	longest = 3653 * day
	// mostPerBlock bounds a block's work, whatever the parameters.
	mostPerBlock = 10_000

	// MaxFailureText is the longest error text of a failure in bytes.
	MaxFailureText = 256

	maxCodespace = 64
)

// DefaultParams lets each step take 10 seconds to 90 days and a quote stand for 90 days.
func DefaultParams() Params {
	return Params{MinWithin: 10, MaxWithin: 90 * day, MaxQuoteValidity: 90 * day, MaxDeadlinesPerBlock: 200}
}

// Validate checks the ranges. It wraps valid.ErrInvalid.
func (p Params) Validate() error {
	if p.MinWithin < 1 || p.MinWithin > p.MaxWithin || p.MaxWithin > longest {
		return errorsmod.Wrapf(valid.ErrInvalid, "params: expected 1 ≤ min_within ≤ max_within ≤ %d seconds, got %d and %d", longest, p.MinWithin, p.MaxWithin)
	}
	if p.MaxQuoteValidity < 1 || p.MaxQuoteValidity > longest {
		return errorsmod.Wrapf(valid.ErrInvalid, "params.max_quote_validity: expected 1 to %d seconds, got %d", longest, p.MaxQuoteValidity)
	}
	if p.MaxDeadlinesPerBlock < 1 || p.MaxDeadlinesPerBlock > mostPerBlock {
		return errorsmod.Wrapf(valid.ErrInvalid, "params.max_deadlines_per_block: expected 1 to %d, got %d", mostPerBlock, p.MaxDeadlinesPerBlock)
	}
	return nil
}

// DefaultGenesis is an empty state with the default parameters.
func DefaultGenesis() *GenesisState { return &GenesisState{Params: DefaultParams()} }

// Validate checks every record, the order, and that counters and failures fit
// the contracts. It wraps valid.ErrInvalid or ErrInconsistent.
func (g *GenesisState) Validate() error {
	if err := g.Params.Validate(); err != nil {
		return err
	}
	counters, err := g.validateCounters()
	if err != nil {
		return err
	}
	deadlines := make(map[string]int64, len(g.Contracts)) // 0 when final
	for i, c := range g.Contracts {
		if err := c.Validate(); err != nil {
			return errorsmod.Wrapf(err, "contracts[%d]", i)
		}
		if i > 0 && c.Id <= g.Contracts[i-1].Id {
			return errorsmod.Wrapf(valid.ErrInvalid, "contracts[%d]: expected an id above %s, got %s", i, g.Contracts[i-1].Id, c.Id)
		}
		if err := c.counted(counters); err != nil {
			return errorsmod.Wrapf(err, "contracts[%d]", i)
		}
		deadlines[c.Id] = c.Deadline
	}
	for i, f := range g.Failures {
		if err := f.Validate(); err != nil {
			return errorsmod.Wrapf(err, "failures[%d]", i)
		}
		if i > 0 && f.Contract <= g.Failures[i-1].Contract {
			return errorsmod.Wrapf(valid.ErrInvalid, "failures[%d]: expected a contract above %s, got %s", i, g.Failures[i-1].Contract, f.Contract)
		}
		if deadline := deadlines[f.Contract]; deadline == 0 || f.RetryAt <= deadline {
			return errorsmod.Wrapf(ErrInconsistent, "failures[%d]: expected a contract whose deadline passed before %d, %s is none", i, f.RetryAt, f.Contract)
		}
	}
	return nil
}

func (g *GenesisState) validateCounters() (map[uint32]Counter, error) {
	counters := make(map[uint32]Counter, len(g.Counters))
	for i, c := range g.Counters {
		if err := c.Validate(); err != nil {
			return nil, errorsmod.Wrapf(err, "counters[%d]", i)
		}
		if i > 0 && c.Seller <= g.Counters[i-1].Seller {
			return nil, errorsmod.Wrapf(valid.ErrInvalid, "counters[%d]: expected a seller above %06d, got %06d", i, g.Counters[i-1].Seller, c.Seller)
		}
		counters[c.Seller] = c
	}
	return counters, nil
}

// counted checks that the seller's counter can have made the contract's id.
func (c Contract) counted(counters map[uint32]Counter) error {
	counter, ok := counters[c.Deal.Seller]
	if !ok {
		return errorsmod.Wrapf(ErrInconsistent, "%s: seller %06d has no counter", c.Id, c.Deal.Seller)
	}
	quoted, _, seq, err := ids.ParseContract("id", c.Id)
	if err != nil {
		return err
	}
	if quoted == counter.Day && seq >= counter.Next {
		return errorsmod.Wrapf(ErrInconsistent, "%s: seller %06d's counter stands at %d", c.Id, c.Deal.Seller, counter.Next)
	}
	return nil
}

// Validate checks the ranges. It wraps valid.ErrInvalid.
func (c Counter) Validate() error {
	if err := valid.MemberNumber("seller", c.Seller); err != nil {
		return err
	}
	if len(c.Day) != 6 || !valid.Digits(c.Day) {
		return errorsmod.Wrapf(valid.ErrInvalid, "day: expected YYMMDD, got %q", c.Day)
	}
	if c.Next < 2 || c.Next > ids.MaxSequence+1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "next: expected 2 to %d, got %d", ids.MaxSequence+1, c.Next)
	}
	return nil
}

// Validate checks the ranges. It wraps valid.ErrInvalid.
func (f Failure) Validate() error {
	if err := ValidateID("contract", f.Contract); err != nil {
		return err
	}
	if err := valid.Text("codespace", f.Codespace, 1, maxCodespace); err != nil {
		return err
	}
	if err := valid.Text("error", f.Error, 1, MaxFailureText); err != nil {
		return err
	}
	if f.Attempts < 1 || f.Height < 0 || f.RetryAt < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "expected attempts and retry_at from 1 and a height from 0, got %d, %d and %d", f.Attempts, f.RetryAt, f.Height)
	}
	return nil
}
