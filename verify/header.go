package verify

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"sort"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/crypto/merkle"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"google.golang.org/protobuf/encoding/protowire"
)

// blockProtocol is CometBFT's version of headers.
const blockProtocol = 11

// checkHeader checks what a header says of itself.
func checkHeader(h *cmtproto.Header, chainID string) error {
	if h.Version.Block != blockProtocol {
		return fmt.Errorf("expected block protocol %d, got %d", blockProtocol, h.Version.Block)
	}
	if h.ChainID != chainID {
		return fmt.Errorf("expected a header of chain %q, got one of %.60q", chainID, h.ChainID)
	}
	if h.Height < 1 {
		return fmt.Errorf("expected a height of 1 or more, got %d", h.Height)
	}
	for _, hash := range [][]byte{h.ValidatorsHash, h.NextValidatorsHash, h.AppHash} {
		if len(hash) != digestLen {
			return fmt.Errorf("expected hashes of %d bytes, got %d", digestLen, len(hash))
		}
	}
	return nil
}

// headerHash is the Merkle root (RFC 6962 hashing) of the header's fields, each in
// protobuf's encoding, as CometBFT computes it.
func headerHash(h *cmtproto.Header) ([]byte, error) {
	version, err := h.Version.Marshal()
	if err != nil {
		return nil, err
	}
	lastBlock, err := h.LastBlockId.Marshal()
	if err != nil {
		return nil, err
	}
	leaves := [][]byte{
		version,
		wrap([]byte(h.ChainID)),
		appendVarint(nil, 1, uint64(h.Height)),
		appendVarint(appendVarint(nil, 1, uint64(h.Time.Unix())), 2, uint64(h.Time.Nanosecond())),
		lastBlock,
	}
	for _, b := range [][]byte{
		h.LastCommitHash, h.DataHash, h.ValidatorsHash, h.NextValidatorsHash, h.ConsensusHash,
		h.AppHash, h.LastResultsHash, h.EvidenceHash, h.ProposerAddress,
	} {
		leaves = append(leaves, wrap(b))
	}
	return merkle.HashFromByteSlices(leaves), nil
}

// wrap encodes bytes as the only field of a message.
func wrap(b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	return protowire.AppendBytes(protowire.AppendTag(nil, 1, protowire.BytesType), b)
}

// checkCommit checks that a commit is for the block of that hash and has one entry for
// each validator, in the set's order. It does not look at signatures.
func checkCommit(c *cmtproto.Commit, h *cmtproto.Header, hash []byte, set *validatorSet) error {
	if c.Height != h.Height || c.Round < 0 {
		return fmt.Errorf("expected votes for height %d, got height %d and round %d", h.Height, c.Height, c.Round)
	}
	if !bytes.Equal(c.BlockID.Hash, hash) {
		return fmt.Errorf("expected votes for block %X, the header's hash, got %X", hash, c.BlockID.Hash)
	}
	if c.BlockID.PartSetHeader.Total == 0 || len(c.BlockID.PartSetHeader.Hash) != digestLen {
		return errors.New("expected a complete block id")
	}
	if len(c.Signatures) != len(set.list) {
		return fmt.Errorf("expected %d entries, one for each validator, got %d", len(set.list), len(c.Signatures))
	}
	for i := range c.Signatures {
		if err := checkVote(&c.Signatures[i], &set.list[i]); err != nil {
			return fmt.Errorf("entry %d: %w", i, err)
		}
	}
	return nil
}

func checkVote(s *cmtproto.CommitSig, v *validator) error {
	switch s.BlockIdFlag {
	case cmtproto.BlockIDFlagAbsent:
		if len(s.ValidatorAddress) != 0 || len(s.Signature) != 0 || !s.Timestamp.IsZero() {
			return errors.New("expected nothing but the mark of absence")
		}
	case cmtproto.BlockIDFlagCommit, cmtproto.BlockIDFlagNil:
		if !bytes.Equal(s.ValidatorAddress, v.address) {
			return fmt.Errorf("expected a vote of validator %X, got one of %X", v.address, s.ValidatorAddress)
		}
		if len(s.Signature) != ed25519.SignatureSize {
			return fmt.Errorf("expected a signature of %d bytes, got %d", ed25519.SignatureSize, len(s.Signature))
		}
	default:
		return fmt.Errorf("expected a vote for the block, for nil, or absence, got flag %d", s.BlockIdFlag)
	}
	return nil
}

