package proc_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet/proc"
)

// TestMain lets the test binary play the programs that the tests start.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "fake" {
		fake(os.Args[2], os.Args[3:])
		return
	}
	os.Exit(m.Run())
}

func fake(role string, args []string) {
	term := make(chan os.Signal, 1)
	signal.Notify(term, syscall.SIGTERM)
	switch role {
	case "polite":
		fmt.Println("ready")
		<-term
		fmt.Println("bye")
	case "stubborn":
		fmt.Println("ready")
		for range term {
			fmt.Println("no")
		}
	case "crash":
		for i := range 30 {
			fmt.Println("line", i)
		}
		fmt.Fprintln(os.Stderr, "\x1b[31mcannot go on\x1b[0m")
		os.Exit(3)
	case "parent": // starts a stubborn child, tells its handle, and waits to be killed
		p, err := proc.Start(context.Background(), spec("stubborn", args[0], args[1] == "detached"))
		if err != nil {
			panic(err)
		}
		if err := json.NewEncoder(os.Stdout).Encode(p.Handle); err != nil {
			panic(err)
		}
		select {}
	}
}

// spec describes a run of the test binary in a role.
func spec(role, folder string, detach bool, args ...string) proc.Spec {
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	return proc.Spec{
		Name: role, Path: self, Args: append([]string{"fake", role}, args...),
		Log: filepath.Join(folder, role+".log"), Detach: detach,
	}
}

// start starts a role and waits until it has said that it is ready.
func start(t *testing.T, ctx context.Context, role string) *proc.Process {
	t.Helper()
	p, err := proc.Start(ctx, spec(role, t.TempDir(), false))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.Kill()) })
	waitFor(t, func() bool { return strings.Contains(proc.Tail(p.Log, 0, 10), "ready") })
	return p
}

func waitFor(t *testing.T, cond func() bool) {
	t.Helper()
	require.Eventually(t, cond, 20*time.Second, 5*time.Millisecond)
}

// readHandle reads the handle that the role "parent" tells.
func readHandle(t *testing.T, log string) proc.Handle {
	t.Helper()
	var h proc.Handle
	waitFor(t, func() bool {
		f, err := os.Open(log)
		if err != nil {
			return false
		}
		defer f.Close()
		line, err := bufio.NewReader(f).ReadBytes('\n')
		return err == nil && json.Unmarshal(line, &h) == nil
	})
	return h
}
