package verify

import (
	"fmt"
	"io"
	"strings"
)

// Results of a check.
const (
	ResultOK     = "ok"
	ResultFail   = "fail"
	ResultNotRun = "not run"
)

// Report is what a verification found.
type Report struct {
	// Consistent says whether all checks passed. Only then is anything shown.
	Consistent bool `json:"consistent"`
	// FailedCheck is the first check that failed, and Reason what it found.
	FailedCheck string `json:"failed_check,omitempty"`
	Reason      string `json:"reason,omitempty"`
	// ChainID, Number and Height are what the bundle claims to be of.
	ChainID string        `json:"chain_id"`
	Number  string        `json:"number"`
	Height  int64         `json:"height"`
	Checks  []CheckResult `json:"checks"`
	// Account is null unless the bundle is consistent.
	Account *Account `json:"account"`
}

// CheckResult is how one check went.
type CheckResult struct {
	Name string `json:"name"`
	// Result is "ok", "fail" or "not run".
	Result string    `json:"result"`
	What   Statement `json:"what"`
}

// Statement is a sentence in English and Chinese.
type Statement struct {
	EN string `json:"en"`
	ZH string `json:"zh"`
}

// notShown is what no bundle shows.
var notShown = []Statement{
	{"that the data, or what was said of them, were true before they were recorded", "数据及其相关陈述在记录上链之前是否真实"},
	{"what was delivered: only its digest is recorded, to be compared with the file itself", "所交付的内容本身：链上只有摘要，须与文件比对"},
	{"what happened after the block named above: ask for a new bundle", "上述区块之后发生的事项：须另取新的证明"},
	{"independent time: all times are of the validators' own clocks", "独立时间：所有时间均出自验证人自己的时钟"},
	{"that the validators' keys were theirs alone: whoever holds more than 2/3 of them can sign anything", "验证人密钥是否仅由其本人掌握：掌握三分之二以上密钥者可任意签署"},
}

func newReport(b *Bundle) *Report {
	r := &Report{ChainID: b.ChainID, Number: b.Number, Height: b.Height, Checks: make([]CheckResult, len(checks))}
	for i, c := range checks {
		r.Checks[i] = CheckResult{Name: c.name, Result: ResultNotRun, What: Statement{EN: c.en, ZH: c.zh}}
	}
	return r
}

func (r *Report) pass(i int) { r.Checks[i].Result = ResultOK }

func (r *Report) fail(i int, err error) {
	r.Checks[i].Result = ResultFail
	r.FailedCheck, r.Reason = checks[i].name, err.Error()
}

// JSON is the report as indented JSON and a newline.
func (r *Report) JSON() ([]byte, error) { return encodeJSON(r, "  ") }

// WriteText writes the account, one line for each check, and the verdict.
func (r *Report) WriteText(w io.Writer) error {
	var out strings.Builder
	if r.Account != nil {
		r.Account.write(&out)
	}
	out.WriteString("Checks 核验\n")
	for _, c := range r.Checks {
		fmt.Fprintf(&out, "  %-7s  %-16s  %s  %s\n", mark(c.Result), c.Name, c.What.EN, c.What.ZH)
	}
	if r.Consistent {
		out.WriteString("\nCONSISTENT 一致: the bundle agrees with the trust root in all checks. 证明包与信任根全部相符。\n")
	} else {
		fmt.Fprintf(&out, "\nINCONSISTENT 不一致: check %q failed: %s\n", r.FailedCheck, r.Reason)
		out.WriteString("Nothing in this bundle is shown to be true. 本证明包不能证明任何事项。\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func mark(result string) string {
	if result == ResultFail {
		return "FAIL"
	}
	return result
}
