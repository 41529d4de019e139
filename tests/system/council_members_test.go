//go:build system

package system_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/tests/system/harness"
)

// resolves has the council decide one message, and returns what it would do in words.
func (d desk) resolves(message string) string {
	d.t.Helper()
	return d.decides(d.file("change.yaml", "title: 成员事项\nreason: 理事会核对无误\nmessages:\n  - "+message+"\n"))
}

// memberOf is the number of the member with a credit code, "" when there is none.
func (d desk) memberOf(creditCode string) string {
	d.t.Helper()
	var list struct {
		Members []struct {
			Number     uint32 `json:"number"`
			CreditCode string `json:"credit_code"`
		} `json:"members"`
	}
	query(d.t, d.chain, &list, "consortium", "members")
	for _, m := range list.Members {
		if m.CreditCode == creditCode {
			return fmt.Sprint(m.Number)
		}
	}
	return ""
}

// What the council decides about members, by the commands of docs/operators: a court is refused on record, admitted with
// conditions, gets a node, loses its key and gets another one.
func TestCouncilAdmitsByCommandLine(t *testing.T) {
	t.Parallel()
	d := desk{t, harness.Up(t, harness.Config(t, 1, "hangzhou")).Chain(hangzhou), t.TempDir()}
	code := testnet.CreditCode("330108", 4301)
	d.newKey("tribunal")
	input := d.file("application.yaml", fmt.Sprintf(`name: 杭州互联网法院
credit_code: %s
region: "3301"
roles: [court]
documents_digest: "%064d"
admitting_member: 0
valid_days: 7
`, code, 7))
	refused := d.signs("tribunal", "refused.json", "member", "apply", "-f", input)
	require.Contains(t, d.resolves("{type: reject, application: "+refused+", reason: 材料不全}"), "Refuse the application of 「杭州互联网法院」")
	var refusals struct {
		Refusals []struct {
			Reason string `json:"reason"`
		} `json:"refusals"`
	}
	query(t, d.chain, &refusals, "consortium", "refusals", "0")
	require.Len(t, refusals.Refusals, 1)
	require.Equal(t, "材料不全", refusals.Refusals[0].Reason)
	require.Empty(t, d.memberOf(code))

	admitted := d.signs("tribunal", "admitted.json", "member", "apply", "-f", input)
	require.Contains(t, d.resolves("{type: admit, application: "+admitted+", conditions: 每年复核}"), "conditions: 「每年复核」")
	number := d.memberOf(code)
	require.NotEmpty(t, number)
	d.must("tribunal", "member", "update", "--documents", input)

	node := strings.Repeat("ab", 20)
	require.Contains(t, d.resolves("{type: admit-node, node: "+node+", owner: "+number+", purpose: archive, moniker: court-1}"), "「杭州互联网法院」 connect to the private network, as archive, called 「court-1」")
	shown := func() string {
		out, exit := shugud(t, "node", "show", node, "--home", d.chain.Home(), "--node", d.chain.RPC())
		require.Zero(t, exit, out)
		return out
	}
	require.Contains(t, shown(), "admitted by 准入方: council 理事会")
	require.Contains(t, shown(), "may connect 可连接")
	require.Contains(t, d.resolves("{type: revoke-node, node: "+node+", reason: 设备报废}"), "Keep the node "+node+" out")
	out, exit := shugud(t, "node", "show", node, "--home", d.chain.Home(), "--node", d.chain.RPC())
	require.Equal(t, 1, exit, out)

	d.newKey("tribunal-2")
	account := d.signs("tribunal-2", "account.json", "member", "account", "apply", number, "--roles", "court")
	require.Contains(t, d.resolves("{type: replace-owner, application: "+account+", reason: 私钥遗失}"), "another owner account")
	out, exit = d.as("tribunal", "member", "update", "--documents", input)
	require.Equal(t, 2, exit, out)
	require.Contains(t, out, "acts for no member")
	d.must("tribunal-2", "member", "update", "--documents", account)
}
