package words

import (
	"fmt"
	"strings"
	"time"

	"cosmossdk.io/math"

	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// caveats say why a voucher cannot be used, and what to do.
var caveats = map[recognition.Caveat][2]string{
	recognition.CAVEAT_NOT_RECOGNISED:  {"not recognised here; only its status was heard. Present it there, or carry its bundle here: shugud recognize", "此链尚未承认该凭证，仅获知其状态。请在原链提交，或持证明包承认"},
	recognition.CAVEAT_NO_AGREEMENT:    {"no agreement with its chain holds now", "与其所在链的互认协议现不生效"},
	recognition.CAVEAT_SUSPECT:         {"it rests on a light client that was told two stories. Prove it again: shugud recognize --reaffirm", "其所依据的轻客户端曾得知互相矛盾的内容，存疑。请重新证明"},
	recognition.CAVEAT_STALE:           {"the last proof of how it stands is older than the agreement allows. Prove it anew: shugud recognize --status-only", "最近一次状态证明已超过协议规定的期限。请重新证明状态"},
	recognition.CAVEAT_CONTESTED:       {"another voucher tells the same trade, and this one is not upheld; each chain's council decides for its own chain. Look: shugud query recognition contest NUMBER", "另有凭证记载同一交易，本凭证尚未获裁定维持；各链理事会各自裁定。请查询争议"},
	recognition.CAVEAT_PRESERVED:       {"a court preserves it", "法院已保全"},
	recognition.CAVEAT_REVERSED:        {"taken back in full", "已全部冲红"},
	recognition.CAVEAT_PARTLY_REVERSED: {"taken back in part; what remains can be used", "已部分冲红，余额可用"},
}

// Caveat is a reason against using a voucher, in English and Chinese.
func Caveat(c recognition.Caveat) (english, chinese string) {
	if text, ok := caveats[c]; ok {
		return text[0], text[1]
	}
	return c.String(), c.String()
}

var outboxStatuses = map[recognition.OutboxStatus]string{
	recognition.OUTBOX_STATUS_QUEUED:     "queued 待发送",
	recognition.OUTBOX_STATUS_PENDING:    "pending 待答复",
	recognition.OUTBOX_STATUS_RECOGNISED: "recognised 已承认",
	recognition.OUTBOX_STATUS_REFUSED:    "refused 被拒绝",
	recognition.OUTBOX_STATUS_TIMED_OUT:  "timed out 已超时",
	recognition.OUTBOX_STATUS_SET_ASIDE:  "set aside 已搁置",
}

// OutboxStatus is how a record stands abroad, in a word.
func OutboxStatus(s recognition.OutboxStatus) string {
	if text, ok := outboxStatuses[s]; ok {
		return text
	}
	return s.String()
}

var recordKinds = map[recognition.RecordKind]string{
	recognition.RECORD_KIND_VOUCHER:    "voucher 凭证",
	recognition.RECORD_KIND_SETTLEMENT: "settlement 结算",
	recognition.RECORD_KIND_STATUS:     "status 状态",
	recognition.RECORD_KIND_TERMS:      "terms 协议条款",
}

// RecordKind is a kind of record, in a word.
func RecordKind(k recognition.RecordKind) string {
	if text, ok := recordKinds[k]; ok {
		return text
	}
	return k.String()
}

var results = map[recognition.ResultCode]string{
	recognition.RESULT_CODE_MALFORMED:            "its bytes could not be read 内容无法识读",
	recognition.RESULT_CODE_WRONG_CHAIN:          "it is of another chain than the agreement's 不属于协议所指的链",
	recognition.RESULT_CODE_KIND_NOT_COVERED:     "their agreement does not cover this kind 对方协议不含此类记录",
	recognition.RESULT_CODE_INDUSTRY_NOT_COVERED: "their agreement does not cover its industry 对方协议不含该行业",
	recognition.RESULT_CODE_AMOUNT_NOT_COVERED:   "it is over their agreement's amount 超过对方协议限额",
	recognition.RESULT_CODE_CONFLICT:             "another record stands there under its number 对方同一编号下已有另一记录",
	recognition.RESULT_CODE_DUPLICATE:            "it was in the packet twice 同一数据包内重复",
	recognition.RESULT_CODE_WRONG_NUMBER:         "its number is wrong 编号有误",
}

var packets = map[recognition.PacketCode]string{
	recognition.PACKET_CODE_MALFORMED:       "the packet or its answer could not be read 数据包或其答复无法识读",
	recognition.PACKET_CODE_UNKNOWN_VERSION: "they do not know this version of packets 对方不支持此版本",
	recognition.PACKET_CODE_NO_AGREEMENT:    "they have no live agreement over this channel 对方无经此通道的有效协议",
	recognition.PACKET_CODE_OWN_CHAIN:       "they take us for their own chain 对方认为来自其本链",
	recognition.PACKET_CODE_TOO_LARGE:       "the packet was too large 数据包过大",
}

// Refusal says why a record of ours was refused or set aside.
func Refusal(e recognition.OutboxEntry) string {
	if e.SetAsideError != "" {
		return fmt.Sprintf("it cannot be sent from here, error %s 本链无法发送", e.SetAsideError)
	}
	if text, ok := packets[e.PacketCode]; ok {
		return text
	}
	if text, ok := results[e.Result]; ok {
		return text
	}
	return strings.TrimSpace(e.Result.String() + " " + e.PacketCode.String())
}

var clientStatuses = map[string]string{"Active": "active 有效", "Expired": "EXPIRED 已过期", "Frozen": "FROZEN 已冻结", "Unknown": "UNKNOWN 不存在"}

// ClientStatus is a light client's status, in a word.
func ClientStatus(s string) string {
	if text, ok := clientStatuses[s]; ok {
		return text
	}
	return s
}

// Evidence says on what something of another chain stands.
func Evidence(e recognition.Evidence) string {
	how := fmt.Sprintf("packet 数据包 %d on %s", e.Sequence, e.ChannelId)
	if e.ByProof() {
		how = fmt.Sprintf("proof 证明 under header %d by %s", e.ClientHeight, e.ClientId)
	}
	return fmt.Sprintf("%s, here since 入账 height %d, %s UTC+8", how, e.Height, Stamp(e.Time))
}

// Cover says what an agreement covers, in the words of a resolution.
func Cover(t recognition.Terms) (english, chinese string) {
	var kinds, kindsZH []string
	for _, kind := range t.Kinds {
		name, nameZH, _ := strings.Cut(RecordKind(kind), " ")
		kinds, kindsZH = append(kinds, name), append(kindsZH, nameZH)
	}
	industries, industriesZH := "all industries", "全部行业"
	if len(t.Industries) > 0 {
		industries = strings.Join(t.Industries, ", ")
		industriesZH = strings.Join(t.Industries, "、")
	}
	fresh := time.Duration(t.Freshness) * time.Second
	return fmt.Sprintf("%s; %s; up to %s each; from %s to %s UTC+8; proofs of freshness at most %s old",
			strings.Join(kinds, ", "), industries, yuan(t.MaxAmount), Stamp(t.BeginsAt), Stamp(t.EndsAt), Span(fresh)),
		fmt.Sprintf("%s；%s；每笔不超过 %s；自 %s 至 %s (UTC+8)；状态证明有效期 %s",
			strings.Join(kindsZH, "、"), industriesZH, yuan(t.MaxAmount), Stamp(t.BeginsAt), Stamp(t.EndsAt), Span(fresh))
}

// Span is a duration without the units that are zero: "24h", "1h30m".
func Span(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// Stamp is a time of Unix seconds in China, to the minute.
func Stamp(unix int64) string { return stamp(unix) }

// Yuan is an amount of fen as "1,200.50 CNY".
func Yuan(fen math.Int) string { return yuan(fen) }
