package cmd

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	cmtconfig "github.com/cometbft/cometbft/config"
	cmtjson "github.com/cometbft/cometbft/libs/json"
	"github.com/cometbft/cometbft/privval"
	cmtstore "github.com/cometbft/cometbft/store"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/server"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	genutilcli "github.com/cosmos/cosmos-sdk/x/genutil/client/cli"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/headers"
	headerstypes "github.com/shugu-network/shugu/headers/types"
	"github.com/shugu-network/shugu/invariants"
)

// needsNodeConfig marks commands that read config.toml and app.toml of the home folder.
const needsNodeConfig = "shugu/node-config"

// flagWithComet runs a node with CometBFT in the same process, which is the default.
const flagWithComet = "with-comet"

// blockTime is how long a new home's node waits after a commit: a block a second.
const blockTime = time.Second

// addNodeCommands adds what runs and inspects a node.
func addNodeCommands(root *cobra.Command, wiring *app.App) {
	before := map[*cobra.Command]bool{}
	for _, c := range root.Commands() {
		before[c] = true
	}
	changes := new(headers.Server)
	newApp := func(logger log.Logger, db dbm.DB, options servertypes.AppOptions) servertypes.Application {
		a := app.New(logger, db, true, options, server.DefaultBaseappOptions(options)...)
		headerstypes.RegisterQueryServer(a.GRPCQueryRouter(), changes)
		return a
	}
	options := server.StartCmdOptions{
		PostSetup: func(srv *server.Context, clientCtx client.Context, ctx context.Context, group *errgroup.Group) error {
			return followSetChanges(ctx, group, srv, clientCtx, changes)
		},
	}
	// Without CometBFT there are no peers, and the SDK's own handler serves.
	withoutComet := server.StartCmdWithOptions(newApp, app.DefaultHome(), options).RunE
	options.StartCommandHandler = startNode
	options.AddFlags = func(start *cobra.Command) {
		start.Flags().Int64(invariants.Key, 0, "blocks between two recounts of the whole state, 0 for none; on a full node, not on a validator")
	}
	server.AddCommandsWithStartCmdOptions(root, app.DefaultHome(), newApp, exportApp, options)
	root.AddCommand(genutilcli.InitCmd(wiring.Basics(), app.DefaultHome()), newInvariantsCmd())
	for _, c := range root.Commands() {
		if before[c] {
			continue
		}
		if c.Annotations == nil {
			c.Annotations = map[string]string{}
		}
		c.Annotations[needsNodeConfig] = "true"
		if c.Name() == "start" {
			guardStart(c, withoutComet)
		}
	}
}

// readNodeConfig loads the node's configuration for commands that run or inspect a node.
func readNodeConfig(cmd *cobra.Command) error {
	for c := cmd; c != nil; c = c.Parent() {
		if c.Annotations[needsNodeConfig] != "" {
			if err := server.InterceptConfigsPreRunHandler(cmd, serverconfig.DefaultConfigTemplate+invariants.ConfigTemplate, defaultAppConfig(), defaultCometConfig()); err != nil {
				return err
			}
			keepBlockTime(server.GetServerContextFromCmd(cmd))
			return nil
		}
	}
	return nil
}

// keepBlockTime puts our block time into a config.toml that was written just now: the SDK
// takes a second, which is also CometBFT's default, for unset, and writes five.
func keepBlockTime(srv *server.Context) {
	const setting = "consensus.timeout_commit"
	if srv.Viper.IsSet(setting) || srv.Config.Consensus.TimeoutCommit == blockTime {
		return // it was there before
	}
	srv.Config.Consensus.TimeoutCommit = blockTime
	cmtconfig.WriteConfigFile(filepath.Join(srv.Config.RootDir, "config", "config.toml"), srv.Config)
}

// appConfig is a node's app.toml.
type appConfig struct {
	serverconfig.Config `mapstructure:",squash"`
	Invariants          invariants.Config `mapstructure:"invariants"`
}

