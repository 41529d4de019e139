package verify_test

import (
	"fmt"
	"testing"

	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
)

// changes is a chain whose set went from a to b to c.
type changes struct {
	w       *verifytest.World
	a, b, c []verifytest.Validator
	bundle  *verify.Bundle
	root    *verify.TrustRoot
}

func newChanges(t *testing.T) *changes {
	t.Helper()
	x := &changes{
		a: verifytest.Validators("hangzhou-dex", "zhejiang-dex", "ningbo-dex", "wenzhou-dex"),
		b: verifytest.Validators("hangzhou-dex", "zhejiang-dex", "ningbo-dex", "jiaxing-dex"),
		c: verifytest.Validators("hangzhou-dex", "shaoxing-dex", "ningbo-dex", "jiaxing-dex", "taizhou-dex"),
	}
	x.w = verifytest.New(t, verifytest.Spec{Validators: x.c, Blocks: 8})
	require.EqualValues(t, 11, x.w.Header.Height)
	x.bundle = x.w.Bundle(t, x.w.Blue[0])
	x.bundle.SetChanges = []verify.SetChange{
		verifytest.Change(t, x.w.ChainID, 4, x.a, x.b, nil),
		verifytest.Change(t, x.w.ChainID, 7, x.b, x.c, nil),
	}
	x.root = x.rootAt(3, x.a)
	return x
}

func (x *changes) rootAt(height int64, set []verifytest.Validator) *verify.TrustRoot {
	w := verifytest.World{Spec: x.w.Spec}
	w.Validators = set
	w.Header = verifytest.Header(x.w.ChainID, height, verifytest.Digest("state at the root"), set, set)
	return w.Root()
}

func TestSetChangesLeadFromTheRoot(t *testing.T) {
	x := newChanges(t)
	a := requireHolds(t, x.bundle, x.root)
	require.Equal(t, 2, a.SetChanges)
	require.EqualValues(t, 50, a.TotalPower)
	names := map[string]bool{}
	for _, s := range a.Signers {
		names[s.Name] = true
	}
	require.Equal(t, map[string]bool{"hangzhou-dex": true, "ningbo-dex": true, "": true}, names, "names come from the root alone")

	x.bundle.SetChanges = x.bundle.SetChanges[1:]
	requireHolds(t, x.bundle, x.rootAt(5, x.b))
	x.bundle.SetChanges = nil
	requireHolds(t, x.bundle, x.rootAt(9, x.c))
	requireHolds(t, x.bundle, x.rootAt(99, x.c)) // the same set serves backwards, too
}

func TestSetChangesOfConsecutiveBlocks(t *testing.T) {
	x := newChanges(t)
	x.bundle.SetChanges = []verify.SetChange{
		verifytest.Change(t, x.w.ChainID, 9, x.a, x.b, nil),
		verifytest.Change(t, x.w.ChainID, 10, x.b, x.c, nil),
	}
	requireHolds(t, x.bundle, x.root)
}

