// Package story tells the life of one trade on real chains: a real file is
// registered, reviewed, sold, paid and delivered on one exchange's chain; the
// other exchange's chain recognises its voucher; a court checks it offline.
// Every step runs the shugud command line as the party whose turn it is.
package story

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/shugu-network/shugu/testnet"
)

// Config of a story.
type Config struct {
	Network *testnet.Network
	// Binary is shugud.
	Binary string
	// Origin and Destination are chain ids of the network.
	Origin, Destination string
	// Steps to tell, in the order of the variable Steps; none for all. Those of Trade need no Destination.
	// A reversal may be told several times.
	Steps []string
	// Data is the file that is sold.
	Data string
	// Dir is where the parties' files are left; it must exist.
	Dir string
	// Say is told what happens, in lines.
	Say func(format string, args ...any)
	// After, when set, is called when a step is done, by its name in Steps.
	After func(ctx context.Context, step string) error
}

// Standing is where one chain stands with the trade.
type Standing struct {
	ChainID          string `json:"chain_id"`
	Height           int64  `json:"height"`
	Product          string `json:"product,omitempty"`
	Contract         string `json:"contract,omitempty"`
	Voucher          string `json:"voucher,omitempty"`
	Settlement       string `json:"settlement,omitempty"`
	VoucherStatus    string `json:"voucher_status,omitempty"`
	SettlementStatus string `json:"settlement_status,omitempty"`
}

// Summary is how a story ended; a public interface.
type Summary struct {
	Origin                Standing `json:"origin"`
	Destination           Standing `json:"destination"`
	BlocksToRecognise     int64    `json:"blocks_to_recognise"`
	SecondsToRecognise    float64  `json:"seconds_to_recognise"`
	Bundle                string   `json:"bundle"`
	Root                  string   `json:"root"`
	TamperedBundleRefused bool     `json:"tampered_bundle_refused"`
	// Reversals, one for each step "reversal", in order.
	Reversals []Reversal `json:"reversals"`
}

// Reversal is how one red reversal became a fact on the other chain.
type Reversal struct {
	// RedVoucher is the number of what took it back.
	RedVoucher string `json:"red_voucher"`
	// Height of the origin's block in which both had consented.
	Height int64 `json:"height"`
	// MarkedHeight is the destination's block in which it was marked.
	MarkedHeight int64 `json:"marked_height"`
	// SecondsToMark lie between the times of these two blocks.
	SecondsToMark float64 `json:"seconds_to_mark"`
	// BlocksToMark of the destination are later than the origin's block, up to the one that marked it.
	BlocksToMark int64 `json:"blocks_to_mark"`
}

// Steps in order: DESIGN §4's, with the recognition, the court's check and a reversal at the end.
var Steps = []string{
	"agreement", "governance", "onboarding", "scenario", "registration", "review",
	"matching", "settlement", "delivery", "voucher", "recognition", "court", "reversal",
}

// Trade are the steps up to the voucher, which need one chain only.
var Trade = Until("voucher")[slices.Index(Steps, "governance"):]

// Until are the steps up to one of them, that one included.
func Until(step string) []string { return slices.Clone(Steps[:slices.Index(Steps, step)+1]) }

// teller is a story being told.
type teller struct {
	Config
	cli
	origin, destination *testnet.Chain
	summary             Summary

	exchange, bank uint32
	seller, buyer  uint32
	scenario, file string
	content        string
}

// Run tells the story and writes summary.json into the folder.
func Run(ctx context.Context, cfg Config) (Summary, error) {
	t := &teller{Config: cfg, cli: cli{binary: cfg.Binary, dir: cfg.Dir, say: cfg.Say}}
	t.origin, t.destination = cfg.Network.Chain(cfg.Origin), cfg.Network.Chain(cfg.Destination)
	if t.origin == nil || t.destination == nil && cfg.Destination != "" {
		return Summary{}, fmt.Errorf("story: the network has no chains %s and %s", cfg.Origin, cfg.Destination)
	}
	file, err := filepath.Abs(cfg.Data)
	if err != nil {
		return Summary{}, err
	}
	t.file = file
	t.summary.Origin.ChainID, t.summary.Destination.ChainID = cfg.Origin, cfg.Destination
	steps := map[string]func(context.Context) error{
		"agreement": t.agree, "governance": t.govern, "onboarding": t.onboard, "scenario": t.reviewScenario,
		"registration": t.register, "review": t.review, "matching": t.match, "settlement": t.settle,
		"delivery": t.deliver, "voucher": t.accept, "recognition": t.recognise, "court": t.court, "reversal": t.reverse,
	}
	if len(cfg.Steps) == 0 {
		cfg.Steps = Steps
	}
	for _, name := range cfg.Steps {
		if steps[name] == nil {
			return t.summary, fmt.Errorf("story: no step %q", name)
		}
		if err := steps[name](ctx); err != nil {
			return t.summary, fmt.Errorf("%s: %w", name, err)
		}
		if cfg.After != nil {
			if err := cfg.After(ctx, name); err != nil {
				return t.summary, fmt.Errorf("after %s: %w", name, err)
			}
		}
	}
	raw, err := json.MarshalIndent(t.summary, "", "  ")
	if err != nil {
		return t.summary, err
	}
	return t.summary, os.WriteFile(filepath.Join(cfg.Dir, "summary.json"), append(raw, '\n'), 0o644)
}

// DefaultData is a real file that every machine with Go has: the IANA
// time-zone database of the toolchain.
func DefaultData(ctx context.Context) (string, error) {
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("find the Go toolchain's time-zone database: %w", err)
	}
	return filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"), nil
}

// title starts a step.
func (t *teller) title(format string, args ...any) { t.say("\n"+format, args...) }
