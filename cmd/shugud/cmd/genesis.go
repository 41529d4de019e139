package cmd

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	cmtconfig "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/privval"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	genutilcli "github.com/cosmos/cosmos-sdk/x/genutil/client/cli"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/ceremony"
	"github.com/shugu-network/shugu/cmd/shugud/words"
)

// newGenesisCmd holds the genesis ceremony: exchanges make one genesis from separate machines.
func newGenesisCmd(wiring *app.App) *cobra.Command {
	c := &cobra.Command{
		Use: "genesis", Short: "Genesis ceremony (创世仪式): propose-seat, collect, check; validate a file",
		Long: `Several exchanges make one genesis together, each on its own machine:

  1. All agree on a plan:             shugud example genesis-plan > plan.yaml
  2. Each exchange proposes its seat: shugud init, shugud genesis propose-seat
     Other first members apply:       shugud member apply, with admitting_member 0
  3. Documents go to everybody, in one folder.
  4. Everybody makes the genesis:     shugud genesis collect -f plan.yaml documents/
  5. All compare the hash by telephone or in a meeting, then start.`,
		RunE: client.ValidateCmd,
	}
	validate := genutilcli.ValidateGenesisCmd(wiring.Basics())
	validate.Annotations = map[string]string{needsNodeConfig: "true"} // it looks into the home folder when no file is named
	c.AddCommand(newProposeSeatCmd(), newCollectCmd(), newGenesisCheckCmd(), validate)
	return c
}

func newProposeSeatCmd() *cobra.Command {
	var application, address, moniker string
	c := &cobra.Command{
		Use:   "propose-seat --application application.json --moniker NAME --address HOST:PORT --from KEY",
		Short: "Write a signed proposal of this node's validator seat (提议验证席位), without sending anything",
		Example: `  shugud init hangzhou-1 --chain-id shugu-hangzhou-1
  shugud member apply -f application.yaml --from exchange --chain-id shugu-hangzhou-1 > application.json
  shugud genesis propose-seat --application application.json --moniker hangzhou-1 --address node1.example.cn:26656 --from exchange > seat-hangzhou-1.json`,
		Args: cobra.NoArgs,
	}
	c.Flags().StringVar(&application, "application", "", "the exchange's signed application")
	c.Flags().StringVar(&address, "address", "", "host:port at which the other nodes reach this one")
	c.Flags().StringVar(&moniker, "moniker", "", "name of the seat, ASCII")
	c.Flags().String(flags.FlagFrom, "", "name of the key of the exchange's account")
	flags.AddKeyringFlags(c.Flags())
	for _, name := range []string{"application", "address", "moniker", flags.FlagFrom} {
		_ = c.MarkFlagRequired(name)
	}
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		ctx, err := client.GetClientTxContext(cmd)
		if err != nil {
			return err
		}
		var signed ceremony.SignedApplication
		raw, err := readBounded(application)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(raw, &signed); err != nil {
			return fmt.Errorf("%s: expected the output of `shugud member apply`: %w", application, err)
		}
		proposal, err := proposeSeat(ctx, signed, moniker, address)
		if err != nil {
			return err
		}
		return writeJSON(cmd.OutOrStdout(), proposal)
	}
	return c
}

// proposeSeat signs with the account's key of the key ring and with the node's consensus key.
func proposeSeat(ctx client.Context, application ceremony.SignedApplication, moniker, address string) (*ceremony.SeatProposal, error) {
	cfg := cmtconfig.DefaultConfig().SetRoot(ctx.HomeDir)
	for _, file := range []string{cfg.PrivValidatorKeyFile(), cfg.NodeKeyFile()} {
		if _, err := os.Stat(file); err != nil {
			return nil, fmt.Errorf("%w; `shugud init` makes this node's keys", err)
		}
	}
	nodeKey, err := p2p.LoadNodeKey(cfg.NodeKeyFile())
	if err != nil {
		return nil, err
	}
	consensus := privval.LoadFilePVEmptyState(cfg.PrivValidatorKeyFile(), "").Key
	seat := ceremony.Seat{
		Moniker: moniker, ConsensusKey: hex.EncodeToString(consensus.PubKey.Bytes()), NodeID: string(nodeKey.ID()), Address: address,
	}
	owner := func(message []byte) ([]byte, error) {
		signature, _, err := ctx.Keyring.Sign(ctx.FromName, message, signing.SignMode_SIGN_MODE_DIRECT)
		return signature, err
	}
	return ceremony.Propose(application, seat, owner, consensus.PrivKey.Sign)
}

