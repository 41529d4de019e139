package cmd

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	authclient "github.com/cosmos/cosmos-sdk/x/auth/client"
)

// newBroadcastCmd makes `shugud tx broadcast`, which sends what `tx sign` and `tx multi-sign`
// wrote. The SDK's own tells neither a refusal nor a lost answer from what was not sent, and
// does not wait for the block.
func newBroadcastCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "broadcast FILE",
		Short: "Send a transaction that was signed offline, wait for its block and tell how it went",
		Long: `Send a transaction that was made with --generate-only and signed with ` + "`shugud tx sign`" + ` or
` + "`shugud tx multi-sign`" + `. FILE may be - for standard input.

Exit codes, as of every command that sends: 0 it is in a block; 1 not sent; 2 refused at
the door; 3 failed in the block; 4 sent, but not seen in a block in time, or nobody knows
whether it was taken: ask by its hash before you send it again.`,
		Example: "  shugud tx broadcast signed.json\n  shugud tx sign unsigned.json --from seller | shugud tx broadcast - -o json",
		Args:    cobra.ExactArgs(1),
	}
	addSendingFlags(c)
	for _, name := range []string{
		flags.FlagFrom, flags.FlagAccountNumber, flags.FlagSequence, flags.FlagNote, flags.FlagGas, flags.FlagGasAdjustment, flags.FlagUseLedger,
		flags.FlagGenerateOnly, flags.FlagOffline, flags.FlagSignMode, flags.TimeoutDuration, flags.FlagUnordered, flags.FlagChainID,
		flags.FlagKeyringDir, flags.FlagKeyringBackend,
	} {
		if err := c.Flags().MarkHidden(name); err != nil {
			panic(err)
		}
	}
	c.RunE = tellingFailure(func(cmd *cobra.Command, args []string) error {
		ctx, err := client.GetClientTxContext(cmd)
		if err != nil {
			return &ExitError{Code: exitNotSent, Err: err}
		}
		raw, err := readSigned(ctx, args[0])
		if err != nil {
			return &ExitError{Code: exitNotSent, Err: err}
		}
		return deliver(cmd, ctx, raw)
	})
	return c
}

// readSigned reads a transaction from its JSON and encodes it for the chain.
func readSigned(ctx client.Context, file string) ([]byte, error) {
	if ctx.Offline || ctx.GenerateOnly {
		return nil, errors.New("--offline and --generate-only: a transaction cannot be sent with these; leave them out")
	}
	signed, err := authclient.ReadTxFromFile(ctx, file)
	if err != nil {
		return nil, err
	}
	return ctx.TxConfig.TxEncoder()(signed)
}