// checkSignatures checks every signature of the commit, also those for nil, and also
// when enough good ones have been seen: SECURITY-RULES 5.
func checkSignatures(c *cmtproto.Commit, chainID string, set *validatorSet) error {
	batch := ed25519.NewBatchVerifier()
	var signers []int
	for i := range c.Signatures {
		s := &c.Signatures[i]
		if s.BlockIdFlag == cmtproto.BlockIDFlagAbsent {
			continue
		}
		signed, err := voteBytes(c, s, chainID)
		if err != nil {
			return err
		}
		if err := batch.Add(set.list[i].key, signed, s.Signature); err != nil {
			return wrongSignature(&set.list[i])
		}
		signers = append(signers, i)
	}
	if len(signers) == 0 {
		return nil // checkPower's to refuse
	}
	all, each := batch.Verify()
	if all {
		return nil
	}
	for n, i := range signers {
		if !each[n] {
			return wrongSignature(&set.list[i])
		}
	}
	return errors.New("the signatures are wrong together, though each is right by itself")
}

func wrongSignature(v *validator) error {
	return fmt.Errorf("the signature of validator %X %s is wrong", v.address, v.name)
}

// voteBytes is what a validator signs: the canonical vote, with its length in front.
func voteBytes(c *cmtproto.Commit, s *cmtproto.CommitSig, chainID string) ([]byte, error) {
	vote := cmtproto.CanonicalVote{
		Type:      cmtproto.PrecommitType,
		Height:    c.Height,
		Round:     int64(c.Round),
		Timestamp: s.Timestamp,
		ChainID:   chainID,
	}
	if s.BlockIdFlag == cmtproto.BlockIDFlagCommit {
		vote.BlockID = &cmtproto.CanonicalBlockID{
			Hash:          c.BlockID.Hash,
			PartSetHeader: cmtproto.CanonicalPartSetHeader(c.BlockID.PartSetHeader),
		}
	}
	b, err := vote.Marshal()
	if err != nil {
		return nil, err
	}
	return append(binary.AppendUvarint(make([]byte, 0, len(b)+2), uint64(len(b))), b...), nil
}

// powerFor is the power of the votes for the block.
func powerFor(c *cmtproto.Commit, set *validatorSet) int64 {
	var power int64
	for i := range c.Signatures {
		if c.Signatures[i].BlockIdFlag == cmtproto.BlockIDFlagCommit {
			power += set.list[i].power
		}
	}
	return power
}

// checkPower asks for more than two thirds of the set's power.
func checkPower(c *cmtproto.Commit, set *validatorSet) error {
	// power > total·2/3, without overflow: both are at most 2^60.
	if power := powerFor(c, set); power*3 <= set.total*2 {
		return fmt.Errorf("expected votes for the block with more than 2/3 of the power %d, got %d", set.total, power)
	}
	return nil
}

// medianTime is the middle, by power, of the clocks in the votes. CometBFT makes the
// time of the next header of it.
func medianTime(c *cmtproto.Commit, set *validatorSet) time.Time {
	type vote struct {
		time  time.Time
		power int64
	}
	var votes []vote
	var total int64
	for i := range c.Signatures {
		if c.Signatures[i].BlockIdFlag != cmtproto.BlockIDFlagAbsent {
			votes = append(votes, vote{c.Signatures[i].Timestamp, set.list[i].power})
			total += set.list[i].power
		}
	}
	sort.SliceStable(votes, func(i, j int) bool { return votes[i].time.Before(votes[j].time) })
	rest := total / 2
	for _, v := range votes {
		if rest <= v.power {
			return v.time
		}
		rest -= v.power
	}
	return time.Time{}
}
