package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
)

// calls times n calls and returns microseconds a call, with allocations.
func calls(n int, do func() error) (micros, allocations float64, err error) {
	start := time.Now()
	for range n {
		if err := do(); err != nil {
			return 0, 0, err
		}
	}
	micros = float64(time.Since(start).Microseconds()) / float64(n)
	return micros, testing.AllocsPerRun(10, func() { err = do() }), err
}

// verification measures a court's check of a bundle beside what cannot be left
// out: its four signatures and about as many hashes as its paths have nodes.
func verification(rounds int) ([]Figure, error) {
	t := &testing.T{}
	w := verifytest.New(t, verifytest.Spec{Vouchers: 10_000})
	raw, err := w.Bundle(t, w.Blue[5_000]).Encode()
	if err != nil {
		return nil, err
	}
	root := w.Root()
	key := ed25519.NewKeyFromSeed(make([]byte, 32))
	message := make([]byte, 120)
	signature := ed25519.Sign(key, message)
	var checked, bare, allocations series
	for range rounds {
		micros, allocs, err := calls(300, func() error { _, err := verify.VerifyEncoded(raw, root); return err })
		if err != nil {
			return nil, err
		}
		checked, allocations = append(checked, micros), append(allocations, allocs)
		if micros, _, err = calls(300, func() error {
			for range 4 {
				ed25519.Verify(key.Public().(ed25519.PublicKey), message, signature)
			}
			for range 80 {
				sha256.Sum256(message)
			}
			return nil
		}); err != nil {
			return nil, err
		}
		bare = append(bare, micros)
	}
	f := checked.figure("verify a bundle, 4 validators", "µs").beside("4 signatures and 80 hashes", bare)
	f.Aim = "under 300"
	size := series{float64(len(raw))}.figure("bundle, compact JSON", "bytes")
	size.Aim = "under 6,000"
	return []Figure{f, allocations.figure("verify a bundle, allocations", ""), size}, nil
}

// signatures measures the ante handler's signature check beside the SDK's own.
func signatures(rounds int) ([]Figure, error) {
	key := keys.Account("bench")
	message := make([]byte, 300)
	signature, err := key.Sign(message)
	if err != nil {
		return nil, err
	}
	public := key.PubKey()
	var fast, sdk series
	for range rounds {
		micros, _, err := calls(500, func() error {
			digest := sha256.Sum256(message)
			crypto.VerifySignature(public.Bytes(), digest[:], signature)
			return nil
		})
		if err != nil {
			return nil, err
		}
		fast = append(fast, micros)
		if micros, _, err = calls(500, func() error { public.VerifySignature(message, signature); return nil }); err != nil {
			return nil, err
		}
		sdk = append(sdk, micros)
	}
	f := fast.figure("account signature, go-ethereum's crypto", "µs").beside("the SDK's pure Go", sdk)
	f.Aim = "about a third"
	return []Figure{f}, nil
}
