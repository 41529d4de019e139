package verify_test

import (
	"crypto/sha256"
	"testing"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"

	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
)

// benchWorld has 10,000 vouchers, one in ten reversed in part, and 4 validators.
func benchWorld(b *testing.B) (*verifytest.World, string) {
	b.Helper()
	w := verifytest.New(b, verifytest.Spec{Vouchers: 10_000, Reversed: 1_000})
	return w, w.Blue[5_000]
}

// BenchmarkVerify is all that a court's machine does with a bundle: decode and check.
func BenchmarkVerify(b *testing.B) {
	w, number := benchWorld(b)
	root := w.Root()
	encoded, err := w.Bundle(b, number).Encode()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := verify.VerifyEncoded(encoded, root); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(encoded)), "bundle-bytes")
}

// BenchmarkVerifyDecoded leaves the JSON out.
func BenchmarkVerifyDecoded(b *testing.B) {
	w, number := benchWorld(b)
	root, bundle := w.Root(), w.Bundle(b, number)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := verify.Verify(bundle, root); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkVerifyYardstick is what cannot be left out: the four signatures, and as many
// SHA-256 as the header, the set and the paths of the proofs have nodes.
func BenchmarkVerifyYardstick(b *testing.B) {
	w, number := benchWorld(b)
	commit := verifytest.CommitProto(b, w.Bundle(b, number).Signed)
	var signed [][]byte
	for i := range commit.Signatures {
		v, err := verify.VoteBytes(commit, i, w.ChainID)
		if err != nil {
			b.Fatal(err)
		}
		signed = append(signed, v)
	}
	node := make([]byte, 72)
	const nodes = 27 + 7 + 2*14 + 2*11 + 3*4 // header, set, two paths, two neighbours, three stores
	b.ReportAllocs()
	for b.Loop() {
		for i, v := range w.Validators {
			if !v.Key.PubKey().VerifySignature(signed[i], commit.Signatures[i].Signature) {
				b.Fatal("signature")
			}
		}
		for range nodes {
			sum := sha256.Sum256(node)
			copy(node, sum[:])
		}
	}
}

// BenchmarkHeaderHash is one part of the whole.
func BenchmarkHeaderHash(b *testing.B) {
	w, number := benchWorld(b)
	header := new(cmtproto.Header)
	if err := header.Unmarshal(w.Bundle(b, number).Signed.Header); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := verify.HeaderHash(header); err != nil {
			b.Fatal(err)
		}
	}
}
