package testnet

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// clearRoot refuses a root folder where a network runs or whose folders are not
// a network's, and clears away what an earlier network left.
func (n *Network) clearRoot() error {
	if err := n.refuseRunning(); err != nil {
		return err
	}
	old, err := readState(n.cfg.Root)
	if err != nil && !errors.Is(err, errNoNetwork) {
		return err
	}
	if err == nil {
		for _, chain := range old.Chains {
			if err := os.RemoveAll(filepath.Join(n.cfg.Root, chain.ID)); err != nil {
				return err
			}
		}
		if err := os.RemoveAll(filepath.Join(n.cfg.Root, relayerFolder)); err != nil {
			return err
		}
	}
	for _, name := range n.folders() {
		if _, err := os.Lstat(filepath.Join(n.cfg.Root, name)); !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("%s is there, and no local network put it there: move it away or choose another folder", filepath.Join(n.cfg.Root, name))
		}
	}
	return nil
}

// folders are the names below the root that the network writes to.
func (n *Network) folders() []string {
	names := []string{relayerFolder}
	for _, spec := range n.cfg.Chains {
		names = append(names, spec.ID)
	}
	return names
}

// refuseRunning returns an error when a process of the network in the root
// folder still runs.
func (n *Network) refuseRunning() error {
	running, err := Open(n.cfg.Root)
	if errors.Is(err, errNoNetwork) {
		return nil
	}
	if err != nil {
		return err
	}
	var names []string
	for _, node := range running.nodes() {
		if node.Running() {
			names = append(names, node.Name())
		}
	}
	if running.RelayerRunning() {
		names = append(names, relayerFolder)
	}
	if len(names) == 0 {
		return nil
	}
	return fmt.Errorf("a network runs in %s (%s): take it down first (shugud localnet down --dir %s)",
		n.cfg.Root, strings.Join(names, ", "), n.cfg.Root)
}

// lock keeps two processes from starting a network in one folder.
func lock(root string) (unlock func(), err error) {
	f, err := os.OpenFile(filepath.Join(root, ".lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("another process is starting a network in %s: %w", root, err), f.Close())
	}
	// Closing a file only locked never fails in a way that matters.
	return func() { _ = f.Close() }, nil
}
