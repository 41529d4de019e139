package cmd

import (
	"errors"
	"fmt"
	"net/http/httptrace"
	"sync/atomic"

	"github.com/spf13/cobra"

	rpctypes "github.com/cometbft/cometbft/rpc/jsonrpc/types"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/cosmos/cosmos-sdk/client"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
)

// JSON-RPC errors from the first to the last of these say that the request was not
// understood, so that no transaction was taken.
const (
	firstNotUnderstood = -32602
	lastNotUnderstood  = -32600
	notParsed          = -32700
)

// deliver broadcasts a signed transaction, waits for its block and tells how it went.
func deliver(cmd *cobra.Command, ctx client.Context, raw []byte) error {
	out, failure := broadcast(cmd, ctx, raw)
	if failure != nil {
		return finish(cmd, ctx, out, failure)
	}
	wait, err := cmd.Flags().GetDuration(flagWait)
	if err != nil {
		return err
	}
	if wait <= 0 {
		return finish(cmd, ctx, out, nil)
	}
	seen, err := awaitTx(cmd.Context(), ctx, out.TxHash, wait)
	if err != nil {
		return finish(cmd, ctx, out, &ExitError{Code: exitNotSeen, Err: err})
	}
	return report(cmd, ctx, out, seen)
}

// broadcast hands a signed transaction to the node. The failure says whether it is certain
// that the node has it not, refused it, or whether that is unknown: a person who took the
// last for the first would pay twice.
func broadcast(cmd *cobra.Command, ctx client.Context, raw []byte) (result, *ExitError) {
	tx := cmttypes.Tx(raw)
	out := result{TxHash: fmt.Sprintf("%X", tx.Hash())}
	node, err := ctx.GetNode()
	if err != nil {
		return result{}, &ExitError{Code: exitNotSent, Err: err}
	}
	var connected atomic.Bool
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }}
	sent, err := node.BroadcastTxSync(httptrace.WithClientTrace(cmd.Context(), trace), tx)
	switch {
	case err == nil:
		out.Code, out.Codespace, out.Log = sent.Code, sent.Codespace, sent.Log
	case !connected.Load() || notUnderstood(err):
		return result{}, &ExitError{Code: exitNotSent, Err: fmt.Errorf("send to the node at %s: %w", ctx.NodeURI, err)}
	default:
		refused := client.CheckCometError(err, tx)
		if refused == nil {
			return out, unknown(ctx, out.TxHash, err)
		}
		// The node has these very bytes already, from an earlier attempt: what matters is
		// what becomes of them.
		if refused.Codespace == sdkerrors.ErrTxInMempoolCache.Codespace() && refused.Code == sdkerrors.ErrTxInMempoolCache.ABCICode() {
			return out, nil
		}
		out.Code, out.Codespace, out.Log = refused.Code, refused.Codespace, err.Error()
	}
	if out.Code != 0 {
		return out, &ExitError{Code: exitRefused, Err: fmt.Errorf("refused: %s", plain(errors.New(out.Log)))}
	}
	return out, nil
}

// unknown says that a transaction was sent and the answer got lost.
func unknown(ctx client.Context, hash string, err error) *ExitError {
	return &ExitError{Code: exitNotSeen, Err: fmt.Errorf(
		"no answer from the node at %s to the transaction: %w; whether it went through is unknown 交易是否已受理尚不确定; before you send it again, ask: shugud query tx %s",
		ctx.NodeURI, err, hash)}
}

// notUnderstood says whether a node answered that it did not understand the request.
func notUnderstood(err error) bool {
	var said *rpctypes.RPCError
	return errors.As(err, &said) && (said.Code == notParsed || said.Code >= firstNotUnderstood && said.Code <= lastNotUnderstood)
}
