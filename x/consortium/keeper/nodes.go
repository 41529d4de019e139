package keeper

import (
	"context"
	"errors"
	"time"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// nodeState is who may connect.
type nodeState struct {
	nodes  collections.Map[[]byte, types.Node]
	owners collections.KeySet[collections.Pair[uint32, []byte]]
	counts collections.Map[uint32, uint32]
}

func newNodeState(sb *collections.SchemaBuilder, cdc codec.Codec) nodeState {
	number, raw := collections.Uint32Key, collections.BytesKey
	return nodeState{
		nodes:  collections.NewMap(sb, types.NodesPrefix, "nodes", raw, codec.CollValue[types.Node](cdc)),
		owners: collections.NewKeySet(sb, types.NodeOwnersPrefix, "node_owners", collections.PairKeyCodec(number, raw)),
		counts: collections.NewMap(sb, types.NodeCountsPrefix, "node_counts", number, collections.Uint32Value),
	}
}

// Node returns the node with an id of 20 bytes. Without one it wraps ErrNodeNotAdmitted.
func (k *Keeper) Node(ctx context.Context, id []byte) (types.Node, error) {
	node, err := k.nodes.nodes.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return types.Node{}, errorsmod.Wrapf(types.ErrNodeNotAdmitted, "node %x; an exchange or the council has to admit it", id)
	}
	return node, err
}

// NodeStanding returns nil when the node with an id of 20 bytes may connect at
// now, which is the time of the latest block: by a wall clock all admissions
// could lapse while the chain stands still. It wraps ErrNodeNotAdmitted, also
// when the owner is no member any more, or ErrNodeLapsed. The nodes of a
// suspended member stay until they are revoked.
func (k *Keeper) NodeStanding(ctx context.Context, id []byte, now time.Time) error {
	node, err := k.Node(ctx, id)
	if err != nil {
		return err
	}
	owner, err := k.Member(ctx, node.Owner)
	if err != nil {
		return err
	}
	if owner.Status != types.MEMBER_STATUS_ACTIVE && owner.Status != types.MEMBER_STATUS_SUSPENDED {
		return errorsmod.Wrapf(types.ErrNodeNotAdmitted, "node %x: its owner, member %06d, is %s", id, owner.Number, owner.Status)
	}
	if node.Lapsed(now) {
		return errorsmod.Wrapf(types.ErrNodeLapsed, "node %x: expires_at was %d, the time is %d; have it admitted again", id, node.ExpiresAt, now.Unix())
	}
	return nil
}

// NodeIDs lists the ids of all nodes on record, ascending, also of those that may
// not connect.
func (k *Keeper) NodeIDs(ctx context.Context) (ids [][]byte, err error) {
	err = k.nodes.nodes.Walk(ctx, nil, func(id []byte, _ types.Node) (stop bool, err error) {
		ids = append(ids, id)
		return false, nil
	})
	return ids, err
}

// nodeCount is how many nodes a member has on record.
func (k *Keeper) nodeCount(ctx context.Context, owner uint32) (uint32, error) {
	count, err := k.nodes.counts.Get(ctx, owner)
	if errors.Is(err, collections.ErrNotFound) {
		return 0, nil
	}
	return count, err
}

// putNode writes a node that is not on record.
func (k *Keeper) putNode(ctx context.Context, node types.Node) error {
	count, err := k.nodeCount(ctx, node.Owner)
	if err != nil {
		return err
	}
	if err := k.nodes.counts.Set(ctx, node.Owner, count+1); err != nil {
		return err
	}
	if err := k.nodes.owners.Set(ctx, collections.Join(node.Owner, node.Id)); err != nil {
		return err
	}
	return k.nodes.nodes.Set(ctx, node.Id, node)
}

// dropNode removes a node that is on record.
func (k *Keeper) dropNode(ctx context.Context, node types.Node) error {
	count, err := k.nodeCount(ctx, node.Owner)
	if err != nil {
		return err
	}
	if count > 1 {
		err = k.nodes.counts.Set(ctx, node.Owner, count-1)
	} else {
		err = k.nodes.counts.Remove(ctx, node.Owner)
	}
	if err != nil {
		return err
	}
	if err := k.nodes.owners.Remove(ctx, collections.Join(node.Owner, node.Id)); err != nil {
		return err
	}
	return k.nodes.nodes.Remove(ctx, node.Id)
}

// importNodes writes the nodes of a genesis.
func (k *Keeper) importNodes(ctx context.Context, nodes []types.Node) error {
	for _, node := range nodes {
		if err := k.putNode(ctx, node); err != nil {
			return err
		}
	}
	return nil
}

// exportNodes reads all nodes, by id.
func (k *Keeper) exportNodes(ctx context.Context) ([]types.Node, error) {
	return values(ctx, k.nodes.nodes)
}
