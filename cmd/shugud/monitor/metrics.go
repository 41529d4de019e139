package monitor

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/cmd/shugud/ends"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// Metrics are what Prometheus gets; docs/operators/alerts.yaml has rules for them.
type Metrics struct {
	registry *prometheus.Registry
	gauges   map[string]*prometheus.GaugeVec
}

const prefix = "shugu_recognition_"

var (
	ofChain = []string{"chain"}
	ofSide  = []string{"chain", "counterparty"}
)

// gaugeSpecs are all metrics, without the prefix.
var gaugeSpecs = []struct {
	name, help string
	labels     []string
}{
	{"up", "1 when a node of the chain answered the last look.", ofChain},
	{"height", "Latest block of the chain.", ofChain},
	{"block_time_seconds", "Unix time of the latest block.", ofChain},
	{"agreement_live", "1 when the agreement holds.", ofSide},
	{"client_active", "1 when the light client of the counterparty is active.", ofSide},
	{"client_expired", "1 when it has expired.", ofSide},
	{"client_frozen", "1 when it was told two stories.", ofSide},
	{"client_in_doubt", "1 when it waits to be recovered, or listed vouchers are SUSPECT.", ofSide},
	{"client_expires_seconds", "Unix time at which it expires unless it is updated.", ofSide},
	{"client_trusting_period_seconds", "How long it trusts a header.", ofSide},
	{"channel_open", "1 when the agreement's channel is open, or it has none.", ofSide},
	{"records", "Our records at the counterparty, by status.", []string{"chain", "counterparty", "status"}},
	{"queue_oldest_seconds", "How long the oldest record has waited to be sent; 0 when none waits.", ofSide},
	{"pending_oldest_seconds", "How long the oldest packet has waited for its answer; 0 when none waits.", ofSide},
	{"send_failures", "Failures in a row to send.", ofSide},
	{"vouchers_here", "The counterparty's vouchers that stand here.", ofSide},
	{"warning", "1 for each warning of the monitor that holds, by name.", []string{"chain", "counterparty", "name"}},
}

// NewMetrics makes the metrics.
func NewMetrics() *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry(), gauges: map[string]*prometheus.GaugeVec{}}
	for _, spec := range gaugeSpecs {
		gauge := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: prefix + spec.name, Help: spec.help}, spec.labels)
		m.registry.MustRegister(gauge)
		m.gauges[spec.name] = gauge
	}
	return m
}

// Names lists all metrics.
func Names() []string {
	var out []string
	for _, spec := range gaugeSpecs {
		out = append(out, prefix+spec.name)
	}
	return out
}

// Handler serves the metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Set takes over a look. What a chain told last stays while it does not answer.
func (m *Metrics) Set(look Look, held []Warning) {
	for chain := range look.Silent {
		m.set("up", 0, chain)
	}
	for _, s := range look.Seen {
		m.set("up", 1, s.ChainID)
		m.set("height", float64(s.Height), s.ChainID)
		m.set("block_time_seconds", float64(s.Time.Unix()), s.ChainID)
		for i := range s.Sides {
			m.setSide(s, &s.Sides[i])
		}
	}
	m.gauges["warning"].Reset()
	for _, w := range held {
		m.set("warning", 1, w.Chain, w.Counterparty, w.Name)
		if w.Name == ClientInDoubt {
			m.set("client_in_doubt", 1, w.Chain, w.Counterparty)
		}
	}
}

func (m *Metrics) setSide(s *ends.Snapshot, side *ends.Side) {
	labels := []string{s.ChainID, side.Agreement.ChainId}
	m.set("agreement_live", is(side.Live), labels...)
	m.set("client_active", is(side.Client.Status == exported.Active.String()), labels...)
	m.set("client_expired", is(side.Client.Status == exported.Expired.String()), labels...)
	m.set("client_frozen", is(side.Client.Status == exported.Frozen.String()), labels...)
	m.set("client_in_doubt", 0, labels...)
	if expires := side.Client.Expires(); !expires.IsZero() {
		m.set("client_expires_seconds", float64(expires.Unix()), labels...)
		m.set("client_trusting_period_seconds", side.Client.TrustingPeriod.Seconds(), labels...)
	}
	m.set("channel_open", is(side.Route.State == ends.RouteOpen || side.Route.State == ends.RouteNone), labels...)
	for status := recognition.OUTBOX_STATUS_QUEUED; status <= recognition.OUTBOX_STATUS_SET_ASIDE; status++ {
		m.set("records", float64(side.Ours.Count[status]), append(labels[:2:2], statusName(status))...)
	}
	m.set("queue_oldest_seconds", waited(s, side.Ours.OldestQueued), labels...)
	m.set("pending_oldest_seconds", waited(s, side.Ours.OldestPending), labels...)
	failures := 0.0
	if side.Ours.Backoff != nil {
		failures = float64(side.Ours.Backoff.Failures)
	}
	m.set("send_failures", failures, labels...)
	m.set("vouchers_here", float64(side.Theirs.Vouchers), labels...)
}

func (m *Metrics) set(name string, value float64, labels ...string) {
	m.gauges[name].WithLabelValues(labels...).Set(value)
}

func is(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// waited is how long the oldest has waited, in seconds. What waits since a block that the
// node has pruned counts since 1970: very long.
func waited(s *ends.Snapshot, oldest *ends.Waiting) float64 {
	if oldest == nil {
		return 0
	}
	return float64(s.Time.Unix() - max(oldest.Since.Unix(), 0))
}
