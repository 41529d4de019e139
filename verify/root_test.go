package verify_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
)

func TestRootHasOneEncoding(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{})
	root := w.Root()
	root.Validators[0].Name = "杭州数据交易所 <1>"
	root.Validators[1].Name = ""
	encoded, err := root.Encode()
	require.NoError(t, err)
	decoded, err := verify.DecodeRoot(encoded)
	require.NoError(t, err)
	require.Equal(t, root, decoded)
	require.Contains(t, string(encoded), "杭州数据交易所 <1>")
	for i := range encoded {
		without := append(bytes.Clone(encoded[:i]), encoded[i+1:]...)
		space := append(append(bytes.Clone(encoded[:i]), ' '), encoded[i:]...)
		for _, b := range [][]byte{without, space} {
			if again, err := verify.DecodeRoot(b); err == nil {
				require.NotEqual(t, root, again, "byte %d", i)
			}
		}
	}
}

func TestRootRefusesWhatContradictsItself(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{})
	for name, spoil := range map[string]func(r *verify.TrustRoot){
		"another format":       func(r *verify.TrustRoot) { r.Format = "shugu-root-2" },
		"no chain":             func(r *verify.TrustRoot) { r.ChainID = "" },
		"height 0":             func(r *verify.TrustRoot) { r.Height = 0 },
		"header hash cut":      func(r *verify.TrustRoot) { r.HeaderHash = r.HeaderHash[2:] },
		"header hash in lower": func(r *verify.TrustRoot) { r.HeaderHash = strings.ToLower(r.HeaderHash) },
		"another set's hash":   func(r *verify.TrustRoot) { r.ValidatorsHash = r.HeaderHash },
		"no validators":        func(r *verify.TrustRoot) { r.Validators = nil },
		"one validator less":   func(r *verify.TrustRoot) { r.Validators = r.Validators[1:] },
		"another power":        func(r *verify.TrustRoot) { r.Validators[0].Power++ },
		"another key":          func(r *verify.TrustRoot) { r.Validators[0].PubKey[3] ^= 1 },
		"key twice":            func(r *verify.TrustRoot) { r.Validators[1] = r.Validators[0] },
		"name with a control":  func(r *verify.TrustRoot) { r.Validators[1].Name = "a\tb" },
		"name too long":        func(r *verify.TrustRoot) { r.Validators[1].Name = strings.Repeat("a", 129) },
		"another order": func(r *verify.TrustRoot) {
			r.Validators[0], r.Validators[1] = r.Validators[1], r.Validators[0]
		},
	} {
		root := w.Root()
		spoil(root)
		_, err := root.Encode()
		require.Error(t, err, name)
		_, err = verify.Verify(w.Bundle(t, w.Blue[0]), root)
		require.Error(t, err, name)
		require.NotErrorAs(t, err, new(*verify.CheckError), name)
	}
	_, err := verify.DecodeRoot([]byte(`{"format":"shugu-root-1","note":"x"}`))
	require.Error(t, err)
}
