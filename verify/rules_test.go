package verify_test

import (
	"bytes"
	"math/rand"
	"slices"
	"testing"
	"time"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"
	ics23 "github.com/cosmos/ics23/go"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// The tests of this file are named after the rows of the project's security rules.

// TestRule03MutatedProofsAreRefused spoils proofs 100,000 times: their bytes, and
// their structure in the ways in which forged proofs have passed elsewhere.
func TestRule03MutatedProofsAreRefused(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 200, Reversed: 40})
	present, absent := w.Bundle(t, w.Blue[0]), w.Bundle(t, w.Blue[150])
	donors := [][]byte{present.Voucher.Proof, present.Settlement.Proof, present.Status.Proof, present.Stores.Voucher, absent.Voucher.Proof}
	app := w.Header.AppHash
	key, value := verify.VoucherKey(present.Number), present.Voucher.Value
	absentKey := verify.StatusKey(absent.Number)
	require.NoError(t, verify.CheckPresence("voucher", key, value, present.Voucher.Proof, present.Stores.Voucher, app))
	require.NoError(t, verify.CheckAbsence(absentKey, absent.Status.Proof, absent.Stores.Status, app))

	rng := rand.New(rand.NewSource(3)) // fixed: the same proofs are tried in every run
	decoded := 0
	mutate := func(proof []byte) []byte {
		m := mutatedBytes(rng, proof)
		if rng.Intn(3) > 0 {
			m = mutatedProof(rng, proof, donors)
		}
		if new(ics23.CommitmentProof).Unmarshal(m) == nil {
			decoded++
		}
		return m
	}
	for range 33_334 {
		if m := mutate(present.Voucher.Proof); !bytes.Equal(m, present.Voucher.Proof) {
			require.Error(t, verify.CheckPresence("voucher", key, value, m, present.Stores.Voucher, app), "%x", m)
		}
		if m := mutate(present.Stores.Voucher); !bytes.Equal(m, present.Stores.Voucher) {
			require.Error(t, verify.CheckPresence("voucher", key, value, present.Voucher.Proof, m, app), "%x", m)
		}
		if m := mutate(absent.Status.Proof); !bytes.Equal(m, absent.Status.Proof) {
			require.Error(t, verify.CheckAbsence(absentKey, m, absent.Stores.Status, app), "%x", m)
		}
	}
	require.Greater(t, decoded, 50_000, "most of the mutated proofs must get past the decoder")
}

// mutatedBytes flips, drops, doubles or overwrites bytes.
func mutatedBytes(rng *rand.Rand, b []byte) []byte {
	m := bytes.Clone(b)
	for range 1 + rng.Intn(3) {
		if len(m) == 0 {
			return []byte{0}
		}
		i := rng.Intn(len(m))
		switch rng.Intn(4) {
		case 0:
			m[i] ^= 1 << rng.Intn(8)
		case 1:
			m[i] = byte(rng.Intn(256))
		case 2:
			m = slices.Delete(m, i, i+1)
		default:
			m = slices.Insert(m, i, m[i])
		}
	}
	return m
}

// mutatedProof changes the structure of a proof.
func mutatedProof(rng *rand.Rand, b []byte, donors [][]byte) []byte {
	p, donor := new(ics23.CommitmentProof), new(ics23.CommitmentProof)
	if p.Unmarshal(b) != nil || donor.Unmarshal(donors[rng.Intn(len(donors))]) != nil {
		panic("the proofs were made by a store")
	}
	target := p.GetExist()
	if non := p.GetNonexist(); non != nil {
		target = []*ics23.ExistenceProof{non.Left, non.Right}[rng.Intn(2)]
		switch rng.Intn(8) {
		case 0:
			non.Left, non.Right = non.Right, non.Left
		case 1:
			non.Left = non.Right
		case 2:
			target.Value = mutatedBytes(rng, target.Value)
		case 3:
			target.Key = mutatedBytes(rng, target.Key)
		}
	}
	mutatePath(rng, target, donor.GetExist())
	out, err := p.Marshal()
	if err != nil {
		panic(err)
	}
	return out
}

