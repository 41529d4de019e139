package verify

import (
	"time"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
)

// CheckPresence runs the proof of one value of a store up to the application's hash.
func CheckPresence(store string, key, value, proof, storeProof, appHash []byte) error {
	bare, err := decodePresence(proof)
	if err != nil {
		return err
	}
	inApp, err := decodePresence(storeProof)
	if err != nil {
		return err
	}
	root, _, err := presenceRoot(bare, key, value)
	if err != nil {
		return err
	}
	return storeInApp(inApp, store, root, appHash)
}

// CheckAbsence runs the proof that a status is absent.
func CheckAbsence(key, proof, storeProof, appHash []byte) error {
	bare, err := decodeAbsence(proof)
	if err != nil {
		return err
	}
	inApp, err := decodePresence(storeProof)
	if err != nil {
		return err
	}
	root, err := absenceRoot(bare, key)
	if err != nil {
		return err
	}
	return storeInApp(inApp, storeStatus, root, appHash)
}

// HeaderHash is what the verifier computes.
func HeaderHash(h *cmtproto.Header) ([]byte, error) { return headerHash(h) }

// VoteBytes is what the verifier says that entry i signs.
func VoteBytes(c *cmtproto.Commit, i int, chainID string) ([]byte, error) {
	return voteBytes(c, &c.Signatures[i], chainID)
}

// MedianTime is the verifier's middle of the clocks, with the powers in order.
func MedianTime(c *cmtproto.Commit, powers []int64) time.Time {
	set := &validatorSet{}
	for _, p := range powers {
		set.list = append(set.list, validator{power: p})
	}
	return medianTime(c, set)
}
