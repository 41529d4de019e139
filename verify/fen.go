package verify

import (
	"fmt"
	"math/big"
)

// maxFen is 2^96, the largest amount that the chain knows.
var maxFen = new(big.Int).Lsh(big.NewInt(1), 96)

// maxFenDigits is the length of 2^96 in decimal.
const maxFenDigits = 29

// Fen is an amount of money in fen, 1/100 CNY: 0 to 2^96. The zero value is 0.
type Fen struct{ n *big.Int }

// ParseFen reads a decimal string without sign or leading zeros.
func ParseFen(s string) (Fen, error) {
	if s == "" || len(s) > maxFenDigits || !digits(s) || s[0] == '0' && s != "0" {
		return Fen{}, fmt.Errorf("%w: expected fen as decimal digits, got %.40q", errWire, s)
	}
	n, _ := new(big.Int).SetString(s, 10)
	if n.Cmp(maxFen) > 0 {
		return Fen{}, fmt.Errorf("expected at most 2^96 fen, got %s", s)
	}
	return Fen{n: n}, nil
}

func (f Fen) value() *big.Int {
	if f.n == nil {
		return new(big.Int)
	}
	return f.n
}

// String is the number of fen in decimal.
func (f Fen) String() string { return f.value().String() }

// MarshalText makes JSON show the number of fen as a string.
func (f Fen) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// IsZero says whether the amount is 0.
func (f Fen) IsZero() bool { return f.value().Sign() == 0 }

// Cmp is -1, 0 or 1 when f is less than, equal to or more than g.
func (f Fen) Cmp(g Fen) int { return f.value().Cmp(g.value()) }

// Add is f + g, which may exceed 2^96.
func (f Fen) Add(g Fen) Fen { return Fen{n: new(big.Int).Add(f.value(), g.value())} }

// CNY shows the amount in yuan with two decimals and separators: "1,234.56".
func (f Fen) CNY() string {
	s := f.String()
	for len(s) < 3 {
		s = "0" + s
	}
	yuan, fen := s[:len(s)-2], s[len(s)-2:]
	for i := len(yuan) - 3; i > 0; i -= 3 {
		yuan = yuan[:i] + "," + yuan[i:]
	}
	return yuan + "." + fen
}
