package cmd

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	panel "github.com/shugu-network/shugu/x/panel/types"
)

var voteOptions = map[string]panel.VoteOption{
	"yes": panel.VOTE_OPTION_YES, "no": panel.VOTE_OPTION_NO, "abstain": panel.VOTE_OPTION_ABSTAIN, "recuse": panel.VOTE_OPTION_RECUSE,
}

// newCouncilCmd lets panels decide: the council, and with --panel the others.
func newCouncilCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "council", Aliases: []string{"panel"}, RunE: client.ValidateCmd,
		Short: "Decide together (理事会与合议机构): propose, vote, show, list, withdraw, execute, check-client",
		Long: `Panels decide by resolutions (决议): one seat proposes messages, the seats vote, and an
approved resolution is carried out at once. The council (理事会) is the exchanges that
validate; it approves with more than 2/3 of its seats, and everything that changes the
chain itself goes through it. Other panels: --panel committee, --panel joint-meeting.`,
	}
	c.AddCommand(newProposeCmd(), newVoteCmd(), newShowCmd(), newListResolutionsCmd(), newWithdrawResolutionCmd(), newExecuteCmd(), newCheckClientCmd())
	return c
}

func newProposeCmd() *cobra.Command {
	var file, name string
	c := &cobra.Command{
		Use: "propose -f change.yaml [--panel council]", Short: "Propose a resolution to a panel in which you hold a seat", Args: cobra.NoArgs,
		Example: "  shugud example resolution > change.yaml\n  shugud council propose -f change.yaml --from exchange\n  shugud council propose -f change.yaml --panel committee --from committee-1",
	}
	fileFlag(c, &file)
	c.Flags().StringVar(&name, "panel", panel.Council, "panel that is to decide")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, _ []string) (sdk.Msg, error) {
		var in resolutionInput
		if err := readInput(file, &in); err != nil {
			return nil, err
		}
		msg, err := in.submission(ctx.Codec, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		msg.Signer = ctx.FromAddress.String()
		return msg, nil
	})
}

func newVoteCmd() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use: "vote NUMBER yes|no|abstain|recuse", Short: "Vote on a resolution, or declare an interest; the deciding vote carries it out", Args: cobra.ExactArgs(2),
		Long: `Vote on a resolution. A vote can be changed until the resolution is decided; "recuse"
declares an interest in the matter, takes the seat out of the count and stands.`,
		Example: `  shugud council vote 7 yes --from exchange-2 --reason "与对方节点核对无误"`,
	}
	c.Flags().StringVar(&reason, "reason", "", "why, public")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		id, err := parseResolution(args[0])
		if err != nil {
			return nil, err
		}
		option, err := parseChoice("vote", args[1], voteOptions)
		return &panel.MsgVote{Signer: ctx.FromAddress.String(), Resolution: id, Option: option, Reason: reason}, err
	})
}

func newWithdrawResolutionCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "withdraw NUMBER", Short: "Take a resolution back that you proposed and that is not decided", Args: cobra.ExactArgs(1),
		Example: "  shugud council withdraw 7 --from exchange",
	}
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		id, err := parseResolution(args[0])
		return &panel.MsgWithdraw{Signer: ctx.FromAddress.String(), Resolution: id}, err
	})
}

func newExecuteCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "execute NUMBER", Short: "Try an approved resolution again that failed: any seat, until its deadline", Args: cobra.ExactArgs(1),
		Example: "  shugud council execute 7 --from exchange",
	}
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		id, err := parseResolution(args[0])
		return &panel.MsgExecute{Signer: ctx.FromAddress.String(), Resolution: id}, err
	})
}

func parseResolution(s string) (uint64, error) {
	id, err := strconv.ParseUint(s, 10, 64)
	if err != nil || id == 0 {
		return 0, fmt.Errorf("resolution: expected its number, 1 or more, got %q; `shugud council list` shows them", s)
	}
	return id, nil
}
