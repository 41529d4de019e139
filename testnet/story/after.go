package story

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// settle is step 7: the bank issues fen, the buyer funds the escrow.
func (t *teller) settle(ctx context.Context) error {
	t.title("7 Settlement of funds 资金结算: the bank issues fen against a deposit, the price goes into escrow")
	home := t.origin.Home()
	if _, err := t.tx(ctx, home, "bank", nil, "money", "deposit", strconv.Itoa(int(t.buyer)), "5000.00cny", "--reference", "D-2026-0001"); err != nil {
		return err
	}
	_, err := t.tx(ctx, home, "buyer", nil, "trade", "fund", t.summary.Origin.Contract, "1200.00cny")
	return err
}

// deliver is step 8: sealed to the buyer, committed to, opened, checked.
func (t *teller) deliver(ctx context.Context) error {
	t.title("8 Delivery 产品交付: the file is sealed to the buyer's key; the chain holds both digests")
	home, id := t.origin.Home(), t.summary.Origin.Contract
	out, err := t.show(ctx, "data", "seal", t.file, "--to", strconv.Itoa(int(t.buyer)), "-O", "delivery.age", "-o", "json", "--home", home)
	if err != nil {
		return err
	}
	var digests, opened struct {
		Sealed  string `json:"sealed_digest"`
		Content string `json:"content_digest"`
	}
	if err := decode(out, &digests); err != nil {
		return err
	}
	if _, err := t.tx(ctx, home, "seller", nil, "trade", "deliver", id, "--sealed", digests.Sealed, "--content", digests.Content); err != nil {
		return err
	}
	received := "received" + filepath.Ext(t.file)
	if out, err = t.show(ctx, "data", "open", "delivery.age", "--identity", "buyer-identity.txt", "-O", received, "-o", "json"); err != nil {
		return err
	}
	if err := decode(out, &opened); err != nil {
		return err
	}
	if opened != digests {
		return fmt.Errorf("the buyer opened %v, the seller sealed %v", opened, digests)
	}
	t.content = opened.Content
	out, err = t.show(ctx, "data", "check", received, "--manifest", "manifest.json", "--contract", id, "--home", home)
	t.say("      %s", strings.TrimSpace(string(out)))
	return err
}

// accept is step 9: the split is paid and the voucher issued in one step.
func (t *teller) accept(ctx context.Context) error {
	t.title("9 Voucher 凭证发放: the buyer accepts; the split is paid, the settlement recorded, the voucher issued")
	var accepted struct {
		Voucher    string `json:"voucher"`
		Settlement string `json:"settlement"`
	}
	result, err := t.tx(ctx, t.origin.Home(), "buyer", &accepted, "trade", "accept", t.summary.Origin.Contract, "--content", t.content)
	if err != nil {
		return err
	}
	t.summary.Origin.Voucher, t.summary.Origin.Settlement = accepted.Voucher, accepted.Settlement
	t.summary.Origin.Height = result.Height
	t.say("      voucher 凭证 %s   settlement 结算 %s   height %d", accepted.Voucher, accepted.Settlement, result.Height)
	return nil
}

// standing is what the destination says of a voucher.
type standing struct {
	Standings []struct {
		ChainID    string      `json:"chain_id"`
		Voucher    *recognised `json:"voucher"`
		Settlement *recognised `json:"settlement"`
	} `json:"standings"`
}

type recognised struct {
	Evidence evidence `json:"evidence"`
}

// evidence is on what something of the other chain stands; its height is the destination's.
type evidence struct {
	Height string `json:"height"`
}

