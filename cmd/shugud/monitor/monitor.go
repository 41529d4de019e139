package monitor

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/shugu-network/shugu/cmd/shugud/ends"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// Chain is an end that can be asked.
type Chain struct {
	ID string
	// Nodes of the chain; the first that answers is asked.
	Nodes []func(ctx context.Context) (*ends.Snapshot, error)
}

// Monitor follows ends.
type Monitor struct {
	Chains []Chain
	Limits Limits
	// Out gets one line for each change.
	Out io.Writer
	// Now tells the time.
	Now func() time.Time
	// Metrics, when set, are kept up to date.
	Metrics *Metrics

	before   map[string]*ends.Snapshot
	warnings map[string]Warning
}

// askTimeout bounds how long one node may take to answer everything.
const askTimeout = time.Minute

// Look asks all ends once.
func (m *Monitor) Look(ctx context.Context) Look {
	look := Look{At: m.Now(), Seen: map[string]*ends.Snapshot{}, Silent: map[string]error{}}
	for _, chain := range m.Chains {
		s, err := chain.ask(ctx)
		if err != nil {
			look.Silent[chain.ID] = err
			continue
		}
		look.Seen[chain.ID] = s
	}
	return look
}

func (c Chain) ask(ctx context.Context) (*ends.Snapshot, error) {
	var last error
	for _, node := range c.Nodes {
		asked, cancel := context.WithTimeout(ctx, askTimeout)
		s, err := node(asked)
		cancel()
		if err == nil && s.ChainID != c.ID {
			err = fmt.Errorf("the node is of %s, expected %s", s.ChainID, c.ID)
		}
		if err == nil {
			return s, nil
		}
		last = err
	}
	return nil, last
}

// Round looks once, writes what has changed since the round before and which warnings
// came or went, and returns those that hold.
func (m *Monitor) Round(ctx context.Context) []Warning {
	look := m.Look(ctx)
	stamp := look.At.In(cst).Format("2006-01-02 15:04:05")
	line := func(format string, args ...any) {
		fmt.Fprintln(m.Out, stamp+"  "+oneLine(fmt.Sprintf(format, args...)))
	}
	for _, chain := range m.Chains {
		if now, before := look.Seen[chain.ID], m.before[chain.ID]; now != nil {
			for _, change := range Changes(before, now) {
				line("%s", change)
			}
		}
	}
	held := Judge(look, m.Limits)
	next := map[string]Warning{}
	for _, w := range held {
		next[w.key()] = w
		if _, known := m.warnings[w.key()]; !known {
			line("WARNING 警告 %s", w)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(m.warnings)) {
		if _, holds := next[key]; !holds {
			w := m.warnings[key]
			line("over 解除 %s", w.heading())
		}
	}
	if m.before == nil {
		m.before = map[string]*ends.Snapshot{}
	}
	maps.Copy(m.before, look.Seen)
	m.warnings = next
	if m.Metrics != nil {
		m.Metrics.Set(look, held)
	}
	return held
}

// Run makes rounds until the context ends.
func (m *Monitor) Run(ctx context.Context) {
	ticker := time.NewTicker(m.Limits.Every)
	defer ticker.Stop()
	for {
		m.Round(ctx)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// cst is China Standard Time, the zone of every time that people read.
var cst = time.FixedZone("UTC+8", 8*60*60)

func (w Warning) heading() string {
	if w.Counterparty == "" {
		return w.Chain + " " + w.Name
	}
	return w.Chain + " → " + w.Counterparty + " " + w.Name
}

// String is the warning in one line.
func (w Warning) String() string {
	return oneLine(w.heading() + ": " + w.English + " " + w.Chinese)
}

// oneLine keeps what a node answered, an error's text among it, from writing lines of its
// own or steering a terminal.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			return '\ufffd'
		}
		return r
	}, s)
}

// Changes says in lines what differs between two looks at a chain; before may be nil.
func Changes(before, now *ends.Snapshot) []string {
	var out []string
	for i := range now.Sides {
		side := &now.Sides[i]
		var last *ends.Side
		if before != nil {
			last = before.Side(side.Agreement.ChainId)
		}
		was, is := facts(last), facts(side)
		var changed []string
		for _, name := range slices.SortedFunc(maps.Keys(is), cmp.Compare[string]) {
			if last != nil && was[name] == is[name] {
				continue
			}
			if last == nil {
				changed = append(changed, fmt.Sprintf("%s %s", name, is[name]))
				continue
			}
			changed = append(changed, fmt.Sprintf("%s %s → %s", name, was[name], is[name]))
		}
		if len(changed) > 0 {
			out = append(out, fmt.Sprintf("%s → %s: %s", now.ChainID, side.Agreement.ChainId, strings.Join(changed, ", ")))
		}
	}
	return out
}

// facts are what a line tells of a side, by name. What only grows with each block is left out.
func facts(side *ends.Side) map[string]string {
	if side == nil {
		return nil
	}
	out := map[string]string{
		"agreement": "not live", "client": strings.ToLower(side.Client.Status), "channel": strings.ToLower(strings.TrimPrefix(side.Route.State, "STATE_")),
		"vouchers-here": fmt.Sprint(side.Theirs.Vouchers),
	}
	if side.Live {
		out["agreement"] = "live"
	}
	for status := recognition.OUTBOX_STATUS_QUEUED; status <= recognition.OUTBOX_STATUS_SET_ASIDE; status++ {
		out["ours-"+statusName(status)] = fmt.Sprint(side.Ours.Count[status])
	}
	return out
}

// statusName is "timed-out" for OUTBOX_STATUS_TIMED_OUT.
func statusName(s recognition.OutboxStatus) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(s.String(), "OUTBOX_STATUS_"), "_", "-"))
}
