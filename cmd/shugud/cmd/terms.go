package cmd

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
)

// termsRoot commits to a contract's full document: the root of a Merkle tree
// with the document as its one leaf, SHA-256 over 0x00 and the bytes (RFC 6962, 2.1).
func termsRoot(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("document: %w", err)
	}
	defer f.Close()
	leaf := sha256.New()
	leaf.Write([]byte{0})
	if _, err := io.Copy(leaf, f); err != nil {
		return nil, fmt.Errorf("document: %w", err)
	}
	return leaf.Sum(nil), nil
}
