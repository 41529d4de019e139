package story

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// reversedAmount is what a reversal takes back, of the price of 1,200.00 CNY.
const reversedAmount = "10.00cny"

// reverse takes a part of the voucher back by consent, and waits until the other chain
// has marked it. Nobody presents a reversal; it goes wherever the voucher is recognised.
func (t *teller) reverse(ctx context.Context) error {
	t.title("◆ Reversal 红字冲销: both parties agree to take %s back; %s hears of it unasked", reversedAmount, t.Destination)
	home, number := t.origin.Home(), t.summary.Origin.Voucher
	input := "voucher: " + number + "\nlines:\n  - line: 1\n    amount: " + reversedAmount + "\nreason: 部分数据有误，协商退还部分价款\n"
	if err := t.write("reversal.yaml", input); err != nil {
		return err
	}
	if _, err := t.tx(ctx, home, "buyer", nil, "voucher", "reverse", "-f", "reversal.yaml"); err != nil {
		return err
	}
	before, _, err := t.heard(ctx)
	if err != nil {
		return err
	}
	var confirmed struct {
		Red string `json:"red_number"`
	}
	result, err := t.tx(ctx, home, "seller", &confirmed, "voucher", "confirm", number, "-f", "reversal.yaml")
	if err != nil {
		return err
	}
	waiting, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	for {
		version, height, err := t.heard(waiting)
		if err != nil {
			return err
		}
		if version > before {
			return t.marked(ctx, Reversal{RedVoucher: confirmed.Red, Height: result.Height, MarkedHeight: height})
		}
		select {
		case <-waiting.Done():
			return fmt.Errorf("%s has not marked the reversal of voucher %s in time; the relayer's log: %s", t.Destination, number, t.Network.RelayerLog())
		case <-time.After(300 * time.Millisecond):
		}
	}
}

// marked adds a reversal to the summary and shows where the voucher stands.
func (t *teller) marked(ctx context.Context, r Reversal) error {
	reversed, err := t.origin.BlockTime(ctx, r.Height)
	if err != nil {
		return err
	}
	marked, err := t.destination.BlockTime(ctx, r.MarkedHeight)
	if err != nil {
		return err
	}
	r.SecondsToMark = marked.Sub(reversed).Round(10 * time.Millisecond).Seconds()
	for at, height := marked, r.MarkedHeight; at.After(reversed); r.BlocksToMark++ {
		height--
		if at, err = t.destination.BlockTime(ctx, height); err != nil {
			return err
		}
	}
	t.summary.Reversals = append(t.summary.Reversals, r)
	t.say("      red voucher 红字凭证 %s at height %d; marked on %s at height %d, after %.1f s",
		r.RedVoucher, r.Height, t.Destination, r.MarkedHeight, r.SecondsToMark)
	out, err := t.show(ctx, "query", "recognition", "voucher", t.summary.Origin.Voucher, "--home", t.destination.Home(), "--node", t.destination.RPC())
	t.say("%s", strings.TrimRight(string(out), "\n"))
	return err
}

// heard is the version of the voucher's status that the destination has heard, and since
// which of its heights; 0 when none.
func (t *teller) heard(ctx context.Context) (version uint64, height int64, err error) {
	var answer struct {
		Detail struct {
			Version string `json:"version"`
		} `json:"detail"`
		Status struct {
			Evidence evidence `json:"evidence"`
		} `json:"status"`
	}
	err = t.query(ctx, t.destination.Home(), &answer, "recognition", "foreign-status", t.Origin, t.summary.Origin.Voucher, "--node", t.destination.RPC())
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return 0, 0, nil // it has heard of none yet, or its node is down for the moment
	}
	if err != nil {
		return 0, 0, err
	}
	if version, err = strconv.ParseUint(answer.Detail.Version, 10, 64); err != nil {
		return 0, 0, fmt.Errorf("the status' version: %w", err)
	}
	if height, err = strconv.ParseInt(answer.Status.Evidence.Height, 10, 64); err != nil {
		return 0, 0, fmt.Errorf("the height of the status' evidence: %w", err)
	}
	return version, height, nil
}
