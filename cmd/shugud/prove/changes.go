package prove

import (
	"context"
	"fmt"
	"time"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/shugu-network/shugu/headers"
	headerstypes "github.com/shugu-network/shugu/headers/types"
	"github.com/shugu-network/shugu/verify"
)

const (
	// A node notes a set change a moment after its block: ask so often, so far apart.
	changesTries = 20
	changesPause = 250 * time.Millisecond
)

// addSetChanges puts the changes from a trust root's height up to the bundle's into it. It
// returns a trust root with the set that the node names for that height, to check the bundle
// with.
func addSetChanges(ctx context.Context, node Node, b *verify.Bundle, signed *cmttypes.SignedHeader, since int64) (*verify.TrustRoot, error) {
	if since > signed.Height {
		return nil, fmt.Errorf("--since: expected the trust root's height, at most the chain's %d, got %d", signed.Height, since)
	}
	answer, err := settledChanges(ctx, node, since, b.Height)
	if err != nil {
		return nil, err
	}
	header := signed.Header
	for _, change := range answer.Changes {
		if change.Height > b.Height {
			break
		}
		if len(b.SetChanges) == 0 {
			if header, err = readHeader(change.Header); err != nil {
				return nil, fmt.Errorf("set change at block %d: %w", change.Height, err)
			}
		}
		b.SetChanges = append(b.SetChanges, bundled(change))
	}
	root := &verify.TrustRoot{
		Format: verify.RootFormat, ChainID: b.ChainID, Height: header.Height,
		HeaderHash: fmt.Sprintf("%X", []byte(header.Hash())), ValidatorsHash: fmt.Sprintf("%X", []byte(header.ValidatorsHash)),
	}
	for _, v := range answer.Validators {
		root.Validators = append(root.Validators, verify.RootValidator{PubKey: v.PubKey, Power: v.Power})
	}
	return root, nil
}

// settledChanges asks for all changes from a height on, and again until the node has looked
// at a block.
func settledChanges(ctx context.Context, node Node, since, block int64) (*headerstypes.QuerySetChangesResponse, error) {
	for try := 1; ; try++ {
		answer, err := headers.Ask(ctx, node, since)
		if err != nil || answer.ThroughHeight >= block {
			return answer, err
		}
		if try == changesTries {
			return nil, fmt.Errorf("the node has looked for changes of validators through block %d only, expected %d: try again later", answer.ThroughHeight, block)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(changesPause):
		}
	}
}

func bundled(change headerstypes.SetChange) verify.SetChange {
	out := verify.SetChange{SignedHeader: verify.SignedHeader{Header: change.Header, Commit: change.Commit}}
	for _, v := range change.Validators {
		out.Validators = append(out.Validators, verify.BundleValidator{PubKey: v.PubKey, Power: v.Power})
	}
	return out
}

func readHeader(b []byte) (*cmttypes.Header, error) {
	var p cmtproto.Header
	if err := p.Unmarshal(b); err != nil {
		return nil, err
	}
	header, err := cmttypes.HeaderFromProto(&p)
	return &header, err
}
