package types

import (
	"fmt"
	"strings"
)

// creditCodeAlphabet are the characters of a unified social credit code, each
// standing for its position: digits and capitals without I, O, S, V and Z
// (GB 32100-2015, table of characters).
const creditCodeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// creditCodeWeights are 3^(i-1) mod 31 for the positions i from 1 to 17 (GB 32100-2015, table of weights).
var creditCodeWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// CreditCodeCheck returns the check character of a unified social credit code
// (GB 32100-2015) from its first 17 characters: 31 − Σ(character × weight) mod 31.
// Codes were issued that do not fit it. So it is for a person to be warned of a
// slip of the pen, and nothing on chain depends on it.
func CreditCodeCheck(code string) (byte, error) {
	if len(code) < len(creditCodeWeights) {
		return 0, fmt.Errorf("expected at least %d characters, got %d", len(creditCodeWeights), len(code))
	}
	sum := 0
	for i, weight := range creditCodeWeights {
		value := strings.IndexByte(creditCodeAlphabet, code[i])
		if value < 0 {
			return 0, fmt.Errorf("expected digits and capitals without I, O, S, V and Z, got %q at position %d", code[i], i+1)
		}
		sum += value * weight
	}
	return creditCodeAlphabet[(31-sum%31)%31], nil
}

// WarnOfCreditCode says what speaks against a credit code of the right form, or
// nothing. It is for people; consensus does not call it.
func WarnOfCreditCode(code string) string {
	check, err := CreditCodeCheck(code)
	switch {
	case err != nil:
		return fmt.Sprintf("%s does not fit GB 32100-2015: %s", code, err)
	case len(code) != 18 || code[17] != check:
		return fmt.Sprintf("%s does not fit GB 32100-2015: its check character would be %c", code, check)
	}
	return ""
}