// defaultAppConfig bounds what strangers can ask of a node. Gas is free: who may send is decided by role.
func defaultAppConfig() appConfig {
	cfg := appConfig{Config: *serverconfig.DefaultConfig()}
	cfg.MinGasPrices = "0" + app.Denom
	cfg.QueryGasLimit = 50_000_000
	return cfg
}

// defaultCometConfig is a validator's of a private network.
func defaultCometConfig() *cmtconfig.Config {
	cfg := cmtconfig.DefaultConfig()
	cfg.Consensus.TimeoutCommit = blockTime
	cfg.P2P.PexReactor = false
	cfg.FilterPeers = true
	return cfg
}

func exportApp(logger log.Logger, db dbm.DB, height int64, forZeroHeight bool, _ []string, options servertypes.AppOptions, modules []string) (servertypes.ExportedApp, error) {
	if err := app.ThisRelease().CheckExport(db, height); err != nil {
		return servertypes.ExportedApp{}, fmt.Errorf("export: %w", err)
	}
	a := app.New(logger, db, height == -1, options)
	if height != -1 {
		if err := a.LoadVersion(height); err != nil {
			return servertypes.ExportedApp{}, fmt.Errorf("export: load height %d: %w", height, err)
		}
	}
	return a.Export(forZeroHeight, modules)
}

// guardStart refuses to start a validator whose record of what it signed is
// lost or old: it could sign twice (SECURITY-RULES 19). With flags that ask for no
// CometBFT in this process it runs withoutComet.
func guardStart(start *cobra.Command, withoutComet func(*cobra.Command, []string) error) {
	run := start.RunE
	start.RunE = func(cmd *cobra.Command, args []string) error {
		srv := server.GetServerContextFromCmd(cmd)
		if srv.Viper.GetBool(flagGRPCOnly) || !srv.Viper.GetBool(flagWithComet) {
			return withoutComet(cmd, args)
		}
		if err := checkSignState(srv.Config); err != nil {
			return err
		}
		return run(cmd, args)
	}
}

// checkSignState compares the signer's high-water mark with the last commit in the block store.
func checkSignState(cfg *cmtconfig.Config) error {
	if _, err := os.Stat(filepath.Join(cfg.DBDir(), "blockstore.db")); os.IsNotExist(err) {
		return nil
	}
	if cfg.PrivValidatorListenAddr != "" {
		return nil // a remote signer keeps its own mark
	}
	var mark privval.FilePVLastSignState
	raw, err := os.ReadFile(cfg.PrivValidatorStateFile())
	if err != nil {
		return fmt.Errorf("start: this node has blocks but no record of what it signed: %w; restore %s from before the last stop, or start as a node that does not validate, with a new key",
			err, cfg.PrivValidatorStateFile())
	}
	if err := cmtjson.Unmarshal(raw, &mark); err != nil {
		return fmt.Errorf("start: read %s: %w", cfg.PrivValidatorStateFile(), err)
	}
	key := privval.LoadFilePVEmptyState(cfg.PrivValidatorKeyFile(), cfg.PrivValidatorStateFile()).GetAddress()
	db, err := cmtconfig.DefaultDBProvider(&cmtconfig.DBContext{ID: "blockstore", Config: cfg})
	if err != nil {
		return err
	}
	store := cmtstore.NewBlockStore(db)
	defer store.Close()
	commit := store.LoadSeenCommit(store.Height())
	if commit == nil {
		return nil
	}
	for _, signature := range commit.Signatures {
		if string(signature.ValidatorAddress) == string(key) && commit.Height > mark.Height {
			return fmt.Errorf("start: %s ends at height %d, but this key signed height %d: the file is old; restore the newest one, or this validator could sign twice",
				cfg.PrivValidatorStateFile(), mark.Height, commit.Height)
		}
	}
	return nil
}
