package data

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Progress is told how many bytes of how many were read.
type Progress func(done, total int64)

// Describe makes the manifest of a file or of all files below a folder.
// Symbolic links, devices and names that are not UTF-8 are refused: what is
// described must be what is delivered.
func Describe(ctx context.Context, path string, progress Progress) (*Manifest, error) {
	sources, err := list(path)
	if err != nil {
		return nil, err
	}
	var total, done int64
	for _, s := range sources {
		total += s.size
	}
	m := &Manifest{Format: Format, Files: make([]File, 0, len(sources))}
	for _, s := range sources {
		file, err := describe(ctx, s, func(n int64) {
			done += n
			if progress != nil {
				progress(done, total)
			}
		})
		if err != nil {
			return nil, err
		}
		m.Files = append(m.Files, file)
		m.Size += file.Size
	}
	return m, nil
}

// source is a file to describe.
type source struct {
	open string // path to open
	path string // path in the manifest
	size int64
}

// list finds the regular files at or below path, sorted by their path in the manifest.
func list(path string) ([]source, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	if !info.IsDir() {
		s, err := regular(path, filepath.Base(path), info)
		return []source{s}, err
	}
	var out []source
	err = filepath.WalkDir(path, func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(path, p)
		if err != nil {
			return err
		}
		s, err := regular(p, filepath.ToSlash(rel), info)
		out = append(out, s)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("manifest: %s holds no files", path)
	}
	slices.SortFunc(out, func(a, b source) int { return strings.Compare(a.path, b.path) })
	return out, nil
}

func regular(open, path string, info fs.FileInfo) (source, error) {
	if !info.Mode().IsRegular() {
		return source{}, fmt.Errorf("%s: expected a regular file, got %s; copy what it points to", open, info.Mode().Type())
	}
	if !utf8.ValidString(path) {
		return source{}, fmt.Errorf("%q: expected a file name in UTF-8", open)
	}
	if disguised(path) {
		return source{}, fmt.Errorf("%+q: expected a file name without control and invisible characters; rename it", open)
	}
	return source{open: open, path: path, size: info.Size()}, nil
}

// disguised says whether a name has characters that could make it look like another one, or
// like a line of its own, where it is printed.
func disguised(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) })
}

// describe reads one file once, for its digest and, when it is CSV, its shape.
func describe(ctx context.Context, s source, read func(int64)) (File, error) {
	f, err := os.Open(s.open)
	if err != nil {
		return File{}, fmt.Errorf("manifest: %w", err)
	}
	defer f.Close()
	digest := sha256.New()
	var size uint64
	counted := counter{ctx: ctx, r: f, read: func(n int64) { size += uint64(n); read(n) }}
	in := bufio.NewReaderSize(io.TeeReader(&counted, digest), 1<<18)
	head, err := in.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return File{}, fmt.Errorf("manifest: read %s: %w", s.open, err)
	}
	out := File{Path: s.path, MediaType: mediaType(s.path, head)}
	if out.MediaType == "text/csv" {
		out.Rows, out.Columns = shape(in)
	}
	if _, err := io.Copy(io.Discard, in); err != nil {
		return File{}, fmt.Errorf("manifest: read %s: %w", s.open, err)
	}
	out.Size = size
	out.SHA256 = hex.EncodeToString(digest.Sum(nil))
	return out, nil
}

// mediaTypes by file ending: a table of our own, since the system's differs from machine to machine.
var mediaTypes = map[string]string{
	".csv": "text/csv", ".tsv": "text/tab-separated-values", ".txt": "text/plain", ".md": "text/markdown",
	".json": "application/json", ".jsonl": "application/jsonl", ".xml": "application/xml", ".pdf": "application/pdf",
	".zip": "application/zip", ".gz": "application/gzip", ".tar": "application/x-tar", ".parquet": "application/vnd.apache.parquet",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".dcm": "application/dicom",
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".mp4": "video/mp4",
}

func mediaType(path string, head []byte) string {
	if t, ok := mediaTypes[strings.ToLower(filepath.Ext(path))]; ok {
		return t
	}
	t, _, _ := strings.Cut(http.DetectContentType(head), ";")
	return t
}

// counter counts what is read and stops when the context does.
type counter struct {
	ctx  context.Context
	r    io.Reader
	read func(int64)
}

func (c *counter) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	c.read(int64(n))
	return n, err
}
