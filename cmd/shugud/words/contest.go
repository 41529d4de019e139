package words

import (
	"fmt"
	"strings"

	sdk "github.com/cosmos/cosmos-sdk/types"

	recognition "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

func decideContest(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*recognition.MsgDecideContest)
	upheld, upheldZH := "none", "无"
	if len(m.Upheld) > 0 {
		var refs []string
		for _, r := range m.Upheld {
			refs = append(refs, voucher.FormatNumber(r.Number)+" @ "+r.ChainId)
		}
		upheld = strings.Join(refs, ", ")
		upheldZH = upheld
	}
	return fmt.Sprintf("Decide on the vouchers that tell the same trade (nullifier %x): upheld, so that they lose the mark contested: %s; the others keep it. Reason: %s", m.Nullifier, upheld, Quoted(m.Reason)),
		fmt.Sprintf("裁定重复登记的交易（交易唯一码 %x）：予以维持并解除争议标记的凭证：%s；其余凭证保留争议标记。理由：%s", m.Nullifier, upheldZH, Quoted(m.Reason))
}
