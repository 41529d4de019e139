package scenario_test

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"cosmossdk.io/math"
)

// args are the named arguments of a command: name=value, name=(words, with spaces).
type args struct {
	t    *testing.T
	d    *datadriven.TestData
	used map[string]bool
}

func (a *args) fail(format string, values ...any) {
	a.t.Helper()
	a.d.Fatalf(a.t, "%s: %s", a.d.Cmd, fmt.Sprintf(format, values...))
}

// find returns the values of an argument.
func (a *args) find(name string) ([]string, bool) {
	a.used[name] = true
	for _, arg := range a.d.CmdArgs {
		if arg.Key == name {
			return arg.Vals, true
		}
	}
	return nil, false
}

func (a *args) has(name string) bool {
	_, found := a.find(name)
	return found
}

// list is an argument in brackets, none when it is missing.
func (a *args) list(name string) []string {
	values, _ := a.find(name)
	return values
}

// text is an argument that must be there.
func (a *args) text(name string) string {
	values, found := a.find(name)
	if !found {
		a.fail("expected %s=", name)
	}
	return strings.Join(values, ", ")
}

// or is an argument, or what it is when it is missing.
func (a *args) or(name, missing string) string {
	if !a.has(name) {
		return missing
	}
	return a.text(name)
}

// number is a whole number, or what it is when it is missing.
func (a *args) number(name string, missing int) int {
	if !a.has(name) {
		return missing
	}
	n, err := strconv.Atoi(a.text(name))
	if err != nil {
		a.fail("%s: expected a whole number, got %q", name, a.text(name))
	}
	return n
}

// money is an amount in CNY with two decimals, as fen.
func (a *args) money(name string) math.Int { return a.fen(name, a.text(name)) }

func (a *args) fen(name, text string) math.Int {
	whole, cents, found := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole+cents, 10, 64)
	if !found || len(cents) != 2 || err != nil {
		a.fail("%s: expected an amount such as 1200.00, got %q", name, text)
	}
	return math.NewInt(n)
}

// span is a time such as 3d, 12h or 90s, in seconds.
func (a *args) span(name, missing string) int64 {
	text := a.or(name, missing)
	units := map[string]int64{"d": 86_400, "h": 3_600, "m": 60, "s": 1}
	n, err := strconv.ParseInt(text[:max(len(text)-1, 0)], 10, 64)
	if err != nil || units[text[len(text)-1:]] == 0 {
		a.fail("%s: expected a time such as 3d, 12h, 30m or 90s, got %q", name, text)
	}
	return n * units[text[len(text)-1:]]
}

// done refuses arguments that the verb does not know.
func (a *args) done() {
	for _, arg := range a.d.CmdArgs {
		if !a.used[arg.Key] {
			a.fail("does not know %s", arg.Key)
		}
	}
}

// cny shows fen as people write them: 1,200.00 CNY.
func cny(fen math.Int) string {
	digits := fen.Abs().String()
	for len(digits) < 3 {
		digits = "0" + digits
	}
	whole, cents := digits[:len(digits)-2], digits[len(digits)-2:]
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return whole + "." + cents + " CNY"
}

// beijing shows a time as the parties' clocks do.
func beijing(t time.Time) string {
	return t.In(time.FixedZone("UTC+8", 8*3_600)).Format(time.DateTime) + " (UTC+8)"
}

func unix(seconds int64) string { return beijing(time.Unix(seconds, 0)) }

func digest(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}
