package types

import (
	"fmt"
	"time"
)

// cst is China Standard Time, the zone of every time that people read.
var cst = time.FixedZone("UTC+8", 8*60*60)

// Words says the threshold: "more than 2/3".
func (t Threshold) Words() string {
	if t.OrEqual {
		return fmt.Sprintf("at least %d/%d", t.Numerator, t.Denominator)
	}
	return fmt.Sprintf("more than %d/%d", t.Numerator, t.Denominator)
}

// Words says where a resolution with this tally stands, in English and in Chinese.
func (r *Resolution) Words(t Tally) (english, chinese string) {
	until := time.Unix(r.Deadline, 0).In(cst).Format("2006-01-02 15:04:05")
	count := fmt.Sprintf("%d yes, %d no, %d abstain, %d recused, %d not voted", t.Yes, t.No, t.Abstain, t.Recused, len(t.Waiting))
	countZH := fmt.Sprintf("赞成 %d，反对 %d，弃权 %d，回避 %d，未投票 %d", t.Yes, t.No, t.Abstain, t.Recused, len(t.Waiting))
	left := t.Seats - t.Recused
	switch r.Status {
	case RESOLUTION_STATUS_OPEN:
		return fmt.Sprintf("open until %s UTC+8: %s; %d yes of %d approve it (%s), %d more needed",
				until, count, t.Needed, left, r.Threshold.Words(), t.Needed-t.Yes),
			fmt.Sprintf("表决中，截止 %s (UTC+8)：%s；%d 席中 %d 票赞成即通过，还需 %d 票", until, countZH, left, t.Needed, t.Needed-t.Yes)
	case RESOLUTION_STATUS_EXECUTED:
		return fmt.Sprintf("approved at height %d and carried out at height %d: %s", r.DecidedHeight, r.EndedHeight, count),
			fmt.Sprintf("已于高度 %d 通过，于高度 %d 执行：%s", r.DecidedHeight, r.EndedHeight, countZH)
	case RESOLUTION_STATUS_FAILED:
		english, chinese = r.failureWords()
		return fmt.Sprintf("approved at height %d, but %s; nothing had effect; any seat may try again until %s UTC+8", r.DecidedHeight, english, until),
			fmt.Sprintf("已于高度 %d 通过，但%s，未产生任何效力；截止 %s (UTC+8) 前任一席位可重试", r.DecidedHeight, chinese, until)
	case RESOLUTION_STATUS_REJECTED:
		return fmt.Sprintf("rejected at height %d: %s; %d yes were needed", r.DecidedHeight, count, t.Needed),
			fmt.Sprintf("已于高度 %d 否决：%s；需 %d 票赞成", r.DecidedHeight, countZH, t.Needed)
	case RESOLUTION_STATUS_WITHDRAWN:
		return fmt.Sprintf("withdrawn by its proposer at height %d", r.EndedHeight), fmt.Sprintf("已于高度 %d 由提案方撤回", r.EndedHeight)
	case RESOLUTION_STATUS_NO_QUORUM:
		return fmt.Sprintf("ended at height %d without a quorum: %d of %d seats are recused", r.DecidedHeight, t.Recused, t.Seats),
			fmt.Sprintf("已于高度 %d 因不足法定席位终止：%d 席中 %d 席回避", r.DecidedHeight, t.Seats, t.Recused)
	case RESOLUTION_STATUS_EXPIRED:
		if r.Failure != nil {
			english, chinese = r.failureWords()
			return fmt.Sprintf("expired at %s UTC+8: approved, but %s", until, english), fmt.Sprintf("已于 %s (UTC+8) 失效：虽已通过，但%s", until, chinese)
		}
		return fmt.Sprintf("expired at %s UTC+8 undecided: %s", until, count), fmt.Sprintf("已于 %s (UTC+8) 失效，未获决定：%s", until, countZH)
	}
	return r.Status.String(), r.Status.String()
}

func (r *Resolution) failureWords() (english, chinese string) {
	f := r.Failure
	return fmt.Sprintf("message %d failed (%s code %d; attempts: %d)", f.Message+1, f.Codespace, f.Code, f.Attempts),
		fmt.Sprintf("第 %d 条消息执行失败（%s 代码 %d，已试 %d 次）", f.Message+1, f.Codespace, f.Code, f.Attempts)
}
