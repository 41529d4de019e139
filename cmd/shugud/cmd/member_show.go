package cmd

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// Words of the chain's enums, English and Chinese.
var (
	statusWords = map[consortium.MemberStatus]string{
		consortium.MEMBER_STATUS_ACTIVE: "active 正常", consortium.MEMBER_STATUS_SUSPENDED: "suspended 已暂停", consortium.MEMBER_STATUS_LEFT: "left 已退出",
	}
	changeWords = map[consortium.ChangeKind]string{
		consortium.CHANGE_KIND_ADMITTED: "admitted 入驻", consortium.CHANGE_KIND_SUSPENDED: "suspended 暂停",
		consortium.CHANGE_KIND_REINSTATED: "reinstated 恢复", consortium.CHANGE_KIND_LEFT: "left 退出",
		consortium.CHANGE_KIND_TIER_SET: "tier 定级", consortium.CHANGE_KIND_ACCOUNT_ADDED: "account added 增加账户",
		consortium.CHANGE_KIND_ACCOUNT_REVOKED: "account revoked 撤销账户", consortium.CHANGE_KIND_OWNER_REPLACED: "owner replaced 更换主账户",
		consortium.CHANGE_KIND_UPDATED:                 "updated 更新资料",
		consortium.CHANGE_KIND_SEAT_GRANTED:            "validator seat granted 授予验证席位",
		consortium.CHANGE_KIND_SEAT_REVOKED:            "validator seat revoked 撤销验证席位",
		consortium.CHANGE_KIND_KEY_ROTATION_ORDERED:    "change of the consensus key ordered 决定更换共识密钥",
		consortium.CHANGE_KIND_KEY_ROTATED:             "consensus key changed 共识密钥已更换",
		consortium.CHANGE_KIND_SEAT_DOWNTIME:           "seat suspended for missed blocks 席位因缺块暂停",
		consortium.CHANGE_KIND_SEAT_EQUIVOCATION:       "seat suspended for signing twice 席位因双签暂停",
		consortium.CHANGE_KIND_SEAT_SUSPENSION_PENDING: "suspension of the seat waits until it is safe 席位暂停待生效",
		consortium.CHANGE_KIND_SEAT_REJOINED:           "seat rejoined 席位恢复",
	}
)

// memberLife is a member with its accounts and its history.
type memberLife struct {
	member   consortium.Member
	accounts []consortium.Account
	history  []consortium.MemberChange
}

func newShowMemberCmd() *cobra.Command {
	c := &cobra.Command{
		Use:     "show NUMBER",
		Short:   "Show a member in words: who it is, how it stands, its accounts and its history (成员档案)",
		Example: "  shugud member show 12\n  shugud member show 12 -o json",
		Args:    cobra.ExactArgs(1),
	}
	flags.AddQueryFlagsToCmd(c)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		number, err := parseNumber("member", args[0])
		if err != nil {
			return err
		}
		ctx, err := client.GetClientQueryContext(cmd)
		if err != nil {
			return err
		}
		life, err := readLife(cmd, ctx, number)
		if err != nil {
			return errors.New(plain(err))
		}
		if ctx.OutputFormat == flags.OutputFormatJSON {
			return life.writeJSON(cmd.OutOrStdout(), ctx)
		}
		life.write(cmd.OutOrStdout())
		return nil
	}
	return c
}

func readLife(cmd *cobra.Command, ctx client.Context, number uint32) (*memberLife, error) {
	ask := consortium.NewQueryClient(ctx)
	member, err := ask.Member(cmd.Context(), &consortium.QueryMemberRequest{Number: number})
	if err != nil {
		return nil, err
	}
	accounts, err := ask.Accounts(cmd.Context(), &consortium.QueryAccountsRequest{Number: number})
	if err != nil {
		return nil, err
	}
	life := &memberLife{member: member.Member, accounts: accounts.Accounts}
	for page := (&query.PageRequest{Limit: 100}); ; {
		res, err := ask.MemberHistory(cmd.Context(), &consortium.QueryMemberHistoryRequest{Number: number, Pagination: page})
		if err != nil {
			return nil, err
		}
		life.history = append(life.history, res.Changes...)
		if len(res.Pagination.GetNextKey()) == 0 {
			return life, nil
		}
		page = &query.PageRequest{Limit: 100, Key: res.Pagination.NextKey}
	}
}

