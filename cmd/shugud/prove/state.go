package prove

import (
	"context"
	"fmt"

	rpcclient "github.com/cometbft/cometbft/rpc/client"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	"github.com/shugu-network/shugu/verify"
)

// state is the application's state after a block, as a node answers for it.
type state struct {
	node   Node
	height int64
}

// entry asks a store for a key and its proof, and for the proof of the store in the
// application. The value is nil when the key is absent.
func (s state) entry(ctx context.Context, store string, key []byte) (verify.Entry, []byte, error) {
	res, err := s.node.ABCIQueryWithOptions(ctx, "/store/"+store+"/key", key, rpcclient.ABCIQueryOptions{Height: s.height, Prove: true})
	if err != nil {
		return verify.Entry{}, nil, fmt.Errorf("ask for store %q at height %d: %w", store, s.height, err)
	}
	answer := res.Response
	if !answer.IsOK() {
		return verify.Entry{}, nil, fmt.Errorf("ask for store %q at height %d: %s", store, s.height, answer.Log)
	}
	if answer.Height != s.height {
		return verify.Entry{}, nil, fmt.Errorf("asked for store %q at height %d, got height %d", store, s.height, answer.Height)
	}
	if answer.ProofOps == nil || len(answer.ProofOps.Ops) != 2 ||
		answer.ProofOps.Ops[0].Type != storetypes.ProofOpIAVLCommitment ||
		answer.ProofOps.Ops[1].Type != storetypes.ProofOpSimpleMerkleCommitment {
		return verify.Entry{}, nil, fmt.Errorf("the node gave no proof for store %q at height %d: %s; has it pruned that height?", store, s.height, answer.Log)
	}
	proof, err := verify.PackProof(answer.ProofOps.Ops[0].Data)
	if err != nil {
		return verify.Entry{}, nil, err
	}
	inApp, err := verify.PackProof(answer.ProofOps.Ops[1].Data)
	if err != nil {
		return verify.Entry{}, nil, err
	}
	return verify.Entry{Value: nonEmpty(answer.Value), Proof: proof}, inApp, nil
}

// nonEmpty makes nil of an absent value, which RPC gives as an empty one: no store
// that is proved holds empty values.
func nonEmpty(b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	return b
}
