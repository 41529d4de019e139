package words

import (
	"encoding/hex"
	"fmt"
	"io"
	"strconv"

	product "github.com/shugu-network/shugu/x/product/types"
)

// sheet writes what people read of one record: a title, then a line for each field.
type sheet struct{ io.Writer }

func (s sheet) line(label, format string, args ...any) {
	fmt.Fprintf(s, "  %s: %s\n", label, fmt.Sprintf(format, args...))
}

// digest writes a SHA-256, or nothing when there is none.
func (s sheet) digest(label string, sum []byte) {
	if len(sum) > 0 {
		s.line(label, "SHA-256 %s", hex.EncodeToString(sum))
	}
}

// told writes what a member wrote, or nothing when there is nothing.
func (s sheet) told(label, text string) {
	if text != "" {
		s.line(label, "%s", Quoted(text))
	}
}

// split writes who gets which share.
func (s sheet) split(split product.Split, names Names) {
	for _, share := range split.Shares {
		rest := ""
		if share.Member == split.RemainderOwner && len(split.Shares) > 1 {
			rest = ", and what rounding leaves 并得尾差"
		}
		s.line("share 收益分配", "%d.%02d%% %s%s", share.BasisPoints/100, share.BasisPoints%100, names.Member(share.Member), rest)
	}
}

// nodesWord ends what a node says of a record.
func (s sheet) nodesWord() { fmt.Fprintln(s, "This is the node's word 此为节点所述。") }

// word is an enum's word, or its name when it has none.
func word[E interface {
	comparable
	String() string
}](words map[E]string, e E) string {
	if text, ok := words[e]; ok {
		return text
	}
	return e.String()
}

// grouped is a number with commas: "1,234,567".
func grouped(n uint64) string { return group(strconv.FormatUint(n, 10)) }

// group puts commas into decimal digits.
func group(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// bilingual is a period as "3 days 3 天".
func bilingual(english, chinese string) string { return english + " " + chinese }
