//go:build system

package system_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/tests/system/harness"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/testutil/rehearsal"
)

// nextBinary builds the program that comes after today's: it has one upgrade more, which adds a module with a store.
func nextBinary(t *testing.T) string {
	t.Helper()
	start := time.Now()
	program := filepath.Join(harness.Folder(t), "shugud-next")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-tags", "upgradetest", "-ldflags", "-s -w", "-o", program, "./cmd/shugud")
	cmd.Dir = harness.Repository(t)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	t.Logf("built the next program in %s", time.Since(start).Round(time.Second))
	return program
}

// runs runs a program's command and returns all that it printed and its exit code.
func runs(t *testing.T, program string, args ...string) (string, int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	out, _ := cmd.CombinedOutput()
	return string(out), cmd.ProcessState.ExitCode()
}

// upgrade is a chain whose council plans one.
type upgrade struct {
	council
	next   string
	height int64
}

// plans has the council plan the upgrade, further ahead when its votes took longer.
func (u *upgrade) plans() {
	u.t.Helper()
	for ahead := int64(100); ahead < 2_000; ahead *= 2 {
		now, err := u.chain.Height(u.t.Context())
		require.NoError(u.t, err)
		u.height = now + ahead
		if _, status := u.decide(fmt.Sprintf("{type: upgrade, name: %s, height: %d, info: https://example.cn/next}", rehearsal.Name, u.height)); status == "RESOLUTION_STATUS_EXECUTED" {
			return
		}
	}
	u.t.Fatal("no plan was in time")
}

// refuses asserts that a node with a program ends by itself and says why.
func (u *upgrade) refuses(node *testnet.Node, program string, says ...string) {
	u.t.Helper()
	if node.Running() {
		require.NoError(u.t, node.Stop())
	}
	err := node.StartAs(u.t.Context(), program)
	require.Error(u.t, err)
	for _, text := range says {
		require.ErrorContains(u.t, err, text)
	}
}

// waiting asserts that every node stands before the height and says what it needs, for people and for tools.
func (u *upgrade) waiting() {
	u.t.Helper()
	for _, node := range u.chain.Nodes() {
		says(u.t, node.Log(), `UPGRADE "`+rehearsal.Name+`" NEEDED`, fmt.Sprint(u.height))
		says(u.t, node.Log(), "start the binary that has the upgrade", fmt.Sprint(u.height))
		require.True(u.t, node.Running(), "it goes on answering")
		raw, err := os.ReadFile(filepath.Join(node.Home(), "data", "upgrade-info.json"))
		require.NoError(u.t, err)
		require.Contains(u.t, string(raw), fmt.Sprintf(`{"name":%q,`, rehearsal.Name))
		require.Contains(u.t, string(raw), fmt.Sprintf(`"height":%d,"info":"https://example.cn/next"}`, u.height))
		// cosmovisor changes the program only when the node tells this height, in JSON alone.
		var status struct {
			SyncInfo struct {
				Height string `json:"latest_block_height"`
			} `json:"sync_info"`
		}
		out, code := shugud(u.t, "status", "--home", node.Home(), "--node", node.RPC())
		require.Zero(u.t, code, out)
		require.NoError(u.t, json.Unmarshal([]byte(out), &status), out)
		require.Equal(u.t, fmt.Sprint(u.height), status.SyncInfo.Height)
	}
}

