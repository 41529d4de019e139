package invariants_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/invariants"
)

// log keeps what was told, a line each.
type log struct {
	mutex sync.Mutex
	lines []string
}

func (l *log) tell(level, msg string, pairs ...any) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.lines = append(l.lines, level+" "+msg+" "+fmt.Sprint(pairs...))
}
func (l *log) Info(msg string, pairs ...any)  { l.tell("info", msg, pairs...) }
func (l *log) Error(msg string, pairs ...any) { l.tell("error", msg, pairs...) }

// errUnread says that a state cannot be read.
var errUnread = errors.New("unread")

// world is a chain that makes a block a second, and a watcher that recounts every ten.
type world struct {
	height  atomic.Int64
	check   func(height int64) error
	checked []int64
	log     log
	metrics *prometheus.Registry
}

// run lets a number of blocks pass.
func (w *world) run(t *testing.T, blocks int) {
	t.Helper()
	w.metrics = prometheus.NewRegistry()
	metrics, err := invariants.NewMetrics(w.metrics)
	require.NoError(t, err)
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		watcher := invariants.Watcher{
			Check: func(height int64) error {
				w.checked = append(w.checked, height)
				return w.check(height)
			},
			Unread: errUnread, Height: w.height.Load, Logger: &w.log, Every: 10, Look: 100 * time.Millisecond, Metrics: metrics,
		}
		done := make(chan struct{})
		go func() {
			watcher.Run(ctx)
			close(done)
		}()
		for range blocks {
			time.Sleep(time.Second)
			w.height.Add(1)
		}
		synctest.Wait()
		stop()
		<-done
	})
}

// gauges are the metrics as Prometheus would gather them.
func (w *world) gauges(t *testing.T, height, broken float64) {
	t.Helper()
	families, err := w.metrics.Gather()
	require.NoError(t, err)
	got := map[string]float64{}
	for _, family := range families {
		got[family.GetName()] = family.GetMetric()[0].GetGauge().GetValue()
	}
	require.Equal(t, map[string]float64{"shugu_invariants_height": height, "shugu_invariants_broken": broken}, got)
}

func TestRecountsFromTheFirstBlockOn(t *testing.T) {
	w := world{check: func(int64) error { return nil }}
	w.run(t, 25)
	require.Equal(t, []int64{1, 11, 21}, w.checked)
	w.gauges(t, 21, 0)
	require.Len(t, w.log.lines, 3)
}

// A recount that takes long is not followed by another at once.
func TestBlocksPassBetweenRecounts(t *testing.T) {
	w := world{}
	w.height.Store(100)
	w.check = func(int64) error {
		time.Sleep(14_500 * time.Millisecond)
		return nil
	}
	w.run(t, 40)
	require.Equal(t, []int64{100, 124}, w.checked)
}

func TestBrokenInvariantIsToldAndForgivenWhenMended(t *testing.T) {
	w := world{check: func(height int64) error {
		if height < 20 {
			return errors.New("settlement: supply")
		}
		return nil
	}}
	w.run(t, 15)
	require.Equal(t, []int64{1, 1, 11, 11}, w.checked)
	w.gauges(t, 11, 1)
	require.Contains(t, w.log.lines[0], "error INVARIANT BROKEN")
	require.Contains(t, w.log.lines[0], "settlement: supply")
	w.run(t, 15)
	w.gauges(t, 25, 0)
}

// What was found once only was the reading's fault.
func TestRecountLooksTwice(t *testing.T) {
	failed := false
	w := world{}
	w.check = func(int64) error {
		if failed {
			return nil
		}
		failed = true
		w.height.Add(1)
		return errors.New("pruned")
	}
	w.run(t, 5)
	require.Equal(t, []int64{1, 2}, w.checked)
	w.gauges(t, 2, 0)
	require.Len(t, w.log.lines, 1)
	require.NotContains(t, w.log.lines[0], "error")
}

// A state that cannot be read says nothing of the books: nobody is alarmed of them, but told.
func TestStateThatCannotBeReadIsNoBrokenInvariant(t *testing.T) {
	w := world{check: func(height int64) error {
		if height > 5 {
			return fmt.Errorf("%w: pruned", errUnread)
		}
		return nil
	}}
	w.run(t, 15)
	require.Equal(t, []int64{1, 11, 11}, w.checked)
	w.gauges(t, 1, 0)
	require.Len(t, w.log.lines, 2)
	require.Contains(t, w.log.lines[1], "error the books could not be recounted")
}
