package cmd

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/server"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/cmd/shugud/words"
)

// newUpgradesCmd tells, before a plan's height, whether this program is the one that it needs.
func newUpgradesCmd() *cobra.Command {
	return &cobra.Command{
		Use: "upgrades", Args: cobra.NoArgs,
		Short:   "List the upgrades that this program has, one a line (本程序包含的升级)",
		Example: "  shugud upgrades",
		// No client is needed, so the home folder is left alone.
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil },
		RunE: func(cmd *cobra.Command, _ []string) error {
			names := app.ThisRelease().Names()
			for _, name := range names {
				fmt.Fprintln(cmd.OutOrStdout(), name)
			}
			none(cmd.ErrOrStderr(), len(names))
			return nil
		},
	}
}

// newStatusCmd tells how far a node is. cosmovisor asks it for the height.
func newStatusCmd() *cobra.Command {
	c := server.StatusCommand()
	c.Short, c.Example = "Tell a node's height, time and key, as JSON (节点状态)", "  shugud status"
	return c
}

// tellPlan tells which upgrade the council has planned.
func tellPlan(w io.Writer, res *upgradetypes.QueryCurrentPlanResponse, _ words.Names) {
	if res.Plan == nil {
		fmt.Fprintln(w, "no upgrade is planned 没有计划中的升级")
		return
	}
	fmt.Fprintf(w, "upgrade 升级 %q at height 高度 %d\n", res.Plan.Name, res.Plan.Height)
	if res.Plan.Info != "" {
		fmt.Fprintln(w, res.Plan.Info)
	}
	fmt.Fprintln(w, "nodes whose program does not have it stop there 未包含该升级的节点将在该高度停止; which it has 查看本程序: shugud upgrades")
}
