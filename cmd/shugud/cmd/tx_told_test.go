package cmd

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/client"
)

// What the chain answers is shown as people read it.
func TestAnswersInWords(t *testing.T) {
	for _, c := range [][3]string{
		{"fund_by", "1767225600", "2026-01-01 08:00 UTC+8"},
		{"deadline", "soon", "soon"},
		{"voucher", "330126112300012300004228", "3301-261123-000123-000042-28"},
		{"red_number", "330126112300012300004228", "3301-261123-000123-000042-28"},
		{"owed", "111400", "1,114.00 CNY"},
		{"status", "RESOLUTION_STATUS_EXECUTED", "executed 已执行"},
		{"status", "REVIEW_STATUS_CLEARED", "REVIEW_STATUS_CLEARED"},
		{"number", "12", "12"},
	} {
		require.Equal(t, c[2], answered(c[0], c[1]))
	}
}

// A command that fails before anything is sent tells so in JSON too, once.
func TestFailureIsToldInJSON(t *testing.T) {
	for name, args := range map[string][]string{
		"a node that is not there": {"money", "deposit", "13", "50.00cny", "--from", "shugu1tvxnfefcmuspkdff0ls66v8dg3vlyxy6dcfl73", "--node", "tcp://127.0.0.1:1"},
		"a key that is not there":  {"money", "deposit", "13", "50.00cny", "--from", "nobody"},
		"an amount without unit":   {"trade", "fund", "261123-000012-000001", "50", "--from", "shugu1tvxnfefcmuspkdff0ls66v8dg3vlyxy6dcfl73"},
	} {
		t.Run(name, func(t *testing.T) {
			root := NewRootCmd()
			var out, errs bytes.Buffer
			root.SetOut(&out)
			root.SetErr(&errs)
			root.SetArgs(append(args, "-o", "json", "--keyring-backend", "test", "--home", t.TempDir()))
			require.Equal(t, exitNotSent, Run(t.Context(), root), errs.String())
			var got result
			require.NoError(t, json.Unmarshal(out.Bytes(), &got), out.String())
			require.Equal(t, exitNotSent, got.Exit)
			require.NotZero(t, got.Code)
			require.NotEmpty(t, got.Log)
			require.Contains(t, errs.String(), got.Log)
		})
	}
}

func TestFailureInABlockIsToldOnce(t *testing.T) {
	c := &cobra.Command{}
	c.Flags().String("output", "json", "")
	var out bytes.Buffer
	c.SetOut(&out)
	ctx := client.Context{OutputFormat: "json"}
	failed := &ExitError{Code: exitFailed, Err: errors.New("failed in block 7")}
	c.RunE = tellingFailure(func(cmd *cobra.Command, _ []string) error {
		return finish(cmd, ctx, result{Code: 5, Height: 7}, failed)
	})
	require.ErrorIs(t, c.RunE(c, nil), failed)
	require.JSONEq(t, `{"txhash":"","height":7,"code":5,"gas_used":0,"exit":3}`, out.String())
}

// Nothing that gRPC or the SDK wraps round an error is shown, and a missing node is named.
func TestErrorsAreTold(t *testing.T) {
	for text, want := range map[string]string{
		"rpc error: code = NotFound desc = no contract":                       "no contract",
		"failed to execute message; message index: 0: no contract":            "failed to execute message; message index: 0: no contract",
		`post failed: Post "http://x": dial tcp: connect: connection refused`: `post failed: Post "http://x": dial tcp: connect: connection refused; ` + nodeHint,
		`post failed: Post "http://x": interrupt signal received`:             `post failed: Post "http://x": interrupt signal received`,
	} {
		require.Equal(t, want, told(&ExitError{Err: errors.New(text)}))
	}
	require.Empty(t, told(&ExitError{}))
	require.Equal(t, "no contract", plain(errors.New("rpc error: code = Unknown desc = failed to execute message; message index: 0: no contract")))
}

// An interrupted wait does not say that time ran out.
func TestInterruptedWait(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	node, err := client.NewClientFromNode("tcp://127.0.0.1:1")
	require.NoError(t, err)
	_, err = awaitTx(ctx, client.Context{}.WithClient(node), "ab", 30e9)
	require.ErrorContains(t, err, "interrupted")
	require.ErrorContains(t, err, "query tx ab")
}

// A node that is gone when a transaction is tried out has not refused it.
func TestNotSimulated(t *testing.T) {
	ctx := client.Context{NodeURI: "tcp://127.0.0.1:1"}
	gone := notSimulated(ctx, errors.New(`post failed: Post "http://127.0.0.1:1": EOF`))
	require.Equal(t, exitNotSent, gone.Code)
	require.ErrorContains(t, gone, nodeHint)
	refused := notSimulated(ctx, errors.New("rpc error: code = Unknown desc = failed to execute message; message index: 0: no contract"))
	require.Equal(t, exitRefused, refused.Code)
	require.EqualError(t, refused, "refused: no contract")
}
