package cmd

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
)

// shownResolution is what `shugud council show -o json` prints; a public interface.
type shownResolution struct {
	Resolution json.RawMessage `json:"resolution"`
	Words      string          `json:"words"`
	WordsZH    string          `json:"words_zh"`
	Messages   []shownMessage  `json:"messages"`
	Seats      []shownSeat     `json:"seats"`

	proposer string
	raw      panel.Resolution
}

type shownMessage struct {
	English string `json:"english"`
	Chinese string `json:"chinese"`
}

type shownSeat struct {
	Member uint32 `json:"member"`
	Name   string `json:"name"`
	Vote   string `json:"vote"`
	Reason string `json:"reason,omitempty"`
	Height int64  `json:"height,omitempty"`
}

func newShowCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "show NUMBER", Short: "Show what a resolution would do, who voted, and where it stands", Args: cobra.ExactArgs(1),
		Example: "  shugud council show 7\n  shugud council show 7 -o json",
	}
	return queryCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) error {
		id, err := parseResolution(args[0])
		if err != nil {
			return err
		}
		shown, err := showResolution(cmd.Context(), ctx, id)
		if err != nil {
			return err
		}
		if ctx.OutputFormat == flags.OutputFormatJSON {
			return json.NewEncoder(cmd.OutOrStdout()).Encode(shown)
		}
		shown.write(cmd.OutOrStdout())
		return nil
	})
}

func showResolution(goCtx context.Context, ctx client.Context, id uint64) (*shownResolution, error) {
	res, err := panel.NewQueryClient(ctx).Resolution(goCtx, &panel.QueryResolutionRequest{Id: id})
	if err != nil {
		return nil, fmt.Errorf("resolution %d: %s", id, plain(err))
	}
	if err := res.UnpackInterfaces(ctx.InterfaceRegistry); err != nil {
		return nil, err
	}
	names := memberNames(goCtx, ctx)
	out := &shownResolution{Words: res.Words, WordsZH: res.WordsZh, raw: res.Resolution, proposer: names.Member(res.Resolution.Proposer)}
	if out.Resolution, err = ctx.Codec.MarshalJSON(&res.Resolution); err != nil {
		return nil, err
	}
	var today words.Today
	if s := res.Resolution.Status; s == panel.RESOLUTION_STATUS_OPEN || s == panel.RESOLUTION_STATUS_FAILED {
		today = paramsToday(goCtx, ctx) // of one that is over, today's parameters say nothing
	}
	for _, packed := range res.Resolution.Messages {
		msg, ok := packed.GetCachedValue().(sdk.Msg)
		if !ok {
			return nil, fmt.Errorf("resolution %d carries %s, which this program does not know; use the chain's version of it", id, packed.TypeUrl)
		}
		english, chinese := words.Message(ctx.Codec, msg, names, today)
		out.Messages = append(out.Messages, shownMessage{english, chinese})
	}
	ballots := map[uint32]panel.Ballot{}
	for _, b := range res.Ballots {
		ballots[b.Member] = b
	}
	for _, seat := range res.Resolution.Seats {
		b := ballots[seat]
		out.Seats = append(out.Seats, shownSeat{Member: seat, Name: names(seat), Vote: words.Option(b.Option), Reason: b.Reason, Height: b.Height})
	}
	return out, nil
}

// memberNames asks the chain for names, each once. One that cannot be had is empty.
func memberNames(goCtx context.Context, ctx client.Context) words.Names {
	known := map[uint32]string{}
	return func(number uint32) string {
		if name, ok := known[number]; ok {
			return name
		}
		res, err := consortium.NewQueryClient(ctx).Member(goCtx, &consortium.QueryMemberRequest{Number: number})
		if err == nil {
			known[number] = res.Member.Name
		}
		return known[number]
	}
}

// write prints for a person.
func (s *shownResolution) write(w io.Writer) {
	r := s.raw
	fmt.Fprintf(w, "Resolution 决议 %d, %s\n  %s\n  reason 理由: %s\n  proposed by 提案方: %s, height %d\n", r.Id, r.Panel, words.Quoted(r.Title), words.Quoted(r.Reason), s.proposer, r.SubmittedHeight)
	fmt.Fprintf(w, "\n%s\n%s\n\nWhat it does 内容:\n", sentence(s.Words), s.WordsZH)
	for i, m := range s.Messages {
		fmt.Fprintf(w, "  %d. %s\n     %s\n", i+1, m.English, m.Chinese)
	}
	fmt.Fprintln(w, "\nVotes 表决:")
	for _, seat := range s.Seats {
		fmt.Fprintf(w, "  %s: %s", words.Names(func(uint32) string { return seat.Name }).Member(seat.Member), seat.Vote)
		if seat.Height > 0 {
			fmt.Fprintf(w, ", height %d", seat.Height)
		}
		if seat.Reason != "" {
			fmt.Fprintf(w, ": %s", words.Quoted(seat.Reason))
		}
		fmt.Fprintln(w)
	}
}

func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

var resolutionStatuses = map[string]panel.ResolutionStatus{
	"all": panel.RESOLUTION_STATUS_UNSPECIFIED, "open": panel.RESOLUTION_STATUS_OPEN, "executed": panel.RESOLUTION_STATUS_EXECUTED,
	"failed": panel.RESOLUTION_STATUS_FAILED, "rejected": panel.RESOLUTION_STATUS_REJECTED, "withdrawn": panel.RESOLUTION_STATUS_WITHDRAWN,
	"expired": panel.RESOLUTION_STATUS_EXPIRED, "no-quorum": panel.RESOLUTION_STATUS_NO_QUORUM,
}

func newListResolutionsCmd() *cobra.Command {
	var name, status string
	var limit uint64
	c := &cobra.Command{
		Use: "list", Short: "List resolutions, the latest first", Args: cobra.NoArgs,
		Example: "  shugud council list\n  shugud council list --panel committee --status open",
	}
	c.Flags().StringVar(&name, "panel", "", "only this panel's; all when not given")
	c.Flags().StringVar(&status, "status", "all", "only those that are "+strings.Join(sortedKeys(resolutionStatuses), ", "))
	c.Flags().Uint64Var(&limit, "limit", 50, "at most so many")
	return queryCommand(c, func(cmd *cobra.Command, ctx client.Context, _ []string) error {
		wanted, err := parseChoice("--status", status, resolutionStatuses)
		if err != nil {
			return err
		}
		res, err := panel.NewQueryClient(ctx).Resolutions(cmd.Context(), &panel.QueryResolutionsRequest{
			Panel: name, Status: wanted, Pagination: &query.PageRequest{Limit: limit, Reverse: true},
		})
		if err != nil {
			return fmt.Errorf("list resolutions: %s", plain(err))
		}
		if ctx.OutputFormat == flags.OutputFormatJSON {
			return ctx.PrintProto(res)
		}
		words.Resolutions(cmd.OutOrStdout(), res.Resolutions)
		none(cmd.OutOrStdout(), len(res.Resolutions))
		if len(res.Pagination.GetNextKey()) > 0 {
			fmt.Fprintf(cmd.OutOrStdout(), "there are more 还有更多: --limit %d\n", 2*limit)
		}
		return nil
	})
}
