// Package cmd is shugud's command line.
package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/spf13/cobra"

	"cosmossdk.io/client/v2/autocli"
	"cosmossdk.io/core/appmodule"
	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/client"
	clientconfig "github.com/cosmos/cosmos-sdk/client/config"
	"github.com/cosmos/cosmos-sdk/client/debug"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/client/keys"
	"github.com/cosmos/cosmos-sdk/client/rpc"
	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	"github.com/cosmos/cosmos-sdk/server"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	"github.com/cosmos/cosmos-sdk/version"
	authcmd "github.com/cosmos/cosmos-sdk/x/auth/client/cli"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/shugu-network/shugu/app"
)

// Main runs the command line on the process's arguments and returns the exit code.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return Run(ctx, NewRootCmd())
}

// Run runs a command and tells its error: exit code 0 when it went well, the
// code of an ExitError, else 1.
func Run(ctx context.Context, root *cobra.Command) int {
	srvCtx := server.NewDefaultContext()
	ctx = context.WithValue(ctx, client.ClientContextKey, &client.Context{})
	ctx = context.WithValue(ctx, server.ServerContextKey, srvCtx)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	var exit *ExitError
	if !errors.As(err, &exit) {
		exit = &ExitError{Code: 1, Err: err}
	}
	if message := told(exit); message != "" {
		fmt.Fprintln(root.ErrOrStderr(), "shugud:", message)
	}
	return exit.Code
}

// told is an error's message without what gRPC wraps round it, and with what to do when
// no node answers.
func told(exit *ExitError) string {
	message := exit.Error()
	if strings.HasPrefix(message, "rpc error: ") {
		message = plain(exit.Err)
	}
	if message != "" && exit.Code != exitNotSeen && unreachable(exit.Err) && !strings.Contains(message, nodeHint) {
		message += "; " + nodeHint
	}
	return message
}

// NewRootCmd builds the whole command tree.
func NewRootCmd() *cobra.Command {
	// An application in memory knows the codecs and the modules' commands.
	wiring := app.New(log.NewNopLogger(), dbm.NewMemDB(), false, simtestutil.EmptyAppOptions{})
	base := client.Context{}.
		WithCodec(wiring.Codec).
		WithInterfaceRegistry(wiring.Registry).
		WithLegacyAmino(wiring.Amino).
		WithTxConfig(wiring.TxConfig).
		WithAccountRetriever(authtypes.AccountRetriever{}).
		WithInput(os.Stdin).
		WithHomeDir(app.DefaultHome()).
		WithViper("SHUGUD")

	root := &cobra.Command{
		Use:           "shugud",
		Short:         "Shugu (数谷): a chain for data exchanges, their trades and vouchers",
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return setClientContext(cmd, base)
		},
	}
	version.AppName, version.Name = app.Name, "shugu"
	root.PersistentFlags().String(flags.FlagHome, app.DefaultHome(), "folder of configuration, keys and data")
	root.PersistentFlags().String(flags.FlagLogLevel, "info", "trace, debug, info, warn, error, or module:level pairs")
	root.PersistentFlags().String(flags.FlagLogFormat, "plain", "plain or json")
	root.PersistentFlags().Bool(flags.FlagLogNoColor, false, "no colours in the log")

	addNodeCommands(root, wiring)
	root.AddCommand(
		keys.Commands(), debug.Cmd(), NewVerifyCmd(), NewLocalnetCmd(), newExampleCmd(), newDataCmd(),
		newMemberCmd(), newScenarioCmd(), newProductCmd(), newReviewCmd(), newMoneyCmd(), newTradeCmd(), newVoucherCmd(), newSettlementCmd(),
		newRecognitionCmd(), newRecognizeCmd(), newSeatCmd(), newNodeCmd(), newCouncilCmd(), newMonitorCmd(), newUpgradesCmd(), newStatusCmd(),
		newGenesisCmd(wiring),
	)
	addClientCommands(root)

	modules := map[string]appmodule.AppModule{}
	for name, m := range wiring.Modules().Modules {
		if m, ok := m.(appmodule.AppModule); ok {
			modules[name] = m
		}
	}
	options := autocli.AppOptions{
		Modules:               modules,
		AddressCodec:          addresscodec.NewBech32Codec(app.Bech32Prefix),
		ValidatorAddressCodec: addresscodec.NewBech32Codec(app.Bech32Prefix + "valoper"),
		ConsensusAddressCodec: addresscodec.NewBech32Codec(app.Bech32Prefix + "valcons"),
		ClientCtx:             base,
	}
	if err := options.EnhanceRootCommand(root); err != nil {
		panic(err)
	}
	attachQueries(root)
	letQueriesSpeak(root)
	return root
}

// addClientCommands adds the roots that AutoCLI fills with the modules' queries.
func addClientCommands(root *cobra.Command) {
	query := &cobra.Command{
		Use: "query", Aliases: []string{"q"}, Short: "Ask a node: members, products, trades, vouchers, recognition",
		RunE: client.ValidateCmd, SuggestionsMinimumDistance: 2,
	}
	query.AddCommand(
		rpc.WaitTxCmd(), server.QueryBlockCmd(), server.QueryBlocksCmd(), server.QueryBlockResultsCmd(),
		authcmd.QueryTxCmd(), authcmd.QueryTxsByEventsCmd(), NewTrustRootCmd(),
	)
	tx := &cobra.Command{
		Use: "tx", Short: "Sign, encode and broadcast transactions by hand", RunE: client.ValidateCmd, SuggestionsMinimumDistance: 2,
	}
	tx.AddCommand(
		authcmd.GetSignCommand(), authcmd.GetSignBatchCommand(), authcmd.GetMultiSignCommand(),
		authcmd.GetValidateSignaturesCommand(), newBroadcastCmd(), authcmd.GetEncodeCommand(),
		authcmd.GetDecodeCommand(), authcmd.GetSimulateCmd(),
	)
	root.AddCommand(query, tx)
}

// attachQueries hangs hand-made queries below the modules' generated ones.
func attachQueries(root *cobra.Command) {
	for module, made := range map[string][]*cobra.Command{
		"voucher": {NewVoucherProofCmd()}, "consortium": {newGuardCmd()}, "recognition": {newOverviewCmd(), newStandingCmd(), newContestCmd(), newContestsCmd()},
	} {
		queries, _, err := root.Find([]string{"query", module})
		if err != nil || queries.Name() != module {
			panic("module " + module + " has no query commands")
		}
		queries.AddCommand(made...)
	}
}

// setClientContext fills the client context from flags and client.toml.
func setClientContext(cmd *cobra.Command, base client.Context) error {
	cmd.SetOut(cmd.OutOrStdout())
	cmd.SetErr(cmd.ErrOrStderr())
	ctx, err := client.ReadPersistentCommandFlags(base.WithCmdContext(cmd.Context()), cmd.Flags())
	if err != nil {
		return err
	}
	if ctx, err = clientconfig.ReadFromClientConfig(ctx); err != nil {
		return err
	}
	if err := client.SetCmdClientContextHandler(ctx, cmd); err != nil {
		return err
	}
	return readNodeConfig(cmd)
}
