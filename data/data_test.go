package data_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/data"
)

func write(t *testing.T, path, content string) string {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o644))
	return path
}

func describe(t *testing.T, path string) *data.Manifest {
	t.Helper()
	m, err := data.Describe(context.Background(), path, nil)
	require.NoError(t, err)
	return m
}

// The manifest's bytes are a public interface: the chain carries their digest.
func TestManifestGolden(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "染色", "方案.csv"), "\ufeff批次,温度\n1,60\n2,\"70\n\"\n")
	write(t, filepath.Join(dir, "a.bin"), "\x00\x01\x02")
	raw, err := describe(t, dir).Encode()
	require.NoError(t, err)
	require.Equal(t, `{"format":"shugu-manifest-1","size":33,"files":[`+
		`{"path":"a.bin","size":3,"sha256":"ae4b3280e56e2faf83f414a6e3dabe9d5fbe18976544c05fed121accb85b53fc","media_type":"application/octet-stream"},`+
		`{"path":"染色/方案.csv","size":30,"sha256":"`+sha("\ufeff批次,温度\n1,60\n2,\"70\n\"\n")+`","media_type":"text/csv","rows":2,"columns":["批次","温度"]}]}`+"\n", string(raw))
	again, err := data.Decode(raw)
	require.NoError(t, err)
	require.Equal(t, describe(t, dir), again)
}

func sha(s string) string {
	digest := sha256.Sum256([]byte(s))
	return hex.EncodeToString(digest[:])
}

func TestManifestOfBrokenCSVHasNoRows(t *testing.T) {
	m := describe(t, write(t, filepath.Join(t.TempDir(), "x.csv"), "a,b\n1,2,3\n"))
	require.Nil(t, m.Files[0].Rows)
	require.Empty(t, m.Files[0].Columns)
	require.EqualValues(t, 10, m.Size)
	require.Equal(t, sha("a,b\n1,2,3\n"), m.Files[0].SHA256)
}

