// Package invariants has a running node recount its books now and then. It changes
// nothing and stops nothing: a broken invariant is for people to judge, who are told by the
// log and by metrics (docs/operators/README.md).
package invariants

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Logger is told what happens, with pairs of key and value.
type Logger interface {
	Info(msg string, pairs ...any)
	Error(msg string, pairs ...any)
}

// Watcher recounts the invariants of a node's committed state.
type Watcher struct {
	// Check recounts the state of a height; it returns what does not add up, or wraps Unread
	// when it could not be read.
	Check  func(height int64) error
	Unread error
	// Height is that of the last committed block; 0 before there is one.
	Height func() int64
	Logger Logger
	// Every is how many blocks are let pass between the end of a recount and the next one.
	Every int64
	// Look is how often the height is asked for.
	Look time.Duration
	// Metrics are told what was found.
	Metrics *Metrics
}

// Run recounts until the context ends, first on the state that it finds.
func (w *Watcher) Run(ctx context.Context) {
	tick := time.NewTicker(w.Look)
	defer tick.Stop()
	next := int64(1)
	for {
		if height := w.Height(); height >= next {
			w.recount(height)
			next = w.Height() + w.Every
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// recount looks twice before it alarms anybody: a node that keeps few states may prune
// the one that is being read.
func (w *Watcher) recount(height int64) {
	start := time.Now()
	err := w.Check(height)
	if err != nil {
		height = w.Height()
		err = w.Check(height)
	}
	if err != nil && errors.Is(err, w.Unread) {
		w.Logger.Error("the books could not be recounted; keep more states (pruning in app.toml), or see whether this node's database is damaged", "height", height, "err", err)
		return // the metrics stay, and an alert tells that their height does
	}
	w.Metrics.set(height, err != nil)
	if err != nil {
		w.Logger.Error("INVARIANT BROKEN: the books do not add up; keep this node's data, compare with other nodes, and tell the council", "height", height, "err", err)
		return
	}
	w.Logger.Info("recounted the books: all invariants hold", "height", height, "took", time.Since(start).Round(time.Millisecond))
}

// Metrics are what Prometheus gets; docs/operators/alerts.yaml has a rule for them.
type Metrics struct{ height, broken prometheus.Gauge }

// Names of the metrics: the height of the last recount, and 1 when it found something
// that does not add up.
const (
	MetricHeight = "shugu_invariants_height"
	MetricBroken = "shugu_invariants_broken"
)

// NewMetrics makes the metrics and registers them.
func NewMetrics(registry prometheus.Registerer) (*Metrics, error) {
	m := &Metrics{
		height: prometheus.NewGauge(prometheus.GaugeOpts{Name: MetricHeight, Help: "Height of the last recount of the books."}),
		broken: prometheus.NewGauge(prometheus.GaugeOpts{Name: MetricBroken, Help: "1 when the last recount found books that do not add up."}),
	}
	for _, gauge := range []prometheus.Gauge{m.height, m.broken} {
		if err := registry.Register(gauge); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *Metrics) set(height int64, broken bool) {
	m.height.Set(float64(height))
	m.broken.Set(0)
	if broken {
		m.broken.Set(1)
	}
}
