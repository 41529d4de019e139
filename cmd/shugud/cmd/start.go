package cmd

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	cmtconfig "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/node"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/privval"
	"github.com/cometbft/cometbft/proxy"
	rpclocal "github.com/cometbft/cometbft/rpc/client/local"
	cmttypes "github.com/cometbft/cometbft/types"
	"golang.org/x/sync/errgroup"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/server"
	"github.com/cosmos/cosmos-sdk/server/api"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	servercmtlog "github.com/cosmos/cosmos-sdk/server/log"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	"github.com/cosmos/cosmos-sdk/telemetry"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/shugu-network/shugu/app"
)

// startNode runs a node with CometBFT in this process. It does what the SDK's own handler
// does (server/start.go of v0.54.4), but holds the node, whose switch drops peers
// that the state admits no more: the SDK's handler hands it to nobody (ADR 0020).
func startNode(srv *server.Context, clientCtx client.Context, create servertypes.AppCreator, _ bool, opts server.StartCmdOptions) (err error) {
	config, err := serverconfig.GetConfig(srv.Viper)
	if err != nil {
		return err
	}
	if err := errors.Join(config.ValidateBasic(), checkP2P(srv)); err != nil {
		return err
	}
	if err := startTelemetry(srv); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stopTelemetry()) }()
	metrics, err := telemetry.New(config.Telemetry) //nolint:staticcheck // what the SDK's API server takes
	if err != nil {
		return fmt.Errorf("start: telemetry: %w", err)
	}
	db, err := opts.DBOpener(srv.Config.RootDir, server.GetAppDBBackend(srv.Viper))
	if err != nil {
		return fmt.Errorf("start: open the application's database: %w", err)
	}
	if err := app.ThisRelease().CheckStart(srv.Logger, db, srv.Viper); err != nil {
		return errors.Join(fmt.Errorf("start: %w", err), db.Close())
	}
	application, ok := create(srv.Logger, db, srv.Viper).(*app.App)
	if !ok {
		return errors.New("start: the application is not this program's")
	}
	defer func() { err = errors.Join(err, application.Close()) }()

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	group, ctx := errgroup.WithContext(ctx)
	server.ListenForQuitSignals(group, true, cancel, srv.Logger)
	comet, err := startComet(ctx, srv, application)
	if err != nil {
		return err
	}
	defer func() {
		if comet.IsRunning() {
			err = errors.Join(err, comet.Stop())
		}
	}()
	watchPeers(ctx, group, srv, comet, application)
	if err := watchInvariants(ctx, group, srv, application); err != nil {
		return err
	}
	if err := startServices(ctx, group, srv, clientCtx, config, comet, application, metrics, opts); err != nil {
		return err
	}
	return group.Wait()
}

// startComet makes the node, tells the application of it, and starts it.
func startComet(ctx context.Context, srv *server.Context, application *app.App) (*node.Node, error) {
	cfg := srv.Config
	key, err := p2p.LoadOrGenNodeKey(cfg.NodeKeyFile())
	if err != nil {
		return nil, err
	}
	genesis := func() (*cmttypes.GenesisDoc, error) {
		file, err := genutiltypes.AppGenesisFromFile(cfg.GenesisFile())
		if err != nil {
			return nil, err
		}
		return file.ToGenesisDoc()
	}
	comet, err := node.NewNodeWithContext(ctx, cfg, privval.LoadOrGenFilePV(cfg.PrivValidatorKeyFile(), cfg.PrivValidatorStateFile()), key,
		proxy.NewLocalClientCreator(server.NewCometABCIWrapper(application)), genesis, cmtconfig.DefaultDBProvider,
		node.DefaultMetricsProvider(cfg.Instrumentation), servercmtlog.CometLoggerWrapper{Logger: srv.Logger})
	if err != nil {
		return nil, err
	}
	application.TrustPeers(app.PeerTrust{Persistent: persistentIDs(cfg.P2P), CatchingUp: comet.ConsensusReactor().WaitSync})
	return comet, comet.Start()
}

// startServices starts gRPC and the HTTP API when they are on, and what belongs to the node besides.
func startServices(ctx context.Context, group *errgroup.Group, srv *server.Context, clientCtx client.Context, config serverconfig.Config,
	comet *node.Node, application *app.App, metrics *telemetry.Metrics, opts server.StartCmdOptions, //nolint:staticcheck // what the SDK's API server takes
) error {
	if config.API.Enable || config.GRPC.Enable {
		clientCtx = clientCtx.WithClient(rpclocal.New(comet))
		application.RegisterTxService(clientCtx)
		application.RegisterTendermintService(clientCtx)
		application.RegisterNodeService(clientCtx, config)
	}
	grpcServer, clientCtx, err := server.StartGrpcServer(ctx, group, config.GRPC, clientCtx, srv, application)
	if err != nil {
		return fmt.Errorf("start: gRPC server: %w", err)
	}
	if config.API.Enable {
		web := api.New(clientCtx.WithHomeDir(srv.Config.RootDir), srv.Logger.With("module", "api-server"), grpcServer)
		application.RegisterAPIRoutes(web, config.API)
		if config.Telemetry.Enabled { //nolint:staticcheck // what the SDK's API server takes
			web.SetTelemetry(metrics) //nolint:staticcheck // likewise
		}
		group.Go(func() error { return web.Start(ctx, config) })
	}
	if opts.PostSetup == nil {
		return nil
	}
	return opts.PostSetup(srv, clientCtx, ctx, group)
}

// startTelemetry starts OpenTelemetry's traces and metrics as otel.yaml says, without which
// it does nothing. Logs stay where they are.
func startTelemetry(srv *server.Context) error {
	if err := telemetry.InitializeOpenTelemetry(filepath.Join(srv.Config.RootDir, "config", telemetry.OtelFileName)); err != nil {
		return fmt.Errorf("start: OpenTelemetry: %w", err)
	}
	return nil
}

func stopTelemetry() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return telemetry.Shutdown(ctx)
}
