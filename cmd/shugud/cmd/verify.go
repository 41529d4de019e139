package cmd

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/shugu-network/shugu/verify"
)

// Exit codes of verify.
const (
	exitInconsistent = 1
	exitUnusable     = 2
)

// NewVerifyCmd makes `shugud verify`, the court's check of a bundle. It needs no
// network, no node and no home directory.
func NewVerifyCmd() *cobra.Command {
	var trust, output string
	cmd := &cobra.Command{
		Use:   "verify BUNDLE --trust ROOT",
		Short: "Check a voucher's bundle offline against a trust root (法院核验)",
		Long: `Check a voucher's bundle against a trust root, without network or node.

Prints the account of the trade, one line for each check, and the verdict. The account
is printed only when all checks pass; it ends with what is not shown.

The trust root is what you trust: get it from several exchanges and compare, by
` + "`shugud query trust-root`" + `. BUNDLE may be - for standard input.

Exit codes: 0 consistent; 1 inconsistent, naming the first check that fails;
2 unusable input.`,
		Example: `  shugud verify bundle.json --trust root.json
  shugud verify bundle.json --trust root.json -o json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return unusable(fmt.Errorf("expected one bundle, got %d: shugud verify bundle.json --trust root.json", len(args)))
			}
			return nil
		},
		// Instead of the root command's, which reads the home directory.
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil },
		RunE: func(cmd *cobra.Command, args []string) error {
			return runVerify(cmd, args[0], trust, output)
		},
	}
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return unusable(err) })
	cmd.Flags().StringVar(&trust, "trust", "", "file of the trust root (required)")
	cmd.Flags().StringVarP(&output, "output", "o", "text", "text or json")
	return cmd
}

func unusable(err error) error { return &ExitError{Code: exitUnusable, Err: err} }

func runVerify(cmd *cobra.Command, bundle, trust, output string) error {
	if output != "text" && output != "json" {
		return unusable(fmt.Errorf("--output: expected text or json, got %q", output))
	}
	if trust == "" {
		return unusable(errors.New("--trust: expected the file of the trust root, which `shugud query trust-root` writes"))
	}
	rootBytes, err := readFile(cmd.InOrStdin(), trust, verify.MaxRootBytes)
	if err != nil {
		return unusable(err)
	}
	root, err := verify.DecodeRoot(rootBytes)
	if err != nil {
		return unusable(fmt.Errorf("%s: %w", trust, err))
	}
	bundleBytes, err := readFile(cmd.InOrStdin(), bundle, verify.MaxBundleBytes)
	if err != nil {
		return unusable(err)
	}
	report, failure := verify.VerifyEncoded(bundleBytes, root)
	if report == nil {
		return unusable(fmt.Errorf("%s: %w", bundle, failure))
	}
	if err := writeReport(cmd.OutOrStdout(), report, output); err != nil {
		return unusable(err)
	}
	if failure != nil {
		return &ExitError{Code: exitInconsistent, Err: fmt.Errorf("%s is inconsistent: %w", bundle, failure)}
	}
	return nil
}

// readFile reads a file, or standard input for "-", and one byte more than the limit
// at most, so that the decoder can say that it is too long.
func readFile(stdin io.Reader, path string, limit int64) ([]byte, error) {
	in := stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }() // it was only read
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return b, nil
}

func writeReport(w io.Writer, report *verify.Report, output string) error {
	if output == "text" {
		return report.WriteText(w)
	}
	b, err := report.JSON()
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}
