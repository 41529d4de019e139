package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"

	"github.com/shugu-network/shugu/cmd/shugud/ends"
	"github.com/shugu-network/shugu/cmd/shugud/monitor"
)

// suspectsListed is how many vouchers of a counterparty the monitor asks about one by one.
const suspectsListed = 20

// newMonitorCmd holds what watches over chains.
func newMonitorCmd() *cobra.Command {
	c := &cobra.Command{Use: "monitor", Short: "Follow chains and warn (监测): recognition", RunE: client.ValidateCmd}
	c.AddCommand(newMonitorRecognitionCmd())
	return c
}

func newMonitorRecognitionCmd() *cobra.Command {
	var config, address string
	var once bool
	c := &cobra.Command{
		Use:   "recognition --config monitor.yaml",
		Short: "Follow recognition from both ends, and warn of what people must look after (互认监测)",
		Long: `Follow recognition between chains: ask a node of each again and again, print one line
for each change, and warn when a light client nears its expiry, has expired, is frozen or
in doubt; a channel is not open; a queue grows or its oldest record waits too long; a
relayer is silent (a packet waits too long for its answer); the two sides' agreements do
not fit; a chain stands still or does not answer. docs/operators/recognition.md says what
to do then, docs/operators/alerts.yaml has the same as rules of Prometheus.

--once looks once, prints what holds, and exits: 0 nothing to look after; 1 warnings;
2 it could not look.`,
		Example: "  shugud example monitor > monitor.yaml\n  shugud monitor recognition --config monitor.yaml --metrics 127.0.0.1:9464\n  shugud monitor recognition --config monitor.yaml --once",
		Args:    cobra.NoArgs,
	}
	c.Flags().StringVar(&config, "config", "", "file that names the chains and the limits (required)")
	c.Flags().StringVar(&address, "metrics", "", "serve Prometheus metrics at /metrics on this address, as 127.0.0.1:9464")
	c.Flags().BoolVar(&once, "once", false, "look once and exit 0 or 1")
	c.Flags().StringP(flags.FlagOutput, "o", flags.OutputFormatText, "text or json, of --once")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		m, err := newMonitor(cmd, config)
		if err != nil {
			return &ExitError{Code: exitNotAsked, Err: err}
		}
		if once {
			return lookOnce(cmd, m)
		}
		if address != "" {
			stop, err := serveMetrics(m, address)
			if err != nil {
				return &ExitError{Code: exitNotAsked, Err: err}
			}
			defer stop()
		}
		m.Run(cmd.Context())
		return nil
	}
	return c
}

// newMonitor reads the configuration and reaches the nodes.
func newMonitor(cmd *cobra.Command, path string) (*monitor.Monitor, error) {
	if path == "" {
		return nil, errors.New("--config: expected a file; `shugud example monitor` shows one")
	}
	var config monitor.Config
	if err := readInput(path, &config); err != nil {
		return nil, err
	}
	limits, err := config.Limits()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	m := &monitor.Monitor{Limits: limits, Out: cmd.OutOrStdout(), Now: time.Now}
	for _, end := range config.Ends {
		chain := monitor.Chain{ID: end.ChainID}
		for _, address := range end.RPC {
			node, err := rpchttp.NewWithTimeout(address, "/websocket", rpcTimeout)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: expected an address like https://rpc.example, got %q: %w", path, end.ChainID, address, err)
			}
			ctx := client.GetClientContextFromCmd(cmd).WithClient(node).WithGRPCClient(nil)
			observer, err := newObserver(ctx, suspectsListed)
			if err != nil {
				return nil, err
			}
			chain.Nodes = append(chain.Nodes, func(goCtx context.Context) (*ends.Snapshot, error) { return observer.Observe(goCtx, "") })
		}
		m.Chains = append(m.Chains, chain)
	}
	return m, nil
}

// lookOnce prints the warnings that hold now, for a timer.
func lookOnce(cmd *cobra.Command, m *monitor.Monitor) error {
	held := monitor.Judge(m.Look(cmd.Context()), m.Limits)
	if output, _ := cmd.Flags().GetString(flags.FlagOutput); output == flags.OutputFormatJSON {
		if held == nil {
			held = []monitor.Warning{}
		}
		if err := json.NewEncoder(cmd.OutOrStdout()).Encode(held); err != nil {
			return err
		}
	} else {
		for _, w := range held {
			fmt.Fprintf(cmd.OutOrStdout(), "WARNING 警告 %s\n", w)
		}
		if len(held) == 0 {
			fmt.Fprintln(cmd.OutOrStdout(), "nothing to look after 一切正常")
		}
	}
	if len(held) > 0 {
		return &ExitError{Code: 1}
	}
	return nil
}

// serveMetrics serves the monitor's metrics until stop is called.
func serveMetrics(m *monitor.Monitor, address string) (stop func(), err error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("--metrics: %w", err)
	}
	m.Metrics = monitor.NewMetrics()
	mux := http.NewServeMux()
	mux.Handle("/metrics", m.Metrics.Handler())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }() // ends with Close
	return func() { _ = server.Close() }, nil
}
