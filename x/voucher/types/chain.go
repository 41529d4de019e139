package types

import (
	"bytes"
	"crypto/sha256"
	"slices"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
)

// checkDetails follows each chain of details and returns the status that each ends in,
// ascending by number.
func (g GenesisState) checkDetails(vouchers map[string]*Voucher) ([]NumberedStatus, error) {
	var (
		latest []NumberedStatus
		chain  detailChain
		used   = map[string]bool{}
	)
	for i := range g.Details {
		d := &g.Details[i]
		encoded, err := EncodeStatusDetail(*d)
		if err != nil {
			return nil, errorsmod.Wrapf(err, "details[%d]", i)
		}
		if i == 0 || d.Number != g.Details[i-1].Number {
			if i > 0 && d.Number < g.Details[i-1].Number {
				return nil, errorsmod.Wrapf(ErrInconsistent, "details[%d]: expected ascending numbers, got %s", i, d.Number)
			}
			if chain, err = startChain(vouchers[d.Number], d); err != nil {
				return nil, err
			}
			latest = append(latest, NumberedStatus{Number: d.Number})
		}
		if d.RedNumber != "" && used[d.RedNumber] {
			return nil, errorsmod.Wrapf(ErrInconsistent, "red voucher %s: expected one detail, got two", d.RedNumber)
		}
		used[d.RedNumber] = true
		if err := chain.follow(d, encoded, vouchers[d.RedNumber]); err != nil {
			return nil, err
		}
		latest[len(latest)-1].Status = chain.status
	}
	for i := range g.Vouchers {
		if v := &g.Vouchers[i]; v.Kind == KIND_RED && !used[v.Number] {
			return nil, errorsmod.Wrapf(ErrInconsistent, "red voucher %s: expected a detail of %s that names it", v.Number, v.Reverses)
		}
	}
	return latest, nil
}

// detailChain is where following the details of one blue voucher stands.
type detailChain struct {
	blue      *Voucher
	remaining []math.Int
	status    Status
}

func startChain(blue *Voucher, d *StatusDetail) (detailChain, error) {
	if blue == nil || blue.Kind != KIND_BLUE {
		return detailChain{}, errorsmod.Wrapf(ErrInconsistent, "detail of %s: expected a blue voucher of this number", d.Number)
	}
	return detailChain{
		blue:      blue,
		remaining: Amounts(blue.Lines),
		status:    Status{FirstHeight: d.Height, DetailDigest: make([]byte, sha256.Size)},
	}, nil
}

// follow checks that d comes next, red being the voucher that it names, and moves on.
func (c *detailChain) follow(d *StatusDetail, encoded []byte, red *Voucher) error {
	if d.Version != c.status.Version+1 {
		return errorsmod.Wrapf(ErrInconsistent, "details of %s: expected version %d, got %d", d.Number, c.status.Version+1, d.Version)
	}
	if !bytes.Equal(d.PreviousDigest, c.status.DetailDigest) {
		return errorsmod.Wrapf(ErrInconsistent, "details of %s: version %d does not carry the digest of the one before", d.Number, d.Version)
	}
	if d.Height < c.status.Height {
		return errorsmod.Wrapf(ErrInconsistent, "details of %s: expected height %d or more, got %d", d.Number, c.status.Height, d.Height)
	}
	if d.RedNumber != "" {
		if red == nil || red.Kind != KIND_RED || red.Reverses != d.Number {
			return errorsmod.Wrapf(ErrInconsistent, "details of %s: expected a red voucher %s of it", d.Number, d.RedNumber)
		}
		var err error
		if c.remaining, err = Subtract(c.remaining, red.ReversedLines); err != nil {
			return errorsmod.Wrapf(err, "red voucher %s", red.Number)
		}
	}
	if !slices.EqualFunc(d.Remaining, c.remaining, math.Int.Equal) {
		return errorsmod.Wrapf(ErrInconsistent, "details of %s: version %d: expected %v to remain, got %v", d.Number, d.Version, c.remaining, d.Remaining)
	}
	if expected := WithReversalFlags(d.Flags, ReversalFlags(c.blue.Lines, c.remaining)); d.Flags != expected {
		return errorsmod.Wrapf(ErrInconsistent, "details of %s: version %d: expected flags %d, got %d", d.Number, d.Version, expected, d.Flags)
	}
	digest := sha256.Sum256(encoded)
	c.status = Status{
		Version: d.Version, FirstHeight: c.status.FirstHeight, Height: d.Height, Flags: d.Flags, DetailDigest: digest[:],
	}
	return nil
}
