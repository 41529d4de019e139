package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/testnet/appgenesis"
	"github.com/shugu-network/shugu/testnet/proc"
)

const (
	flagChains     = "chains"
	flagValidators = "validators"
	flagNoRelayer  = "no-relayer"
	flagDetach     = "detach"
	flagResume     = "resume"
)

func localnetUpCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "up",
		Short: "Start a fresh network and keep it until ctrl-C",
		Long: "Lay a fresh network out, start it, link every two of its chains and start the relayer. It runs\n" +
			"until ctrl-C, or on its own with --detach. What an earlier network left in the folder is replaced,\n" +
			"unless --resume starts that one again.",
		Example: "  shugud localnet up\n  shugud localnet up --chains hangzhou,shanghai,shenzhen --validators 2 --detach\n" +
			"  shugud localnet up --chains hangzhou --validators 1 --no-relayer",
		Args: cobra.NoArgs,
		RunE: runLocalnetUp,
	}
	c.Flags().StringSlice(flagChains, []string{"hangzhou", "shanghai"}, "cities, a chain each: "+strings.Join(testnet.Cities(), ", "))
	c.Flags().Int(flagValidators, testnet.DefaultValidators, "validators of each chain")
	c.Flags().Bool(flagNoRelayer, false, "do not link the chains and start no relayer")
	c.Flags().Bool(flagDetach, false, "return when the network is up and leave it running")
	c.Flags().Bool(flagResume, false, "start the network that lies in the folder again, with its data")
	return c
}

func runLocalnetUp(cmd *cobra.Command, _ []string) error {
	ctx := cmd.Context()
	detach, err := cmd.Flags().GetBool(flagDetach)
	if err != nil {
		return err
	}
	resume, err := cmd.Flags().GetBool(flagResume)
	if err != nil {
		return err
	}
	cfg, err := localnetConfig(cmd)
	if err != nil {
		return err
	}
	cfg.Detach = detach
	n, err := startLocalnet(ctx, cfg, resume)
	if err != nil {
		if ctx.Err() != nil {
			return errors.New("interrupted; everything that was started is stopped")
		}
		return err
	}
	if err := printLocalnet(cmd, n.Status(ctx)); err != nil {
		return err
	}
	dir := cmd.Flags().Lookup(flagDir).Value.String()
	if detach {
		fmt.Fprintf(cmd.ErrOrStderr(), "to stop it: shugud localnet down --dir %s\n", dir)
		return nil
	}
	fmt.Fprintln(cmd.ErrOrStderr(), "running until ctrl-C")
	crash := n.Watch(ctx)
	fmt.Fprintln(cmd.ErrOrStderr(), "stopping")
	return errors.Join(crash, n.Down(context.WithoutCancel(ctx)))
}

// startLocalnet starts and links a network; on failure nothing is left running.
func startLocalnet(ctx context.Context, cfg testnet.Config, resume bool) (*testnet.Network, error) {
	var n *testnet.Network
	var err error
	if resume {
		if n, err = testnet.Open(cfg.Root); err == nil {
			cfg.Logf("starting the network in %s again", cfg.Root)
			err = n.Resume(ctx, cfg.Detach)
		}
	} else if n, err = testnet.New(cfg); err == nil {
		err = n.Up(ctx)
	}
	if err != nil || cfg.Relayer == "" || !n.HasRelayer() {
		return n, err
	}
	if _, err = n.Link(ctx); err == nil {
		err = n.StartRelayer(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, n.Down(context.WithoutCancel(ctx)))
	}
	return n, nil
}

func localnetConfig(cmd *cobra.Command) (testnet.Config, error) {
	f := cmd.Flags()
	dir, err := f.GetString(flagDir)
	if err != nil {
		return testnet.Config{}, err
	}
	cities, err := f.GetStringSlice(flagChains)
	if err != nil {
		return testnet.Config{}, err
	}
	validators, err := f.GetInt(flagValidators)
	if err != nil {
		return testnet.Config{}, err
	}
	noRelayer, err := f.GetBool(flagNoRelayer)
	if err != nil {
		return testnet.Config{}, err
	}
	self, err := os.Executable()
	if err != nil {
		return testnet.Config{}, err
	}
	cfg := testnet.Config{
		Root: dir, Binary: self, Genesis: appgenesis.Build,
		Logf: func(format string, args ...any) { fmt.Fprintf(cmd.ErrOrStderr(), format+"\n", args...) },
	}
	if !noRelayer && len(cities) > 1 {
		cfg.Relayer = findRelayer(self)
	}
	for _, city := range cities {
		spec, err := testnet.Standard(city, validators)
		if err != nil {
			return testnet.Config{}, fmt.Errorf("--%s: %w", flagChains, err)
		}
		cfg.Chains = append(cfg.Chains, spec)
	}
	return cfg, nil
}

// findRelayer looks for rly beside this program, then on the path.
func findRelayer(self string) string {
	beside := filepath.Join(filepath.Dir(self), "rly")
	if proc.Executable(beside) == nil {
		return beside
	}
	if found, err := exec.LookPath("rly"); err == nil {
		return found
	}
	return beside
}
