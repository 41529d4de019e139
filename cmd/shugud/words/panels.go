package words

import (
	"fmt"
	"io"

	panel "github.com/shugu-network/shugu/x/panel/types"
)

// Panel tells a panel and who holds its seats now.
func Panel(w io.Writer, res panel.QueryPanelResponse, names Names) {
	s, p := sheet{w}, res.Panel
	fmt.Fprintf(w, "Panel 合议机构 %s\n", p.Name)
	s.told("title 名称", p.Title)
	if p.Dissolved {
		s.line("status 状态", "dissolved 已解散")
	}
	s.line("approves with 通过门槛", "%s; of today's seats 按现有席位需 %d yes 赞成", bilingual(p.Threshold.Words(), thresholdZH(p.Threshold)), res.Needed)
	for _, seat := range res.Seats {
		s.line("seat 席位", "%s", names.Member(seat))
	}
	if len(res.Seats) == 0 {
		s.line("seat 席位", "none, it cannot decide 无席位，不能议决")
	}
	s.line("account 账户", "%s", res.Account)
	s.made(p.CreatedHeight)
}

// made writes since when a record is there.
func (s sheet) made(height int64) {
	if height == 0 {
		s.line("since 设立", "genesis 创世")
		return
	}
	s.line("since 设立", "height 高度 %d", height)
}

// Panels tells panels in short, one a paragraph.
func Panels(w io.Writer, panels []panel.Panel, names Names) {
	for _, p := range panels {
		state := ""
		if p.Dissolved {
			state = "  dissolved 已解散"
		}
		seats := names.list(p.Members)
		switch {
		case p.ValidatorSeats:
			seats = "the holders of the validator seats 验证席位持有者"
		case seats == "":
			seats = "none 无"
		}
		fmt.Fprintf(w, "%s  %s%s\n  approves with 通过门槛 %s; seats 席位: %s\n", p.Name, Quoted(p.Title), state, bilingual(p.Threshold.Words(), thresholdZH(p.Threshold)), seats)
	}
}

// Resolutions tells resolutions in short, one a line.
func Resolutions(w io.Writer, resolutions []panel.Resolution) {
	for _, r := range resolutions {
		fmt.Fprintf(w, "%4d  %-14s %-18s %s\n", r.Id, r.Panel, Status(r.Status), Quoted(r.Title))
	}
}

// Option is a vote in words.
func Option(option panel.VoteOption) string {
	switch option {
	case panel.VOTE_OPTION_YES:
		return "yes 赞成"
	case panel.VOTE_OPTION_NO:
		return "no 反对"
	case panel.VOTE_OPTION_ABSTAIN:
		return "abstain 弃权"
	case panel.VOTE_OPTION_RECUSE:
		return "recused 回避"
	default:
		return "not voted 未投票"
	}
}

// Status is where a resolution stands, in a word.
func Status(status panel.ResolutionStatus) string {
	switch status {
	case panel.RESOLUTION_STATUS_OPEN:
		return "open 表决中"
	case panel.RESOLUTION_STATUS_EXECUTED:
		return "executed 已执行"
	case panel.RESOLUTION_STATUS_FAILED:
		return "failed 执行失败"
	case panel.RESOLUTION_STATUS_REJECTED:
		return "rejected 已否决"
	case panel.RESOLUTION_STATUS_WITHDRAWN:
		return "withdrawn 已撤回"
	case panel.RESOLUTION_STATUS_EXPIRED:
		return "expired 已失效"
	case panel.RESOLUTION_STATUS_NO_QUORUM:
		return "no quorum 不足法定席位"
	default:
		return status.String()
	}
}
