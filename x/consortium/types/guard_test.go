package types_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/cometbft/cometbft/crypto/tmhash"
	cmtmath "github.com/cometbft/cometbft/libs/math"
	"github.com/cometbft/cometbft/light"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmtversion "github.com/cometbft/cometbft/proto/tendermint/version"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/cometbft/cometbft/version"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
)

// set is the validators from to to, without to, by number.
func set(from, to int) types.Keys {
	var all [][]byte
	for i := from; i < to; i++ {
		all = append(all, key(i))
	}
	return types.NewKeys(all...)
}

func key(i int) []byte { return keys.Validator(fmt.Sprint(i)).PubKey().Bytes() }

// What networks of each size may do in one step. A set of n is 0 to n−1; next
// is from to to, so that from are left out and to−n are new.
func TestSafeChange(t *testing.T) {
	cases := []struct {
		n, from, to int
		safe        bool
	}{
		{1, 0, 1, true},
		{1, 0, 2, true},   // a second one joins
		{1, 0, 3, true},   // two join at once: of 3, all must sign
		{1, 0, 4, false},  // of 4, three sign without the first
		{1, 1, 2, false},  // the only key is replaced
		{2, 0, 3, true},   // one joins
		{2, 0, 4, true},   // two join
		{2, 0, 1, true},   // one leaves
		{2, 1, 3, true},   // one is replaced
		{2, 2, 4, false},  // both are replaced
		{3, 0, 4, true},   // one joins
		{3, 0, 5, true},   // two join: of 5, 4 sign, 2 of them old
		{3, 0, 6, true},   // three join: of 6, 5 sign
		{3, 0, 7, false},  // four join: of 7, 5 sign, 1 of them old
		{3, 1, 3, true},   // one leaves
		{3, 2, 3, false},  // two leave: one is just a third
		{3, 1, 4, true},   // one is replaced
		{3, 2, 5, false},  // two are
		{4, 0, 5, true},   // one joins
		{4, 1, 4, true},   // one leaves
		{4, 2, 4, true},   // two leave
		{4, 3, 4, false},  // three leave
		{4, 1, 5, true},   // one is replaced
		{4, 2, 6, false},  // two are
		{7, 0, 8, true},   // one joins
		{7, 0, 10, true},  // three join: of 10, 7 sign, 4 of them old
		{7, 2, 9, true},   // two are replaced: of 7, 5 sign, 3 of them old
		{7, 3, 10, false}, // three are: 2 of them old
		{7, 4, 7, true},   // four leave
		{7, 5, 7, false},  // five leave: 2 sign
		{100, 0, 100, true},
		{100, 33, 133, true},  // 67 sign, 34 of them old
		{100, 34, 134, false}, // 33 old: not more than a third
		{100, 50, 100, true},  // of 50, 34 sign
		{100, 51, 100, false}, // of 49, 33 sign
	}
	for _, c := range cases {
		require.Equal(t, c.safe, types.SafeChange([]types.Keys{set(0, c.n)}, set(c.from, c.to)), "%+v", c)
	}
	require.False(t, types.SafeChange([]types.Keys{set(0, 1)}, nil), "nobody is left")
	require.True(t, types.SafeChange(nil, set(0, 1)), "nobody trusts anything")
	require.False(t, types.SafeChange([]types.Keys{set(2, 6), set(0, 4)}, set(2, 6)), "all sets count")
}

// Small steps add up: each is safe from the one before, all together are not.
func TestSafeChangeLooksAtAllSets(t *testing.T) {
	sets := []types.Keys{set(0, 4)}
	require.True(t, types.SafeChange(sets, set(1, 5)))
	sets = append(sets, set(1, 5))
	require.False(t, types.SafeChange(sets, set(2, 6)))
	require.True(t, types.SafeChange(sets[1:], set(2, 6)))
}

// How far a network comes in one trusting period, one seat after the other: the README's table.
func TestSafeChangesOfOneTrustingPeriod(t *testing.T) {
	steps := func(n int, after func(i int) types.Keys) (safe int) {
		sets := []types.Keys{set(0, n)}
		for types.SafeChange(sets, after(safe+1)) {
			safe++
			sets = append(sets, after(safe))
		}
		return safe
	}
	for _, c := range []struct{ n, join, leave, replaced int }{
		{1, 2, 0, 0}, {2, 4, 1, 1}, {3, 3, 1, 1}, {4, 5, 2, 1}, {7, 8, 4, 2}, {100, 101, 50, 33},
	} {
		require.Equal(t, c.join, steps(c.n, func(i int) types.Keys { return set(0, c.n+i) }), "%d, join", c.n)
		require.Equal(t, c.leave, steps(c.n, func(i int) types.Keys { return set(i, c.n) }), "%d, leave", c.n)
		require.Equal(t, c.replaced, steps(c.n, func(i int) types.Keys { return set(i, c.n+i) }), "%d, replaced", c.n)
	}
}

