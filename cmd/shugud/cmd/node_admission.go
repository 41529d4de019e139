package cmd

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

var nodePurposes = map[string]consortium.NodePurpose{
	"validator": consortium.NODE_PURPOSE_VALIDATOR, "full": consortium.NODE_PURPOSE_FULL,
	"archive": consortium.NODE_PURPOSE_ARCHIVE, "sentry": consortium.NODE_PURPOSE_SENTRY,
}

// newNodeCmd holds the private network: which peers may connect.
func newNodeCmd() *cobra.Command {
	c := &cobra.Command{Use: "node", Short: "Private network (数据交易专网): admit, revoke and show nodes; how one stands", RunE: client.ValidateCmd}
	c.AddCommand(newAdmitNodeCmd(), newRevokeNodeCmd(), newShowNodeCmd(), newNodeStatusCmd())
	return c
}

func newAdmitNodeCmd() *cobra.Command {
	var owner uint32
	var purpose, expires, moniker string
	c := &cobra.Command{
		Use:   "admit NODE_ID --purpose PURPOSE",
		Short: "Exchange: admit a node of its own or of a member that it admitted; again, to change or extend it",
		Example: "  shugud node admit $(shugud comet show-node-id) --purpose validator --from exchange\n" +
			"  shugud node admit 3f2a… --owner 12 --purpose full --expires 2027-12-31T16:00:00Z --from exchange",
		Args: cobra.ExactArgs(1),
	}
	c.Flags().Uint32Var(&owner, "owner", 0, "number of the member that runs the node; the signer's own when not given")
	c.Flags().StringVar(&purpose, "purpose", "full", "validator, full, archive or sentry")
	c.Flags().StringVar(&expires, "expires", "", "last second of the admission, like 2027-12-31T16:00:00Z; never when not given")
	c.Flags().StringVar(&moniker, "moniker", "", "name shown by tools, ASCII, at most 32 characters")
	return txCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		msg, err := admission(args[0], purpose, expires, moniker)
		if err != nil {
			return nil, err
		}
		msg.Signer, msg.Owner = ctx.FromAddress.String(), owner
		if owner == 0 {
			msg.Owner, err = ownNumber(cmd.Context(), ctx)
		}
		return msg, err
	})
}

// admission reads what the command line says of a node.
func admission(id, purpose, expires, moniker string) (*consortium.MsgAdmitNode, error) {
	msg := &consortium.MsgAdmitNode{Moniker: moniker}
	var err error
	if msg.NodeId, err = parsePeer(id); err != nil {
		return nil, err
	}
	if msg.Purpose, err = parseChoice("--purpose", purpose, nodePurposes); err != nil {
		return nil, err
	}
	if expires != "" {
		at, err := time.Parse(time.RFC3339, expires)
		if err != nil || at.Unix() <= 0 {
			return nil, fmt.Errorf("--expires: expected a time like 2027-12-31T16:00:00Z, got %q", expires)
		}
		msg.ExpiresAt = at.Unix()
	}
	return msg, nil
}

// parsePeer reads a node id, alone or as it stands in persistent_peers: id@host:port.
func parsePeer(s string) ([]byte, error) {
	id, _, _ := strings.Cut(s, "@")
	return consortium.ParseNodeID(id)
}

func newRevokeNodeCmd() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use: "revoke NODE_ID --reason TEXT", Short: "Owner, or the exchange that admitted it: keep a node out", Args: cobra.ExactArgs(1),
		Example: `  shugud node revoke 3f2a… --from exchange --reason "设备报废"`,
	}
	c.Flags().StringVar(&reason, "reason", "", "why, public")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		id, err := parsePeer(args[0])
		return &consortium.MsgRevokeNode{Signer: ctx.FromAddress.String(), NodeId: id, Reason: reason}, err
	})
}

func newShowNodeCmd() *cobra.Command {
	var owner uint32
	c := &cobra.Command{
		Use: "show [NODE_ID]", Short: "Show the nodes on record, all, one, or those of a member", Args: cobra.MaximumNArgs(1),
		Example: "  shugud node show\n  shugud node show --owner 1\n  shugud node show $(shugud comet show-node-id)",
	}
	c.Flags().Uint32Var(&owner, "owner", 0, "only the nodes of this member")
	return answeringCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) ([]answer, error) {
		q := consortium.NewQueryClient(ctx)
		if len(args) == 1 {
			id, err := parsePeer(args[0])
			if err != nil {
				return nil, err
			}
			res, err := q.Node(cmd.Context(), &consortium.QueryNodeRequest{Id: fmt.Sprintf("%x", id)})
			if err != nil {
				return nil, errors.New(plain(err))
			}
			return []answer{{res, nodeText(res.Node) + admittedText(res.Admitted)}}, nil
		}
		var answers []answer
		page := &query.PageRequest{}
		for {
			res, err := q.Nodes(cmd.Context(), &consortium.QueryNodesRequest{Owner: owner, Pagination: page})
			if err != nil {
				return nil, errors.New(plain(err))
			}
			for i := range res.Nodes {
				answers = append(answers, answer{&res.Nodes[i], nodeText(res.Nodes[i])})
			}
			if len(res.Pagination.GetNextKey()) == 0 {
				return answers, nil
			}
			page = &query.PageRequest{Key: res.Pagination.NextKey}
		}
	})
}

// nodeText tells a node to a person.
func nodeText(n consortium.Node) string {
	by := "council 理事会"
	if n.AdmittedBy != 0 {
		by = fmt.Sprintf("%06d", n.AdmittedBy)
	}
	expires := "never 长期"
	if n.ExpiresAt != 0 {
		at := time.Unix(n.ExpiresAt, 0)
		expires = fmt.Sprintf("%s (%s)", at.In(time.FixedZone("UTC+8", 8*3600)).Format("2006-01-02 15:04:05 UTC+8"), at.UTC().Format(time.RFC3339))
	}
	return fmt.Sprintf("%x%s\n  owner 所属: %06d  purpose 用途: %s\n  admitted by 准入方: %s  expires 到期: %s\n", n.Id, after("  ", n.Moniker), n.Owner, words.Purpose(n.Purpose), by, expires)
}

func admittedText(admitted bool) string {
	if admitted {
		return "  may connect 可连接\n"
	}
	return "  may not connect: the admission has lapsed or the owner left 不可连接\n"
}
