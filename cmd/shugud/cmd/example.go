package cmd

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"
)

//go:embed examples/*.yaml
var examples embed.FS

// newExampleCmd prints an example of an input file.
func newExampleCmd() *cobra.Command {
	names := exampleNames()
	return &cobra.Command{
		Use:       "example NAME",
		Short:     "Print an example of an input file (示例): " + strings.Join(names, ", "),
		Example:   "  shugud example product > product.yaml",
		ValidArgs: names,
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		RunE: func(cmd *cobra.Command, args []string) error {
			raw, err := examples.ReadFile("examples/" + args[0] + ".yaml")
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), string(raw))
			return err
		},
	}
}

func exampleNames() []string {
	entries, err := fs.ReadDir(examples, "examples")
	if err != nil {
		panic(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, strings.TrimSuffix(entry.Name(), ".yaml"))
	}
	return names
}
