package keeper_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func nodeID(i byte) []byte { return bytes.Repeat([]byte{i}, types.NodeIDSize) }

func (n *network) admitNode(signer string, id []byte, owner uint32, expires int64) error {
	_, err := n.msg.AdmitNode(n.Ctx, &types.MsgAdmitNode{
		Signer: keys.Bech32(signer), NodeId: id, Owner: owner, Purpose: types.NODE_PURPOSE_FULL, ExpiresAt: expires, Moniker: "sentry-1",
	})
	return err
}

func (n *network) revokeNode(signer string, id []byte) error {
	_, err := n.msg.RevokeNode(n.Ctx, &types.MsgRevokeNode{Signer: keys.Bech32(signer), NodeId: id, Reason: "decommissioned"})
	return err
}

// The members of a network of four: 1 to 7 exchanges, 8 a merchant of the first, 9 a suspended exchange.
const merchant, out = uint32(8), uint32(9)

func TestAdmitNode(t *testing.T) {
	n := newNetwork(t, 4)
	now := n.Ctx.BlockTime()
	require.ErrorIs(t, n.k.NodeStanding(n.Ctx, nodeID(1), now), types.ErrNodeNotAdmitted)
	require.NoError(t, n.admitNode("v1", nodeID(1), 1, 0))
	require.NoError(t, n.k.NodeStanding(n.Ctx, nodeID(1), now.Add(1000*time.Hour)))
	var admitted types.EventNodeAdmitted
	require.True(t, n.event(&admitted))
	node := types.Node{Id: nodeID(1), Owner: 1, Purpose: types.NODE_PURPOSE_FULL, AdmittedBy: 1, AdmittedHeight: 1, Moniker: "sentry-1"}
	require.Equal(t, node, admitted.Node)

	require.NoError(t, n.admitNode("v1", nodeID(2), merchant, 0), "of a merchant that it admitted")
	require.NoError(t, n.admitNode("authority", nodeID(3), 5, 0), "of anybody")
	require.NoError(t, n.k.Check(n.Ctx))
}

func TestAdmitNodeFailsIf(t *testing.T) {
	past := fixture.Start.Unix() - 1
	cases := map[string]struct {
		signer  string
		id      byte
		owner   uint32
		expires int64
		want    error
	}{
		"owner is malformed":                           {"authority", 9, 0, 0, valid.ErrInvalid},
		"owner is nobody":                              {"authority", 9, 99, 0, types.ErrMemberNotFound},
		"owner is another exchange":                    {"v1", 9, 2, 0, types.ErrNotEntitled},
		"owner was admitted by another exchange":       {"v2", 9, merchant, 0, types.ErrNotEntitled},
		"owner is suspended":                           {"authority", 9, out, 0, types.ErrSuspended},
		"signer is the merchant itself":                {"merchant", 9, merchant, 0, types.ErrRoleMissing},
		"signer is suspended":                          {"out", 9, out, 0, types.ErrSuspended},
		"signer is a stranger":                         {"stranger", 9, 1, 0, types.ErrNotMember},
		"it would have lapsed":                         {"v1", 9, 1, past, types.ErrNodeLapsed},
		"the node is another exchange's":               {"v2", 1, 2, 0, types.ErrNotEntitled},
		"the node is of another exchange's merchant":   {"v2", 2, 2, 0, types.ErrNotEntitled},
		"the node was admitted by the council for one": {"v2", 3, 2, 0, types.ErrNotEntitled},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			n := newNetwork(t, 4)
			require.NoError(t, n.admitNode("v1", nodeID(1), 1, 0))
			require.NoError(t, n.admitNode("v1", nodeID(2), merchant, 0))
			require.NoError(t, n.admitNode("authority", nodeID(3), 5, 0))
			n.refused(c.want, func() error { return n.admitNode(c.signer, nodeID(c.id), c.owner, c.expires) })
		})
	}
}

func TestAdmitNodeFailsIfTheOwnerHasTooMany(t *testing.T) {
	n := newNetwork(t, 4)
	soon := n.Ctx.BlockTime().Unix() + 1
	for i := range byte(types.MaxNodes) {
		require.NoError(t, n.admitNode("v1", nodeID(i), 1, soon))
	}
	n.steps(3)
	n.refused(types.ErrTooManyNodes, func() error { return n.admitNode("v1", nodeID(200), 1, 0) })
	require.NoError(t, n.admitNode("v1", nodeID(7), 1, 0), "extending is not one more")
	require.NoError(t, n.admitNode("v1", nodeID(7), merchant, 0), "giving one away makes room")
	require.NoError(t, n.admitNode("v1", nodeID(200), 1, 0))
	n.refused(types.ErrTooManyNodes, func() error { return n.admitNode("v1", nodeID(7), 1, 0) })
	require.NoError(t, n.revokeNode("v1", nodeID(1)))
	require.NoError(t, n.admitNode("v1", nodeID(7), 1, 0))
}

