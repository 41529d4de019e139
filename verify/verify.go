// Package verify is the court's verifier (法院验证器): it checks a voucher's bundle
// against a pinned trust root, without network, node or home directory. It knows the
// documented layout of the stores and imports nothing of the application, so that it
// also builds for WebAssembly.
package verify

import (
	"errors"
	"fmt"
)

// CheckError says that a bundle is inconsistent: which check failed first, and why.
type CheckError struct {
	// Check is the name of the first check that failed.
	Check string
	Err   error
}

func (e *CheckError) Error() string { return fmt.Sprintf("check %q failed: %v", e.Check, e.Err) }

// Unwrap returns what the check found.
func (e *CheckError) Unwrap() error { return e.Err }

// check is one step; the steps run in order until one fails.
type check struct {
	name, en, zh string
	run          func(*run) error
}

// The order is from what is trusted to what is proved: root, validators, signatures,
// application hash, stores, records.
var checks = []check{
	{"chain", "the bundle is of the trust root's chain", "证明包与信任根属于同一条链", (*run).chain},
	{"number", "the voucher number's check digits are right", "凭证编号校验码正确", (*run).numberForm},
	{"set-changes", "each change of validators was signed by those before", "每次验证人变更均由变更前的验证人签署", (*run).setChanges},
	{"header", "the header is the one after the bundle's height", "区块头属于本链且高度相符", (*run).header},
	{"validators", "the header's validators are the trusted ones", "区块头所载验证人集合与受信集合一致", (*run).validators},
	{"commit", "the votes are for this header, one entry for each validator", "投票针对该区块头，每名验证人一项", (*run).commit},
	{"signatures", "every signature is right", "全部签名逐一验证有效", (*run).signatures},
	{"power", "more than 2/3 of the power voted for the block", "赞成票超过总投票权的三分之二", (*run).power},
	{"time", "the signers' clocks are not before the header's time", "签署时钟不早于区块头时间", (*run).time},
	{"voucher-proof", "the voucher's bytes stand in the state under its number", "凭证记录确实存于该编号之下", (*run).voucherProof},
	{"voucher", "the voucher is well-formed and bears this number and chain", "凭证格式规范，编号与链一致", (*run).voucherContent},
	{"settlement-proof", "the settlement record's bytes stand in the state", "结算记录确实存于链上状态", (*run).settlementProof},
	{"settlement", "the settlement record agrees with the voucher", "结算记录与凭证相符", (*run).settlementContent},
	{"status-proof", "the status, or its absence, is that of the state", "凭证状态（或无状态）确为链上状态", (*run).statusProof},
	{"status", "the status agrees with its detail and with the voucher", "状态与其明细及凭证相符", (*run).statusContent},
}

// run is one verification.
type run struct {
	bundle *Bundle
	root   *TrustRoot
	opened *opened
	// set is the trusted validators: the root's, then those of each change.
	set        *validatorSet
	hash       []byte
	names      map[string]string
	storeRoot  []byte // of the store "voucher"
	voucher    *Voucher
	recorded   int64
	settlement *Settlement
	status     *Status
	detail     *StatusDetail
}

// Verify checks a bundle against a trust root. When all checks pass, the report has
// the account of the trade. When one fails, the error is a *CheckError and the report
// says which; it has no account, because nothing is shown then. Any other error says
// that an input cannot be used, and there is no report.
func Verify(b *Bundle, root *TrustRoot) (*Report, error) {
	if b == nil {
		return nil, errors.New("expected a bundle")
	}
	o, err := b.open()
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	return verifyOpened(b, o, root)
}

// VerifyEncoded is Decode and Verify in one, without reading the proofs twice.
func VerifyEncoded(b []byte, root *TrustRoot) (*Report, error) {
	bundle, o, err := decode(b)
	if err != nil {
		return nil, err
	}
	return verifyOpened(bundle, o, root)
}

func verifyOpened(b *Bundle, o *opened, root *TrustRoot) (*Report, error) {
	if root == nil {
		return nil, errors.New("expected a trust root")
	}
	set, err := root.open()
	if err != nil {
		return nil, fmt.Errorf("trust root: %w", err)
	}
	r := &run{bundle: b, root: root, opened: o, set: set, names: make(map[string]string, len(set.list))}
	for _, v := range set.list {
		r.names[string(v.key)] = v.name
	}
	report := newReport(b)
	for i, c := range checks {
		if err := c.run(r); err != nil {
			report.fail(i, err)
			return report, &CheckError{Check: c.name, Err: err}
		}
		report.pass(i)
	}
	report.Consistent = true
	report.Account = r.account()
	return report, nil
}
