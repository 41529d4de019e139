package cmd_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/cmd/shugud/cmd"
	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
)

// runVerify runs the command alone and returns what it prints and its exit code.
func runVerify(t *testing.T, stdin []byte, args ...string) (out string, code int, err error) {
	t.Helper()
	c := cmd.NewVerifyCmd()
	c.SilenceErrors, c.SilenceUsage = true, true
	var buffer bytes.Buffer
	c.SetOut(&buffer)
	c.SetIn(bytes.NewReader(stdin))
	c.SetArgs(args)
	if err = c.Execute(); err != nil {
		var exit *cmd.ExitError
		require.True(t, errors.As(err, &exit), "every error has an exit code: %v", err)
		code = exit.Code
	}
	return buffer.String(), code, err
}

func TestVerifyExitCodes(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 3, Reversed: 1})
	other := verifytest.New(t, verifytest.Spec{ChainID: "shugu-shanghai-1"})
	dir := t.TempDir()
	write := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, b, 0o600))
		return path
	}
	good, err := w.Bundle(t, w.Blue[1]).Encode()
	require.NoError(t, err)
	spoilt := w.Bundle(t, w.Blue[1])
	spoilt.Settlement = w.Bundle(t, w.Blue[0]).Settlement
	bad, err := spoilt.Encode()
	require.NoError(t, err)
	rootBytes, err := w.Root().Encode()
	require.NoError(t, err)
	otherBytes, err := other.Root().Encode()
	require.NoError(t, err)

	bundle, inconsistent, root := write("bundle.json", good), write("bad.json", bad), write("root.json", rootBytes)
	tooLong := write("long.json", append(bytes.Clone(good), bytes.Repeat([]byte("\n"), verify.MaxBundleBytes)...))
	for name, tc := range map[string]struct {
		args []string
		code int
		says string
	}{
		"consistent":            {[]string{bundle, "--trust", root}, 0, ""},
		"consistent from stdin": {[]string{"-", "--trust", root}, 0, ""},
		"inconsistent":          {[]string{inconsistent, "--trust", root}, 1, "settlement-proof"},
		"root of another chain": {[]string{bundle, "--trust", write("other.json", otherBytes)}, 1, `"chain"`},
		"root missing":          {[]string{bundle}, 2, "--trust"},
		"root not there":        {[]string{bundle, "--trust", filepath.Join(dir, "none")}, 2, "no such file"},
		"bundle as root":        {[]string{bundle, "--trust", bundle}, 2, "not a trust root"},
		"root as bundle":        {[]string{root, "--trust", root}, 2, "not a bundle"},
		"bundle not there":      {[]string{filepath.Join(dir, "none"), "--trust", root}, 2, "no such file"},
		"folder as bundle":      {[]string{dir, "--trust", root}, 2, dir},
		"too long":              {[]string{tooLong, "--trust", root}, 2, "at most"},
		"no bundle":             {[]string{"--trust", root}, 2, "expected one bundle"},
		"an empty file":         {[]string{write("empty.json", nil), "--trust", root}, 2, "the file is empty"},
		"two bundles":           {[]string{bundle, bundle, "--trust", root}, 2, "expected one bundle"},
		"unknown flag":          {[]string{bundle, "--trust", root, "--home-sweet"}, 2, "unknown flag"},
		"unknown output":        {[]string{bundle, "--trust", root, "-o", "xml"}, 2, "--output"},
	} {
		t.Run(name, func(t *testing.T) {
			out, code, err := runVerify(t, good, tc.args...)
			require.Equal(t, tc.code, code, "%v", err)
			switch code {
			case 0:
				require.NoError(t, err)
				require.Contains(t, out, "非税务发票")
				require.Contains(t, out, "CONSISTENT")
			case 1:
				require.ErrorContains(t, err, tc.says)
				require.Contains(t, out, "INCONSISTENT")
				require.NotContains(t, out, "杭州时区数据有限公司", "nothing is told of the trade")
			default:
				require.ErrorContains(t, err, tc.says)
				require.Empty(t, out)
			}
		})
	}
}

func TestVerifyJSON(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 2})
	root := filepath.Join(t.TempDir(), "root.json")
	rootBytes, err := w.Root().Encode()
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(root, rootBytes, 0o600))
	b := w.Bundle(t, w.Blue[0])
	good, err := b.Encode()
	require.NoError(t, err)
	b.Voucher = w.Bundle(t, w.Blue[1]).Voucher
	bad, err := b.Encode()
	require.NoError(t, err)

	var report struct {
		Consistent  bool
		FailedCheck string `json:"failed_check"`
		Account     *struct{ Number string }
	}
	out, code, _ := runVerify(t, good, "-", "--trust", root, "-o", "json")
	require.Zero(t, code)
	require.NoError(t, json.NewDecoder(strings.NewReader(out)).Decode(&report))
	require.True(t, report.Consistent)
	require.Equal(t, verify.FormatNumber(w.Blue[0]), report.Account.Number)

	out, code, _ = runVerify(t, bad, "-", "--trust", root, "-o", "json")
	require.Equal(t, 1, code)
	require.NoError(t, json.Unmarshal([]byte(out), &report))
	require.Equal(t, "voucher-proof", report.FailedCheck)
	require.Nil(t, report.Account)
}
