package verify_test

import (
	"bytes"
	"testing"

	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
)

// FuzzDecodeAndVerify: no input makes the verifier panic, what is decoded is written
// again as it was, and only the bundles that the chain made are consistent.
func FuzzDecodeAndVerify(f *testing.F) {
	w := verifytest.New(f, verifytest.Spec{Vouchers: 3, Reversed: 1})
	root := w.Root()
	made := map[string]bool{}
	for _, number := range append(w.Blue, w.Red...) {
		b, err := w.Bundle(f, number).Encode()
		if err != nil {
			f.Fatal(err)
		}
		made[string(b)] = true
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		bundle, err := verify.Decode(b)
		if err != nil {
			return
		}
		again, err := bundle.Encode()
		if err != nil || !bytes.Equal(again, b) {
			t.Fatalf("decoded, but written otherwise: %v", err)
		}
		_, err = verify.Verify(bundle, root)
		if _, encodedErr := verify.VerifyEncoded(b, root); (encodedErr == nil) != (err == nil) {
			t.Fatalf("two verdicts: %v and %v", err, encodedErr)
		}
		if err == nil && !made[string(b)] {
			t.Fatal("a bundle that the chain did not make is consistent")
		}
	})
}

// FuzzVerify reaches behind the JSON: it puts bytes straight into the fields.
func FuzzVerify(f *testing.F) {
	w := verifytest.New(f, verifytest.Spec{Vouchers: 3, Reversed: 1})
	root := w.Root()
	for _, number := range append(w.Blue, w.Red...) {
		b := w.Bundle(f, number)
		f.Add(b.Voucher.Value, b.Voucher.Proof, b.Status.Value, b.Status.Proof, b.Stores.Voucher, b.Signed.Header, b.Signed.Commit)
	}
	f.Fuzz(func(t *testing.T, value, proof, status, statusProof, store, header, commit []byte) {
		b := w.Bundle(t, w.Blue[0])
		b.Voucher = verify.Entry{Value: value, Proof: proof}
		b.Status.Value, b.Status.Proof, b.Stores.Voucher = status, statusProof, store
		b.Signed = verify.SignedHeader{Header: header, Commit: commit}
		good := w.Bundle(t, w.Blue[0])
		if _, err := verify.Verify(b, root); err != nil {
			return
		}
		encoded, err := b.Encode()
		want, wantErr := good.Encode()
		if err != nil || wantErr != nil || !bytes.Equal(encoded, want) {
			t.Fatal("a bundle that the chain did not make is consistent")
		}
	})
}

// FuzzDecodeRecords: the decoders of store values do not panic.
func FuzzDecodeRecords(f *testing.F) {
	w := verifytest.New(f, verifytest.Spec{Vouchers: 2, Reversed: 1})
	for _, number := range append(w.Blue, w.Red...) {
		b := w.Bundle(f, number)
		f.Add(b.Voucher.Value)
		f.Add(b.Settlement.Value)
		if b.Status.Detail != nil {
			f.Add(b.Status.Detail.Value)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for name, decode := range decoders() {
			if decode(b) == nil && len(b) > 8192 {
				t.Fatalf("%s of %d bytes was read", name, len(b))
			}
		}
	})
}

// FuzzDecodeRoot: the decoder of trust roots does not panic.
func FuzzDecodeRoot(f *testing.F) {
	encoded, err := verifytest.New(f, verifytest.Spec{}).Root().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(encoded)
	f.Fuzz(func(t *testing.T, b []byte) {
		root, err := verify.DecodeRoot(b)
		if err != nil {
			return
		}
		if again, err := root.Encode(); err != nil || !bytes.Equal(again, b) {
			t.Fatalf("decoded, but written otherwise: %v", err)
		}
	})
}
