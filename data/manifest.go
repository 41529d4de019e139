// Package data describes, seals and checks the files of a data product. It
// works on streams: no file is ever held in memory, whatever its size.
package data

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Format names the manifest's format and version.
const Format = "shugu-manifest-1"

// MaxManifest is the largest manifest in bytes that is read back.
const MaxManifest = 64 << 20

// Manifest describes the files of a product. Its canonical bytes are compact
// JSON in the field order below, files sorted by path, and one newline; the
// chain carries their SHA-256.
type Manifest struct {
	Format string `json:"format"`
	// Size is the sum of the files' sizes in bytes.
	Size  uint64 `json:"size"`
	Files []File `json:"files"`
}

// File describes one file.
type File struct {
	// Path is relative to the folder described, with slashes; a single file's own name.
	Path string `json:"path"`
	// Size in bytes.
	Size uint64 `json:"size"`
	// SHA256 of the content, 64 hex digits.
	SHA256 string `json:"sha256"`
	// MediaType by the name's ending, else by the first 512 bytes.
	MediaType string `json:"media_type"`
	// Rows of a CSV file below its header; absent when it is not well-formed CSV, or has a
	// row of more than 1 MiB.
	Rows *uint64 `json:"rows,omitempty"`
	// Columns of a CSV file, from its header.
	Columns []string `json:"columns,omitempty"`
}

// Encode returns the canonical bytes.
func (m *Manifest) Encode() ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(m)
	return out.Bytes(), err
}

// Digest is the SHA-256 of the canonical bytes: what Register commits to.
func (m *Manifest) Digest() ([]byte, error) {
	raw, err := m.Encode()
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(raw)
	return digest[:], nil
}

// Decode reads a manifest. Another spelling of the same content is refused.
func Decode(raw []byte) (*Manifest, error) {
	if len(raw) > MaxManifest {
		return nil, fmt.Errorf("manifest: expected at most %d bytes, got %d", MaxManifest, len(raw))
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	var m Manifest
	if err := dec.Decode(&m); err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	if m.Format != Format {
		return nil, fmt.Errorf("manifest: expected format %q, got %q", Format, m.Format)
	}
	if err := m.validate(); err != nil {
		return nil, err
	}
	again, err := m.Encode()
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(raw, again) {
		return nil, errors.New("manifest: not in canonical form; write it with `shugud data manifest` and do not edit it")
	}
	return &m, nil
}

func (m *Manifest) validate() error {
	if len(m.Files) == 0 {
		return errors.New("manifest: expected at least one file")
	}
	var size uint64
	for i, f := range m.Files {
		if !fs.ValidPath(f.Path) || f.Path == "." {
			return fmt.Errorf("manifest: file %d: expected a relative path, got %q", i+1, f.Path)
		}
		if disguised(f.Path) {
			return fmt.Errorf("manifest: file %d: expected a name without control and invisible characters, got %+q", i+1, f.Path)
		}
		if i > 0 && m.Files[i-1].Path >= f.Path {
			return fmt.Errorf("manifest: file %q is not in order, or stands twice", f.Path)
		}
		if digest, err := hex.DecodeString(f.SHA256); err != nil || len(digest) != sha256.Size || strings.ToLower(f.SHA256) != f.SHA256 {
			return fmt.Errorf("manifest: file %q: expected a SHA-256 of 64 hex digits in lower case, got %q", f.Path, f.SHA256)
		}
		if size += f.Size; size < f.Size {
			return errors.New("manifest: the sum of the sizes does not fit into 64 bits")
		}
	}
	if size != m.Size {
		return fmt.Errorf("manifest: expected size %d (the files' sum), got %d", size, m.Size)
	}
	return nil
}
