package data_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/data"
)

// A file that its reader may not read is refused and named, also where tests
// run as root: one thread reads as nobody, and ends with its goroutine.
func TestManifestOfAFileThatMayNotBeRead(t *testing.T) {
	dir := t.TempDir()
	file := write(t, filepath.Join(dir, "secret.csv"), "a\n1\n")
	require.NoError(t, os.Chmod(file, 0))
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread keeps its user
		if os.Geteuid() == 0 {
			const nobody = 65534
			if err := syscall.Setfsuid(nobody); err != nil {
				done <- err
				return
			}
		}
		_, err := data.Describe(context.Background(), file, nil)
		done <- err
	}()
	err := <-done
	require.ErrorIs(t, err, os.ErrPermission)
	require.ErrorContains(t, err, "secret.csv")
}
