package verify

import (
	"bytes"
	"fmt"
	"math"

	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/crypto/merkle"
	cmtcrypto "github.com/cometbft/cometbft/proto/tendermint/crypto"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
)

const (
	// maxValidators bounds a set; CometBFT's own bound is 10,000.
	maxValidators = 1000
	// maxTotalPower is CometBFT's bound of a set's power.
	maxTotalPower = math.MaxInt64 / 8
)

// validator is one of a set, with what is derived from its key.
type validator struct {
	name    string
	key     ed25519.PubKey
	address []byte
	power   int64
}

// validatorSet is in CometBFT's order: power descending, then address ascending.
type validatorSet struct {
	list  []validator
	total int64
	hash  []byte
}

// newSet checks keys, powers and order, and computes the hash that headers carry.
func newSet(list []validator) (*validatorSet, error) {
	if len(list) == 0 || len(list) > maxValidators {
		return nil, fmt.Errorf("expected 1 to %d validators, got %d", maxValidators, len(list))
	}
	s := &validatorSet{list: list}
	leaves := make([][]byte, len(list))
	seen := make(map[string]bool, len(list))
	for i := range list {
		v := &list[i]
		if len(v.key) != ed25519.PubKeySize {
			return nil, fmt.Errorf("validator %d: expected an ed25519 key of %d bytes, got %d", i, ed25519.PubKeySize, len(v.key))
		}
		if v.power < 1 || v.power > maxTotalPower-s.total {
			return nil, fmt.Errorf("validator %d: power %d is out of range", i, v.power)
		}
		v.address = v.key.Address()
		s.total += v.power
		if seen[string(v.key)] || i > 0 && !ordered(&list[i-1], v) {
			return nil, fmt.Errorf("validator %d: expected CometBFT's order, power descending and then address ascending, no key twice", i)
		}
		seen[string(v.key)] = true
		leaf, err := (&cmtproto.SimpleValidator{
			PubKey:      &cmtcrypto.PublicKey{Sum: &cmtcrypto.PublicKey_Ed25519{Ed25519: v.key}},
			VotingPower: v.power,
		}).Marshal()
		if err != nil {
			return nil, err
		}
		leaves[i] = leaf
	}
	s.hash = merkle.HashFromByteSlices(leaves)
	return s, nil
}

// ordered says whether b may follow a; equals may not.
func ordered(a, b *validator) bool {
	if a.power != b.power {
		return a.power > b.power
	}
	return bytes.Compare(a.address, b.address) < 0
}
