package cmd

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"

	"github.com/shugu-network/shugu/cmd/shugud/ends"
	"github.com/shugu-network/shugu/verify"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// Exit codes of `shugud query recognition voucher` besides 0, usable.
const (
	exitNotUsable = 1
	exitNotAsked  = 2
)

// newOverviewCmd makes `shugud query recognition overview`.
func newOverviewCmd() *cobra.Command {
	list := 20
	c := &cobra.Command{
		Use:   "overview [CHAIN]",
		Short: "Tell what of ours stands where, what of theirs stands here, and whether the way is open (互认总览)",
		Long: `Tell, for each chain with which there is an agreement, or for one: what each side
recognises; the light client, until when it lives and what of it is in doubt; how our
records stand there, which wait the longest, and why any were refused; what of theirs
stands here, on what evidence, whether it can be used, and if not, why.`,
		Example: "  shugud query recognition overview\n  shugud query recognition overview shugu-shanghai-1 -o json",
		Args:    cobra.MaximumNArgs(1),
	}
	c.Flags().IntVar(&list, "list", list, "list at most so many vouchers and refusals for each chain; all are counted")
	return queryCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) error {
		observer, err := newObserver(ctx, list)
		if err != nil {
			return err
		}
		snapshot, err := observer.Observe(cmd.Context(), strings.Join(args, ""))
		if err != nil {
			return errors.New(plain(err))
		}
		if ctx.OutputFormat == flags.OutputFormatJSON {
			return json.NewEncoder(cmd.OutOrStdout()).Encode(snapshot.View())
		}
		snapshot.Write(cmd.OutOrStdout())
		return nil
	})
}

// newObserver asks the node of a client context.
func newObserver(ctx client.Context, list int) (ends.Observer, error) {
	node, ok := ctx.Client.(ends.Node)
	if !ok {
		return ends.Observer{}, errors.New("--node: expected the RPC address of a node")
	}
	return ends.Observer{
		Node: node, Recognition: recognition.NewQueryClient(ctx), Clients: clienttypes.NewQueryClient(ctx),
		Channels: channeltypes.NewQueryClient(ctx), Registry: ctx.InterfaceRegistry, List: list,
	}, nil
}

// newStandingCmd makes `shugud query recognition voucher`.
func newStandingCmd() *cobra.Command {
	var chain string
	c := &cobra.Command{
		Use:   "voucher NUMBER",
		Short: "Tell whether another chain's voucher can be used here, as of which block and time, and if not, why",
		Long: `Tell how a voucher of another chain stands here: as of which of its chain's blocks and
at what time it is known to have stood so, on what evidence, and what speaks against
using it. What was taken back in part can be used for what remains.

Exit codes: 0 it can be used as a valid one; 1 it cannot, or nothing is known of it here;
2 it could not be asked. When several chains told something of one number, name one with --chain.`,
		Example: "  shugud query recognition voucher 3301-261123-000123-000042-28\n  shugud query recognition voucher 330126112300012300004228 -o json && echo usable",
	}
	c.Args = func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return &ExitError{Code: exitNotAsked, Err: errors.New("expected one voucher number: shugud query recognition voucher 3301-261123-000123-000042-28")}
		}
		return nil
	}
	c.Flags().StringVar(&chain, "chain", "", "chain id of the voucher's chain")
	queryCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) error {
		standing, err := askStanding(cmd, ctx, args[0], chain)
		if err != nil {
			return err
		}
		number, err := verify.ParseDisplayed(args[0])
		if err != nil {
			return &ExitError{Code: exitNotAsked, Err: err}
		}
		if ctx.OutputFormat == flags.OutputFormatJSON {
			raw, err := ctx.Codec.MarshalJSON(standing)
			if err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), string(raw))
		} else {
			contest, err := contestOf(cmd, ctx, standing)
			if err != nil {
				return &ExitError{Code: exitNotAsked, Err: errors.New(plain(err))}
			}
			ends.WriteStanding(cmd.OutOrStdout(), number, *standing, contest)
		}
		if !standing.Usable {
			return &ExitError{Code: exitNotUsable}
		}
		return nil
	})
	return c
}

// askStanding asks for the one standing of a voucher.
func askStanding(cmd *cobra.Command, ctx client.Context, number, chain string) (*recognition.Standing, error) {
	res, err := recognition.NewQueryClient(ctx).Standing(cmd.Context(), &recognition.QueryStandingRequest{Number: number})
	if err != nil {
		return nil, &ExitError{Code: exitNotAsked, Err: errors.New(plain(err))}
	}
	var found []recognition.Standing
	var chains []string
	for _, s := range res.Standings {
		if chain == "" || s.ChainId == chain {
			found, chains = append(found, s), append(chains, s.ChainId)
		}
	}
	switch len(found) {
	case 0:
		if _, err := blueVoucher(cmd.Context(), ctx, number); err == nil {
			return nil, &ExitError{Code: exitNotUsable, Err: fmt.Errorf("voucher %s is one of this chain itself 该凭证由本链签发: shugud query voucher show %s", number, number)}
		}
		return nil, &ExitError{Code: exitNotUsable, Err: fmt.Errorf("nothing is known here of voucher %s: carry its bundle here (shugud recognize), or have it presented there; 此链未获知该凭证", number)}
	case 1:
		return &found[0], nil
	default:
		return nil, &ExitError{Code: exitNotUsable, Err: fmt.Errorf("%s told something of voucher %s: name one with --chain", strings.Join(chains, " and "), number)}
	}
}
