//go:build system

package system_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/tests/system/harness"
)

// desk runs the members' commands of one chain as its parties.
type desk struct {
	t     *testing.T
	chain *testnet.Chain
	dir   string
}

// as runs a command that a party signs.
func (d desk) as(party string, args ...string) (string, int) {
	d.t.Helper()
	return shugud(d.t, append(args, "--from", party, "--home", d.chain.Home(), "--keyring-backend", "test", "--node", d.chain.RPC())...)
}

func (d desk) must(party string, args ...string) string {
	d.t.Helper()
	out, code := d.as(party, args...)
	require.Zero(d.t, code, out)
	return out
}

// signs runs a command that signs an application, and keeps its standard output in a file.
func (d desk) signs(party, file string, args ...string) string {
	d.t.Helper()
	args = append(args, "--from", party, "--home", d.chain.Home(), "--keyring-backend", "test", "--chain-id", hangzhou)
	out, err := exec.CommandContext(d.t.Context(), harness.Binary(d.t, "shugud"), args...).Output()
	require.NoError(d.t, err)
	return d.file(file, string(out))
}

func (d desk) file(name, content string) string {
	path := filepath.Join(d.dir, name)
	require.NoError(d.t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

// newKey makes a key and returns its address.
func (d desk) newKey(name string) string {
	d.t.Helper()
	out, err := exec.CommandContext(d.t.Context(), harness.Binary(d.t, "shugud"), "keys", "add", name,
		"--home", d.chain.Home(), "--keyring-backend", "test", "--output", "json").Output()
	require.NoError(d.t, err)
	var key struct {
		Address string `json:"address"`
	}
	require.NoError(d.t, json.Unmarshal(out, &key))
	return key.Address
}

// A merchant's life by the command line: refused, admitted, given a tier, with a clerk's account, suspended, reinstated, gone.
func TestMembersByCommandLine(t *testing.T) {
	d := desk{t, harness.Up(t, harness.Config(t, 1, "hangzhou")).Chain(hangzhou), t.TempDir()}
	exchange, err := d.chain.Account("exchange")
	require.NoError(t, err)
	d.newKey("merchant")
	input := d.file("application.yaml", fmt.Sprintf(`name: 杭州云帆数据科技有限公司
credit_code: %s
region: "3301"
roles: [merchant]
documents_digest: "%064d"
admitting_member: %d
valid_days: 7
`, testnet.CreditCode("330108", 4201), 7, exchange.Member))
	refused := d.signs("merchant", "refused.json", "member", "apply", "-f", input)
	d.must("exchange", "member", "reject", refused, "--reason", "材料不全")
	out, code := d.as("exchange", "member", "admit", refused)
	require.Equal(t, 2, code, out)
	require.Contains(t, out, "used before")

	admitted := d.signs("merchant", "admitted.json", "member", "apply", "-f", input)
	var answer struct {
		Response struct {
			Number uint32 `json:"number"`
		} `json:"response"`
	}
	require.NoError(t, json.Unmarshal([]byte(d.must("exchange", "member", "admit", admitted, "--conditions", "每季度复核", "-o", "json")), &answer))
	number := fmt.Sprint(answer.Response.Number)
	d.must("exchange", "member", "tier", number, "星火", "--rule", "HZDE-2026-03")

	clerk := d.newKey("clerk")
	d.must("merchant", "member", "account", "add", d.signs("clerk", "clerk.json", "member", "account", "apply", number, "--roles", "merchant"))
	scenario := d.file("scenario.yaml", fmt.Sprintf("exchange: %d\ntitle: 试\ndescription: x\n", exchange.Member))
	d.must("clerk", "scenario", "submit", "-f", scenario)
	out, code = d.as("clerk", "member", "leave", number)
	require.Equal(t, 2, code, out)
	require.Contains(t, out, "expected its owner")
	d.must("merchant", "member", "account", "revoke", clerk)
	out, code = d.as("clerk", "scenario", "submit", "-f", scenario)
	require.Equal(t, 2, code, out)
	require.Contains(t, out, "acts for no member")

	d.must("merchant", "member", "update", "--documents", input)
	d.must("exchange", "member", "suspend", number, "--reason", "未通过审计")
	d.must("exchange", "member", "reinstate", number, "--reason", "整改完成")
	out, code = d.as("merchant", "member", "leave", "1")
	require.Equal(t, 1, code, out)
	require.Contains(t, out, "acts for member")
	d.must("merchant", "member", "leave", number, "--reason", "公司合并")

	out, code = shugud(t, "member", "show", number, "--home", d.chain.Home(), "--node", d.chain.RPC())
	require.Zero(t, code, out)
	t.Log("\n" + out)
	for _, words := range []string{
		"left 已退出", "spark 星火 (rule 依据 「HZDE-2026-03」)", "每季度复核", "account added 增加账户 " + clerk, "account revoked 撤销账户 " + clerk,
		"updated 更新资料", "未通过审计", "整改完成", "公司合并",
	} {
		require.Contains(t, out, words)
	}
	var life struct {
		History []json.RawMessage `json:"history"`
	}
	out, code = shugud(t, "member", "show", number, "--home", d.chain.Home(), "--node", d.chain.RPC(), "-o", "json")
	require.Zero(t, code, out)
	require.NoError(t, json.Unmarshal([]byte(out), &life))
	require.Len(t, life.History, 8)
	var refusals struct {
		Refusals []struct {
			Reason string `json:"reason"`
		} `json:"refusals"`
	}
	query(t, d.chain, &refusals, "consortium", "refusals", fmt.Sprint(exchange.Member))
	require.Len(t, refusals.Refusals, 1)
	require.Equal(t, "材料不全", refusals.Refusals[0].Reason)

	out, code = shugud(t, "member", "show", "999", "--home", d.chain.Home(), "--node", d.chain.RPC())
	require.Equal(t, 1, code, out)
	require.Contains(t, out, "there is no member 000999")
}
