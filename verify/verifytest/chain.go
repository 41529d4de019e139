// Package verifytest makes, for tests and benchmarks, what a verifier needs of a chain:
// real stores with vouchers in them, and headers that validators signed. It makes
// headers and signatures with CometBFT's own types, so that it agrees with the verifier
// only where CometBFT does. Nothing of it is linked into the verifier.
package verifytest

import (
	"crypto/sha256"
	"sort"
	"testing"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmtversion "github.com/cometbft/cometbft/proto/tendermint/version"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/verify"
)

// ChainID of the chains that are made unless another is asked for.
const ChainID = "shugu-hangzhou-1"

// Start is when blocks begin: 23 November 2026, 10:00 in UTC+8.
var Start = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)

// Validator is one validator with its key.
type Validator struct {
	Name  string
	Key   ed25519.PrivKey
	Power int64
}

// Validators derives validators from names, in CometBFT's order, with power 10 each.
func Validators(names ...string) []Validator {
	list := make([]Validator, len(names))
	for i, name := range names {
		list[i] = Validator{Name: name, Key: ed25519.GenPrivKeyFromSecret([]byte("shugu test validator " + name)), Power: 10}
	}
	return Sorted(list)
}

// Sorted puts validators into CometBFT's order.
func Sorted(list []Validator) []Validator {
	byKey := map[string]Validator{}
	for _, v := range list {
		byKey[string(v.Key.PubKey().Bytes())] = v
	}
	set := Set(list)
	sorted := make([]Validator, len(list))
	for i, v := range set.Validators {
		sorted[i] = byKey[string(v.PubKey.Bytes())]
	}
	return sorted
}

// Set is CometBFT's set of the validators.
func Set(list []Validator) *cmttypes.ValidatorSet {
	vals := make([]*cmttypes.Validator, len(list))
	for i, v := range list {
		vals[i] = cmttypes.NewValidator(v.Key.PubKey(), v.Power)
	}
	sort.Sort(cmttypes.ValidatorsByVotingPower(vals))
	return &cmttypes.ValidatorSet{Validators: vals}
}

// Bundled is the set as a set change carries it.
func Bundled(list []Validator) []verify.BundleValidator {
	out := make([]verify.BundleValidator, len(list))
	for i, v := range list {
		out[i] = verify.BundleValidator{PubKey: v.Key.PubKey().Bytes(), Power: v.Power}
	}
	return out
}

// Header makes a header of the chain with that application hash, whose set and next
// set are given.
func Header(chainID string, height int64, appHash []byte, set, next []Validator) *cmttypes.Header {
	return &cmttypes.Header{
		Version: cmtversion.Consensus{Block: 11},
		ChainID: chainID,
		Height:  height,
		Time:    Start.Add(time.Duration(height) * time.Second),
		LastBlockID: cmttypes.BlockID{
			Hash:          Digest("last block"),
			PartSetHeader: cmttypes.PartSetHeader{Total: 1, Hash: Digest("parts")},
		},
		LastCommitHash:     Digest("last commit"),
		DataHash:           Digest("data"),
		ValidatorsHash:     Set(set).Hash(),
		NextValidatorsHash: Set(next).Hash(),
		ConsensusHash:      Digest("consensus"),
		AppHash:            appHash,
		LastResultsHash:    Digest("results"),
		EvidenceHash:       Digest("evidence"),
		ProposerAddress:    Set(set).Validators[0].Address,
	}
}

// Digest is SHA-256 of a name.
func Digest(name string) []byte {
	d := sha256.Sum256([]byte(name))
	return d[:]
}

// Vote says how validator i of the set votes; the zero value votes for the block half
// a second after the header's time.
type Vote struct {
	Flag cmttypes.BlockIDFlag
	// At is after the header's time.
	At time.Duration
	// Forge spoils the signature.
	Forge bool
}

// Sign makes the commit of a header. votes may name some validators by index.
func Sign(h *cmttypes.Header, set []Validator, votes map[int]Vote) *cmttypes.Commit {
	commit := &cmttypes.Commit{
		Height: h.Height,
		Round:  1,
		BlockID: cmttypes.BlockID{
			Hash:          h.Hash(),
			PartSetHeader: cmttypes.PartSetHeader{Total: 1, Hash: Digest("block parts")},
		},
		Signatures: make([]cmttypes.CommitSig, len(set)),
	}
	for i, v := range set {
		vote := votes[i]
		if vote.Flag == 0 {
			vote.Flag = cmttypes.BlockIDFlagCommit
		}
		if vote.At == 0 {
			vote.At = 500*time.Millisecond + time.Duration(i)*time.Millisecond
		}
		if vote.Flag == cmttypes.BlockIDFlagAbsent {
			commit.Signatures[i] = cmttypes.NewCommitSigAbsent()
			continue
		}
		commit.Signatures[i] = cmttypes.CommitSig{
			BlockIDFlag: vote.Flag, ValidatorAddress: v.Key.PubKey().Address(), Timestamp: h.Time.Add(vote.At),
		}
		signature, err := v.Key.Sign(commit.VoteSignBytes(h.ChainID, int32(i)))
		if err != nil {
			panic(err)
		}
		if vote.Forge {
			signature[10] ^= 1
		}
		commit.Signatures[i].Signature = signature
	}
	return commit
}

// Signed puts header and commit into a bundle's form.
func Signed(tb testing.TB, h *cmttypes.Header, c *cmttypes.Commit) verify.SignedHeader {
	tb.Helper()
	header, err := h.ToProto().Marshal()
	require.NoError(tb, err)
	commit, err := c.ToProto().Marshal()
	require.NoError(tb, err)
	return verify.SignedHeader{Header: header, Commit: commit}
}

// Change makes a signed change of the set at a height.
func Change(tb testing.TB, chainID string, height int64, from, to []Validator, votes map[int]Vote) verify.SetChange {
	tb.Helper()
	h := Header(chainID, height, Digest("some state"), from, to)
	return verify.SetChange{SignedHeader: Signed(tb, h, Sign(h, from, votes)), Validators: Bundled(to)}
}

// CommitProto reads a commit back, to spoil it.
func CommitProto(tb testing.TB, s verify.SignedHeader) *cmtproto.Commit {
	tb.Helper()
	c := new(cmtproto.Commit)
	require.NoError(tb, c.Unmarshal(s.Commit))
	return c
}
