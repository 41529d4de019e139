package proc

import (
	"fmt"
	"os"
	"strings"
	"syscall"
)

// attributes puts the child into a group of its own, so that a ctrl-C on the
// terminal reaches the parent alone, and ties its life to the parent's unless
// it is detached.
func attributes(detach bool) *syscall.SysProcAttr {
	if detach {
		return &syscall.SysProcAttr{Setsid: true}
	}
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// born returns the boot's id and the process's start time in clock ticks since
// boot, which together no other process with that id can have. See proc(5),
// /proc/pid/stat, field 22.
func born(pid int) (string, error) {
	_, start, err := stat(pid)
	if err != nil {
		return "", err
	}
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(string(boot)) + "/" + start, nil
}

// bornEquals says whether the process runs (zombies do not) and is the one.
func bornEquals(pid int, want string) bool {
	state, _, err := stat(pid)
	if err != nil || state == "Z" || state == "X" {
		return false
	}
	got, err := born(pid)
	return err == nil && got == want
}

func stat(pid int) (state, start string, err error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return "", "", err
	}
	// The second field, the program's name in brackets, may hold anything.
	_, rest, ok := cutLast(string(b), ")")
	fields := strings.Fields(rest)
	if !ok || len(fields) < 20 {
		return "", "", fmt.Errorf("/proc/%d/stat: unknown form", pid)
	}
	return fields[0], fields[19], nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
