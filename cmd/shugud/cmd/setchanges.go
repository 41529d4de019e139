package cmd

import (
	"context"
	"errors"
	"fmt"
	"time"

	cmtconfig "github.com/cometbft/cometbft/config"
	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	rpclocal "github.com/cometbft/cometbft/rpc/client/local"
	"golang.org/x/sync/errgroup"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/server"

	"github.com/shugu-network/shugu/headers"
	headerstypes "github.com/shugu-network/shugu/headers/types"
)

const (
	// lookEvery is how often a node looks for set changes when no event of a new block comes.
	lookEvery = 5 * time.Second
	// flagGRPCOnly runs a node without CometBFT, which has no blocks to follow.
	flagGRPCOnly = "grpc-only"
)

// followSetChanges opens the side store of set changes and follows the chain as long as
// the node runs.
func followSetChanges(ctx context.Context, group *errgroup.Group, srv *server.Context, clientCtx client.Context, answers *headers.Server) error {
	if srv.Viper.GetBool(flagGRPCOnly) {
		return nil
	}
	node, err := ownRPC(srv, clientCtx)
	if err != nil {
		return err
	}
	store, err := headers.Open(srv.Config.DBDir())
	if err != nil {
		return err
	}
	answers.Serve(store)
	sources, err := changeSources(srv.Config.StateSync)
	if err != nil {
		return err
	}
	follower := headers.Follower{
		Node: node, Store: store, Logger: srv.Logger.With("module", headers.Name), Every: lookEvery, Sources: sources,
	}
	group.Go(func() error {
		follower.Run(ctx)
		return answers.Close()
	})
	return nil
}

// ownRPC reaches the node in this process: directly when the server has made a client, or by its
// RPC address. The client of client.toml may be another node's.
func ownRPC(srv *server.Context, ctx client.Context) (headers.Node, error) {
	if node, ok := ctx.Client.(*rpclocal.Local); ok {
		return node, nil
	}
	address := srv.Config.RPC.ListenAddress
	if address == "" {
		return nil, errors.New("start: set laddr of [rpc] in config.toml, or enable gRPC in app.toml: the node could not keep the changes of validators that courts need")
	}
	node, err := rpchttp.New(address, "/websocket")
	if err != nil {
		return nil, fmt.Errorf("start: RPC address %q: %w", address, err)
	}
	return node, node.Start()
}

// changeSources are the nodes from which this one may have come by state sync.
func changeSources(cfg *cmtconfig.StateSyncConfig) ([]headers.Source, error) {
	var sources []headers.Source
	for _, address := range cfg.RPCServers {
		node, err := rpchttp.New(address, "/websocket")
		if err != nil {
			return nil, fmt.Errorf("start: rpc_servers of [statesync] in config.toml: %q: %w", address, err)
		}
		sources = append(sources, headers.Source{Name: address, Changes: func(ctx context.Context) (*headerstypes.QuerySetChangesResponse, error) {
			return headers.Ask(ctx, node, 0)
		}})
	}
	return sources, nil
}
