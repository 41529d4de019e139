package cmd

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cosmos/gogoproto/jsonpb"
	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// shell runs commands on a home of its own with a test key ring.
type shell struct {
	t    *testing.T
	home string
}

// newShell has one key, "me".
func newShell(t *testing.T) *shell {
	s := &shell{t, t.TempDir()}
	_, _, code := s.run("keys", "add", "me", "--output", "json")
	require.Zero(t, code)
	return s
}

func (s *shell) run(args ...string) (out, errs string, code int) {
	var stdout, stderr bytes.Buffer
	root := NewRootCmd()
	args = append(args, "--home", s.home)
	if args[1] != "show" { // which needs no key
		args = append(args, "--keyring-backend", "test")
	}
	root.SetArgs(args)
	root.SetOut(&stdout)
	root.SetErr(&stderr)
	code = Run(context.Background(), root)
	return stdout.String(), stderr.String(), code
}

// file writes a file into the home.
func (s *shell) file(name, content string) string {
	path := filepath.Join(s.home, name)
	require.NoError(s.t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

// signed reads the output of a command that signs an application.
func signed(t *testing.T, out string, into proto.Message) (signature []byte) {
	t.Helper()
	var file signedApplication
	require.NoError(t, json.Unmarshal([]byte(out), &file))
	require.NoError(t, jsonpb.UnmarshalString(string(file.Application), into))
	signature, err := hex.DecodeString(file.Signature)
	require.NoError(t, err)
	return signature
}

const applicationYAML = `name: 杭州云帆数据科技有限公司
credit_code: CODE
region: "3301"
roles: [relayer, merchant]
documents_digest: 0707070707070707070707070707070707070707070707070707070707070707
admitting_member: 2
valid_days: 30
`

// A credit code with a wrong check character is a warning for the eye; the application is signed all the same.
func TestApplyWarnsOfTheCreditCode(t *testing.T) {
	s := newShell(t)
	for code, warning := range map[string]string{
		"91330100799655058B": "",
		"913301007996550588": "its check character would be B",
		"91330108MA2CLOUD1X": "GB 32100",
	} {
		path := s.file("application.yaml", strings.Replace(applicationYAML, "CODE", code, 1))
		out, errs, exit := s.run("member", "apply", "-f", path, "--from", "me", "--chain-id", "shugu-test-1")
		require.Zero(t, exit, errs)
		var app consortium.Application
		require.NoError(t, app.Verify(signed(t, out, &app)))
		require.Equal(t, code, app.CreditCode)
		require.Equal(t, []consortium.Role{consortium.ROLE_MERCHANT, consortium.ROLE_RELAYER}, app.Roles)
		require.Equal(t, warning != "", strings.Contains(errs, "warning 提醒"), errs)
		require.Contains(t, errs, warning)
		require.NotContains(t, out, "提醒")
	}
	path := s.file("application.yaml", strings.Replace(applicationYAML, "CODE", "9133", 1))
	out, errs, exit := s.run("member", "apply", "-f", path, "--from", "me", "--chain-id", "shugu-test-1")
	require.Equal(t, exitNotSent, exit)
	require.Empty(t, out)
	require.Contains(t, errs, "credit_code: expected 18 characters")
	require.NotContains(t, errs, "提醒")
}

func TestAccountApplySigns(t *testing.T) {
	s := newShell(t)
	out, errs, exit := s.run("member", "account", "apply", "000012", "--roles", "relayer,exchange", "--from", "me", "--chain-id", "shugu-test-1")
	require.Zero(t, exit, errs)
	var app consortium.AccountApplication
	require.NoError(t, app.Verify(signed(t, out, &app)))
	require.EqualValues(t, 12, app.Member)
	require.Equal(t, "shugu-test-1", app.ChainId)
	require.Equal(t, []consortium.Role{consortium.ROLE_EXCHANGE, consortium.ROLE_RELAYER}, app.Roles)
}

// What is wrong is said before anything is signed or sent: exit code 1.
func TestMemberCommandsRefuse(t *testing.T) {
	s := newShell(t)
	bad := s.file("bad.json", `{"application": {"colour": "red"}, "signature": "00"}`)
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"an account for no member":      {[]string{"account", "apply", "0", "--roles", "bank", "--chain-id", "c"}, "member number"},
		"an account with no such role":  {[]string{"account", "apply", "12", "--roles", "king", "--chain-id", "c"}, "expected one of authority, bank"},
		"an account without roles":      {[]string{"account", "apply", "12", "--chain-id", "c"}, "roles"},
		"an account for no chain":       {[]string{"account", "apply", "12", "--roles", "bank"}, "--chain-id"},
		"adding no file":                {[]string{"account", "add", "absent.json"}, "absent.json"},
		"adding another file":           {[]string{"account", "add", bad}, "application"},
		"revoking no address":           {[]string{"account", "revoke", "me"}, "account"},
		"rejecting another file":        {[]string{"reject", bad, "--reason", "r"}, "application"},
		"reinstating nobody":            {[]string{"reinstate", "x", "--reason", "r"}, "member number"},
		"reinstating without a reason":  {[]string{"reinstate", "12"}, "reason"},
		"a tier that does not exist":    {[]string{"tier", "12", "gold", "--rule", "v"}, "cornerstone, galaxy, spark"},
		"a tier without a rule":         {[]string{"tier", "12", "星火"}, "rule_version"},
		"an update of nothing":          {[]string{"update"}, "age-recipient"},
		"an update with a wrong digest": {[]string{"update", "--documents-digest", "00"}, "64 hex digits"},
		"leaving without the number":    {[]string{"leave"}, "accepts 1 arg"},
		"showing nobody":                {[]string{"show", "0"}, "member number"},
	} {
		t.Run(name, func(t *testing.T) {
			args := append([]string{"member"}, c.args...)
			if c.args[0] != "show" {
				args = append(args, "--from", "me")
			}
			out, errs, exit := s.run(args...)
			require.Equal(t, exitNotSent, exit, errs)
			require.Empty(t, out)
			require.Contains(t, errs, c.says)
		})
	}
}

// Every role, status, tier and kind of change has words.
func TestEverythingOfAMemberHasWords(t *testing.T) {
	for number, name := range consortium.Role_name {
		require.Equal(t, number == 0, words.Roles([]consortium.Role{consortium.Role(number)}) == name)
	}
	for number := range consortium.MemberStatus_name {
		require.Equal(t, number == 0, statusWords[consortium.MemberStatus(number)] == "")
	}
	named := map[consortium.Tier]bool{}
	for _, tier := range tiers {
		named[tier] = true
	}
	for number, name := range consortium.Tier_name {
		require.Equal(t, number == 0, words.Tier(consortium.Tier(number)) == name)
		require.Equal(t, number == 0, !named[consortium.Tier(number)])
	}
	for number := range consortium.ChangeKind_name {
		require.Equal(t, number == 0, changeWords[consortium.ChangeKind(number)] == "")
	}
}

func TestShowMemberInWords(t *testing.T) {
	life := memberLife{
		member: consortium.Member{
			Number: 12, Name: "杭州云帆数据科技有限公司", Owner: keys.Bech32("heir"), Funds: keys.Bech32("seller"), CreditCode: "91330100799655058B",
			Region: "3301", Roles: []consortium.Role{consortium.ROLE_MERCHANT, consortium.ROLE_RELAYER}, Status: consortium.MEMBER_STATUS_SUSPENDED,
			SuspensionReason: "未通过审计", SuspendedBy: 2, Tier: consortium.TIER_SPARK, TierRule: "HZDE-2026-03", Previous: 7,
			AdmittedBy: 2, AdmittedHeight: 40, Conditions: "每季度复核", DocumentsDigest: bytes.Repeat([]byte{7}, 32), AgeRecipient: "age1x",
		},
		accounts: []consortium.Account{{Address: keys.Bech32("carrier"), Member: 12, Roles: []consortium.Role{consortium.ROLE_RELAYER}}},
		history: []consortium.MemberChange{
			{Member: 12, Height: 40, Sequence: 1, Kind: consortium.CHANGE_KIND_ADMITTED, By: 2, Reason: "每季度复核"},
			{Member: 12, Height: 41, Sequence: 2, Kind: consortium.CHANGE_KIND_TIER_SET, By: 2, Tier: consortium.TIER_SPARK, RuleVersion: "HZDE-2026-03"},
			{Member: 12, Height: 42, Sequence: 3, Kind: consortium.CHANGE_KIND_ACCOUNT_ADDED, By: 12, Account: keys.Bech32("carrier"), Roles: []consortium.Role{consortium.ROLE_RELAYER}},
			{Member: 12, Height: 43, Sequence: 4, Kind: consortium.CHANGE_KIND_ACCOUNT_REVOKED, By: 12, Account: keys.Bech32("carrier")},
			{Member: 12, Height: 44, Sequence: 5, Kind: consortium.CHANGE_KIND_OWNER_REPLACED, Account: keys.Bech32("heir"), Replaced: keys.Bech32("seller"), Reason: "密钥遗失"},
			{Member: 12, Height: 45, Sequence: 6, Kind: consortium.CHANGE_KIND_UPDATED, By: 12, AgeRecipient: "age1x"},
			{Member: 12, Height: 46, Sequence: 7, Kind: consortium.CHANGE_KIND_SUSPENDED, By: 2, Reason: "未通过审计"},
		},
	}
	var out strings.Builder
	life.write(&out)
	for _, line := range []string{
		"member 成员: 000012 「杭州云帆数据科技有限公司」",
		"status 状态: suspended 已暂停",
		"suspended 暂停: by member 成员 000002: 「未通过审计」",
		"roles 角色: merchant 数商, relayer 中继",
		"tier 等级: spark 星火 (rule 依据 「HZDE-2026-03」)",
		"earlier number 曾用编号: 000007",
		"admitted 入驻: height 高度 40, by member 成员 000002; conditions 条件: 「每季度复核」",
		"documents 材料 SHA-256: " + strings.Repeat("07", 32),
		"fen held at 资金账户: " + keys.Bech32("seller"),
		"account 账户: " + keys.Bech32("carrier") + ": relayer 中继",
		"  height 高度 40: admitted 入驻, by member 成员 000002: 「每季度复核」",
		"  height 高度 41: tier 定级 spark 星火 (rule 依据 「HZDE-2026-03」), by member 成员 000002",
		"  height 高度 42: account added 增加账户 " + keys.Bech32("carrier") + " (relayer 中继), by itself 本人",
		"  height 高度 43: account revoked 撤销账户 " + keys.Bech32("carrier") + ", by itself 本人",
		"  height 高度 44: owner replaced 更换主账户 " + keys.Bech32("seller") + " → " + keys.Bech32("heir") + ", by the council 理事会: 「密钥遗失」",
		"  height 高度 45: updated 更新资料 age age1x, by itself 本人",
		"  height 高度 46: suspended 暂停, by member 成员 000002: 「未通过审计」",
	} {
		require.Contains(t, out.String(), line)
	}

	out.Reset()
	(&memberLife{member: consortium.Member{Number: 1, Status: consortium.MEMBER_STATUS_ACTIVE}}).write(&out)
	require.Contains(t, out.String(), "in genesis 创世")
	require.Contains(t, out.String(), "nothing since genesis 创世后无变更")
}
