package proc

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"
)

// Spec says what to run.
type Spec struct {
	// Name is what errors call the process, "shugu-hangzhou-1/node0".
	Name string
	// Path is the program. It must exist and be executable.
	Path string
	Args []string
	// Dir is the working directory; empty means the caller's.
	Dir string
	// Env is the whole environment; nil means the caller's.
	Env []string
	// Log is the file that gets standard output and standard error, appended.
	Log string
	// Detach lets the process outlive its parent. Otherwise the process is
	// killed when the parent dies (on Linux) or when the context given to Start
	// ends.
	Detach bool
}

// Handle names a process for certain, also from another process and after a
// process id was given out again.
type Handle struct {
	Name string `json:"name"`
	PID  int    `json:"pid"`
	// Born identifies the process among all that ever had its PID.
	Born string `json:"born"`
	Log  string `json:"log"`
	// LogStart is the size of the log in bytes before the process wrote to it.
	LogStart int64 `json:"log_start"`
}

// Process is a process that Start began or Attach found.
type Process struct {
	Handle
	done    chan struct{} // closed when our own child has ended; nil when attached
	exit    atomic.Pointer[error]
	stopped atomic.Bool // we asked it to end
}

// Start runs a program in a process group of its own. Unless it is detached,
// the end of ctx stops it: first SIGTERM, SIGKILL after Grace.
func Start(ctx context.Context, s Spec) (*Process, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("%s: not started: %w", s.Name, err)
	}
	if err := Executable(s.Path); err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	if err := os.MkdirAll(filepath.Dir(s.Log), 0o755); err != nil {
		return nil, fmt.Errorf("%s: log folder: %w", s.Name, err)
	}
	log, err := os.OpenFile(s.Log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, fmt.Errorf("%s: log: %w", s.Name, err)
	}
	defer func() { _ = log.Close() }() // the child has its own
	info, err := log.Stat()
	if err != nil {
		return nil, fmt.Errorf("%s: log: %w", s.Name, err)
	}

	cmd := exec.Command(s.Path, s.Args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = s.Dir, s.Env, log, log
	cmd.SysProcAttr = attributes(s.Detach)
	p := &Process{
		Handle: Handle{Name: s.Name, Log: s.Log, LogStart: info.Size()},
		done:   make(chan struct{}),
	}
	if err := p.run(cmd); err != nil {
		return nil, fmt.Errorf("%s: starting %s: %w", s.Name, s.Path, err)
	}
	if !s.Detach {
		// Stop only fails on a process that cannot be killed; whoever waits for
		// it (Stop, StopAll) meets the same error.
		release := context.AfterFunc(ctx, func() { _ = p.Stop(Grace) })
		go func() {
			<-p.done
			release()
		}()
	}
	return p, nil
}

// run starts the command and leaves a goroutine waiting for it. Linux sends the
// parent-death signal when the thread that forked ends, so that goroutine keeps
// its thread for as long as the child lives.
func (p *Process) run(cmd *exec.Cmd) error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		if err == nil {
			p.PID = cmd.Process.Pid
			// Not reaped yet, so the id is certainly still the child's.
			p.Born, err = born(p.PID)
			if err != nil {
				_ = syscall.Kill(-p.PID, syscall.SIGKILL)
				_ = cmd.Wait()
			}
		}
		started <- err
		if err != nil {
			return
		}
		err = cmd.Wait()
		p.exit.Store(&err)
		close(p.done)
	}()
	return <-started
}

// Attach finds a process that another process started. It may have ended.
func Attach(h Handle) *Process { return &Process{Handle: h} }

// Alive says whether the process still runs. One that has ended does not, even
// when nobody has looked after it yet (a zombie).
func (p *Process) Alive() bool {
	if p.done != nil {
		select {
		case <-p.done:
			return false
		default:
			return true
		}
	}
	return p.PID > 0 && bornEquals(p.PID, p.Born)
}

// Crashed returns nil while the process runs or when it ended because we
// stopped it; otherwise an error that says how it ended, with the tail of its
// log.
func (p *Process) Crashed() error {
	if p.stopped.Load() || p.Alive() {
		return nil
	}
	how := "is not running any more"
	if e := p.exit.Load(); e != nil {
		how = "ended by itself"
		if *e != nil {
			how = "ended: " + (*e).Error()
		}
	}
	return p.Explain(how)
}

// Explain makes an error about the process, with the tail of its log.
func (p *Process) Explain(what string) error {
	tail := Tail(p.Log, p.LogStart, 20)
	if tail == "" {
		tail = "(nothing)"
	}
	return fmt.Errorf("%s %s; the end of its log %s:\n%s", p.Name, what, p.Log, tail)
}

// Executable returns an error that says what is wrong unless path is a program.
func Executable(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("program %s is missing: build it first (make build rly)", path)
	case err != nil:
		return fmt.Errorf("program %s: %w", path, err)
	case info.IsDir() || info.Mode()&0o111 == 0:
		return fmt.Errorf("program %s cannot be executed", path)
	}
	return nil
}

// Grace is how long a process gets between SIGTERM and SIGKILL.
const Grace = 10 * time.Second

// Wait returns when a process that Start began has ended, with the error that
// it ended with. The context given to Start bounds it.
func (p *Process) Wait() error {
	if p.done == nil {
		return fmt.Errorf("%s is not a child of this process", p.Name)
	}
	<-p.done
	if e := p.exit.Load(); *e != nil {
		return p.Explain("ended: " + (*e).Error())
	}
	return nil
}