// recognise presents the voucher and waits until the other chain recognises it.
func (t *teller) recognise(ctx context.Context) error {
	t.title("◆ Recognition 跨链互认: the voucher is presented to %s and carried by the relayer", t.Destination)
	before, err := t.destination.Height(ctx)
	if err != nil {
		return err
	}
	start := time.Now()
	if _, err := t.tx(ctx, t.origin.Home(), "seller", nil, "recognition", "present", t.summary.Origin.Voucher, "--to", t.Destination); err != nil {
		return err
	}
	if t.After != nil {
		if err := t.After(ctx, "presented"); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	for {
		height, done, err := t.recognisedAt(ctx)
		if err != nil {
			return err
		}
		if done {
			t.summary.SecondsToRecognise = time.Since(start).Round(10 * time.Millisecond).Seconds()
			t.summary.BlocksToRecognise = height - before
			t.summary.Destination.Height = height
			t.summary.Destination.VoucherStatus, t.summary.Destination.SettlementStatus = "RECOGNISED", "RECOGNISED"
			t.say("      recognised on %s at height %d, after %.1f s", t.Destination, height, t.summary.SecondsToRecognise)
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s has not recognised voucher %s in time; the relayer's log: %s", t.Destination, t.summary.Origin.Voucher, t.Network.RelayerLog())
		case <-time.After(300 * time.Millisecond):
		}
	}
}

// recognisedAt says whether voucher and settlement record both stand on the destination, and since which height.
func (t *teller) recognisedAt(ctx context.Context) (int64, bool, error) {
	var answer standing
	err := t.query(ctx, t.destination.Home(), &answer, "recognition", "standing", t.summary.Origin.Voucher, "--node", t.destination.RPC())
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return 0, false, nil // nothing stands there yet, or its node is down for the moment
	}
	if err != nil {
		return 0, false, err
	}
	for _, s := range answer.Standings {
		if s.ChainID == t.Origin && s.Voucher != nil && s.Settlement != nil {
			height, err := strconv.ParseInt(s.Settlement.Evidence.Height, 10, 64)
			return height, true, err
		}
	}
	return 0, false, nil
}

// court checks the voucher offline, and a bundle with one changed byte.
func (t *teller) court(ctx context.Context) error {
	t.title("◆ Court 法院核验: one file and a trust root, no network, no node")
	home, number := t.origin.Home(), t.summary.Origin.Voucher
	for _, get := range []struct {
		file string
		args []string
	}{
		{"root.json", []string{"query", "trust-root", "--home", home, "--node", t.origin.RPC()}},
		{"bundle.json", []string{"query", "voucher", "proof", number, "--home", home, "--node", t.origin.RPC()}},
	} {
		out, err := t.show(ctx, get.args...)
		if err != nil {
			return err
		}
		if err := t.write(get.file, string(out)); err != nil {
			return err
		}
	}
	t.summary.Bundle, t.summary.Root = filepath.Join(t.Dir, "bundle.json"), filepath.Join(t.Dir, "root.json")
	out, err := t.show(ctx, "verify", "bundle.json", "--trust", "root.json")
	if err != nil {
		return err
	}
	t.say("%s", strings.TrimRight(string(out), "\n"))
	return t.tamper(ctx)
}

// tamper changes one byte of the voucher's value and expects a refusal.
func (t *teller) tamper(ctx context.Context) error {
	raw, err := os.ReadFile(t.summary.Bundle)
	if err != nil {
		return err
	}
	// A letter of a base64 value, so that the file still reads as a bundle.
	at := strings.Index(string(raw), `"value":"`) + len(`"value":"`) + 40
	if raw[at] == 'A' {
		raw[at] = 'B'
	} else {
		raw[at] = 'A'
	}
	if err := t.write("tampered.json", string(raw)); err != nil {
		return err
	}
	t.say("\n  One byte of the bundle changed (改动一个字节):")
	_, err = t.show(ctx, "verify", "tampered.json", "--trust", "root.json")
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return fmt.Errorf("the bundle with a changed byte was not refused: %w", err)
	}
	t.say("      refused 已拒绝 (exit code %d): %s", exit.ExitCode(), err)
	t.summary.TamperedBundleRefused = exit.ExitCode() == 1 || exit.ExitCode() == 2
	return nil
}
