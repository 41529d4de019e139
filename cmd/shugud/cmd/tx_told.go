package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	panel "github.com/shugu-network/shugu/x/panel/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// sourcePosition is where in the SDK an error was made, which simulations append.
var sourcePosition = regexp.MustCompile(` \[[^\[\]]*\.go:\d+\].*$`)

// onlyMessage is what the SDK puts before the refusal of a transaction's first message.
const onlyMessage = "failed to execute message; message index: 0: "

// plain takes what gRPC and the SDK wrap round a refusal off its text.
func plain(err error) string {
	text := err.Error()
	if i := strings.LastIndex(text, "desc = "); i >= 0 {
		text = text[i+len("desc = "):]
	}
	text = strings.TrimPrefix(text, onlyMessage)
	return sourcePosition.ReplaceAllString(text, "")
}

// unreachable says whether an error is that no node answered.
func unreachable(err error) bool {
	text := err.Error()
	if strings.Contains(text, "interrupt signal received") || errors.Is(err, context.Canceled) {
		return false
	}
	return strings.Contains(text, "post failed") || strings.Contains(text, "connection refused") || strings.Contains(text, "no such host")
}

// nodeHint is what to do when no node answers.
const nodeHint = "no node answers there 节点无应答: name one with --node, or a folder that knows one with --home"

// noAccount says why the signer's account could not be read.
func noAccount(ctx client.Context, err error) error {
	if unreachable(err) || status.Code(err) == codes.Unavailable {
		return fmt.Errorf("%s: %s; %s", ctx.NodeURI, plain(err), nodeHint)
	}
	return fmt.Errorf("the account %s cannot be read from %s: %s; an account exists from the day its member is admitted: `shugud member apply --help`",
		ctx.FromAddress, ctx.NodeURI, plain(err))
}

// notSimulated says why a transaction could not be tried out: the node refused it, or did
// not answer.
func notSimulated(ctx client.Context, err error) *ExitError {
	if unreachable(err) || status.Code(err) == codes.Unavailable {
		return &ExitError{Code: exitNotSent, Err: fmt.Errorf("%s: %s; %s", ctx.NodeURI, plain(err), nodeHint)}
	}
	return &ExitError{Code: exitRefused, Err: fmt.Errorf("refused: %s", plain(err))}
}

// noSuchKey says which key is missing, and where it was looked for.
func noSuchKey(cmd *cobra.Command) error {
	from, _ := cmd.Flags().GetString(flags.FlagFrom)
	home, _ := cmd.Flags().GetString(flags.FlagHome)
	return fmt.Errorf("--from: there is no key %q below %s; `shugud keys list` shows your keys, --home names another folder", from, home)
}

// tellingFailure makes a command tell its failure on standard output too when it is
// asked for JSON, so that a program always reads one document.
func tellingFailure(run func(cmd *cobra.Command, args []string) error) func(cmd *cobra.Command, args []string) error {
	return func(cmd *cobra.Command, args []string) error {
		err := run(cmd, args)
		var exit *ExitError
		if format, _ := cmd.Flags().GetString(flags.FlagOutput); format != flags.OutputFormatJSON || !errors.As(err, &exit) || exit.told {
			return err
		}
		raw, failure := json.Marshal(result{Code: noChainCode, Log: exit.Error(), Exit: exit.Code})
		if failure != nil {
			return failure
		}
		fmt.Fprintln(cmd.OutOrStdout(), string(raw))
		return err
	}
}

// noChainCode stands in a result for the code of a failure to which the chain gave none.
const noChainCode = 1

// finish prints the result and returns how it went.
func finish(cmd *cobra.Command, ctx client.Context, out result, failure *ExitError) error {
	if ctx.OutputFormat == flags.OutputFormatJSON {
		if failure != nil {
			out.Exit, failure.told = failure.Code, true
			if out.Code == 0 {
				out.Code, out.Log = noChainCode, failure.Error()
			}
		}
		raw, err := json.Marshal(out)
		if err != nil {
			return err
		}
		fmt.Fprintln(cmd.OutOrStdout(), string(raw))
	} else if failure == nil {
		printResult(cmd, out)
	}
	if failure != nil {
		return failure
	}
	return nil
}

// printResult tells a person what was done and what the chain answered.
func printResult(cmd *cobra.Command, out result) {
	w := cmd.OutOrStdout()
	if out.Height == 0 {
		fmt.Fprintf(w, "taken 已受理  tx %s\n", out.TxHash)
		return
	}
	fmt.Fprintf(w, "done 完成  height %d  tx %s\n", out.Height, out.TxHash)
	var fields map[string]any
	if json.Unmarshal(out.Response, &fields) != nil {
		return
	}
	for _, name := range sortedKeys(fields) {
		fmt.Fprintf(w, "  %s: %s\n", name, answered(name, fmt.Sprint(fields[name])))
	}
}

// answered is a field of a response as people read it: times in China, voucher numbers
// in groups, amounts in CNY.
func answered(name, value string) string {
	switch name {
	case "fund_by", "deliver_by", "accept_by", "expires_at", "deadline":
		if unix, err := strconv.ParseInt(value, 10, 64); err == nil && unix > 0 {
			return words.Stamp(unix) + " UTC+8"
		}
	case "voucher", "red_number":
		return voucher.FormatNumber(value)
	case "owed", "outstanding":
		if fen, ok := math.NewIntFromString(value); ok {
			return words.Yuan(fen)
		}
	case "status":
		if status, ok := panel.ResolutionStatus_value[value]; ok {
			return words.Status(panel.ResolutionStatus(status))
		}
	}
	return value
}
