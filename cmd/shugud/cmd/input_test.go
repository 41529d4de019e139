package cmd

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/ceremony"
	"github.com/shugu-network/shugu/cmd/shugud/monitor"
)

func inputFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "input.yaml")
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

// A mistake in an input file is refused with the line and the field.
func TestReadInputRefuses(t *testing.T) {
	for name, test := range map[string]struct{ content, want string }{
		"an unknown field":        {"exchange: 1\ncolour: red\n", "line 2: field colour not found"},
		"a repeated field":        {"title: a\ntitle: b\n", "line 2"},
		"a wrong type":            {"exchange: many\n", "line 1"},
		"a negative number":       {"exchange: -1\n", "line 1"},
		"an empty file":           {"", "empty file"},
		"two documents":           {"title: a\n---\ntitle: b\n", "one document"},
		"broken YAML":             {"title: [a\n", "line"},
		"an unknown field (JSON)": {`{"exchange": 1, "colour": "red"}`, "colour"},
		"too long":                {"title: " + strings.Repeat("a", maxInput) + "\n", "at most"},
	} {
		t.Run(name, func(t *testing.T) {
			var in scenarioInput
			err := readInput(inputFile(t, test.content), &in)
			require.ErrorContains(t, err, test.want)
			require.NotContains(t, err.Error(), "scenarioInput", "names of the code mean nothing to its reader")
		})
	}
	require.ErrorIs(t, readInput(filepath.Join(t.TempDir(), "absent"), new(scenarioInput)), os.ErrNotExist)
}

func TestParseMoney(t *testing.T) {
	for text, fen := range map[string]string{
		"120050fen": "120050", "1200.50cny": "120050", "1200.5cny": "120050", "1200cny": "120000", "0.01 CNY": "1", "0fen": "0",
	} {
		got, err := parseMoney("amount", text)
		require.NoError(t, err, text)
		require.Equal(t, fen, got.String(), text)
	}
	for _, text := range []string{"", "1200", "1200.505cny", "-1cny", "1e3fen", "1.5fen", ".5cny", "cny", "12,00cny", "1200usd", strings.Repeat("9", 70) + "fen"} {
		_, err := parseMoney("amount", text)
		require.ErrorContains(t, err, "with its unit", text)
	}
}

func TestParseNumberAndDigest(t *testing.T) {
	number, err := parseNumber("member", "000012")
	require.NoError(t, err)
	require.EqualValues(t, 12, number)
	for _, text := range []string{"", "0", "-1", "1000000", "x"} {
		_, err := parseNumber("member", text)
		require.ErrorContains(t, err, "member number", text)
	}
	for _, text := range []string{"", "ab", strings.Repeat("g", 64), strings.Repeat("a", 63)} {
		_, err := parseDigest("digest", text)
		require.ErrorContains(t, err, "64 hex digits", text)
	}
}

// What a person reads of a refusal is the chain's own words.
func TestPlainKeepsTheChainsWords(t *testing.T) {
	for wrapped, want := range map[string]string{
		"rpc error: code = Unknown desc = rpc error: code = Unknown desc = member 000013: expected ROLE_EXCHANGE, got [ROLE_MERCHANT]: lacks the role " +
			"[github.com/cosmos/cosmos-sdk@v0.54.4/baseapp/baseapp.go:1067] with gas used: '3104': unknown request": "member 000013: expected ROLE_EXCHANGE, got [ROLE_MERCHANT]: lacks the role",
		"a plain error": "a plain error",
	} {
		require.Equal(t, want, plain(errors.New(wrapped)))
	}
}

// Each example must be an input that its command reads.
func TestExamplesAreReadable(t *testing.T) {
	inputs := map[string]any{
		"application": new(applicationInput), "scenario": new(scenarioInput), "product": new(productInput),
		"deal": new(dealInput), "agreement": new(resolutionInput), "resolution": new(resolutionInput),
		"genesis-plan": new(ceremony.Plan), "reversal": new(reversalInput), "contest": new(resolutionInput), "monitor": new(monitor.Config),
	}
	for _, name := range exampleNames() {
		raw, err := examples.ReadFile("examples/" + name + ".yaml")
		require.NoError(t, err)
		require.Contains(t, inputs, name)
		require.NoError(t, readInput(inputFile(t, string(raw)), inputs[name]), name)
	}
	deal := inputs["deal"].(*dealInput)
	deal.Document = inputFile(t, "contract")
	built, err := deal.deal()
	require.NoError(t, err)
	require.EqualValues(t, 120_000, built.Total.Int64())
	require.NoError(t, built.Split.Validate())
}

// Every command of ours that does something says what it does and shows an example.
func TestCommandsHaveExamples(t *testing.T) {
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		require.NotEmpty(t, c.Short, c.CommandPath())
		for _, sub := range c.Commands() {
			walk(sub)
		}
		if !c.HasSubCommands() && c.Name() != "keygen" {
			require.NotEmpty(t, c.Example, c.CommandPath())
		}
	}
	for _, c := range []*cobra.Command{
		newMemberCmd(), newScenarioCmd(), newProductCmd(), newReviewCmd(), newMoneyCmd(), newTradeCmd(), newVoucherCmd(), newSettlementCmd(),
		newRecognitionCmd(), newRecognizeCmd(), newOverviewCmd(), newStandingCmd(), newContestCmd(), newContestsCmd(), newMonitorCmd(), newDataCmd(), newExampleCmd(),
	} {
		walk(c)
	}
}
