package types

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

const (
	day = 24 * 60 * 60

	// shortestWindow and longestWindow bound the time for an answer, in seconds.
	shortestWindow, longestWindow = 60, 90 * day
	// mostPerBlock bounds a block's work, whatever the parameters.
	mostPerBlock = 10_000

	// MaxReason is the longest reason of a reversal, in bytes of UTF-8. The chain sees its digest only.
	MaxReason = 512
	// MaxFailureText is the longest error text of a failure in bytes.
	MaxFailureText = 256

	maxCodespace = 64
)

// DefaultParams gives the other party 72 hours, and a block 200 requests to end.
func DefaultParams() Params { return Params{ReversalWindow: 3 * day, MaxExpiriesPerBlock: 200} }

// Validate checks the ranges. It wraps valid.ErrInvalid.
func (p Params) Validate() error {
	if p.ReversalWindow < shortestWindow || p.ReversalWindow > longestWindow {
		return errorsmod.Wrapf(valid.ErrInvalid, "params.reversal_window: expected %d to %d seconds, got %d", shortestWindow, longestWindow, p.ReversalWindow)
	}
	if p.MaxExpiriesPerBlock < 1 || p.MaxExpiriesPerBlock > mostPerBlock {
		return errorsmod.Wrapf(valid.ErrInvalid, "params.max_expiries_per_block: expected 1 to %d, got %d", mostPerBlock, p.MaxExpiriesPerBlock)
	}
	return nil
}

// Reversal is what the request asks for.
func (r ReversalRequest) Reversal() Reversal {
	return Reversal{Number: r.Number, Lines: r.Lines, ReasonDigest: r.ReasonDigest}
}

// Validate checks what needs no voucher. It wraps ErrNumber or valid.ErrInvalid.
func (r ReversalRequest) Validate() error {
	if err := r.Reversal().Validate(); err != nil {
		return err
	}
	if err := valid.MemberNumber("requester", r.Requester); err != nil {
		return err
	}
	if r.Height < 1 || r.ExpiresAt < 1 || r.ExpiresAt > lastSecond {
		return errorsmod.Wrapf(valid.ErrInvalid, "height and expires_at: expected 1 or more and a time before the year 10000, got %d and %d", r.Height, r.ExpiresAt)
	}
	return nil
}

// CheckAgainst checks that the request is one of a party of the blue voucher, over lines
// that it has. What remains of them may have become less since the request. It wraps
// ErrRedVoucher, ErrNotParty, ErrNoSuchLine or ErrExceedsRemaining.
func (r ReversalRequest) CheckAgainst(blue Voucher) error {
	if _, err := r.Other(blue); err != nil {
		return err
	}
	_, err := Subtract(Amounts(blue.Lines), r.Lines)
	return err
}

// Other is the party of the blue voucher that answers the request. It wraps
// ErrRedVoucher or, when the requester is no party, ErrNotParty.
func (r ReversalRequest) Other(blue Voucher) (uint32, error) {
	return OtherParty(blue, r.Requester)
}

// OtherParty is the party of a blue voucher that a party deals with. It wraps
// ErrRedVoucher or ErrNotParty.
func OtherParty(blue Voucher, member uint32) (uint32, error) {
	if blue.Kind != KIND_BLUE {
		return 0, errorsmod.Wrapf(ErrRedVoucher, "%s takes back %s and cannot be reversed itself", FormatNumber(blue.Number), FormatNumber(blue.Reverses))
	}
	switch member {
	case blue.Seller.Member:
		return blue.Buyer.Member, nil
	case blue.Buyer.Member:
		return blue.Seller.Member, nil
	default:
		return 0, errorsmod.Wrapf(ErrNotParty, "voucher %s: expected its seller %06d or its buyer %06d, got %06d",
			FormatNumber(blue.Number), blue.Seller.Member, blue.Buyer.Member, member)
	}
}

// CheckRestated checks that lines and reason are the request's. It wraps ErrRequestChanged.
func (r ReversalRequest) CheckRestated(lines []ReversedLine, reason []byte) error {
	same := slices.EqualFunc(r.Lines, lines, func(a, b ReversedLine) bool { return a.Line == b.Line && a.Amount.Equal(b.Amount) })
	if !same {
		return errorsmod.Wrapf(ErrRequestChanged, "voucher %s: expected %s of the open request, got %s; look at it again", FormatNumber(r.Number), tell(r.Lines), tell(lines))
	}
	if !bytes.Equal(r.ReasonDigest, reason) {
		return errorsmod.Wrapf(ErrRequestChanged, "voucher %s: expected the reason %X of the open request, got %X; look at it again", FormatNumber(r.Number), r.ReasonDigest, reason)
	}
	return nil
}

// tell says what lines take back, by their indexes.
func tell(lines []ReversedLine) string {
	says := make([]string, len(lines))
	for i, l := range lines {
		says[i] = fmt.Sprintf("%s fen of line %d", l.Amount, l.Line)
	}
	return strings.Join(says, ", ")
}

// Validate checks the ranges. It wraps ErrNumber or valid.ErrInvalid.
func (f ExpiryFailure) Validate() error {
	if _, err := ParseNumber(f.Number); err != nil {
		return err
	}
	if err := valid.Text("codespace", f.Codespace, 1, maxCodespace); err != nil {
		return err
	}
	if err := valid.Text("error", f.Error, 1, MaxFailureText); err != nil {
		return err
	}
	if f.Attempts < 1 || f.Height < 1 || f.RetryAt < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "attempts, height and retry_at: expected 1 or more, got %d, %d and %d", f.Attempts, f.Height, f.RetryAt)
	}
	return nil
}

// checkRequests checks the open requests against the vouchers, and the failures against the requests.
func (g GenesisState) checkRequests(vouchers map[string]*Voucher) error {
	if err := g.Params.Validate(); err != nil {
		return err
	}
	expires := make(map[string]int64, len(g.Requests))
	for i, r := range g.Requests {
		if err := r.Validate(); err != nil {
			return errorsmod.Wrapf(err, "requests[%d]", i)
		}
		if i > 0 && r.Number <= g.Requests[i-1].Number {
			return errorsmod.Wrapf(ErrInconsistent, "requests[%d]: expected ascending numbers, got %s", i, r.Number)
		}
		blue := vouchers[r.Number]
		if blue == nil {
			return errorsmod.Wrapf(ErrInconsistent, "requests[%d]: expected a voucher %s", i, r.Number)
		}
		if err := r.CheckAgainst(*blue); err != nil {
			return errorsmod.Wrapf(err, "requests[%d]", i)
		}
		expires[r.Number] = r.ExpiresAt
	}
	for i, f := range g.Failures {
		if err := f.Validate(); err != nil {
			return errorsmod.Wrapf(err, "failures[%d]", i)
		}
		if i > 0 && f.Number <= g.Failures[i-1].Number {
			return errorsmod.Wrapf(ErrInconsistent, "failures[%d]: expected ascending numbers, got %s", i, f.Number)
		}
		if end := expires[f.Number]; end == 0 || f.RetryAt <= end {
			return errorsmod.Wrapf(ErrInconsistent, "failures[%d]: expected an open request of %s that ended before %d", i, f.Number, f.RetryAt)
		}
	}
	return nil
}
