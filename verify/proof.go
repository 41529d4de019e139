package verify

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	ics23 "github.com/cosmos/ics23/go"
)

// Proofs travel as ics23.CommitmentProof without the key, and proofs of presence
// without the value: the verifier puts in the key that it derived from the number and
// the value that it read, so a prover cannot name another key.

// maxDepth bounds the path of a proof; an IAVL tree of depth 64 holds more than 10^13 keys.
const maxDepth = 64

var errProof = errors.New("the proof does not hold")

// decodePresence reads a bare proof of presence.
func decodePresence(b []byte) (*ics23.ExistenceProof, error) {
	p := new(ics23.CommitmentProof)
	if err := decodeProto(b, p); err != nil {
		return nil, err
	}
	exist := p.GetExist()
	if exist == nil || exist.Leaf == nil {
		return nil, errors.New("expected an ICS-23 existence proof with a leaf")
	}
	if len(exist.Key) != 0 || len(exist.Value) != 0 {
		return nil, errors.New("expected a proof without key and value: the verifier puts them in")
	}
	return exist, nil
}

// decodeAbsence reads a bare proof of absence. Sentinels bound the range, so that it
// has two neighbours always.
func decodeAbsence(b []byte) (*ics23.NonExistenceProof, error) {
	p := new(ics23.CommitmentProof)
	if err := decodeProto(b, p); err != nil {
		return nil, err
	}
	non := p.GetNonexist()
	if non == nil || len(non.Key) != 0 {
		return nil, errors.New("expected an ICS-23 non-existence proof without its key: the verifier puts it in")
	}
	if non.Left == nil || non.Left.Leaf == nil || non.Right == nil || non.Right.Leaf == nil {
		return nil, errors.New("expected a neighbour on both sides of the absent key")
	}
	return non, nil
}

// presenceRoot checks that key holds value in an IAVL tree and returns the tree's root
// and the height at which the value was written.
func presenceRoot(bare *ics23.ExistenceProof, key, value []byte) (root []byte, height int64, err error) {
	proof := &ics23.ExistenceProof{Key: key, Value: value, Leaf: bare.Leaf, Path: bare.Path}
	if height, err = checkIAVL(proof); err != nil {
		return nil, 0, err
	}
	// This is what the library's VerifyMembership does, whose root is not known yet: the
	// bundle does not carry it, and the proof of the store in the application checks it.
	if err := proof.CheckAgainstSpec(ics23.IavlSpec); err != nil {
		return nil, 0, err
	}
	if root, err = proof.Calculate(); err != nil {
		return nil, 0, err
	}
	return root, height, nil
}

// absenceRoot checks that key is absent from the tree of the status store and returns
// the tree's root.
func absenceRoot(bare *ics23.NonExistenceProof, key []byte) (root []byte, err error) {
	// The library indexes paths that a hostile proof can make too short.
	defer func() {
		if recover() != nil {
			root, err = nil, errProof
		}
	}()
	for _, side := range []*ics23.ExistenceProof{bare.Left, bare.Right} {
		if _, err := checkIAVL(side); err != nil {
			return nil, err
		}
		if err := statusNeighbour(side.Key, side.Value); err != nil {
			return nil, err
		}
	}
	if root, err = bare.Left.Calculate(); err != nil {
		return nil, err
	}
	proof := &ics23.CommitmentProof{Proof: &ics23.CommitmentProof_Nonexist{
		Nonexist: &ics23.NonExistenceProof{Key: key, Left: bare.Left, Right: bare.Right},
	}}
	if !ics23.VerifyNonMembership(ics23.IavlSpec, root, proof, key) {
		return nil, errProof
	}
	return root, nil
}

// storeInApp checks that the store of that name has that root in the application.
func storeInApp(bare *ics23.ExistenceProof, name string, storeRoot, appHash []byte) error {
	if len(bare.Path) > maxDepth {
		return fmt.Errorf("expected a path of at most %d steps, got %d", maxDepth, len(bare.Path))
	}
	proof := &ics23.CommitmentProof{Proof: &ics23.CommitmentProof_Exist{
		Exist: &ics23.ExistenceProof{Key: []byte(name), Value: storeRoot, Leaf: bare.Leaf, Path: bare.Path},
	}}
	if !bytes.Equal(bare.Leaf.Prefix, ics23.TendermintSpec.LeafSpec.Prefix) {
		return fmt.Errorf("%w: the leaf has another prefix", errProof)
	}
	for i, op := range bare.Path {
		left := len(op.Prefix) == 1 && len(op.Suffix) == digestLen
		right := len(op.Prefix) == 1+digestLen && len(op.Suffix) == 0
		if !left && !right || op.Prefix[0] != 1 {
			return fmt.Errorf("%w: step %d is no node of a tree of stores", errProof, i)
		}
	}
	if !ics23.VerifyMembership(ics23.TendermintSpec, appHash, proof, []byte(name), storeRoot) {
		return fmt.Errorf("store %q: %w", name, errProof)
	}
	return nil
}

// checkIAVL holds leaf and path to the exact bytes that IAVL hashes; the library's
// specification leaves some room. It returns the height at which the leaf was written.
func checkIAVL(p *ics23.ExistenceProof) (int64, error) {
	if len(p.Path) > maxDepth {
		return 0, fmt.Errorf("expected a path of at most %d steps, got %d", maxDepth, len(p.Path))
	}
	node, rest, err := iavlPrefix(p.Leaf.Prefix)
	if err != nil || node[0] != 0 || node[1] != 1 || len(rest) != 0 {
		return 0, fmt.Errorf("%w: the leaf has another prefix than IAVL's", errProof)
	}
	for i, op := range p.Path {
		_, rest, err := iavlPrefix(op.Prefix)
		if err != nil || !iavlChild(rest, op.Suffix) {
			return 0, fmt.Errorf("%w: step %d is no node of an IAVL tree", errProof, i)
		}
	}
	return node[2], nil
}

// iavlPrefix reads height, size and version of a node, each in its shortest form.
func iavlPrefix(b []byte) (node [3]int64, rest []byte, err error) {
	for i := range node {
		v, n := binary.Varint(b)
		if n <= 0 || v < 0 || n > 1 && b[n-1] == 0 {
			return node, nil, errProof
		}
		node[i], b = v, b[n:]
	}
	return node, b, nil
}

// iavlChild says whether what surrounds a child's hash is a length, and on one side
// the sibling's length and hash.
func iavlChild(before, after []byte) bool {
	const sibling = 1 + digestLen
	switch {
	case len(before) == 1 && len(after) == sibling:
		return before[0] == digestLen && after[0] == digestLen
	case len(before) == sibling+1 && len(after) == 0:
		return before[0] == digestLen && before[sibling] == digestLen
	default:
		return false
	}
}
