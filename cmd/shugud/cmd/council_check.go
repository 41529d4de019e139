package cmd

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"

	"github.com/shugu-network/shugu/cmd/shugud/clientcheck"
)

// Exit codes of check-client besides 0.
const (
	exitDiffers     = 1
	exitNotCompared = 2
)

// newCheckClientCmd compares a light client with the other chain before a vote.
func newCheckClientCmd() *cobra.Command {
	var heights int
	c := &cobra.Command{
		Use:   "check-client CLIENT NODE...",
		Short: "Compare what a light client on our chain trusts with what the other chain's own nodes say",
		Long: `Anybody with the relayer role may open a light client, and may open it wrongly. Before
you vote for an agreement that rests on one, compare its trusted states with the other
chain: root, next validators, time, chain id and heights, against one or more of its
nodes, which must all agree; and that it reads proofs by the standard specifications
and trusts no header for longer than its signers answer for it. Take the nodes' RPC
addresses from exchanges of that chain that you know, not from whoever proposed the
agreement. --node is our own chain's node.

Exit codes: 0 it matches; 1 it does not; 2 it could not be compared.`,
		Example: "  shugud council check-client 07-tendermint-0 https://rpc-1.shanghai.example https://rpc-2.shanghai.example",
	}
	c.Args = func(_ *cobra.Command, args []string) error {
		if len(args) < 2 {
			return &ExitError{Code: exitNotCompared, Err: errors.New("expected a client and at least one RPC address of the other chain: shugud council check-client 07-tendermint-0 https://rpc.shanghai.example")}
		}
		return nil
	}
	c.Flags().IntVar(&heights, "heights", 5, "how many of the latest trusted heights are compared")
	return queryCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) error {
		report, err := checkClient(cmd, ctx, args, max(heights, 1))
		if err != nil {
			return &ExitError{Code: exitNotCompared, Err: fmt.Errorf("client %s: %s", args[0], plain(err))}
		}
		if ctx.OutputFormat == flags.OutputFormatJSON {
			if err := json.NewEncoder(cmd.OutOrStdout()).Encode(report); err != nil {
				return err
			}
		} else {
			writeCheck(cmd, report)
		}
		if !report.Matches {
			return &ExitError{Code: exitDiffers}
		}
		return nil
	})
}

func checkClient(cmd *cobra.Command, ctx client.Context, args []string, heights int) (*clientcheck.Report, error) {
	var nodes []clientcheck.Node
	for _, address := range args[1:] {
		node, err := clientcheck.Dial(address)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, node)
	}
	trusted, err := clientcheck.Ask(cmd.Context(), clienttypes.NewQueryClient(ctx), ctx.InterfaceRegistry, args[0], heights)
	if err != nil {
		return nil, err
	}
	return clientcheck.Compare(cmd.Context(), trusted, nodes)
}

func writeCheck(cmd *cobra.Command, report *clientcheck.Report) {
	w := cmd.OutOrStdout()
	for _, line := range report.Lines {
		mark := "ok  "
		if !line.OK {
			mark = "NOT "
		}
		fmt.Fprintf(w, "%s %s\n     %s\n", mark, line.English, line.Chinese)
	}
	if report.Matches {
		fmt.Fprintf(w, "\nMATCHES 一致: %s trusts %s as its own nodes show it.\n", report.ClientID, report.ChainID)
		return
	}
	fmt.Fprintf(w, "\nDOES NOT MATCH 不一致: do not rest an agreement on %s. 不要以此轻客户端订立互认协议。\n", report.ClientID)
}
