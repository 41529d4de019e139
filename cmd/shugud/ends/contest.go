package ends

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// Contest is what one chain knows of the vouchers that tell one trade.
type Contest struct {
	// ChainID of the chain that was asked.
	ChainID string
	// Told is nil when only one voucher tells the trade.
	Told *recognition.Contest
	// Since is when the second one came; the zero time when the node has pruned that block.
	Since time.Time
	// Vouchers that tell it, the first ones of them, ascending by chain id and number.
	Vouchers []recognition.ContestedVoucher
	// Only is the one voucher of a trade that is told once.
	Only *recognition.VoucherRef
}

// Contest asks which vouchers tell a trade. At most as many as are to be listed are named.
func (o Observer) Contest(ctx context.Context, nullifier string) (*Contest, error) {
	status, err := o.Node.Status(ctx)
	if err != nil {
		return nil, err
	}
	out := &Contest{ChainID: status.NodeInfo.Network}
	err = pages(func(page *query.PageRequest) (*query.PageResponse, error) {
		res, err := o.Recognition.Contest(ctx, &recognition.QueryContestRequest{Nullifier: nullifier, Pagination: page})
		if err != nil {
			return nil, err
		}
		out.Told, out.Only = res.Contest, res.Only
		out.Vouchers = append(out.Vouchers, res.Vouchers...)
		if len(out.Vouchers) < o.List {
			return res.Pagination, nil
		}
		out.Vouchers = out.Vouchers[:o.List]
		return nil, nil
	})
	if err != nil || out.Told == nil {
		return out, err
	}
	out.Since, err = o.timeOf(ctx, out.Told.Height)
	return out, err
}

// Contests asks for all trades that several vouchers tell, ascending by nullifier, and
// tells how many more there are than are to be listed.
func (o Observer) Contests(ctx context.Context) (listed []Contest, more int, err error) {
	var all []recognition.Contest
	err = pages(func(page *query.PageRequest) (*query.PageResponse, error) {
		res, err := o.Recognition.Contests(ctx, &recognition.QueryContestsRequest{Pagination: page})
		if err != nil {
			return nil, err
		}
		all = append(all, res.Contests...)
		return res.Pagination, nil
	})
	if err != nil {
		return nil, 0, err
	}
	for _, c := range all[:min(len(all), o.List)] {
		contest, err := o.Contest(ctx, fmt.Sprintf("%x", c.Nullifier))
		if err != nil {
			return nil, 0, err
		}
		listed = append(listed, *contest)
	}
	return listed, len(all) - len(listed), nil
}

// Write tells a person which vouchers tell the trade, since when, and what was decided.
func (c *Contest) Write(w io.Writer) {
	if c.Told == nil {
		fmt.Fprintf(w, "only one voucher tells this trade 仅一张凭证记载该交易: %s\n", c.ref(*c.Only))
		return
	}
	fmt.Fprintf(w, "nullifier 交易唯一码 %x\n", c.Told.Nullifier)
	fmt.Fprintf(w, "  %d vouchers tell this trade %d 张凭证记载同一交易, contested since 争议始于 %s\n", c.Told.Vouchers, c.Told.Vouchers, at(c.Told.Height, c.Since))
	fmt.Fprintf(w, "  council 理事会: %s\n", words.Decision(*c.Told))
	for _, v := range c.Vouchers {
		fmt.Fprintf(w, "  %s: %s, height 高度 %d\n", c.ref(v.Ref()), words.Told(*c.Told, v), v.Height)
	}
	if more := int(c.Told.Vouchers) - len(c.Vouchers); more > 0 {
		fmt.Fprintf(w, "  … and %d more 另有 %d 张\n", more, more)
	}
}

// ref names a voucher and its chain.
func (c *Contest) ref(r recognition.VoucherRef) string {
	if r.ChainId == c.ChainID {
		return fmt.Sprintf("%s of this chain 本链", shown(r.Number))
	}
	return fmt.Sprintf("%s of %s", shown(r.Number), r.ChainId)
}

// at is a height and, unless it is not known any more, its time.
func at(height int64, t time.Time) string {
	if t.IsZero() {
		return fmt.Sprintf("height 高度 %d", height)
	}
	return fmt.Sprintf("height 高度 %d, %s UTC+8", height, words.Stamp(t.Unix()))
}

// ContestView is a contest as `-o json` prints it; a public interface.
type ContestView struct {
	// Nullifier as 64 hexadecimal digits; empty when only one voucher tells the trade.
	Nullifier string `json:"nullifier,omitempty"`
	Contested bool   `json:"contested"`
	// Vouchers counts all that tell the trade, Told lists the first of them.
	Vouchers      uint64     `json:"vouchers"`
	Height        int64      `json:"height,omitempty"`
	Since         *time.Time `json:"since,omitempty"`
	Decisions     uint32     `json:"decisions"`
	DecidedHeight int64      `json:"decided_height,omitempty"`
	DecidedTime   *time.Time `json:"decided_time,omitempty"`
	Reason        string     `json:"reason,omitempty"`
	Told          []ToldView `json:"told"`
}

// ToldView is one voucher of it. State is "pending", "upheld", "not upheld" or, for the
// only one that tells a trade, "only".
type ToldView struct {
	ChainID string `json:"chain_id"`
	Number  string `json:"number"`
	State   string `json:"state"`
	Height  int64  `json:"height,omitempty"`
}

// View makes the JSON form.
func (c *Contest) View() ContestView {
	if c.Told == nil {
		return ContestView{Vouchers: 1, Told: []ToldView{{ChainID: c.Only.ChainId, Number: c.Only.Number, State: "only"}}}
	}
	out := ContestView{
		Nullifier: fmt.Sprintf("%x", c.Told.Nullifier), Contested: true, Vouchers: c.Told.Vouchers, Height: c.Told.Height, Since: known(c.Since),
		Decisions: c.Told.Decisions, DecidedHeight: c.Told.DecidedHeight, Reason: c.Told.Reason,
	}
	if c.Told.Decisions > 0 {
		out.DecidedTime = known(time.Unix(c.Told.DecidedTime, 0))
	}
	for _, v := range c.Vouchers {
		out.Told = append(out.Told, ToldView{ChainID: v.ChainId, Number: v.Number, State: words.ToldState(*c.Told, v), Height: v.Height})
	}
	return out
}
