package proc

import (
	"fmt"
	"os"
	"strconv"
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
	s, err := stat(pid)
	if err != nil {
		return "", err
	}
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(string(boot)) + "/" + s.start, nil
}

// bornEquals says whether the process runs and is the one. A zombie does not
// run, unless threads of it are still ending: they hold its ports and files.
func bornEquals(pid int, want string) bool {
	s, err := stat(pid)
	if err != nil || s.state == "X" || s.state == "Z" && s.threads <= 1 {
		return false
	}
	got, err := born(pid)
	return err == nil && got == want
}

// processStat is what we need of /proc/pid/stat.
type processStat struct {
	state   string
	threads int
	start   string
}

func stat(pid int) (processStat, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return processStat{}, err
	}
	// The second field, the program's name in brackets, may hold anything.
	text := string(b)
	fields := strings.Fields(text[strings.LastIndex(text, ")")+1:])
	if len(fields) < 20 {
		return processStat{}, fmt.Errorf("/proc/%d/stat: unknown form", pid)
	}
	threads, err := strconv.Atoi(fields[17])
	return processStat{state: fields[0], threads: threads, start: fields[19]}, err
}
