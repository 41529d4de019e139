package proc

import (
	"errors"
	"fmt"
	"syscall"
	"time"
)

// poll is how often the end of a process that is not our child is looked for.
const poll = 20 * time.Millisecond

// reap is how long a process may take to vanish after SIGKILL.
const reap = 5 * time.Second

// Stop ends the process and returns when it is gone: SIGTERM, SIGKILL when it
// still runs after grace. A process that has ended already is no error.
func (p *Process) Stop(grace time.Duration) error { return StopAll([]*Process{p}, grace) }

// Kill ends the process at once (SIGKILL), as a crash would, and returns when it
// is gone.
func (p *Process) Kill() error {
	p.stopped.Store(true)
	if err := p.signal(syscall.SIGKILL); err != nil {
		return err
	}
	if !p.waitGone(time.Now().Add(reap)) {
		return fmt.Errorf("%s (process %d) survived SIGKILL", p.Name, p.PID)
	}
	return nil
}

// StopAll stops processes side by side, as Stop does for one. It returns only
// when none is left; the error names those that could not be ended.
func StopAll(ps []*Process, grace time.Duration) error {
	var errs []error
	for _, p := range ps {
		p.stopped.Store(true)
		errs = append(errs, p.signal(syscall.SIGTERM))
	}
	until := time.Now().Add(grace)
	for _, p := range ps {
		if !p.waitGone(until) {
			errs = append(errs, p.Kill())
		}
	}
	return errors.Join(errs...)
}

// signal sends sig to the process's group if the process is still the one that
// the handle names.
func (p *Process) signal(sig syscall.Signal) error {
	if !p.Alive() || !bornEquals(p.PID, p.Born) {
		return nil
	}
	err := syscall.Kill(-p.PID, sig)
	if err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("%s (process %d): %s: %w", p.Name, p.PID, sig, err)
	}
	return nil
}

// waitGone waits for the process to end; false when it still runs at the time.
func (p *Process) waitGone(until time.Time) bool {
	if p.done != nil {
		select {
		case <-p.done:
			return true
		case <-time.After(time.Until(until)):
			return false
		}
	}
	for p.Alive() {
		if time.Now().After(until) {
			return false
		}
		time.Sleep(poll)
	}
	return true
}