// drawChange draws a trusted set and a next one that overlaps it.
func drawChange(r *rapid.T, most int) (trusted, next types.Keys) {
	n := rapid.IntRange(1, most).Draw(r, "n0")
	from := rapid.IntRange(0, n).Draw(r, "left out")
	to := rapid.IntRange(max(from+1, n), max(n, from)+most).Draw(r, "to")
	if rapid.Bool().Draw(r, "only leaves") && from < n {
		to = n
	}
	return set(0, n), set(from, min(to, from+100))
}

// Against CometBFT's light client on counts: whichever signers of the next set
// have more than 2/3 of it, they have more than 1/3 of the trusted set. Of the
// signers only how many are old matters, so all such choices are tried.
func TestSafeChangeIsWhatLightClientsFollow(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		trusted, next := drawChange(r, rapid.SampledFrom([]int{4, 7, 100}).Draw(r, "most"))
		old := 0
		for _, k := range next {
			if trusted.Has(k) {
				old++
			}
		}
		follow := true
		for oldSigners := 0; oldSigners <= old; oldSigners++ {
			for newSigners := 0; newSigners <= len(next)-old; newSigners++ {
				power := types.SeatPower * int64(oldSigners+newSigners)
				if power <= types.SeatPower*int64(len(next))*2/3 {
					continue // no block
				}
				follow = follow && types.SeatPower*int64(oldSigners) > types.SeatPower*int64(len(trusted))/3
			}
		}
		require.Equal(r, follow, types.SafeChange([]types.Keys{trusted}, next), "%d to %d, %d old", len(trusted), len(next), old)
	})
}

// Against CometBFT's light client itself, with signatures: the worst choice of
// signers convinces it just when the change is safe.
func TestSafeChangeIsWhatTheLightClientTakes(t *testing.T) {
	start := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	validators := func(from, to int) *cmttypes.ValidatorSet {
		var all []*cmttypes.Validator
		for i := from; i < to; i++ {
			all = append(all, cmttypes.NewValidator(keys.Validator(fmt.Sprint(i)).PubKey(), types.SeatPower))
		}
		return cmttypes.NewValidatorSet(all)
	}
	number := map[string]int{}
	for i := range 20 {
		number[string(key(i))] = i
	}
	for n := 1; n <= 7; n++ {
		for from := 0; from <= n; from++ {
			for to := max(n, from+1); to <= n+5; to++ {
				trusted, next := validators(0, n), validators(from, to)
				signers := 2*(to-from)/3 + 1
				signed := signHeader(t, next, start.Add(time.Hour), func(v *cmttypes.Validator) bool {
					return number[string(v.PubKey.Bytes())] >= to-signers // the new ones have the greater numbers
				})
				trustedHeader := &cmttypes.SignedHeader{Header: &cmttypes.Header{ChainID: "c", Height: 5, Time: start}, Commit: &cmttypes.Commit{}}
				err := light.VerifyNonAdjacent(trustedHeader, trusted, signed, next, 14*24*time.Hour, start.Add(2*time.Hour), time.Second,
					cmtmath.Fraction{Numerator: 1, Denominator: 3})
				require.Equal(t, err == nil, types.SafeChange([]types.Keys{set(0, n)}, set(from, to)), "%d: %d to %d: %v", n, from, to, err)
			}
		}
	}
}

// signHeader makes a header of a set that some of it sign.
func signHeader(t *testing.T, vals *cmttypes.ValidatorSet, at time.Time, signs func(*cmttypes.Validator) bool) *cmttypes.SignedHeader {
	t.Helper()
	empty := tmhash.Sum(nil)
	header := &cmttypes.Header{
		Version: cmtversion.Consensus{Block: version.BlockProtocol}, ChainID: "c", Height: 9, Time: at,
		LastBlockID:    cmttypes.BlockID{Hash: empty, PartSetHeader: cmttypes.PartSetHeader{Total: 1, Hash: empty}},
		LastCommitHash: empty, DataHash: empty, ValidatorsHash: vals.Hash(), NextValidatorsHash: vals.Hash(),
		ConsensusHash: empty, AppHash: empty, LastResultsHash: empty, EvidenceHash: empty, ProposerAddress: vals.Proposer.Address,
	}
	id := cmttypes.BlockID{Hash: header.Hash(), PartSetHeader: cmttypes.PartSetHeader{Total: 1, Hash: empty}}
	commit := &cmttypes.Commit{Height: 9, BlockID: id}
	for i, v := range vals.Validators {
		if !signs(v) {
			commit.Signatures = append(commit.Signatures, cmttypes.NewCommitSigAbsent())
			continue
		}
		vote := cmtproto.Vote{
			Type: cmtproto.PrecommitType, Height: 9, BlockID: id.ToProto(), Timestamp: at, ValidatorAddress: v.Address, ValidatorIndex: int32(i),
		}
		require.NoError(t, signerOf(v).SignVote("c", &vote))
		commit.Signatures = append(commit.Signatures, cmttypes.CommitSig{
			BlockIDFlag: cmttypes.BlockIDFlagCommit, ValidatorAddress: v.Address, Timestamp: at, Signature: vote.Signature,
		})
	}
	return &cmttypes.SignedHeader{Header: header, Commit: commit}
}

