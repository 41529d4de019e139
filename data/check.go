package data

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
)

// Check compares the file or folder at path with what a manifest promises and
// returns each difference in words; none means that it is what was promised. A
// single file may have another name than in the manifest.
func Check(ctx context.Context, path string, promised *Manifest, progress Progress) ([]string, error) {
	got, err := Describe(ctx, path, progress)
	if err != nil {
		return nil, err
	}
	if len(got.Files) == 1 && len(promised.Files) == 1 {
		got.Files[0].Path = promised.Files[0].Path
	}
	var differences []string
	have := map[string]File{}
	for _, f := range got.Files {
		have[f.Path] = f
	}
	for _, want := range promised.Files {
		f, ok := have[want.Path]
		delete(have, want.Path)
		switch {
		case !ok:
			differences = append(differences, fmt.Sprintf("%s: promised, but missing", want.Path))
		case f.Size != want.Size:
			differences = append(differences, fmt.Sprintf("%s: expected %d bytes, got %d", want.Path, want.Size, f.Size))
		case f.SHA256 != want.SHA256:
			differences = append(differences, fmt.Sprintf("%s: expected SHA-256 %s, got %s", want.Path, want.SHA256, f.SHA256))
		}
	}
	for _, f := range got.Files {
		if _, extra := have[f.Path]; extra {
			differences = append(differences, fmt.Sprintf("%s: not promised", f.Path))
		}
	}
	return differences, nil
}

// CheckManifest says whether raw is the manifest that a digest commits to, and reads it.
func CheckManifest(raw, digest []byte) (*Manifest, error) {
	m, err := Decode(raw)
	if err != nil {
		return nil, err
	}
	got, err := m.Digest()
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(got, digest) {
		return nil, fmt.Errorf("manifest: expected the one with SHA-256 %s, got %s; ask the seller for the manifest of the version that the contract names",
			hex.EncodeToString(digest), hex.EncodeToString(got))
	}
	return m, nil
}
