package verify_test

import (
	"testing"
	"time"

	"github.com/cometbft/cometbft/state"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
)

// The verifier has its own header hash, sign bytes and median. These tests hold them to
// CometBFT's.

func drawTime(rt *rapid.T, label string) time.Time {
	return time.Unix(rapid.Int64Range(-1000, 1<<34).Draw(rt, label), rapid.Int64Range(0, 999_999_999).Draw(rt, label+" nanos")).UTC()
}

func drawHash(rt *rapid.T, label string) []byte {
	if rapid.Bool().Draw(rt, label+" is there") {
		return rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(rt, label)
	}
	return nil
}

func TestHeaderHashIsCometBFTs(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := verifytest.Header(
			rapid.StringMatching(`[a-z0-9-]{0,50}`).Draw(rt, "chain"), rapid.Int64Range(0, 1<<40).Draw(rt, "height"),
			drawHash(rt, "app"), verifytest.Validators("a"), verifytest.Validators("a"))
		h.Version.Block = rapid.Uint64().Draw(rt, "block protocol")
		h.Version.App = rapid.Uint64().Draw(rt, "app protocol")
		h.Time = drawTime(rt, "time")
		h.LastBlockID.Hash = drawHash(rt, "last block")
		h.LastBlockID.PartSetHeader.Total = rapid.Uint32().Draw(rt, "parts")
		h.LastCommitHash, h.DataHash, h.EvidenceHash = drawHash(rt, "commit"), drawHash(rt, "data"), drawHash(rt, "evidence")
		got, err := verify.HeaderHash(h.ToProto())
		require.NoError(rt, err)
		require.Equal(rt, []byte(h.Hash()), got)
	})
}

func TestVoteBytesAreCometBFTs(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := &cmttypes.Commit{
			Height: rapid.Int64Range(0, 1<<40).Draw(rt, "height"),
			Round:  rapid.Int32Range(0, 100).Draw(rt, "round"),
			BlockID: cmttypes.BlockID{
				Hash:          verifytest.Digest("block"),
				PartSetHeader: cmttypes.PartSetHeader{Total: rapid.Uint32Range(1, 1<<20).Draw(rt, "parts"), Hash: verifytest.Digest("parts")},
			},
			Signatures: []cmttypes.CommitSig{{
				BlockIDFlag: rapid.SampledFrom([]cmttypes.BlockIDFlag{cmttypes.BlockIDFlagCommit, cmttypes.BlockIDFlagNil}).Draw(rt, "flag"),
				Timestamp:   drawTime(rt, "time"),
			}},
		}
		chain := rapid.StringMatching(`[a-z0-9-]{1,50}`).Draw(rt, "chain")
		got, err := verify.VoteBytes(c.ToProto(), 0, chain)
		require.NoError(rt, err)
		require.Equal(rt, c.VoteSignBytes(chain, 0), got)
	})
}

func TestMedianTimeIsCometBFTs(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 7).Draw(rt, "validators")
		list := verifytest.Validators("a", "b", "c", "d", "e", "f", "g")[:n]
		for i := range list {
			list[i].Power = rapid.Int64Range(1, 100).Draw(rt, "power")
		}
		list = verifytest.Sorted(list)
		commit, powers := &cmttypes.Commit{}, make([]int64, n)
		for i, v := range list {
			powers[i] = v.Power
			sig := cmttypes.CommitSig{BlockIDFlag: cmttypes.BlockIDFlag(rapid.IntRange(1, 3).Draw(rt, "flag")), ValidatorAddress: v.Key.PubKey().Address()}
			if sig.BlockIDFlag != cmttypes.BlockIDFlagAbsent {
				sig.Timestamp = verifytest.Start.Add(time.Duration(rapid.IntRange(0, 5).Draw(rt, "time")) * time.Second)
			}
			commit.Signatures = append(commit.Signatures, sig)
		}
		want, err := state.MedianTime(commit, verifytest.Set(list))
		require.NoError(rt, err)
		require.True(rt, want.Equal(verify.MedianTime(commit.ToProto(), powers)))
	})
}

// TestCommitVerdictIsCometBFTs: on random votes the verifier and CometBFT's own check of
// all signatures agree.
func TestCommitVerdictIsCometBFTs(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Validators: verifytest.Validators("a", "b", "c", "d", "e", "f")})
	bundle, root, set := w.Bundle(t, w.Blue[0]), w.Root(), verifytest.Set(w.Validators)
	set.IncrementProposerPriority(1)
	rapid.Check(t, func(rt *rapid.T) {
		votes := map[int]verifytest.Vote{}
		for i := range w.Validators {
			votes[i] = verifytest.Vote{
				Flag:  cmttypes.BlockIDFlag(rapid.SampledFrom([]int{1, 2, 2, 2, 2, 3}).Draw(rt, "flag")),
				Forge: rapid.IntRange(0, 15).Draw(rt, "forge") == 0,
			}
		}
		commit := verifytest.Sign(w.Header, w.Validators, votes)
		want := cmttypes.VerifyCommit(w.ChainID, set, commit.BlockID, w.Header.Height, commit)
		b := *bundle
		b.Signed = verifytest.Signed(t, w.Header, commit)
		_, got := verify.Verify(&b, root)
		require.Equal(rt, want == nil, got == nil, "CometBFT: %v, verifier: %v", want, got)
	})
}
