package cmd

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	rpcclient "github.com/cometbft/cometbft/rpc/client"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// nodeStatus is how a node stands; a public interface.
type nodeStatus struct {
	ChainID         string    `json:"chain_id"`
	NodeID          string    `json:"node_id"`
	Moniker         string    `json:"moniker"`
	Version         string    `json:"version"`
	Height          int64     `json:"height"`
	BlockTime       time.Time `json:"block_time"`
	BlockAgeSeconds int64     `json:"block_age_seconds"`
	EarliestHeight  int64     `json:"earliest_height"`
	CatchingUp      bool      `json:"catching_up"`
	Peers           int       `json:"peers"`
	// Admitted says whether the node's own state lets it connect.
	Admitted bool `json:"admitted"`
	// ValidatorPower is above 0 when the node's key signs blocks; Seats counts all that do.
	ValidatorPower int64 `json:"validator_power"`
	Seats          int   `json:"seats"`
	// Upgrade that is scheduled, if any.
	Upgrade       string `json:"upgrade,omitempty"`
	UpgradeHeight int64  `json:"upgrade_height,omitempty"`
	// Problems by name, none when the node is well: catching-up, block-old, no-peers, not-admitted.
	Problems []string `json:"problems"`
}

// nodeProblems is what a person reads for a problem.
var nodeProblems = map[string]string{
	"catching-up":  "it is catching up: wait, and ask again 正在追赶，请稍候再查",
	"block-old":    "its last block is old: it is cut off, or the chain stands still; ask another member's node 最新区块过旧：节点失联，或链已停止，请向其他成员的节点核对",
	"no-peers":     "it has no peers: see its log, persistent_peers, and its admission 没有对等节点：请查看日志、persistent_peers 与准入情况",
	"not-admitted": "it is not admitted, or its admission has lapsed: other nodes refuse it 未获准入或准入已失效：其他节点拒绝连接",
}

func newNodeStatusCmd() *cobra.Command {
	var oldest time.Duration
	c := &cobra.Command{
		Use:   "status",
		Short: "Tell how a node stands: height, peers, admission, seat, what upgrade is coming (节点状态)",
		Long: `Tell how a node stands, by its own word: the age of its last block, whether it is catching
up, its peers, whether it is admitted, whether it signs blocks, which upgrade is scheduled.

Exit codes: 0 all is well; 1 something is not, which is named; 2 it could not be asked.`,
		Example: "  shugud node status\n  shugud node status --node tcp://127.0.0.1:26657 -o json",
		Args:    cobra.NoArgs,
	}
	c.Flags().DurationVar(&oldest, "max-age", time.Minute, "how old the last block may be")
	return queryCommand(c, func(cmd *cobra.Command, ctx client.Context, _ []string) error {
		status, err := askStatus(cmd.Context(), ctx)
		if err != nil {
			return &ExitError{Code: 2, Err: err}
		}
		status.judge(time.Now(), oldest)
		if err := status.write(cmd.OutOrStdout(), ctx.OutputFormat == flags.OutputFormatJSON); err != nil {
			return err
		}
		if len(status.Problems) > 0 {
			return &ExitError{Code: 1}
		}
		return nil
	})
}

// askStatus asks a node for everything but the judgement.
func askStatus(goCtx context.Context, ctx client.Context) (*nodeStatus, error) {
	node, err := ctx.GetNode()
	if err != nil {
		return nil, err
	}
	told, err := node.Status(goCtx)
	if err != nil {
		return nil, fmt.Errorf("ask the node at %s: %w", ctx.NodeURI, err)
	}
	s := &nodeStatus{
		ChainID: told.NodeInfo.Network, NodeID: string(told.NodeInfo.ID()), Moniker: told.NodeInfo.Moniker,
		Height: told.SyncInfo.LatestBlockHeight, BlockTime: told.SyncInfo.LatestBlockTime, EarliestHeight: told.SyncInfo.EarliestBlockHeight,
		CatchingUp: told.SyncInfo.CatchingUp, ValidatorPower: told.ValidatorInfo.VotingPower, Problems: []string{},
	}
	application, err := node.ABCIInfo(goCtx)
	if err != nil {
		return nil, fmt.Errorf("ask the node at %s for its program: %w", ctx.NodeURI, err)
	}
	s.Version = application.Response.Version
	if network, ok := node.(rpcclient.NetworkClient); ok {
		info, err := network.NetInfo(goCtx)
		if err != nil {
			return nil, fmt.Errorf("ask the node at %s for its peers: %w", ctx.NodeURI, err)
		}
		s.Peers = info.NPeers
	}
	return s, s.askState(goCtx, ctx)
}

