//go:build unix && !linux

package proc

import (
	"errors"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// attributes puts the child into a group of its own, so that a ctrl-C on the
// terminal reaches the parent alone. There is no parent-death signal here.
func attributes(detach bool) *syscall.SysProcAttr {
	if detach {
		return &syscall.SysProcAttr{Setsid: true}
	}
	return &syscall.SysProcAttr{Setpgid: true}
}

// born returns the time at which the process started.
func born(pid int) (string, error) {
	out, err := exec.Command("ps", "-o", "lstart=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return "", err
	}
	s := strings.TrimSpace(string(out))
	if s == "" {
		return "", errors.New("no such process")
	}
	return s, nil
}

// bornEquals says whether the process runs (zombies do not) and is the one.
func bornEquals(pid int, want string) bool {
	out, err := exec.Command("ps", "-o", "state=", "-p", strconv.Itoa(pid)).Output()
	if err != nil || strings.HasPrefix(strings.TrimSpace(string(out)), "Z") {
		return false
	}
	got, err := born(pid)
	return err == nil && got == want
}
