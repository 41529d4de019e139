package cmd

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/cmd/shugud/monitor"
	"github.com/shugu-network/shugu/data"
	panel "github.com/shugu-network/shugu/x/panel/types"
	product "github.com/shugu-network/shugu/x/product/types"
)

func exampleText(t *testing.T, name string) string {
	t.Helper()
	raw, err := examples.ReadFile("examples/" + name + ".yaml")
	require.NoError(t, err)
	return string(raw)
}

// The examples go through all that their commands do to them before they send.
func TestExamplesPassTheirCommands(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("data.csv", []byte("a,b\n1,2\n"), 0o600))
	manifest, err := data.Describe(t.Context(), "data.csv", nil)
	require.NoError(t, err)
	raw, err := manifest.Encode()
	require.NoError(t, err)
	require.NoError(t, os.WriteFile("manifest.json", raw, 0o600))

	var in productInput
	require.NoError(t, readInput(inputFile(t, exampleText(t, "product")), &in))
	content, err := in.content()
	require.NoError(t, err)
	register := product.MsgRegister{Signer: "shugu1", Scenario: in.Scenario, Content: content}
	require.NoError(t, register.Content.Validate())

	var config monitor.Config
	require.NoError(t, readInput(inputFile(t, exampleText(t, "monitor")), &config))
	_, err = config.Limits()
	require.NoError(t, err)
}

// What an example mentions in a comment is a message that can be proposed.
func TestMessagesInExampleComments(t *testing.T) {
	cdc := testCodec()
	tried := 0
	for _, line := range strings.Split(exampleText(t, "resolution"), "\n") {
		message, found := strings.CutPrefix(line, "#  - ")
		if !found || strings.Contains(message, "...") || strings.Contains(message, "application: ") {
			continue
		}
		tried++
		_, err := proposal(t, cdc, panel.Council, head+"messages:\n  - "+message+"\n")
		require.NoError(t, err, line)
	}
	require.GreaterOrEqual(t, tried, 6)
}

// Every line of every command's example names a command with arguments and flags that it takes.
func TestExampleLinesParse(t *testing.T) {
	root := NewRootCmd()
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		if notOurs[c.Name()] {
			return
		}
		for _, line := range strings.Split(c.Example, "\n") {
			if words := commandLine(line); len(words) > 0 {
				requireParses(t, root, c.CommandPath(), words)
			}
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(root)
}

// notOurs are commands of the SDK and of ibc-go, with examples of their own.
var notOurs = map[string]bool{"keys": true, "debug": true, "tx": true, "txs": true, "ibc": true, "completion": true, "help": true}

// requireParses checks a line, and forgets afterwards which flags it set.
func requireParses(t *testing.T, root *cobra.Command, of string, words []string) {
	t.Helper()
	found, args, err := root.Find(words)
	assert.NoError(t, err, "%s: %v", of, words)
	assert.False(t, found.HasSubCommands(), "%s: %v names no command that does something", of, words)
	assert.NoError(t, found.ParseFlags(args), "%s: %v", of, words)
	assert.NoError(t, found.ValidateArgs(found.Flags().Args()), "%s: %v", of, words)
	assert.NoError(t, found.ValidateRequiredFlags(), "%s: %v", of, words)
	assert.NoError(t, found.ValidateFlagGroups(), "%s: %v", of, words)
	found.Flags().VisitAll(func(f *pflag.Flag) { f.Changed = false })
}

// inner is a command whose output is an argument.
var inner = regexp.MustCompile(`\$\([^)]*\)`)

// commandLine splits "  shugud a b > file" into a and b; nothing when the line is no command of ours.
func commandLine(line string) []string {
	line = inner.ReplaceAllString(strings.TrimSpace(line), "X")
	for _, cut := range []string{" > ", " && ", " | ", " #", "  "} {
		line, _, _ = strings.Cut(line, cut)
	}
	rest, found := strings.CutPrefix(line, "shugud ")
	if !found {
		return nil
	}
	var words []string
	for i, part := range strings.Split(rest, `"`) {
		if i%2 == 1 {
			words = append(words, part)
			continue
		}
		words = append(words, strings.Fields(part)...)
	}
	return words
}

func TestCommandLine(t *testing.T) {
	require.Equal(t, []string{"a", "b c", "--d"}, commandLine(`  shugud a "b c" --d > e`))
	require.Equal(t, []string{"a", "X"}, commandLine("shugud a $(shugud b c)"))
	require.Empty(t, commandLine("cat > file"))
}