// askState asks for what stands in the node's state, once it has one.
func (s *nodeStatus) askState(goCtx context.Context, ctx client.Context) error {
	if s.Height == 0 {
		return nil
	}
	q := consortium.NewQueryClient(ctx)
	record, err := q.Node(goCtx, &consortium.QueryNodeRequest{Id: s.NodeID})
	switch {
	case err == nil:
		s.Admitted = record.Admitted
	case !strings.Contains(err.Error(), consortium.ErrNodeNotAdmitted.Error()):
		return fmt.Errorf("ask for the node's admission: %s", plain(err))
	}
	seats, err := q.Seats(goCtx, &consortium.QuerySeatsRequest{})
	if err != nil {
		return fmt.Errorf("ask for the seats: %s", plain(err))
	}
	for _, seat := range seats.Seats {
		if seat.Status == consortium.SEAT_STATUS_ACTIVE {
			s.Seats++
		}
	}
	plan, err := upgradetypes.NewQueryClient(ctx).CurrentPlan(goCtx, &upgradetypes.QueryCurrentPlanRequest{})
	if err != nil {
		return fmt.Errorf("ask for the scheduled upgrade: %s", plain(err))
	}
	if plan.Plan != nil {
		s.Upgrade, s.UpgradeHeight = plan.Plan.Name, plan.Plan.Height
	}
	return nil
}

// judge names what is wrong.
func (s *nodeStatus) judge(now time.Time, oldest time.Duration) {
	s.BlockAgeSeconds = int64(now.Sub(s.BlockTime) / time.Second)
	if s.Height == 0 {
		s.BlockAgeSeconds = 0
	}
	alone := s.ValidatorPower > 0 && s.Seats == 1 // it makes its blocks by itself
	for _, p := range []struct {
		name  string
		holds bool
	}{
		{"catching-up", s.CatchingUp},
		{"block-old", !s.CatchingUp && now.Sub(s.BlockTime) > oldest},
		{"no-peers", s.Peers == 0 && !alone},
		{"not-admitted", s.Height > 0 && !s.Admitted},
	} {
		if p.holds {
			s.Problems = append(s.Problems, p.name)
		}
	}
}

func (s *nodeStatus) write(out io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(out).Encode(s)
	}
	fmt.Fprintf(out, "%s  %s  %s  shugud %s\n", s.ChainID, s.Moniker, s.NodeID, s.Version)
	if s.Height == 0 {
		fmt.Fprintln(out, "  height 高度: no block yet 尚无区块")
	} else {
		fmt.Fprintf(out, "  height 高度: %d, %s UTC+8, %d s ago 秒前; blocks since 最早区块 %d\n", s.Height, words.Stamp(s.BlockTime.Unix()), s.BlockAgeSeconds, s.EarliestHeight)
		fmt.Fprintf(out, "  admitted 准入: %s\n", yesNo(s.Admitted))
		seat := "no 否"
		if s.ValidatorPower > 0 {
			seat = fmt.Sprintf("yes 是, one of 共 %d 席", s.Seats)
		}
		fmt.Fprintf(out, "  signs blocks 参与出块: %s\n", seat)
	}
	fmt.Fprintf(out, "  peers 对等节点: %d\n", s.Peers)
	if s.Upgrade != "" {
		fmt.Fprintf(out, "  upgrade 升级: %q at height 于高度 %d, in 余 %d blocks 个区块\n", s.Upgrade, s.UpgradeHeight, s.UpgradeHeight-s.Height)
	}
	for _, name := range s.Problems {
		fmt.Fprintf(out, "  ! %s\n", nodeProblems[name])
	}
	if len(s.Problems) == 0 {
		fmt.Fprintln(out, "  well 正常")
	}
	return nil
}

func yesNo(yes bool) string {
	if yes {
		return "yes 是"
	}
	return "no 否"
}
