package cmd

import (
	"fmt"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
)

// queryCommand makes a command that asks a node.
func queryCommand(c *cobra.Command, run func(cmd *cobra.Command, ctx client.Context, args []string) error) *cobra.Command {
	flags.AddQueryFlagsToCmd(c)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		ctx, err := client.GetClientQueryContext(cmd)
		if err != nil {
			return err
		}
		return run(cmd, ctx, args)
	}
	return c
}

// answer is what a query command prints: the chain's message, or text for a person.
type answer struct {
	message proto.Message
	text    string
}

// answeringCommand makes a command out of a function that asks a node. With -o
// json it prints one JSON document per line.
func answeringCommand(c *cobra.Command, ask func(cmd *cobra.Command, ctx client.Context, args []string) ([]answer, error)) *cobra.Command {
	return queryCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) error {
		answers, err := ask(cmd, ctx, args)
		if err != nil {
			return err
		}
		for _, a := range answers {
			text := a.text
			if ctx.OutputFormat == flags.OutputFormatJSON {
				raw, err := ctx.Codec.MarshalJSON(a.message)
				if err != nil {
					return err
				}
				text = string(raw) + "\n"
			}
			fmt.Fprint(cmd.OutOrStdout(), text)
		}
		return nil
	})
}
