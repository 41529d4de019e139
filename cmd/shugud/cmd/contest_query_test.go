package cmd

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	recognition "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// known answers what one chain knows of a voucher; err answers every question.
type known struct {
	recognition.QueryClient
	own     []byte
	foreign [][]byte
	err     error
}

func (k known) Standing(context.Context, *recognition.QueryStandingRequest, ...grpc.CallOption) (*recognition.QueryStandingResponse, error) {
	if len(k.foreign) == 0 {
		return nil, status.Error(codes.NotFound, "nothing known")
	}
	res := &recognition.QueryStandingResponse{Standings: []recognition.Standing{{}}}
	for _, n := range k.foreign {
		res.Standings = append(res.Standings, recognition.Standing{Voucher: &recognition.Recognised{Nullifier: n}})
	}
	return res, k.err
}

type ownVouchers struct {
	voucher.QueryClient
	known
}

func (o ownVouchers) Voucher(context.Context, *voucher.QueryVoucherRequest, ...grpc.CallOption) (*voucher.QueryVoucherResponse, error) {
	if o.err != nil {
		return nil, o.err
	}
	if o.own == nil {
		return nil, status.Error(codes.NotFound, "voucher not found")
	}
	return &voucher.QueryVoucherResponse{Voucher: voucher.Voucher{Nullifier: o.own}}, nil
}

// A trade is named by its nullifier, or by any of its vouchers wherever it is from.
func TestFindNullifier(t *testing.T) {
	a, b := bytes.Repeat([]byte{0xab}, 32), bytes.Repeat([]byte{0xcd}, 32)
	hexA := strings.Repeat("ab", 32)
	const number = "3301-261123-000123-000042-28"
	for name, c := range map[string]struct {
		known     known
		arg       string
		want, err string
	}{
		"a nullifier":                 {known{}, hexA, hexA, ""},
		"a nullifier in capitals":     {known{}, strings.ToUpper(hexA), hexA, ""},
		"a voucher of ours":           {known{own: a}, number, hexA, ""},
		"a voucher of another chain":  {known{foreign: [][]byte{a}}, "330126112300012300004228", hexA, ""},
		"both of them tell one trade": {known{own: a, foreign: [][]byte{a, a}}, number, hexA, ""},
		"two trades under one number": {known{own: a, foreign: [][]byte{b}}, number, "", "name one nullifier of " + hexA},
		"a voucher nobody told of":    {known{}, number, "", "no voucher " + number + " is known here"},
		"a red one heard of only":     {known{foreign: [][]byte{nil}}, number, "", "is known here"},
		"wrong check digits":          {known{}, "3301-261123-000123-000042-29", "", "expected a voucher number"},
		"neither":                     {known{}, "abc", "", "or a nullifier of 64 hexadecimal digits"},
		"a node that does not answer": {known{err: status.Error(codes.Unavailable, "no node")}, number, "", "no node"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := findNullifier(t.Context(), c.known, ownVouchers{known: c.known}, c.arg)
			if c.err != "" {
				require.ErrorContains(t, err, c.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}
