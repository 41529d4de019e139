//go:build system

package system_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/tests/system/harness"
)

const (
	cometbft = "github.com/cometbft/cometbft"
	// clockVariable says by how much the clock of a node with a wrong clock is wrong, "-1m".
	clockVariable = "SHUGU_TEST_CLOCK"
	// trueTime is how far a block's time may be from the moment in which it is first seen.
	trueTime = 5 * time.Second
)

// wrongClock is CometBFT's clock, wrong by what the environment says.
const wrongClock = `
var offset = func() time.Duration {
	d, err := time.ParseDuration(os.Getenv("` + clockVariable + `"))
	if err != nil {
		panic(err)
	}
	return d
}()
`

var clockProgram = struct {
	sync.Once
	path string
	err  error
}{}

// withWrongClock builds shugud with a copy of CometBFT whose clock can be set wrong. The first
// time on a machine this compiles most of the program anew, which takes minutes.
func withWrongClock(t *testing.T) string {
	t.Helper()
	clockProgram.Do(func() {
		start := time.Now()
		clockProgram.path, clockProgram.err = buildWithWrongClock(harness.Repository(t))
		t.Logf("built a program with a wrong clock in %s", time.Since(start).Round(time.Second))
	})
	require.NoError(t, clockProgram.err)
	return clockProgram.path
}

func buildWithWrongClock(repository string) (string, error) {
	folder := filepath.Join(repository, "build", "system", "wrong-clock")
	run := func(args ...string) (string, error) {
		cmd := exec.Command("go", args...)
		cmd.Dir = repository
		out, err := cmd.CombinedOutput()
		if err != nil {
			return "", fmt.Errorf("go %s: %w: %s", strings.Join(args, " "), err, out)
		}
		return strings.TrimSpace(string(out)), nil
	}
	if err := os.RemoveAll(folder); err != nil {
		return "", err
	}
	source, err := run("list", "-m", "-f", "{{.Dir}}", cometbft)
	if err != nil {
		return "", err
	}
	module := filepath.Join(folder, "cometbft")
	if err := os.CopyFS(module, os.DirFS(source)); err != nil {
		return "", err
	}
	if err := setWrong(filepath.Join(module, "types", "time", "time.go")); err != nil {
		return "", err
	}
	for _, ext := range []string{"mod", "sum"} {
		raw, err := os.ReadFile(filepath.Join(repository, "go."+ext))
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, "clock."+ext), raw, 0o600)
		}
		if err != nil {
			return "", err
		}
	}
	file, program := filepath.Join(folder, "clock.mod"), filepath.Join(folder, "shugud")
	if _, err := run("mod", "edit", "-replace", cometbft+"="+module, file); err != nil {
		return "", err
	}
	_, err = run("build", "-trimpath", "-modfile", file, "-o", program, "./cmd/shugud")
	return program, err
}

// setWrong changes the source of CometBFT's clock.
func setWrong(file string) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	text := string(raw)
	for _, change := range []struct{ from, to string }{
		{"import (\n", "import (\n\t\"os\"\n"}, {"Canonical(time.Now())", "Canonical(time.Now().Add(offset))"},
	} {
		if strings.Count(text, change.from) != 1 {
			return fmt.Errorf("%s: expected %q once: CometBFT's clock is another one now", file, change.from)
		}
		text = strings.Replace(text, change.from, change.to, 1)
	}
	return os.WriteFile(file, []byte(text+wrongClock), 0o600)
}

// One validator of four whose clock goes a minute wrong takes part as before, and the chain's time stays right.
func TestClockWrongByAMinute(t *testing.T) {
	t.Parallel()
	program := withWrongClock(t)
	for name, tc := range map[string]struct {
		offset time.Duration
		vote   func(t *testing.T, block *cmttypes.Block, vote time.Time)
	}{
		"ahead": {time.Minute, func(t *testing.T, block *cmttypes.Block, vote time.Time) {
			require.Greater(t, vote.Sub(block.Time), time.Minute-trueTime)
		}},
		"behind": {-time.Minute, func(t *testing.T, block *cmttypes.Block, vote time.Time) {
			require.Equal(t, time.Millisecond, vote.Sub(block.Time), "a vote is never earlier than its block")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := four(t, func(cfg *testnet.Config) { cfg.GenesisTime = time.Now().Add(-time.Hour).UTC() })
			address, wrong := c.keyOf("exchange-4"), c.chain.Node(3)
			require.NoError(t, wrong.Stop())
			require.NoError(t, wrong.StartAs(t.Context(), program, fmt.Sprintf("%s=%s", clockVariable, tc.offset)))
			require.NoError(t, c.chain.WaitBlocks(t.Context(), 2))
			from, err := c.chain.Height(t.Context())
			require.NoError(t, err)
			c.signs(address, from)
			c.keepsTime(address, tc.vote)
			starts(t, export(t, wrong))
		})
	}
}

// keepsTime watches blocks until the validator with the wrong clock has proposed two, and asserts that each has
// about the time at which it is first seen, and that this validator's votes bear its own.
func (c council) keepsTime(address string, vote func(t *testing.T, block *cmttypes.Block, vote time.Time)) {
	c.t.Helper()
	height, err := c.chain.Height(c.t.Context())
	require.NoError(c.t, err)
	rpc := c.rpc()
	var earlier *cmttypes.Block
	for proposed, voted, watched := 0, 0, 0; proposed < 2 || voted < 2; watched++ {
		require.Less(c.t, watched, 100, "the validator must propose and vote")
		height++
		require.NoError(c.t, c.chain.WaitHeight(c.t.Context(), height))
		seen := time.Now()
		res, err := rpc.Block(c.t.Context(), &height)
		require.NoError(c.t, err)
		require.WithinDuration(c.t, seen, res.Block.Time, trueTime, "block %d", height)
		if res.Block.ProposerAddress.String() == address {
			proposed++
		}
		for _, s := range res.Block.LastCommit.Signatures {
			if earlier != nil && s.BlockIDFlag == cmttypes.BlockIDFlagCommit && s.ValidatorAddress.String() == address {
				vote(c.t, earlier, s.Timestamp)
				voted++
			}
		}
		earlier = res.Block
	}
	c.t.Logf("blocks up to %d have the true time within %s", height, trueTime)
}