// An admission is good up to the second of its expiry; lapsed, it is kept and can be extended.
func TestAdmissionLapses(t *testing.T) {
	n := newNetwork(t, 4)
	expires := n.Ctx.BlockTime().Unix() + 5
	require.NoError(t, n.admitNode("v1", nodeID(1), 1, expires))
	require.NoError(t, n.k.NodeStanding(n.Ctx, nodeID(1), time.Unix(expires, 999_999_999)))
	require.ErrorIs(t, n.k.NodeStanding(n.Ctx, nodeID(1), time.Unix(expires+1, 0)), types.ErrNodeLapsed)
	n.stepAfter(6 * time.Second)
	res, err := n.query.Node(n.Ctx, &types.QueryNodeRequest{Id: "0101010101010101010101010101010101010101"})
	require.NoError(t, err)
	require.False(t, res.Admitted)
	require.NoError(t, n.admitNode("v1", nodeID(1), 1, expires+100))
	require.NoError(t, n.k.NodeStanding(n.Ctx, nodeID(1), n.Ctx.BlockTime()))
}

// Whoever admitted it, whoever runs it and the council may revoke it; the first two of another's may not.
func TestRevokeNode(t *testing.T) {
	for _, signer := range []string{"v1", "merchant", "authority"} {
		n := newNetwork(t, 4)
		require.NoError(t, n.admitNode("v1", nodeID(2), merchant, 0))
		require.NoError(t, n.revokeNode(signer, nodeID(2)))
		require.ErrorIs(t, n.k.NodeStanding(n.Ctx, nodeID(2), n.Ctx.BlockTime()), types.ErrNodeNotAdmitted)
		var revoked types.EventNodeRevoked
		require.True(t, n.event(&revoked))
		by := map[string]uint32{"v1": 1, "merchant": merchant, "authority": 0}[signer]
		require.Equal(t, types.EventNodeRevoked{Id: nodeID(2), Owner: merchant, RevokedBy: by, Reason: "decommissioned"}, revoked)
		require.NoError(t, n.k.Check(n.Ctx))
		require.NoError(t, n.admitNode("v1", nodeID(2), 1, 0), "it may be admitted again, for another")
	}
}

func TestRevokeNodeFailsIf(t *testing.T) {
	cases := map[string]struct {
		signer string
		id     []byte
		want   error
	}{
		"id is malformed":            {"v1", []byte{1}, valid.ErrInvalid},
		"the node is not on record":  {"v1", nodeID(9), types.ErrNodeNotAdmitted},
		"signer is another exchange": {"v2", nodeID(2), types.ErrNotEntitled},
		"signer is a stranger":       {"stranger", nodeID(2), types.ErrNotMember},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			n := newNetwork(t, 4)
			require.NoError(t, n.admitNode("v1", nodeID(2), merchant, 0))
			n.refused(c.want, func() error { return n.revokeNode(c.signer, c.id) })
		})
	}
}

// A suspended member's nodes stay, and it can revoke them itself.
func TestNodesOfASuspendedMember(t *testing.T) {
	n := newNetwork(t, 4)
	require.NoError(t, n.admitNode("v1", nodeID(2), merchant, 0))
	require.NoError(t, n.suspend("authority", merchant))
	require.NoError(t, n.k.NodeStanding(n.Ctx, nodeID(2), n.Ctx.BlockTime()))
	require.NoError(t, n.revokeNode("merchant", nodeID(2)))
}

func TestQueryNodes(t *testing.T) {
	n := newNetwork(t, 4)
	for i := range byte(5) {
		require.NoError(t, n.admitNode("authority", nodeID(i), 1+uint32(i%2), 0))
	}
	list := func(owner uint32, limit uint64) (ids []byte) {
		page := &query.PageRequest{Limit: limit}
		for {
			res, err := n.query.Nodes(n.Ctx, &types.QueryNodesRequest{Owner: owner, Pagination: page})
			require.NoError(t, err)
			for _, node := range res.Nodes {
				ids = append(ids, node.Id[0])
			}
			if len(res.Pagination.NextKey) == 0 {
				return ids
			}
			page = &query.PageRequest{Limit: limit, Key: res.Pagination.NextKey}
		}
	}
	for _, limit := range []uint64{1, 2, 100} {
		require.Equal(t, []byte{0, 1, 2, 3, 4}, list(0, limit))
		require.Equal(t, []byte{1, 3}, list(2, limit))
		require.Empty(t, list(3, limit))
	}
	res, err := n.query.Node(n.Ctx, &types.QueryNodeRequest{Id: "0000000000000000000000000000000000000000"})
	require.NoError(t, err)
	require.True(t, res.Admitted)
	_, err = n.query.Node(n.Ctx, &types.QueryNodeRequest{Id: "0909090909090909090909090909090909090909"})
	require.ErrorIs(t, err, types.ErrNodeNotAdmitted)
	for _, req := range []*types.QueryNodeRequest{nil, {}, {Id: "x"}} {
		_, err = n.query.Node(n.Ctx, req)
		require.Equal(t, codes.InvalidArgument, status.Code(err))
	}
	_, err = n.query.Nodes(n.Ctx, nil)
	require.Equal(t, codes.InvalidArgument, status.Code(err))
}