func mutatePath(rng *rand.Rand, p, donor *ics23.ExistenceProof) {
	if len(p.Path) == 0 {
		return
	}
	i := rng.Intn(len(p.Path))
	step := p.Path[i]
	switch rng.Intn(11) {
	case 0:
		p.Path = slices.Delete(p.Path, i, i+1)
	case 1:
		p.Path = slices.Insert(p.Path, i, step)
	case 2:
		j := rng.Intn(len(p.Path))
		p.Path[i], p.Path[j] = p.Path[j], p.Path[i]
	case 3:
		p.Path[i] = donor.Path[rng.Intn(len(donor.Path))]
	case 4:
		step.Prefix, step.Suffix = append(step.Prefix, step.Suffix...), nil
	case 5:
		step.Prefix, step.Suffix = step.Suffix, step.Prefix
	case 6: // Dragonberry: a longer prefix swallows what should be a child
		step.Prefix = append(step.Prefix, mutatedBytes(rng, make([]byte, 33))...)
	case 7:
		step.Suffix = append(step.Suffix, make([]byte, 33)...)
	case 8:
		step.Hash = ics23.HashOp(rng.Intn(9))
	case 9:
		p.Leaf = &ics23.LeafOp{
			Hash: ics23.HashOp(rng.Intn(3)), PrehashKey: ics23.HashOp(rng.Intn(2)), PrehashValue: ics23.HashOp(rng.Intn(2)),
			Length: ics23.LengthOp(rng.Intn(3)), Prefix: mutatedBytes(rng, p.Leaf.Prefix),
		}
	default:
		p.Path = p.Path[:i]
	}
}

func TestRule03StoreNameAndKeyAreExact(t *testing.T) {
	const value = "the same value"
	key := verify.VoucherKey(vouchertypes.Number("3301", "261123", 5, 5))
	w := verifytest.New(t, verifytest.Spec{Vouchers: 5, Edit: func(set func(store string, key, value []byte)) {
		set("voucher", key, []byte(value))
		set("trade", key, []byte(value))
	}})
	app := w.Header.AppHash
	for _, store := range []string{"voucher", "trade"} {
		a := w.Query(t, store, key)
		proof, inApp := verifytest.Pack(t, a.Store), verifytest.Pack(t, a.Root)
		for _, claimed := range []string{"voucher", "trade", "vouche", "voucher ", "Voucher", ""} {
			err := verify.CheckPresence(claimed, key, []byte(value), proof, inApp, app)
			require.Equal(t, claimed == store, err == nil, "%q claimed for %q", claimed, store)
		}
		require.Error(t, verify.CheckPresence(store, key[:24], []byte(value), proof, inApp, app))
		require.Error(t, verify.CheckPresence(store, append(bytes.Clone(key), 0), []byte(value), proof, inApp, app))
		require.Error(t, verify.CheckPresence(store, key, []byte(value+" "), proof, inApp, app))
		require.Error(t, verify.CheckPresence(store, key, nil, proof, inApp, app))
	}
}

// TestRule05AllSignaturesAreChecked: one forged signature spoils a commit that has
// enough good ones, also when it is for nil.
func TestRule05AllSignaturesAreChecked(t *testing.T) {
	names := []string{"a", "b", "c", "d", "e", "f", "g"}
	w := verifytest.New(t, verifytest.Spec{Validators: verifytest.Validators(names...)})
	forNil := verifytest.Vote{Flag: cmttypes.BlockIDFlagNil}
	absent := verifytest.Vote{Flag: cmttypes.BlockIDFlagAbsent}
	for i := range names {
		for name, tc := range map[string]struct {
			vote  verifytest.Vote
			check string
		}{
			"good":          {verifytest.Vote{}, ""},
			"nil":           {forNil, ""},
			"absent":        {absent, ""},
			"forged":        {verifytest.Vote{Forge: true}, "signatures"},
			"forged of nil": {verifytest.Vote{Flag: cmttypes.BlockIDFlagNil, Forge: true}, "signatures"},
		} {
			b := w.Bundle(t, w.Blue[0])
			b.Signed = verifytest.Signed(t, w.Header, verifytest.Sign(w.Header, w.Validators, map[int]verifytest.Vote{i: tc.vote}))
			if tc.check != "" {
				requireFails(t, b, w.Root(), tc.check)
				continue
			}
			a := requireHolds(t, b, w.Root())
			require.Equal(t, map[string]string{"good": "block", "nil": "nil", "absent": "absent"}[name], a.Signers[i].Vote)
		}
	}
}