func signerOf(v *cmttypes.Validator) cmttypes.PrivValidator {
	for i := 0; ; i++ {
		if private := keys.Validator(fmt.Sprint(i)); private.PubKey().Equals(v.PubKey) {
			return cmttypes.NewMockPVWithParams(private, false, false)
		}
	}
}

const day = 24 * 60 * 60

func record(height, time int64, keys types.Keys) types.SetRecord {
	return types.SetRecord{Height: height, Time: time, Keys: keys}
}

// The guard over time: when the old set is out of trust, the change passes.
func TestJudgeChange(t *testing.T) {
	history := []types.SetRecord{record(0, 0, set(0, 4)), record(100, day, set(1, 5))}
	anew := slices.Clone(history)
	anew[1].Anew = true
	cases := map[string]struct {
		history []types.SetRecord
		next    types.Keys
		now     int64
		want    types.Verdict
	}{
		"safe":                                       {history, set(1, 6), day, types.Verdict{Safe: true}},
		"the first set is trusted still":             {history, set(2, 6), 15 * day, types.Verdict{At: 15*day + 1, Height: 0, Validators: 4}},
		"and a second later no more":                 {history, set(2, 6), 15*day + 1, types.Verdict{Safe: true}},
		"the present set never lapses":               {history, set(5, 9), 1000 * day, types.Verdict{Never: true, Height: 100, Validators: 4}},
		"never wins over later":                      {history, set(5, 9), 2 * day, types.Verdict{Never: true, Height: 100, Validators: 4}},
		"an accepted change lets the past not count": {anew, set(2, 6), day, types.Verdict{Safe: true}},
		"but the present does":                       {anew, set(5, 9), day, types.Verdict{Never: true, Height: 100, Validators: 4}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, types.JudgeChange(c.history, c.next, c.now, 14*day))
		})
	}
}

// With as many sets as the guard looks at, nothing passes until the oldest is out of trust.
func TestJudgeChangeOfTooManySets(t *testing.T) {
	var history []types.SetRecord
	for i := int64(0); i < types.MaxSets; i++ {
		history = append(history, record(i, 10*i, set(0, 4+int(i%2))))
	}
	now := int64(10 * types.MaxSets)
	require.Equal(t, types.Verdict{At: 10 + 14*day + 1, Height: 0, Validators: 4}, types.JudgeChange(history, set(0, 6), now, 14*day))
	require.True(t, types.JudgeChange(history[1:], set(0, 6), now, 14*day).Safe)
	require.True(t, types.JudgeChange(history, set(0, 6), 10+14*day+1, 14*day).Safe)
}

func TestVerdictExplains(t *testing.T) {
	later := types.Verdict{At: 1_797_000_001, Height: 120, Validators: 4}.Explain()
	require.Contains(t, later, "4 validators told at height 120")
	require.Contains(t, later, "2026-12-11 22:40:01 UTC+8")
	require.Contains(t, later, "2026-12-11 14:40:01 UTC")
	require.Contains(t, types.Verdict{Never: true, Height: 7, Validators: 1}.Explain(), "never pass in one step")
	require.Contains(t, types.Verdict{Safe: true}.Explain(), "safe")
}

func TestKeys(t *testing.T) {
	four := set(0, 4)
	require.True(t, slices.IsSortedFunc(four, slices.Compare[[]byte]))
	require.True(t, four.Has(key(3)))
	require.False(t, four.Has(key(4)))
	require.Equal(t, set(0, 5), four.With(key(4)))
	require.Equal(t, four, four.With(key(0)), "each once")
	require.Equal(t, set(1, 4), four.Without(key(0)))
	require.True(t, four.Equal(set(0, 4)), "unchanged")
	require.False(t, four.Equal(set(0, 3)))
}