func TestManifestRefuses(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	_, err := data.Describe(ctx, filepath.Join(dir, "absent"), nil)
	require.ErrorIs(t, err, os.ErrNotExist)

	_, err = data.Describe(ctx, dir, nil)
	require.ErrorContains(t, err, "holds no files")

	file := write(t, filepath.Join(dir, "real"), "x")
	require.NoError(t, os.Symlink(file, filepath.Join(dir, "link")))
	_, err = data.Describe(ctx, dir, nil)
	require.ErrorContains(t, err, "expected a regular file")
	require.NoError(t, os.Remove(filepath.Join(dir, "link")))

	if os.Geteuid() != 0 { // root reads everything
		require.NoError(t, os.Chmod(file, 0))
		_, err = data.Describe(ctx, dir, nil)
		require.ErrorIs(t, err, os.ErrPermission)
		require.NoError(t, os.Chmod(file, 0o644))
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	_, err = data.Describe(cancelled, dir, nil)
	require.ErrorIs(t, err, context.Canceled)
}

func TestDecodeRefusesOtherSpellings(t *testing.T) {
	raw, err := describe(t, write(t, filepath.Join(t.TempDir(), "x.csv"), "a\n1\n")).Encode()
	require.NoError(t, err)
	for i := range raw {
		for _, changed := range [][]byte{
			append(append(bytes.Clone(raw[:i]), ' '), raw[i:]...),
			append(bytes.Clone(raw[:i]), raw[i+1:]...),
		} {
			if m, err := data.Decode(changed); err == nil {
				// Another file name or column is another content, with another digest.
				again, err := m.Encode()
				require.NoError(t, err)
				require.Equal(t, changed, again)
				require.NotEqual(t, raw, again)
			}
		}
	}
	_, err = data.Decode([]byte(`{"format":"shugu-manifest-1","size":0,"files":[],"extra":1}`))
	require.ErrorContains(t, err, "extra")
	_, err = data.Decode([]byte(strings.Replace(string(raw), `"x.csv"`, `"../x.csv"`, 1)))
	require.ErrorContains(t, err, "relative path")
}

func TestSealOpenCheck(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	content := strings.Repeat("数据", 100_000)
	plain := write(t, filepath.Join(dir, "plain.txt"), content)
	identity, public, err := data.Identity()
	require.NoError(t, err)
	key := write(t, filepath.Join(dir, "key.txt"), identity+"\n")
	to, err := data.Recipient(public)
	require.NoError(t, err)
	sealedPath, openedPath := filepath.Join(dir, "sealed.age"), filepath.Join(dir, "opened.txt")

	var last int64
	sealed, err := data.Seal(ctx, plain, sealedPath, to, func(done, total int64) {
		require.EqualValues(t, len(content), total)
		require.GreaterOrEqual(t, done, last)
		last = done
	})
	require.NoError(t, err)
	require.EqualValues(t, len(content), last)
	require.Equal(t, sha(content), hex.EncodeToString(sealed.Content))

	opened, err := data.Open(ctx, sealedPath, openedPath, key, nil)
	require.NoError(t, err)
	require.Equal(t, sealed, opened)
	differences, err := data.Check(ctx, openedPath, describe(t, plain), nil)
	require.NoError(t, err)
	require.Empty(t, differences)

	write(t, openedPath, content+"x")
	differences, err = data.Check(ctx, openedPath, describe(t, plain), nil)
	require.NoError(t, err)
	require.Len(t, differences, 1)
}

func TestOpenLeavesNothingBehind(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	plain := write(t, filepath.Join(dir, "plain"), "content")
	identity, public, err := data.Identity()
	require.NoError(t, err)
	other, _, err := data.Identity()
	require.NoError(t, err)
	to, err := data.Recipient(public)
	require.NoError(t, err)
	key, wrong := write(t, filepath.Join(dir, "key"), identity), write(t, filepath.Join(dir, "wrong"), other)
	sealed := filepath.Join(dir, "sealed")
	_, err = data.Seal(ctx, plain, sealed, to, nil)
	require.NoError(t, err)
	_, err = data.Seal(ctx, plain, sealed, to, nil)
	require.ErrorContains(t, err, "exists already")

	raw, err := os.ReadFile(sealed)
	require.NoError(t, err)
	raw[len(raw)-1] ^= 1
	damaged := write(t, filepath.Join(dir, "damaged"), string(raw))
	out := filepath.Join(dir, "out")
	for name, open := range map[string]func() error{
		"sealed to another key": func() error { _, err := data.Open(ctx, sealed, out, wrong, nil); return err },
		"damaged":               func() error { _, err := data.Open(ctx, damaged, out, key, nil); return err },
		"expected an age key":   func() error { _, err := data.Open(ctx, sealed, out, plain, nil); return err },
	} {
		require.ErrorContains(t, open(), name)
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 5, "no temporary file and no output may remain")
}

func TestCheckNamesEachDifference(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a"), "1")
	write(t, filepath.Join(dir, "b"), "2")
	promised := describe(t, dir)
	write(t, filepath.Join(dir, "b"), "3")
	write(t, filepath.Join(dir, "c"), "4")
	require.NoError(t, os.Remove(filepath.Join(dir, "a")))
	differences, err := data.Check(context.Background(), dir, promised, nil)
	require.NoError(t, err)
	require.Len(t, differences, 3)
	require.Contains(t, differences[0], "a: promised, but missing")
	require.Contains(t, differences[1], "b: expected SHA-256")
	require.Contains(t, differences[2], "c: not promised")

	raw, err := promised.Encode()
	require.NoError(t, err)
	_, err = data.CheckManifest(raw, make([]byte, 32))
	require.ErrorContains(t, err, "ask the seller")
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"format":"shugu-manifest-1","size":1,"files":[{"path":"a","size":1,"sha256":"6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b","media_type":"text/plain"}]}` + "\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := data.Decode(raw)
		if err != nil {
			return
		}
		again, err := m.Encode()
		require.NoError(t, err)
		require.Equal(t, raw, again)
	})
}
