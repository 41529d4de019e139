package verify

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// RootFormat names the format of trust roots.
const RootFormat = "shugu-root-1"

// MaxRootBytes is the largest trust root that is read.
const MaxRootBytes = 1 << 20

// TrustRoot is what a court pins: the validators of a chain at one height. Whoever
// pins it should have compared it with what several exchanges publish.
type TrustRoot struct {
	Format  string `json:"format"`
	ChainID string `json:"chain_id"`
	Height  int64  `json:"height"`
	// HeaderHash of that height and ValidatorsHash are SHA-256 in upper-case hex, as
	// CometBFT shows them.
	HeaderHash     string `json:"header_hash"`
	ValidatorsHash string `json:"validators_hash"`
	// Validators in CometBFT's order.
	Validators []RootValidator `json:"validators"`
}

// RootValidator is one validator of a trust root.
type RootValidator struct {
	// Name to show for it, at most 128 bytes; may be empty.
	Name string `json:"name"`
	// PubKey is the ed25519 key, 32 bytes; in JSON base64.
	PubKey []byte `json:"pub_key"`
	Power  int64  `json:"power"`
}

// DecodeRoot reads a trust root. It accepts one byte string for one content: what
// Encode makes. The hash of the validators is computed anew.
func DecodeRoot(b []byte) (*TrustRoot, error) {
	root := new(TrustRoot)
	if err := decodeJSON(b, MaxRootBytes, root); err != nil {
		return nil, fmt.Errorf("not a trust root: %w", err)
	}
	again, err := root.Encode()
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, b) {
		return nil, errors.New("not a trust root: the bytes differ from the encoding of what they say; it must not be reformatted")
	}
	return root, nil
}

// Encode makes the one encoding of a trust root: JSON indented by two spaces and a newline.
func (r *TrustRoot) Encode() ([]byte, error) {
	if _, err := r.open(); err != nil {
		return nil, fmt.Errorf("not a trust root: %w", err)
	}
	return encodeJSON(r, "  ")
}

// open checks the root and computes its set.
func (r *TrustRoot) open() (*validatorSet, error) {
	if r.Format != RootFormat {
		return nil, fmt.Errorf("format: expected %q, got %.40q", RootFormat, r.Format)
	}
	if err := showable(r.ChainID); err != nil {
		return nil, fmt.Errorf("chain_id: %w", err)
	}
	if r.Height < 1 {
		return nil, fmt.Errorf("height: expected 1 or more, got %d", r.Height)
	}
	if _, err := decodeHash(r.HeaderHash); err != nil {
		return nil, fmt.Errorf("header_hash: %w", err)
	}
	list := make([]validator, len(r.Validators))
	for i, v := range r.Validators {
		if v.Name != "" {
			if err := showable(v.Name); err != nil {
				return nil, fmt.Errorf("validator %d: name: %w", i, err)
			}
		}
		list[i] = validator{name: v.Name, key: v.PubKey, power: v.Power}
	}
	set, err := newSet(list)
	if err != nil {
		return nil, err
	}
	want, err := decodeHash(r.ValidatorsHash)
	if err != nil || !bytes.Equal(want, set.hash) {
		return nil, fmt.Errorf("validators_hash: expected %X, the hash of the validators, got %.80q", set.hash, r.ValidatorsHash)
	}
	return set, nil
}

// decodeHash reads SHA-256 in upper-case hex.
func decodeHash(s string) ([]byte, error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != digestLen || strings.ToUpper(s) != s {
		return nil, fmt.Errorf("expected %d bytes in upper-case hex, got %.80q", digestLen, s)
	}
	return b, nil
}