func TestSetChangesThatDoNotLeadThere(t *testing.T) {
	change := func(t *testing.T, x *changes, height int64, from, to []verifytest.Validator) verify.SetChange {
		return verifytest.Change(t, x.w.ChainID, height, from, to, nil)
	}
	absent := verifytest.Vote{Flag: cmttypes.BlockIDFlagAbsent}
	for name, tc := range map[string]struct {
		spoil func(t *testing.T, x *changes)
		check string
	}{
		"a step missing":        {func(_ *testing.T, x *changes) { x.bundle.SetChanges = x.bundle.SetChanges[1:] }, "set-changes"},
		"the last step missing": {func(_ *testing.T, x *changes) { x.bundle.SetChanges = x.bundle.SetChanges[:1] }, "validators"},
		"no steps":              {func(_ *testing.T, x *changes) { x.bundle.SetChanges = nil }, "validators"},
		"steps swapped": {func(_ *testing.T, x *changes) {
			s := x.bundle.SetChanges
			s[0], s[1] = s[1], s[0]
		}, "set-changes"},
		"a step twice": {func(_ *testing.T, x *changes) {
			x.bundle.SetChanges = append(x.bundle.SetChanges[:1:1], x.bundle.SetChanges...)
		}, "set-changes"},
		"a step before the root": {func(_ *testing.T, x *changes) { x.root.Height = 5 }, "set-changes"},
		"two steps at one height": {func(t *testing.T, x *changes) {
			x.bundle.SetChanges[1] = change(t, x, 4, x.b, x.c)
		}, "set-changes"},
		"a step at the bundle's header": {func(t *testing.T, x *changes) {
			x.bundle.SetChanges[1] = change(t, x, 11, x.b, x.c)
		}, "set-changes"},
		"a step to the same set": {func(t *testing.T, x *changes) {
			x.bundle.SetChanges = append([]verify.SetChange{change(t, x, 3, x.a, x.a)}, x.bundle.SetChanges...)
			x.root.Height = 1
		}, "set-changes"},
		"another set than the header names": {func(_ *testing.T, x *changes) {
			x.bundle.SetChanges[0].Validators = verifytest.Bundled(x.c)
		}, "set-changes"},
		"set in another order": {func(_ *testing.T, x *changes) {
			v := x.bundle.SetChanges[0].Validators
			v[0], v[1] = v[1], v[0]
		}, "set-changes"},
		"set without one": {func(_ *testing.T, x *changes) {
			x.bundle.SetChanges[0].Validators = x.bundle.SetChanges[0].Validators[1:]
		}, "set-changes"},
		"empty set":            {func(_ *testing.T, x *changes) { x.bundle.SetChanges[0].Validators = nil }, "set-changes"},
		"power 0":              {func(_ *testing.T, x *changes) { x.bundle.SetChanges[0].Validators[3].Power = 0 }, "set-changes"},
		"power that overflows": {func(_ *testing.T, x *changes) { x.bundle.SetChanges[0].Validators[0].Power = 1 << 62 }, "set-changes"},
		"short key":            {func(_ *testing.T, x *changes) { x.bundle.SetChanges[0].Validators[0].PubKey = []byte("short") }, "set-changes"},
		"signed by two thirds or less": {func(t *testing.T, x *changes) {
			x.bundle.SetChanges[0] = verifytest.Change(t, x.w.ChainID, 4, x.a, x.b, map[int]verifytest.Vote{0: absent, 1: absent})
		}, "set-changes"},
		"one forged signature among enough good ones": {func(t *testing.T, x *changes) {
			x.bundle.SetChanges[0] = verifytest.Change(t, x.w.ChainID, 4, x.a, x.b, map[int]verifytest.Vote{2: {Forge: true}})
		}, "set-changes"},
		"signed by the next set": {func(t *testing.T, x *changes) {
			h := verifytest.Header(x.w.ChainID, 4, verifytest.Digest("s"), x.a, x.b)
			x.bundle.SetChanges[0].SignedHeader = verifytest.Signed(t, h, verifytest.Sign(h, x.b, nil))
		}, "set-changes"},
		"a set that signs for itself": {func(t *testing.T, x *changes) {
			x.bundle.SetChanges[0] = change(t, x, 4, x.c, x.b)
		}, "set-changes"},
		"of another chain": {func(t *testing.T, x *changes) {
			x.bundle.SetChanges[0] = verifytest.Change(t, "shugu-shanghai-1", 4, x.a, x.b, nil)
		}, "set-changes"},
		"another header at the root's height": {func(t *testing.T, x *changes) {
			x.root.Height = 4
		}, "set-changes"},
		"header of the set before": {func(t *testing.T, x *changes) {
			h := verifytest.Header(x.w.ChainID, 11, x.w.Header.AppHash, x.b, x.b)
			x.bundle.Signed = verifytest.Signed(t, h, verifytest.Sign(h, x.b, nil))
		}, "validators"},
	} {
		t.Run(name, func(t *testing.T) {
			x := newChanges(t)
			tc.spoil(t, x)
			requireFails(t, x.bundle, x.root, tc.check)
		})
	}
}

func TestSetChangeAtTheRootsOwnHeight(t *testing.T) {
	x := newChanges(t)
	h := verifytest.Header(x.w.ChainID, 4, verifytest.Digest("some state"), x.a, x.b)
	x.root.Height, x.root.HeaderHash = 4, fmt.Sprintf("%X", []byte(h.Hash()))
	requireHolds(t, x.bundle, x.root)
}
