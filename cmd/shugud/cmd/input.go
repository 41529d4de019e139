package cmd

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/big"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"cosmossdk.io/math"
)

// maxInput is the largest input file in bytes.
const maxInput = 1 << 20

// readInput reads a YAML or JSON file ("-": standard input) strictly: an
// unknown, repeated or wrongly typed field is refused with its line.
func readInput(path string, into any) error {
	raw, err := readBounded(path)
	if err != nil {
		return err
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(into); err != nil {
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("%s: expected fields, got an empty file; `shugud example --help` lists examples", path)
		}
		return fmt.Errorf("%s: %s", path, plainYAML(err))
	}
	if err := dec.Decode(new(any)); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: expected one document, got more", path)
	}
	return nil
}

// plainYAML takes what means nothing to the writer of a file off a decoder's error.
func plainYAML(err error) string {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	if i := strings.Index(text, " in type "); i >= 0 {
		text = text[:i]
	}
	return strings.ReplaceAll(strings.TrimPrefix(text, "unmarshal errors:\n  "), "\n  ", "; ")
}

func readBounded(path string) ([]byte, error) {
	in := io.Reader(os.Stdin)
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, maxInput+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(raw) > maxInput {
		return nil, fmt.Errorf("%s: expected at most %d bytes", path, maxInput)
	}
	return raw, nil
}

// parseMoney reads an amount with its unit, "120000fen" or "1200.50cny", as
// fen. Without a unit it is refused: a factor of 100 is too easy to get wrong.
func parseMoney(field, s string) (math.Int, error) {
	text := strings.ToLower(strings.ReplaceAll(strings.TrimSpace(s), " ", ""))
	if digits, ok := strings.CutSuffix(text, "fen"); ok {
		if n, ok := new(big.Int).SetString(digits, 10); ok && isDigits(digits) {
			return math.NewIntFromBigIntMut(n), nil
		}
	}
	if digits, ok := strings.CutSuffix(text, "cny"); ok {
		yuan, fraction, _ := strings.Cut(digits, ".")
		if len(fraction) <= 2 && isDigits(yuan+fraction) && yuan != "" {
			n, ok := new(big.Int).SetString(yuan+(fraction + "00")[:2], 10)
			if ok && n.BitLen() <= 200 {
				return math.NewIntFromBigIntMut(n), nil
			}
		}
	}
	return math.Int{}, fmt.Errorf("%s: expected an amount with its unit, 120050fen or 1200.50cny, got %q", field, s)
}

func isDigits(s string) bool {
	return s != "" && len(s) <= 60 && strings.Trim(s, "0123456789") == ""
}

// parseDigest reads a SHA-256 of 64 hex digits.
func parseDigest(field, s string) ([]byte, error) {
	raw, err := hex.DecodeString(s)
	if err != nil || len(raw) != 32 {
		return nil, fmt.Errorf("%s: expected a SHA-256 of 64 hex digits, got %q", field, s)
	}
	return raw, nil
}

// parseNumber reads a member number; leading zeros are as they are printed.
func parseNumber(field, s string) (uint32, error) {
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil || n == 0 || n > 999_999 {
		return 0, fmt.Errorf("%s: expected a member number, 1 to 999999, got %q", field, s)
	}
	return uint32(n), nil
}

// parseChoice reads one word of a list.
func parseChoice[T any](field, s string, choices map[string]T) (T, error) {
	if value, ok := choices[strings.ToLower(s)]; ok {
		return value, nil
	}
	var zero T
	return zero, fmt.Errorf("%s: expected one of %s, got %q", field, strings.Join(sortedKeys(choices), ", "), s)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// fileFlag adds the required -f.
func fileFlag(c *cobra.Command, file *string) {
	c.Flags().StringVarP(file, "file", "f", "", "input file, YAML or JSON; - for standard input")
	if err := c.MarkFlagRequired("file"); err != nil {
		panic(err)
	}
}