// writeJSON writes the same as one JSON object, fields as in the queries.
func (l *memberLife) writeJSON(w io.Writer, ctx client.Context) error {
	out := struct {
		Member   json.RawMessage   `json:"member"`
		Accounts []json.RawMessage `json:"accounts"`
		History  []json.RawMessage `json:"history"`
	}{Accounts: []json.RawMessage{}, History: []json.RawMessage{}}
	encode := func(m proto.Message) json.RawMessage { return ctx.Codec.MustMarshalJSON(m) }
	out.Member = encode(&l.member)
	for i := range l.accounts {
		out.Accounts = append(out.Accounts, encode(&l.accounts[i]))
	}
	for i := range l.history {
		out.History = append(out.History, encode(&l.history[i]))
	}
	return json.NewEncoder(w).Encode(out)
}

// writeMember tells a person who a member is and how it stands.
func writeMember(w io.Writer, m *consortium.Member) {
	line := func(label, format string, values ...any) {
		fmt.Fprintf(w, "%s: %s\n", label, fmt.Sprintf(format, values...))
	}
	line("member 成员", "%06d %s", m.Number, words.Quoted(m.Name))
	line("status 状态", "%s", statusWords[m.Status])
	if m.Status == consortium.MEMBER_STATUS_SUSPENDED {
		line("suspended 暂停", "%s: %s", byWhom(m.SuspendedBy, m.Number), words.Quoted(m.SuspensionReason))
	}
	line("roles 角色", "%s", words.Roles(m.Roles))
	if m.Tier != consortium.TIER_UNSPECIFIED {
		line("tier 等级", "%s (rule 依据 %s)", words.Tier(m.Tier), words.Quoted(m.TierRule))
	}
	line("credit code 统一社会信用代码", "%s", m.CreditCode)
	if m.Previous != 0 {
		line("earlier number 曾用编号", "%06d", m.Previous)
	}
	line("region 地区", "%s", m.Region)
	if m.AdmittedHeight == 0 {
		line("admitted 入驻", "in genesis 创世")
	} else {
		line("admitted 入驻", "height 高度 %d, %s%s", m.AdmittedHeight, byWhom(m.AdmittedBy, m.Number), after("; conditions 条件: ", m.Conditions))
	}
	if m.AgeRecipient != "" {
		line("age recipient 加密公钥", "%s", m.AgeRecipient)
	}
	if len(m.DocumentsDigest) > 0 {
		line("documents 材料 SHA-256", "%s", hex.EncodeToString(m.DocumentsDigest))
	}
	line("owner 主账户", "%s", m.Owner)
	if m.Funds != "" {
		line("fen held at 资金账户", "%s (nobody signs for it 无人可签)", m.Funds)
	}
}

// write tells a person.
func (l *memberLife) write(w io.Writer) {
	writeMember(w, &l.member)
	for _, account := range l.accounts {
		fmt.Fprintf(w, "account 账户: %s: %s\n", account.Address, words.Roles(account.Roles))
	}
	if len(l.history) == 0 {
		fmt.Fprintln(w, "history 历史: nothing since genesis 创世后无变更")
		return
	}
	fmt.Fprintln(w, "history 历史:")
	for i := range l.history {
		fmt.Fprintf(w, "  %s\n", changeInWords(&l.history[i]))
	}
}

// changeInWords is one line of a member's history.
func changeInWords(c *consortium.MemberChange) string {
	text := fmt.Sprintf("height 高度 %d: %s", c.Height, changeWords[c.Kind])
	switch c.Kind {
	case consortium.CHANGE_KIND_TIER_SET:
		text += fmt.Sprintf(" %s (rule 依据 %s)", words.Tier(c.Tier), words.Quoted(c.RuleVersion))
	case consortium.CHANGE_KIND_ACCOUNT_ADDED:
		text += fmt.Sprintf(" %s (%s)", c.Account, words.Roles(c.Roles))
	case consortium.CHANGE_KIND_ACCOUNT_REVOKED:
		text += " " + c.Account
	case consortium.CHANGE_KIND_OWNER_REPLACED:
		text += fmt.Sprintf(" %s → %s", c.Replaced, c.Account)
	case consortium.CHANGE_KIND_UPDATED:
		text += following(" age ", c.AgeRecipient) + following(" documents 材料 ", hex.EncodeToString(c.DocumentsDigest))
	}
	return text + ", " + byWhom(c.By, c.Member) + after(": ", c.Reason)
}

// byWhom says who did something to a member.
func byWhom(by, member uint32) string {
	switch by {
	case 0:
		return "by the council 理事会"
	case member:
		return "by itself 本人"
	}
	return fmt.Sprintf("by member 成员 %06d", by)
}

// after puts a lead before what a member wrote, which may be nothing.
func after(lead, text string) string {
	if text == "" {
		return ""
	}
	return lead + words.Quoted(text)
}

// following puts a lead before a value that may be missing.
func following(lead, value string) string {
	if value == "" {
		return ""
	}
	return lead + value
}
