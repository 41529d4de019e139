package cmd

import (
	"crypto/sha256"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

func exampleReversal(t *testing.T) string {
	raw, err := examples.ReadFile("examples/reversal.yaml")
	require.NoError(t, err)
	return string(raw)
}

func TestReversalFileIsRead(t *testing.T) {
	r, err := readReversal(inputFile(t, exampleReversal(t)))
	require.NoError(t, err)
	require.NoError(t, r.Validate())
	reason := sha256.Sum256([]byte("培训未按约定进行"))
	require.Equal(t, voucher.Number("3301", "261123", 12, 1), r.Number)
	require.Equal(t, reason[:], r.ReasonDigest)
	require.EqualValues(t, 0, r.Lines[0].Line, "people count lines from 1, the chain from 0")
	require.Equal(t, "5000", r.Lines[0].Amount.String())
}

func TestReversalFileIsRefused(t *testing.T) {
	for want, change := range map[string][2]string{
		"bad voucher number":         {"voucher: 3301", "voucher: 3302"},
		"expected 1 to 32":           {"line: 1", "line: 0"},
		"an amount with its unit":    {"50.00cny", "50.00"},
		"expected 1 to 512 bytes":    {"reason: 培训未按约定进行", "reason: " + strings.Repeat("x", 513)},
		"field typo not found":       {"reason:", "typo:"},
		"reason: expected 1 to 512 ": {"reason: 培训未按约定进行", "reason: \"\""},
	} {
		text := strings.Replace(exampleReversal(t), change[0], change[1], 1)
		_, err := readReversal(inputFile(t, text))
		require.ErrorContains(t, err, want)
	}
}

// Who confirms with the requester's file confirms nothing else.
func TestConfirmComparesWithTheFile(t *testing.T) {
	file := inputFile(t, exampleReversal(t))
	wanted, err := readReversal(file)
	require.NoError(t, err)
	r := voucher.ReversalRequest{Number: wanted.Number, Lines: wanted.Lines, ReasonDigest: wanted.ReasonDigest}
	require.NoError(t, compareWithFile(r, file))
	other := r
	other.Number = voucher.Number("3301", "261123", 12, 2)
	require.ErrorContains(t, compareWithFile(other, file), "expected voucher")
	other = r
	other.ReasonDigest = make([]byte, 32)
	require.ErrorContains(t, compareWithFile(other, file), "not what was asked for")
	other = r
	other.Lines = nil
	require.ErrorContains(t, compareWithFile(other, file), "not what was asked for")
}

// What the chain would refuse is refused in the words of the file, before it is shown or sent.
func TestReversalIsComparedWithTheVoucher(t *testing.T) {
	blue := voucher.Voucher{
		Number: voucher.Number("3301", "261123", 12, 1), Kind: voucher.KIND_BLUE,
		Seller: voucher.Party{Member: 12}, Buyer: voucher.Party{Member: 13},
		Lines: []voucher.Line{{What: "数据", Amount: math.NewInt(120_000)}},
	}
	line := func(n uint32, fen int64) voucher.Reversal {
		return voucher.Reversal{Number: blue.Number, Lines: []voucher.ReversedLine{{Line: n, Amount: math.NewInt(fen)}}}
	}
	left := []math.Int{math.NewInt(5_000)}
	require.NoError(t, checkReversal(blue, left, 12, line(0, 5_000)))
	require.NoError(t, checkReversal(blue, nil, 13, line(0, 120_000)))
	require.ErrorContains(t, checkReversal(blue, left, 4, line(0, 1)), "expected the key of its seller 000012 or its buyer 000013, got one of 000004")
	require.ErrorContains(t, checkReversal(blue, left, 12, line(1, 1)), "lines[0].line: expected 1 to 1, as the voucher lists its lines, got 2")
	require.ErrorContains(t, checkReversal(blue, left, 12, line(0, 5_001)), "lines[0].amount: expected at most 50.00 CNY, what remains of line 1, got 50.01 CNY")
	require.ErrorContains(t, checkReversal(blue, nil, 12, line(0, 120_001)), "expected at most 1,200.00 CNY")
	red := blue
	red.Kind, red.Reverses = voucher.KIND_RED, blue.Number
	require.ErrorContains(t, checkReversal(red, nil, 12, line(0, 1)), "red; expected the blue one")
}
