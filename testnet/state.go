package testnet

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/shugu-network/shugu/testnet/proc"
)

const (
	stateFile    = "state.json"
	stateVersion = 1
)

// state is what state.json holds: enough for another process to inspect, stop
// and resume the network.
type state struct {
	Version int `json:"version"`
	// Down is set, by whichever process takes the network down, before it
	// stops anything; who watches the processes knows then that it is no crash.
	Down          bool          `json:"down"`
	Detached      bool          `json:"detached"`
	Binary        string        `json:"binary"`
	Relayer       string        `json:"relayer,omitempty"`
	FlushInterval string        `json:"flush_interval"`
	Chains        []*chainState `json:"chains"`
	Links         []Link        `json:"links,omitempty"`
	RelayerProc   *proc.Handle  `json:"relayer_process,omitempty"`
}

type chainState struct {
	ID     string       `json:"id"`
	Region string       `json:"region"`
	Nodes  []*nodeState `json:"nodes"`
}

type nodeState struct {
	Moniker string       `json:"moniker"`
	NodeID  string       `json:"node_id"`
	Ports   Ports        `json:"ports"`
	Proc    *proc.Handle `json:"process,omitempty"`
}

// Ports are a node's TCP ports on 127.0.0.1.
type Ports struct {
	P2P   int `json:"p2p"`
	RPC   int `json:"rpc"`
	GRPC  int `json:"grpc"`
	PProf int `json:"pprof"`
}

// errNoNetwork says that a folder holds no network.
var errNoNetwork = errors.New("no local network here: start one with shugud localnet up")

func readState(root string) (state, error) {
	path := filepath.Join(root, stateFile)
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return state{}, fmt.Errorf("%s: %w", root, errNoNetwork)
	}
	if err != nil {
		return state{}, err
	}
	var st state
	if err := json.Unmarshal(b, &st); err != nil {
		return state{}, fmt.Errorf("%s: %w", path, err)
	}
	if st.Version != stateVersion {
		return state{}, fmt.Errorf("%s: expected version %d, got %d: take the network down with the program that started it", path, stateVersion, st.Version)
	}
	return st, nil
}

// writeState replaces state.json in one step: a reader sees the old or the new.
func writeState(root string, st state) error {
	b, err := json.MarshalIndent(st, "", "  ")
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(root, stateFile+".*")
	if err != nil {
		return err
	}
	_, werr := tmp.Write(append(b, '\n'))
	if err := errors.Join(werr, tmp.Close()); err != nil {
		return errors.Join(err, os.Remove(tmp.Name()))
	}
	return os.Rename(tmp.Name(), filepath.Join(root, stateFile))
}