// A coordinated upgrade as docs/operators/upgrades.md tells: the council plans it, all nodes stand at the height, and the
// chain goes on when three of four run the next program; the last one catches up. Who is too early or too late is told.
func TestUpgradeByTheCouncil(t *testing.T) {
	t.Parallel()
	u := &upgrade{council: four(t, func(*testnet.Config) {}), next: nextBinary(t)}
	nodes, old := u.chain.Nodes(), harness.Binary(t, "shugud")
	out, code := runs(t, u.next, "upgrades")
	require.Zero(t, code, out)
	require.Equal(t, rehearsal.Name+"\n", out)
	require.Contains(t, u.prints("query", "upgrade", "plan"), "no upgrade is planned")

	u.plans()
	require.Contains(t, u.prints("query", "upgrade", "plan"), fmt.Sprintf("%q at height 高度 %d", rehearsal.Name, u.height))
	u.refuses(nodes[3], u.next, "let it run to that height")
	require.NoError(t, nodes[3].Start(t.Context()))
	says(t, nodes[3].Log(), "WRN", "make the one that has it ready", rehearsal.Name)
	u.waiting()

	for _, node := range nodes {
		require.NoError(t, node.Stop())
	}
	u.refuses(nodes[0], old, "does not have upgrade", fmt.Sprint(u.height))
	exported := export(t, nodes[0])
	require.Equal(t, u.height, initialHeight(t, exported), "what was committed is there, and no more")
	u.rehearses(exported)
	for _, node := range nodes[:3] {
		require.NoError(t, node.StartAs(t.Context(), u.next))
	}
	goOn(t, nodes[:3], 3)
	require.NoError(t, nodes[3].StartAs(t.Context(), u.next))
	require.NoError(t, u.chain.WaitBlocks(t.Context(), 2))

	require.Contains(t, u.prints("query", "upgrade", "applied", rehearsal.Name), fmt.Sprint(u.height))
	require.Contains(t, u.prints("query", "upgrade", "module-versions", rehearsal.Name), rehearsal.Name)
	require.Contains(t, u.prints("query", "upgrade", "plan"), "no upgrade is planned")
	_, status := u.decide(fmt.Sprintf("{type: upgrade, name: %s, height: %d}", rehearsal.Name, u.height+1_000_000))
	require.Equal(t, "RESOLUTION_STATUS_FAILED", status, "a name is taken once")

	u.refuses(nodes[3], old, "took upgrade", fmt.Sprint(u.height))
	file := filepath.Join(t.TempDir(), "export.json")
	out, code = shugud(t, "export", "--home", nodes[3].Home(), "--output-document", file)
	require.Equal(t, 1, code, out)
	require.Contains(t, out, "took upgrade")
	out, code = runs(t, u.next, "export", "--home", nodes[3].Home(), "--output-document", file)
	require.Zero(t, code, out)
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(raw), rehearsal.Born.Value)
	require.NoError(t, nodes[3].StartAs(t.Context(), u.next))
	require.NoError(t, u.chain.WaitBlocks(t.Context(), 2))
}

// rehearses starts an application from an export in which one exchange alone validates, with a key and an account of the
// rehearsal's own, as docs/operators/upgrades.md tells.
func (u *upgrade) rehearses(export string) {
	u.t.Helper()
	jq, err := exec.LookPath("jq")
	if err != nil {
		u.t.Log("no jq, so no rehearsal: ", err)
		return
	}
	key := base64.StdEncoding.EncodeToString(keys.Validator("rehearsal").PubKey().Bytes())
	genesis, err := exec.CommandContext(u.t.Context(), jq, "--arg", "member", fmt.Sprint(u.number("exchange")), "--arg", "key", key,
		"--arg", "owner", u.newKey("rehearsal"), "-f", filepath.Join(harness.Repository(u.t), "docs", "operators", "rehearsal.jq"), export).Output()
	require.NoError(u.t, err)
	file := u.file("rehearsal.json", string(genesis))
	out, code := shugud(u.t, "genesis", "validate", file, "--home", u.chain.Home())
	require.Zero(u.t, code, out)
	starts(u.t, file)
}

// initialHeight is where a genesis file starts.
func initialHeight(t *testing.T, file string) int64 {
	t.Helper()
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	var genesis struct {
		InitialHeight int64 `json:"initial_height"`
	}
	require.NoError(t, json.Unmarshal(raw, &genesis))
	return genesis.InitialHeight
}