func TestRule05EveryKindOfBadCommitIsRefused(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{})
	for name, tc := range map[string]struct {
		change func(c *cmtproto.Commit)
		check  string
	}{
		"signature twice":                          {func(c *cmtproto.Commit) { c.Signatures[1] = c.Signatures[0] }, "commit"},
		"signature of one under another's address": {func(c *cmtproto.Commit) { c.Signatures[1].Signature = c.Signatures[0].Signature }, "signatures"},
		"two swapped":                              {func(c *cmtproto.Commit) { c.Signatures[0], c.Signatures[1] = c.Signatures[1], c.Signatures[0] }, "commit"},
		"one left out":                             {func(c *cmtproto.Commit) { c.Signatures = c.Signatures[:3] }, "commit"},
		"one too many":                             {func(c *cmtproto.Commit) { c.Signatures = append(c.Signatures, c.Signatures[0]) }, "commit"},
		"none":                                     {func(c *cmtproto.Commit) { c.Signatures = nil }, "commit"},
		"unknown flag":                             {func(c *cmtproto.Commit) { c.Signatures[0].BlockIdFlag = 4 }, "commit"},
		"no flag":                                  {func(c *cmtproto.Commit) { c.Signatures[0].BlockIdFlag = 0 }, "commit"},
		"absent with its signature":                {func(c *cmtproto.Commit) { c.Signatures[0].BlockIdFlag = cmtproto.BlockIDFlagAbsent }, "commit"},
		"signature cut":                            {func(c *cmtproto.Commit) { c.Signatures[0].Signature = c.Signatures[0].Signature[:63] }, "commit"},
		"vote for the block shown as nil":          {func(c *cmtproto.Commit) { c.Signatures[0].BlockIdFlag = cmtproto.BlockIDFlagNil }, "signatures"},
		"another time":                             {func(c *cmtproto.Commit) { c.Signatures[0].Timestamp = c.Signatures[0].Timestamp.Add(1) }, "signatures"},
		"another round":                            {func(c *cmtproto.Commit) { c.Round++ }, "signatures"},
		"negative round":                           {func(c *cmtproto.Commit) { c.Round = -1 }, "commit"},
		"another height":                           {func(c *cmtproto.Commit) { c.Height++ }, "commit"},
		"another block":                            {func(c *cmtproto.Commit) { c.BlockID.Hash = verifytest.Digest("x") }, "commit"},
		"no block":                                 {func(c *cmtproto.Commit) { c.BlockID = cmtproto.BlockID{} }, "commit"},
		"other parts":                              {func(c *cmtproto.Commit) { c.BlockID.PartSetHeader.Total = 2 }, "signatures"},
		"no parts":                                 {func(c *cmtproto.Commit) { c.BlockID.PartSetHeader.Total = 0 }, "commit"},
	} {
		t.Run(name, func(t *testing.T) {
			b := w.Bundle(t, w.Blue[0])
			protoCommit(t, b, tc.change)
			requireFails(t, b, w.Root(), tc.check)
		})
	}
}

// TestRule05TwoThirdsAreNotEnough: exactly two thirds are refused, more are accepted.
func TestRule05TwoThirdsAreNotEnough(t *testing.T) {
	for _, tc := range []struct {
		validators, absent, forNil int
		ok                         bool
	}{
		{3, 0, 0, true}, {3, 1, 0, false}, {3, 0, 1, false},
		{4, 1, 0, true}, {4, 0, 1, true}, {4, 2, 0, false}, {4, 1, 1, false},
		{6, 1, 0, true}, {6, 2, 0, false}, {6, 1, 1, false}, {7, 2, 0, true}, {7, 3, 0, false}, {1, 1, 0, false},
	} {
		names := []string{"a", "b", "c", "d", "e", "f", "g"}[:tc.validators]
		w := verifytest.New(t, verifytest.Spec{Validators: verifytest.Validators(names...)})
		votes := map[int]verifytest.Vote{}
		for i := range tc.absent {
			votes[i] = verifytest.Vote{Flag: cmttypes.BlockIDFlagAbsent}
		}
		for i := range tc.forNil {
			votes[tc.absent+i] = verifytest.Vote{Flag: cmttypes.BlockIDFlagNil}
		}
		b := w.Bundle(t, w.Blue[0])
		b.Signed = verifytest.Signed(t, w.Header, verifytest.Sign(w.Header, w.Validators, votes))
		if tc.ok {
			requireHolds(t, b, w.Root())
		} else {
			requireFails(t, b, w.Root(), "power")
		}
	}
}

// TestRule05BlockTimeIsAnInterval: one wrong clock does not move it.
func TestRule05BlockTimeIsAnInterval(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{})
	b := w.Bundle(t, w.Blue[0])
	b.Signed = verifytest.Signed(t, w.Header, verifytest.Sign(w.Header, w.Validators, map[int]verifytest.Vote{
		0: {At: 100 * time.Hour}, 1: {At: 200 * time.Millisecond}, 2: {At: 300 * time.Millisecond}, 3: {At: 250 * time.Millisecond},
	}))
	a := requireHolds(t, b, w.Root())
	require.True(t, a.Interval.From.Equal(w.Header.Time))
	require.True(t, a.Interval.To.Equal(w.Header.Time.Add(250*time.Millisecond)))
}
