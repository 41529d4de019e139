package proc_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet/proc"
)

func TestStopIsOrderly(t *testing.T) {
	p := start(t, t.Context(), "polite")
	require.True(t, p.Alive())
	require.NoError(t, p.Crashed())
	require.NoError(t, p.Stop(proc.Grace))
	require.False(t, p.Alive())
	require.NoError(t, p.Crashed(), "stopping is no crash")
	require.Contains(t, proc.Tail(p.Log, 0, 10), "bye")
	require.NoError(t, p.Stop(proc.Grace), "stopping twice is no error")
}

func TestStopKillsWhatIgnoresIt(t *testing.T) {
	p := start(t, t.Context(), "stubborn")
	require.NoError(t, p.Stop(50*time.Millisecond))
	require.False(t, p.Alive())
	require.ErrorIs(t, syscall.Kill(p.PID, 0), syscall.ESRCH)
}

func TestStopAllSharesTheGrace(t *testing.T) {
	var all []*proc.Process
	for range 5 {
		all = append(all, start(t, t.Context(), "stubborn"))
	}
	begin := time.Now()
	require.NoError(t, proc.StopAll(all, 200*time.Millisecond))
	require.Less(t, time.Since(begin), 5*200*time.Millisecond+proc.Grace/2)
	for _, p := range all {
		require.False(t, p.Alive())
	}
}

func TestCrashTellsHowAndTheTailOfTheLog(t *testing.T) {
	s := spec("crash", t.TempDir(), false)
	require.NoError(t, os.WriteFile(s.Log, []byte("an earlier life\n"), 0o600))
	p, err := proc.Start(t.Context(), s)
	require.NoError(t, err)
	err = p.Wait()
	require.ErrorContains(t, err, "exit status 3")
	require.ErrorContains(t, p.Crashed(), "crash ended: exit status 3")
	require.ErrorContains(t, p.Crashed(), "line 29\ncannot go on")
	require.ErrorContains(t, p.Crashed(), s.Log)
	require.NotContains(t, p.Crashed().Error(), "line 3\n", "only the tail")

	short := proc.Handle{Name: "x", Log: s.Log, LogStart: p.LogStart}
	require.NotContains(t, proc.Attach(short).Crashed().Error(), "an earlier life")
	require.Equal(t, "an earlier life", strings.Split(proc.Tail(s.Log, 0, 99), "\n")[0], "the log is kept")
}

func TestMissingProgramIsNamed(t *testing.T) {
	s := spec("polite", t.TempDir(), false)
	s.Path = filepath.Join(t.TempDir(), "shugud")
	_, err := proc.Start(t.Context(), s)
	require.ErrorContains(t, err, s.Path+" is missing")

	require.NoError(t, os.WriteFile(s.Path, nil, 0o600))
	_, err = proc.Start(t.Context(), s)
	require.ErrorContains(t, err, s.Path+" cannot be executed")
}

func TestEndOfTheContextStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p := start(t, ctx, "polite")
	cancel()
	waitFor(t, func() bool { return !p.Alive() })
	require.Contains(t, proc.Tail(p.Log, 0, 10), "bye", "SIGTERM came before SIGKILL")

	_, err := proc.Start(ctx, spec("polite", t.TempDir(), false))
	require.ErrorIs(t, err, context.Canceled)
}

func TestAttachedProcessIsStopped(t *testing.T) {
	p := start(t, t.Context(), "stubborn")
	other := proc.Attach(p.Handle)
	require.True(t, other.Alive())
	require.NoError(t, other.Stop(50*time.Millisecond))
	require.False(t, other.Alive())
	waitFor(t, func() bool { return !p.Alive() })
	require.ErrorContains(t, p.Crashed(), "killed", "to its parent it is a crash")
}

func TestRecycledProcessIDIsLeftAlone(t *testing.T) {
	p := start(t, t.Context(), "polite")
	recycled := p.Handle
	recycled.Born = "another boot/123"
	stranger := proc.Attach(recycled)
	require.False(t, stranger.Alive())
	require.NoError(t, stranger.Stop(0))
	require.NoError(t, stranger.Kill())
	require.True(t, p.Alive(), "the process that has the id now was not touched")
	require.False(t, proc.Attach(proc.Handle{}).Alive())
}

func TestNothingSurvivesItsParent(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("parent-death signals are Linux's")
	}
	folder := t.TempDir()
	parent, err := proc.Start(t.Context(), spec("parent", folder, false, folder, "attached"))
	require.NoError(t, err)
	child := proc.Attach(readHandle(t, parent.Log))
	require.True(t, child.Alive())
	require.NoError(t, parent.Kill())
	waitFor(t, func() bool { return !child.Alive() })
}

func TestDetachedSurvivesItsParent(t *testing.T) {
	folder := t.TempDir()
	parent, err := proc.Start(t.Context(), spec("parent", folder, false, folder, "detached"))
	require.NoError(t, err)
	child := proc.Attach(readHandle(t, parent.Log))
	require.NoError(t, parent.Kill())
	require.True(t, child.Alive())
	require.NoError(t, child.Kill())
	require.False(t, child.Alive())
}

func TestPortInUseIsNamed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, l.Close()) })
	port := l.Addr().(*net.TCPAddr).Port
	require.ErrorContains(t, proc.InUse(port), "is in use by another process")
}

func TestFreePortsAreDistinctAndFree(t *testing.T) {
	ports, err := proc.FreePorts(40)
	require.NoError(t, err)
	seen := map[int]bool{}
	for _, port := range ports {
		require.False(t, seen[port])
		seen[port] = true
		require.NoError(t, proc.InUse(port))
	}
}

func TestTail(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	require.Empty(t, proc.Tail(path, 0, 3), "a missing file has no tail")
	require.NoError(t, os.WriteFile(path, []byte("old\n\x1b[90mone\x1b[0m\ntwo\nthree\n"), 0o600))
	require.Equal(t, "two\nthree", proc.Tail(path, 0, 2))
	require.Equal(t, "one\ntwo\nthree", proc.Tail(path, 4, 20))
	require.Empty(t, proc.Tail(path, 1<<20, 2), "an offset behind the end")
	require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("x\n", 1<<16)), 0o600))
	require.Equal(t, "x\nx", proc.Tail(path, 0, 2))
}

func TestLastLines(t *testing.T) {
	long := strings.Repeat("0123456789\n", 1000)
	for _, tc := range []struct {
		text  string
		lines int
		want  string
	}{
		{"", 3, ""}, {"a", 1, "a"}, {"a\nb", 1, "b"}, {"a\nb\n", 1, "b\n"}, {"a\nb\nc\n", 2, "b\nc\n"},
		{"a\nb\n", 9, "a\nb\n"}, {"a\n\n\n", 2, "\n\n"}, {long, 500, long[500*11:]},
	} {
		at, err := proc.LastLines(strings.NewReader(tc.text), int64(len(tc.text)), tc.lines)
		require.NoError(t, err)
		require.Equal(t, tc.want, tc.text[at:])
	}
}
