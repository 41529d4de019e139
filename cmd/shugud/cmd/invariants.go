package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"cosmossdk.io/log/v2"

	dbm "github.com/cosmos/cosmos-db"

	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/server"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/invariants"
)

// watchInvariants recounts the running node's books as often as its operator wants.
func watchInvariants(ctx context.Context, group *errgroup.Group, srv *server.Context, application *app.App) error {
	every := srv.Viper.GetInt64(invariants.Key)
	if every == 0 {
		return nil
	}
	if every < 0 {
		return fmt.Errorf("start: %s: expected a number of blocks, or 0 for no recounts, got %d", invariants.Key, every)
	}
	metrics, err := invariants.NewMetrics(prometheus.DefaultRegisterer) // CometBFT serves it
	if err != nil {
		return fmt.Errorf("start: metrics of the invariants: %w", err)
	}
	watcher := invariants.Watcher{
		Check: application.CheckAt, Unread: app.ErrNoState, Height: application.LastBlockHeight, Logger: srv.Logger.With("module", "invariants"),
		Every: every, Look: heightEvery, Metrics: metrics,
	}
	group.Go(func() error {
		watcher.Run(ctx)
		return nil
	})
	return nil
}

// newInvariantsCmd recounts the books of a node that is stopped.
func newInvariantsCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "invariants",
		Short: "Recount the books of a stopped node (账目核对): money, counters, indexes of every module",
		Long: `Recount the committed state of this home's node, which must be stopped: that the money
held is the money owed, that the supply is what the banks owe, that what was reversed is
not more than what was issued, that every counter and index is what a recount gives.

Exit codes: 0 all invariants hold; 1 one is broken, or the state cannot be read.
A running node does the same now and then with [invariants] every in app.toml.`,
		Example: `  shugud invariants --home /var/lib/shugud
  shugud invariants --height 120000 --home /var/lib/shugud`,
		Args: cobra.NoArgs,
	}
	height := c.Flags().Int64(flags.FlagHeight, 0, "recount the state after this block, which the node must still have; 0 for the last")
	c.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		srv := server.GetServerContextFromCmd(cmd)
		data := filepath.Join(srv.Config.RootDir, "data")
		if _, err := os.Stat(filepath.Join(data, "application.db")); err != nil {
			return fmt.Errorf("expected a node's state below %s: %w; name its home with --home", data, err)
		}
		db, err := dbm.NewDB("application", server.GetAppDBBackend(srv.Viper), data)
		if err != nil {
			return fmt.Errorf("open the application's database, which a running node keeps for itself: %w", err)
		}
		if err := app.ThisRelease().CheckExport(db, -1); err != nil {
			return errors.Join(err, db.Close()) // another release's state is not this one's to judge
		}
		a := app.New(log.NewNopLogger(), db, true, srv.Viper)
		defer func() { err = errors.Join(err, a.Close()) }()
		at := *height
		if at == 0 {
			at = a.LastBlockHeight()
		}
		if at == 0 {
			return fmt.Errorf("%s holds no block yet", srv.Config.RootDir)
		}
		if err := a.CheckAt(at); errors.Is(err, app.ErrNoState) {
			return err
		} else if err != nil {
			return fmt.Errorf("the books of height %d do not add up 账目不符: %w", at, err)
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "All invariants hold at height %d 账目相符\n", at)
		return err
	}
	return c
}
