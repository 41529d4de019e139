package cmd

import (
	"context"
	"errors"
	"fmt"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// remainingOf asks what is left of a blue voucher's lines; nil when nothing was taken back.
func remainingOf(goCtx context.Context, ctx client.Context, number string) ([]math.Int, error) {
	res, err := voucher.NewQueryClient(ctx).Status(goCtx, &voucher.QueryStatusRequest{
		Number: number, Pagination: &query.PageRequest{Limit: 1, Reverse: true},
	})
	if err != nil {
		return nil, errors.New(plain(err))
	}
	if len(res.Details) == 0 {
		return nil, nil
	}
	return res.Details[0].Remaining, nil
}

// checkReversal refuses what the chain would refuse, in the words of the input file, whose
// lines count from 1. It spares a person to read what would be asked for in vain.
func checkReversal(blue voucher.Voucher, remaining []math.Int, member uint32, r voucher.Reversal) error {
	if blue.Kind == voucher.KIND_RED {
		return fmt.Errorf("voucher: %s is red; expected the blue one that it takes back, %s", voucher.FormatNumber(blue.Number), voucher.FormatNumber(blue.Reverses))
	}
	if member != blue.Seller.Member && member != blue.Buyer.Member {
		return fmt.Errorf("voucher %s: expected the key of its seller %06d or its buyer %06d, got one of %06d",
			voucher.FormatNumber(blue.Number), blue.Seller.Member, blue.Buyer.Member, member)
	}
	for i, l := range r.Lines {
		if int(l.Line) >= len(blue.Lines) {
			return fmt.Errorf("lines[%d].line: expected 1 to %d, as the voucher lists its lines, got %d", i, len(blue.Lines), l.Line+1)
		}
		left := blue.Lines[l.Line].Amount
		if int(l.Line) < len(remaining) {
			left = remaining[l.Line]
		}
		if l.Amount.GT(left) {
			return fmt.Errorf("lines[%d].amount: expected at most %s, what remains of line %d, got %s", i, words.Yuan(left), l.Line+1, words.Yuan(l.Amount))
		}
	}
	return nil
}