func newCollectCmd() *cobra.Command {
	var plan, out string
	c := &cobra.Command{
		Use:   "collect -f plan.yaml FOLDER",
		Short: "Make the genesis from everybody's documents and tell its hash (汇总生成创世文件)",
		Long: `Reads every .json file of the folder: seat proposals, and applications of other first members.
From the same plan and documents everybody gets the same file, byte for byte.`,
		Example: "  shugud genesis collect -f plan.yaml documents/ -O genesis.json",
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().StringVarP(&plan, "file", "f", "", "the plan that all agreed on")
	c.Flags().StringVarP(&out, "out", "O", "genesis.json", "file to write; it must not exist")
	_ = c.MarkFlagRequired("file")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		genesis, err := collect(plan, args[0])
		if err != nil {
			return err
		}
		f, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		if _, err := f.Write(genesis.Raw); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
		return tellGenesis(cmd.OutOrStdout(), genesis)
	}
	return c
}

// collect reads plan and documents and makes the genesis.
func collect(planFile, folder string) (*ceremony.Genesis, error) {
	var plan ceremony.Plan
	if err := readInput(planFile, &plan); err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: expected seat proposals and applications, *.json, got none", folder)
	}
	var proposals []*ceremony.SeatProposal
	var applications []ceremony.SignedApplication
	for _, file := range files {
		raw, err := readBounded(file)
		if err != nil {
			return nil, err
		}
		var kind struct {
			Format string `json:"format"`
		}
		if err := json.Unmarshal(raw, &kind); err != nil {
			return nil, fmt.Errorf("%s: expected JSON: %w", file, err)
		}
		if kind.Format != "" {
			p, err := ceremony.DecodeSeatProposal(raw)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			proposals = append(proposals, p)
			continue
		}
		var a ceremony.SignedApplication
		if err := json.Unmarshal(raw, &a); err != nil || len(a.Application) == 0 {
			return nil, fmt.Errorf("%s: expected a seat proposal or a signed application", file)
		}
		applications = append(applications, a)
	}
	return ceremony.Collect(plan, proposals, applications)
}

// tellGenesis prints what all compare.
func tellGenesis(w io.Writer, g *ceremony.Genesis) error {
	var b strings.Builder
	fmt.Fprintln(&b, "Members 成员")
	for _, m := range g.Members {
		fmt.Fprintf(&b, "  %06d  %s  %s  %v\n", m.Number, m.CreditCode, words.Quoted(m.Name), m.Roles)
	}
	fmt.Fprintln(&b, "Validators 验证席位 (persistent_peers)")
	for _, p := range g.Peers {
		fmt.Fprintf(&b, "  %06d  %-18s %s\n", p.Member, words.Quoted(p.Moniker), p.Line)
	}
	fmt.Fprintf(&b, "\nSHA-256 of the genesis file, to be compared with all others 创世文件哈希，请与各方核对:\n  %s\n", g.Hash)
	_, err := io.WriteString(w, b.String())
	return err
}

func newGenesisCheckCmd() *cobra.Command {
	var plan, expect string
	c := &cobra.Command{
		Use:   "check GENESIS [FOLDER]",
		Short: "Check a genesis file against its hash, or against the plan and everybody's documents (核对创世文件)",
		Example: `  shugud genesis check genesis.json --hash 4f1c…
  shugud genesis check genesis.json documents/ -f plan.yaml`,
		Args: cobra.RangeArgs(1, 2),
	}
	c.Flags().StringVarP(&plan, "file", "f", "", "the plan that all agreed on; needs FOLDER")
	c.Flags().StringVar(&expect, "hash", "", "the SHA-256 that the others told")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if (plan == "") != (len(args) == 1) || plan == "" && expect == "" {
			return fmt.Errorf("expected --hash, or -f plan.yaml with the folder of documents, or all three")
		}
		raw, err := os.ReadFile(args[0])
		if err != nil {
			return err
		}
		hash := ceremony.Hash(raw)
		if expect != "" && !strings.EqualFold(expect, hash) {
			return fmt.Errorf("%s is another genesis: expected the hash %s, got %s; do not start with it, compare documents and plan", args[0], expect, hash)
		}
		if plan != "" {
			made, err := collect(plan, args[1])
			if err != nil {
				return err
			}
			if !slices.Equal(made.Raw, raw) {
				return fmt.Errorf("%s is not what plan and documents make: expected the hash %s, got %s; do not start with it", args[0], made.Hash, hash)
			}
			return tellGenesis(cmd.OutOrStdout(), made)
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s  %s\n", hash, args[0])
		return err
	}
	return c
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
