package cmd

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	coretypes "github.com/cometbft/cometbft/rpc/core/types"
	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/client/tx"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
)

// Exit codes of a command that sends a transaction.
const (
	exitNotSent  = 1 // the input or the machine: nothing was sent
	exitRefused  = 2 // refused at the door: nothing was written
	exitFailed   = 3 // in a block, but failed: nothing was written
	exitNotSeen  = 4 // sent or perhaps sent, but not seen in a block in time: ask again by its hash
	pollInterval = 200 * time.Millisecond
)

const flagWait = "wait"

// result is what a command that sent a transaction prints.
type result struct {
	TxHash    string          `json:"txhash"`
	Height    int64           `json:"height"`
	Code      uint32          `json:"code"`
	Codespace string          `json:"codespace,omitempty"`
	Log       string          `json:"log,omitempty"`
	GasUsed   int64           `json:"gas_used"`
	Response  json.RawMessage `json:"response,omitempty"`
	// Exit is the command's exit code when it failed.
	Exit int `json:"exit,omitempty"`
}

// txCommand makes a command out of a function that builds its message. The
// command signs, sends, waits for the block and tells how it went.
func txCommand(c *cobra.Command, build func(cmd *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error)) *cobra.Command {
	return batchCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) ([]sdk.Msg, error) {
		msg, err := build(cmd, ctx, args)
		return []sdk.Msg{msg}, err
	})
}

// batchCommand is txCommand for a transaction of several messages.
func batchCommand(c *cobra.Command, build func(cmd *cobra.Command, ctx client.Context, args []string) ([]sdk.Msg, error)) *cobra.Command {
	addSendingFlags(c)
	c.RunE = tellingFailure(func(cmd *cobra.Command, args []string) error {
		ctx, err := client.GetClientTxContext(cmd)
		if errors.Is(err, sdkerrors.ErrKeyNotFound) {
			err = noSuchKey(cmd)
		}
		if err != nil {
			return &ExitError{Code: exitNotSent, Err: err}
		}
		if ctx.FromAddress.Empty() {
			return &ExitError{Code: exitNotSent, Err: errors.New("--from: expected the name of the key that signs; `shugud keys list` shows yours")}
		}
		msgs, err := build(cmd, ctx, args)
		if err != nil {
			return &ExitError{Code: exitNotSent, Err: err}
		}
		return send(cmd, ctx, msgs...)
	})
	return c
}

// addSendingFlags gives a command the flags of those that send, with a person's defaults.
func addSendingFlags(c *cobra.Command) {
	flags.AddTxFlagsToCmd(c)
	for name, value := range map[string]string{
		flags.FlagOutput: flags.OutputFormatText, flags.FlagGas: flags.GasFlagAuto, flags.FlagGasAdjustment: "1.5",
		flags.FlagSkipConfirmation: "true",
	} {
		flag := c.Flags().Lookup(name)
		flag.DefValue = value
		if err := flag.Value.Set(value); err != nil {
			panic(err)
		}
	}
	for _, name := range []string{
		flags.FlagFees, flags.FlagGasPrices, flags.FlagFeePayer, flags.FlagFeeGranter, flags.FlagTip, flags.FlagAux,
		flags.FlagBroadcastMode, flags.FlagTimeoutHeight, flags.FlagSkipConfirmation, flags.FlagDryRun,
	} {
		if err := c.Flags().MarkHidden(name); err != nil {
			panic(err)
		}
	}
	c.Flags().Duration(flagWait, 30*time.Second, "how long to wait for the block; 0 returns when the node has taken the transaction")
}

// send signs messages, broadcasts them and waits for their block.
func send(cmd *cobra.Command, ctx client.Context, msgs ...sdk.Msg) error {
	for _, msg := range msgs {
		if v, ok := msg.(interface{ Validate() error }); ok {
			if err := v.Validate(); err != nil {
				return &ExitError{Code: exitNotSent, Err: err}
			}
		}
	}
	factory, err := tx.NewFactoryCLI(ctx, cmd.Flags())
	if err != nil {
		return &ExitError{Code: exitNotSent, Err: err}
	}
	if ctx.GenerateOnly {
		if err := factory.PrintUnsignedTx(ctx, msgs...); err != nil {
			return &ExitError{Code: exitNotSent, Err: err}
		}
		return nil
	}
	if err := checkChain(cmd.Context(), ctx); err != nil {
		return &ExitError{Code: exitNotSent, Err: err}
	}
	raw, err := sign(cmd.Context(), ctx, factory, msgs...)
	if err != nil {
		return err
	}
	return deliver(cmd, ctx, raw)
}

