package testnet

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/shugu-network/shugu/testnet/proc"
	consortiumtypes "github.com/shugu-network/shugu/x/consortium/types"
)

const (
	// DefaultBlockTime is how long a chain waits after a commit.
	DefaultBlockTime = 500 * time.Millisecond
	// DefaultStartTimeout bounds the wait for the first blocks of all chains.
	DefaultStartTimeout = 2 * time.Minute
	// DefaultFlushInterval is how often the relayer looks for packets that it missed.
	DefaultFlushInterval = 10 * time.Second
	// DefaultValidators of a chain.
	DefaultValidators = 4
	// maxNodes bounds a network to what one machine can be asked to run.
	maxNodes = 64
)

// Config says what network to build.
type Config struct {
	// Root is the folder for everything. Up replaces what an earlier network
	// left there, and refuses a folder with anything else in it.
	Root string
	// Binary is the node program, shugud.
	Binary string
	// Relayer is the relayer program, rly; empty means no relayer.
	Relayer string
	// Chains of the network. Standard returns ready ones.
	Chains []ChainSpec
	// Genesis makes a chain's genesis file.
	Genesis GenesisFunc
	// GenesisTime of all chains; zero means the moment of Up.
	GenesisTime time.Time
	// BlockTime is CometBFT's timeout_commit; zero means DefaultBlockTime.
	BlockTime time.Duration
	// FlushInterval of the relayer; zero means DefaultFlushInterval.
	FlushInterval time.Duration
	// StartTimeout bounds each wait for nodes to come up; zero means DefaultStartTimeout.
	StartTimeout time.Duration
	// Seed makes all keys repeat from run to run; empty means random keys.
	Seed string
	// BasePort is the first of consecutive ports; zero means any free ones.
	BasePort int
	// Detach lets the processes outlive this one.
	Detach bool
	// Logf, when set, is told each step in a line.
	Logf func(format string, args ...any)
}

// ChainSpec says who is on a chain.
type ChainSpec struct {
	// ID is the chain id, "shugu-hangzhou-1"; also the name of its folder.
	ID string
	// Region is the first 4 digits of the GB/T 2260 code.
	Region string
	// Validators is the number of nodes; the first members with the role
	// exchange hold one seat each.
	Validators int
	// Members in the order of their numbers, from 1.
	Members []MemberSpec
	// Accounts are key names of further accounts that exist from genesis.
	Accounts []string
}

// MemberSpec is a member from genesis.
type MemberSpec struct {
	// Key names the member's account in the keyring, "exchange-2". It must be
	// ASCII; a validator's is its moniker.
	Key string
	// Name is the legal name.
	Name string
	// Roles, ascending.
	Roles []consortiumtypes.Role
	// CreditCode is the unified social credit code; empty means a made-up one
	// with correct check characters.
	CreditCode string
	// AgeRecipient is optional.
	AgeRecipient string
}

// RelayerKey is the key name of the account that the relayer uses on each chain.
const RelayerKey = "relayer"

var (
	chainIDForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)
	keyNameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)
)

// complete fills in defaults and makes paths absolute.
func (c Config) complete() (Config, error) {
	var err error
	if c.Root == "" {
		return c, errors.New("testnet: Config.Root is empty: name a folder")
	}
	if c.Root, err = filepath.Abs(c.Root); err != nil {
		return c, err
	}
	if c.Binary, err = filepath.Abs(c.Binary); err != nil {
		return c, err
	}
	if c.Relayer != "" {
		if c.Relayer, err = filepath.Abs(c.Relayer); err != nil {
			return c, err
		}
	}
	if c.BlockTime == 0 {
		c.BlockTime = DefaultBlockTime
	}
	if c.FlushInterval == 0 {
		c.FlushInterval = DefaultFlushInterval
	}
	if c.StartTimeout == 0 {
		c.StartTimeout = DefaultStartTimeout
	}
	return c, nil
}

// check says what is wrong with a configuration before anything is written.
func (c Config) check() error {
	if len(c.Chains) == 0 {
		return errors.New("testnet: no chains: name at least one")
	}
	if c.Genesis == nil {
		return errors.New("testnet: Config.Genesis is missing")
	}
	nodes, seen := 0, map[string]bool{}
	for _, chain := range c.Chains {
		if seen[chain.ID] {
			return fmt.Errorf("testnet: chain %s is named twice", chain.ID)
		}
		seen[chain.ID] = true
		nodes += chain.Validators
		if err := chain.check(c.Relayer != ""); err != nil {
			return fmt.Errorf("testnet: chain %q: %w", chain.ID, err)
		}
	}
	if nodes > maxNodes {
		return fmt.Errorf("testnet: %d nodes asked for, at most %d on one machine", nodes, maxNodes)
	}
	if c.Relayer != "" {
		if len(c.Chains) < 2 {
			return errors.New("testnet: a relayer needs two chains or more")
		}
		if err := proc.Executable(c.Relayer); err != nil {
			return fmt.Errorf("testnet: relayer: %w", err)
		}
	}
	if err := proc.Executable(c.Binary); err != nil {
		return fmt.Errorf("testnet: node: %w", err)
	}
	return nil
}

func (s ChainSpec) check(relayer bool) error {
	if !chainIDForm.MatchString(s.ID) {
		return errors.New("expected an id of a-z, 0-9 and -, at most 40 characters")
	}
	if s.Validators < 1 {
		return fmt.Errorf("expected at least 1 validator, got %d", s.Validators)
	}
	if exchanges := len(s.exchanges()); exchanges < s.Validators {
		return fmt.Errorf("%d validators need as many members with the role exchange, got %d", s.Validators, exchanges)
	}
	names := s.keyNames()
	for i, name := range names {
		if !keyNameForm.MatchString(name) {
			return fmt.Errorf("key name %q: expected a-z, 0-9 and -, at most 32 characters", name)
		}
		if slices.Contains(names[:i], name) {
			return fmt.Errorf("key name %q is used twice", name)
		}
	}
	if relayer && !slices.Contains(names, RelayerKey) {
		return fmt.Errorf("a relayer needs a member with the key %q", RelayerKey)
	}
	return nil
}

// exchanges are the positions of the members that can hold a validator seat.
func (s ChainSpec) exchanges() []int { return s.withRole(consortiumtypes.ROLE_EXCHANGE) }

// withRole are the positions of the members with a role.
func (s ChainSpec) withRole(role consortiumtypes.Role) []int {
	var out []int
	for i, m := range s.Members {
		if slices.Contains(m.Roles, role) {
			out = append(out, i)
		}
	}
	return out
}

// keyNames are the names of all accounts.
func (s ChainSpec) keyNames() []string {
	var names []string
	for _, m := range s.Members {
		names = append(names, m.Key)
	}
	return append(names, s.Accounts...)
}
