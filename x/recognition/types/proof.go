package types

import (
	"bytes"

	"github.com/cosmos/gogoproto/proto"
	ics23 "github.com/cosmos/ics23/go"

	errorsmod "cosmossdk.io/errors"

	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"
)

// CheckPresenceProof checks the form of a proof that a value stands in a store: two plain
// proofs of existence, in the store and of the store, in their canonical encoding. Batch
// and compressed proofs are not taken. Whether it proves anything is for the light client.
// It wraps ErrProof.
func CheckPresenceProof(b []byte) error {
	proofs, err := decodeProof(b)
	if err != nil {
		return err
	}
	if proofs[0].GetExist() == nil {
		return errorsmod.Wrap(ErrProof, "expected a plain proof of existence")
	}
	return nil
}

// CheckAbsenceProof checks the form of a proof that nothing stands under a key of the
// store voucherstatus: a plain proof of non-existence between two neighbours, which every
// key has because of the sentinels, and a proof of the store. It wraps ErrProof.
func CheckAbsenceProof(b, key []byte) error {
	proofs, err := decodeProof(b)
	if err != nil {
		return err
	}
	absent := proofs[0].GetNonexist()
	if absent == nil || absent.Left == nil || absent.Right == nil {
		return errorsmod.Wrap(ErrProof, "expected a plain proof of non-existence with both neighbours")
	}
	if !bytes.Equal(absent.Key, key) {
		return errorsmod.Wrapf(ErrProof, "expected a proof for key %X, got one for %X", key, absent.Key)
	}
	return nil
}

// decodeProof decodes a proof of two steps, of which the second is one of existence.
func decodeProof(b []byte) ([]*ics23.CommitmentProof, error) {
	if len(b) > MaxProofBytes {
		return nil, errorsmod.Wrapf(ErrProof, "expected at most %d bytes, got %d", MaxProofBytes, len(b))
	}
	var proof commitmenttypes.MerkleProof
	if err := proto.Unmarshal(b, &proof); err != nil {
		return nil, errorsmod.Wrap(ErrProof, err.Error())
	}
	if err := checkCanonical(b, &proof); err != nil {
		return nil, errorsmod.Wrap(ErrProof, err.Error())
	}
	if len(proof.Proofs) != 2 || proof.Proofs[1].GetExist() == nil {
		return nil, errorsmod.Wrapf(ErrProof, "expected a proof in the store and a plain one of the store, got %d steps", len(proof.Proofs))
	}
	return proof.Proofs, nil
}