// sign simulates for the gas when asked to, signs and encodes. A simulation
// that fails is the node's refusal.
func sign(goCtx context.Context, ctx client.Context, factory tx.Factory, msgs ...sdk.Msg) ([]byte, error) {
	factory, err := factory.Prepare(ctx)
	if err != nil {
		return nil, &ExitError{Code: exitNotSent, Err: noAccount(ctx, err)}
	}
	if factory.SimulateAndExecute() {
		_, gas, err := tx.CalculateGas(ctx, factory, msgs...)
		if err != nil {
			return nil, notSimulated(ctx, err)
		}
		factory = factory.WithGas(gas)
	}
	builder, err := factory.BuildUnsignedTx(msgs...)
	if err != nil {
		return nil, &ExitError{Code: exitNotSent, Err: err}
	}
	if err := tx.Sign(goCtx, factory, ctx.FromName, builder, true); err != nil {
		return nil, &ExitError{Code: exitNotSent, Err: fmt.Errorf("sign with %q: %w", ctx.FromName, err)}
	}
	raw, err := ctx.TxConfig.TxEncoder()(builder.GetTx())
	if err != nil {
		return nil, &ExitError{Code: exitNotSent, Err: err}
	}
	return raw, nil
}

// awaitTx asks for a transaction until it is in a block.
func awaitTx(goCtx context.Context, ctx client.Context, hash string, wait time.Duration) (*coretypes.ResultTx, error) {
	node, err := ctx.GetNode()
	if err != nil {
		return nil, err
	}
	raw, err := hex.DecodeString(hash)
	if err != nil {
		return nil, err
	}
	caller := goCtx
	goCtx, cancel := context.WithTimeout(goCtx, wait)
	defer cancel()
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	for {
		if seen, err := node.Tx(goCtx, raw, false); err == nil {
			return seen, nil
		}
		select {
		case <-goCtx.Done():
			if caller.Err() != nil {
				return nil, fmt.Errorf("sent, and interrupted before it was seen in a block 已发送，等待被中断; ask later: shugud query tx %s", hash)
			}
			return nil, fmt.Errorf("sent, but not seen in a block within %s; ask later: shugud query tx %s", wait, hash)
		case <-ticker.C:
		}
	}
}

// report prints what the block says of a transaction.
func report(cmd *cobra.Command, ctx client.Context, out result, seen *coretypes.ResultTx) error {
	out.Height, out.Code, out.Codespace = seen.Height, seen.TxResult.Code, seen.TxResult.Codespace
	out.GasUsed = seen.TxResult.GasUsed
	if seen.TxResult.Code != 0 {
		out.Log = seen.TxResult.Log
		return finish(cmd, ctx, out, &ExitError{Code: exitFailed, Err: fmt.Errorf("failed in block %d: %s", seen.Height, plain(errors.New(seen.TxResult.Log)))})
	}
	response, err := decodeResponse(ctx.Codec, seen.TxResult)
	if err != nil {
		return err
	}
	out.Response = response
	return finish(cmd, ctx, out, nil)
}

// decodeResponse reads the first message's response.
func decodeResponse(cdc codec.Codec, res abci.ExecTxResult) (json.RawMessage, error) {
	var data sdk.TxMsgData
	if err := cdc.Unmarshal(res.Data, &data); err != nil {
		return nil, fmt.Errorf("read the transaction's result: %w", err)
	}
	if len(data.MsgResponses) == 0 {
		return nil, nil
	}
	message, err := unpack(cdc, data.MsgResponses[0])
	if err != nil {
		return nil, err
	}
	return cdc.MarshalJSON(message)
}

func unpack(cdc codec.Codec, packed *codectypes.Any) (proto.Message, error) {
	message, err := cdc.InterfaceRegistry().Resolve(packed.TypeUrl)
	if err != nil {
		return nil, err
	}
	return message, cdc.Unmarshal(packed.Value, message)
}
