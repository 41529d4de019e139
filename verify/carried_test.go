package verify_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
)

// A bundle may carry the validators of its first header, for light clients; bundles of
// old carry none, and are read as before.
func TestBundleMayCarryTheValidators(t *testing.T) {
	x := newChanges(t)
	old, err := x.bundle.Encode()
	require.NoError(t, err)
	require.NotContains(t, string(old), `"validators":null`)
	x.bundle.Validators = verifytest.Bundled(x.a)
	requireHolds(t, x.bundle, x.root)
	encoded, err := x.bundle.Encode()
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(encoded, old[:len(old)-2]), "it comes last")
	again, err := verify.Decode(encoded)
	require.NoError(t, err)
	require.Equal(t, x.bundle, again)

	x.bundle.SetChanges, x.bundle.Validators = nil, verifytest.Bundled(x.c)
	requireHolds(t, x.bundle, x.rootAt(9, x.c))
}

func TestCarriedValidatorsThatAreNotTheSigners(t *testing.T) {
	for name, spoil := range map[string]func(x *changes){
		"of another set":    func(x *changes) { x.bundle.Validators = verifytest.Bundled(x.b) },
		"one left out":      func(x *changes) { x.bundle.Validators = x.bundle.Validators[1:] },
		"another power":     func(x *changes) { x.bundle.Validators[0].Power++ },
		"another order":     func(x *changes) { v := x.bundle.Validators; v[0], v[1] = v[1], v[0] },
		"no key":            func(x *changes) { x.bundle.Validators[0].PubKey = nil },
		"those of the last": func(x *changes) { x.bundle.Validators = verifytest.Bundled(x.c) },
	} {
		t.Run(name, func(t *testing.T) {
			x := newChanges(t)
			x.bundle.Validators = verifytest.Bundled(x.a)
			spoil(x)
			report, err := verify.Verify(x.bundle, x.root)
			require.Error(t, err)
			require.Equal(t, "set-changes", report.FailedCheck)
		})
	}
	x := newChanges(t)
	x.bundle.Validators = []verify.BundleValidator{}
	encoded, err := x.bundle.Encode()
	require.NoError(t, err)
	require.NotContains(t, string(encoded), `"validators":[]}`, "none is spelt in one way")
}
