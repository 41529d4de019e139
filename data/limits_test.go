package data_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/data"
)

// Whatever the size of a file, what is described, sealed, opened and checked
// passes through buffers: the heap never comes near its size.
func TestMemoryIsBounded(t *testing.T) {
	const size, bound = 128 << 20, 32 << 20
	ctx, dir := context.Background(), t.TempDir()
	big, sealed, opened := filepath.Join(dir, "big.bin"), filepath.Join(dir, "big.age"), filepath.Join(dir, "again.bin")
	require.NoError(t, os.WriteFile(big, nil, 0o600))
	require.NoError(t, os.Truncate(big, size)) // a hole: takes no disk
	identity, public, err := data.Identity()
	require.NoError(t, err)
	keyFile := write(t, filepath.Join(dir, "key.txt"), identity+"\n")
	recipient, err := data.Recipient(public)
	require.NoError(t, err)

	var manifest *data.Manifest
	for _, step := range []struct {
		name string
		run  func() error
	}{
		{"describe", func() (err error) { manifest, err = data.Describe(ctx, big, nil); return err }},
		{"seal", func() error { _, err := data.Seal(ctx, big, sealed, recipient, nil); return err }},
		{"open", func() error { _, err := data.Open(ctx, sealed, opened, keyFile, nil); return err }},
		{"check", func() error { _, err := data.Check(ctx, opened, manifest, nil); return err }},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		require.NoError(t, step.run(), step.name)
		runtime.ReadMemStats(&after)
		require.Less(t, after.HeapSys-min(before.HeapSys, after.HeapSys), uint64(bound), step.name)
	}
	require.EqualValues(t, size, manifest.Size)
}
