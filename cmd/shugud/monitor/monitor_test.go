package monitor_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/shugu-network/shugu/cmd/shugud/ends"
	"github.com/shugu-network/shugu/cmd/shugud/monitor"
	"github.com/shugu-network/shugu/invariants"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

const (
	hangzhou = "shugu-hangzhou-1"
	shanghai = "shugu-shanghai-1"
)

var noon = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

func config() monitor.Config {
	return monitor.Config{
		Ends:  []monitor.End{{ChainID: hangzhou, RPC: []string{"tcp://a"}}, {ChainID: shanghai, RPC: []string{"tcp://b"}}},
		Every: "15s", ClientFraction: 0.33, QueueLength: 10, QueueAge: "10m", RelayerSilence: "15m", BlockAge: "2m",
	}
}

func limits(t *testing.T) monitor.Limits {
	t.Helper()
	l, err := config().Limits()
	require.NoError(t, err)
	return l
}

func TestConfigFailsIf(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func(c *monitor.Config)
		says  string
	}{
		"no ends":              {func(c *monitor.Config) { c.Ends = nil }, "ends"},
		"an end without nodes": {func(c *monitor.Config) { c.Ends[0].RPC = nil }, "ends[0]"},
		"an end twice":         {func(c *monitor.Config) { c.Ends[1].ChainID = hangzhou }, "twice"},
		"all of the period":    {func(c *monitor.Config) { c.ClientFraction = 1 }, "client_fraction"},
		"a negative queue":     {func(c *monitor.Config) { c.QueueLength = -1 }, "queue_length"},
		"no time between":      {func(c *monitor.Config) { c.Every = "0s" }, "every"},
		"silence of words":     {func(c *monitor.Config) { c.RelayerSilence = "long" }, "relayer_silence"},
	} {
		t.Run(name, func(t *testing.T) {
			c := config()
			tc.spoil(&c)
			_, err := c.Limits()
			require.ErrorContains(t, err, tc.says)
		})
	}
}

// pair is two chains that recognise each other, all well.
func pair() map[string]*ends.Snapshot {
	side := func(chain, channel, far string) ends.Side {
		return ends.Side{
			Agreement: recognition.Agreement{ChainId: chain, ClientId: "07-tendermint-0", ChannelId: channel}, Live: true,
			Client: ends.Client{Status: "Active", Told: noon.Add(-time.Hour), TrustingPeriod: 14 * 24 * time.Hour},
			Route:  ends.Route{State: ends.RouteOpen, Far: far},
			Ours:   ends.Ours{Count: map[recognition.OutboxStatus]int{}},
		}
	}
	return map[string]*ends.Snapshot{
		hangzhou: {ChainID: hangzhou, Height: 100, Time: noon, Sides: []ends.Side{side(shanghai, "channel-0", "channel-3")}},
		shanghai: {ChainID: shanghai, Height: 200, Time: noon, Sides: []ends.Side{side(hangzhou, "channel-3", "channel-0")}},
	}
}

func waiting(status recognition.OutboxStatus, since time.Time) *ends.Waiting {
	return &ends.Waiting{Entry: recognition.OutboxEntry{Kind: recognition.RECORD_KIND_VOUCHER, Id: "330126112300012300004228", Status: status, Height: 7}, Since: since}
}

func TestJudgeWarnsOf(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func(look *monitor.Look, s *ends.Side)
		want  []string // of hangzhou, unless a chain is named
		says  string
	}{
		"nothing when all is well": {func(*monitor.Look, *ends.Side) {}, nil, ""},
		"a client near its expiry": {func(_ *monitor.Look, s *ends.Side) { s.Client.Told = noon.Add(-12 * 24 * time.Hour) }, []string{monitor.ClientExpires}, "expires in 2d0h"},
		"an expired client":        {func(_ *monitor.Look, s *ends.Side) { s.Client.Status = "Expired" }, []string{monitor.ClientExpired}, "council"},
		"a frozen client":          {func(_ *monitor.Look, s *ends.Side) { s.Client.Status = "Frozen" }, []string{monitor.ClientFrozen}, "two stories"},
		"a client that is not":     {func(_ *monitor.Look, s *ends.Side) { s.Client.Status = "Unknown" }, []string{monitor.ClientMissing}, "Unknown"},
		"a client in doubt": {func(_ *monitor.Look, s *ends.Side) {
			s.Doubt = &recognition.ClientDoubt{Ranges: []recognition.DoubtRange{{AboveHeight: 70}}}
		}, []string{monitor.ClientInDoubt}, "above height 70"},
		"a voucher in doubt of a recovered client": {func(_ *monitor.Look, s *ends.Side) {
			s.Doubt = &recognition.ClientDoubt{Ranges: []recognition.DoubtRange{{AboveHeight: 70, RecoveredHeight: 90}}}
			s.Theirs.Standings = []recognition.Standing{{Caveats: []recognition.Caveat{recognition.CAVEAT_SUSPECT}}}
		}, []string{monitor.ClientInDoubt}, "reaffirmed"},
		"not of a doubt that is over": {func(_ *monitor.Look, s *ends.Side) {
			s.Doubt = &recognition.ClientDoubt{Ranges: []recognition.DoubtRange{{AboveHeight: 70, RecoveredHeight: 90}}}
		}, nil, ""},
		"a closed channel":   {func(_ *monitor.Look, s *ends.Side) { s.Route.State = "STATE_CLOSED" }, []string{monitor.ChannelClosed}, "channel-0"},
		"a queue that grows": {func(_ *monitor.Look, s *ends.Side) { s.Ours.Count[recognition.OUTBOX_STATUS_QUEUED] = 11 }, []string{monitor.QueueGrows}, "11 records"},
		"a record that waits to be sent": {func(_ *monitor.Look, s *ends.Side) {
			s.Ours.OldestQueued = waiting(recognition.OUTBOX_STATUS_QUEUED, noon.Add(-11*time.Minute))
		}, []string{monitor.QueueOld}, "11m0s"},
		"a silent relayer": {func(_ *monitor.Look, s *ends.Side) {
			s.Ours.OldestPending = waiting(recognition.OUTBOX_STATUS_PENDING, noon.Add(-time.Hour))
		}, []string{monitor.RelayerSilent}, "1h0m"},
		"a packet of a block that is pruned": {func(_ *monitor.Look, s *ends.Side) {
			s.Ours.OldestPending = waiting(recognition.OUTBOX_STATUS_PENDING, time.Time{})
		}, []string{monitor.RelayerSilent}, "since height 7"},
		"not of a packet just sent": {func(_ *monitor.Look, s *ends.Side) {
			s.Ours.OldestPending = waiting(recognition.OUTBOX_STATUS_PENDING, noon.Add(-time.Minute))
		}, nil, ""},
		"a channel that leads elsewhere": {func(_ *monitor.Look, s *ends.Side) { s.Route.Far = "channel-9" }, []string{monitor.TermsDiffer}, "leads to their channel-9"},
		"one side without channel": {func(_ *monitor.Look, s *ends.Side) {
			s.Agreement.ChannelId, s.Route = "", ends.Route{State: ends.RouteNone}
		},
			[]string{monitor.TermsDiffer, shanghai + " " + monitor.TermsDiffer}, "the other none"},
		"an agreement that one side ended": {func(_ *monitor.Look, s *ends.Side) { s.Live = false },
			[]string{monitor.TermsDiffer, shanghai + " " + monitor.TermsDiffer}, "ended"},
		"no agreement there": {func(look *monitor.Look, _ *ends.Side) { look.Seen[shanghai].Sides = nil }, []string{monitor.TermsDiffer}, "no agreement with us"},
		"an end that they told, when only we are followed": {func(look *monitor.Look, s *ends.Side) {
			delete(look.Seen, shanghai)
			s.Told = &recognition.ToldTerms{Terms: recognition.Terms{Ended: true}}
		}, []string{monitor.TermsDiffer}, "they told"},
		"a chain that stands": {func(look *monitor.Look, _ *ends.Side) { look.Seen[hangzhou].Time = noon.Add(-3 * time.Minute) }, []string{monitor.ChainStands}, "3m0s old"},
		"a chain that does not answer": {func(look *monitor.Look, _ *ends.Side) {
			delete(look.Seen, hangzhou)
			look.Silent = map[string]error{hangzhou: errors.New("refused")}
		}, []string{monitor.Unreachable}, "refused"},
	} {
		t.Run(name, func(t *testing.T) {
			look := monitor.Look{At: noon, Seen: pair()}
			tc.spoil(&look, &look.Seen[hangzhou].Sides[0])
			var got []string
			for _, w := range monitor.Judge(look, limits(t)) {
				require.NotEmpty(t, w.Chinese)
				name := w.Name
				if w.Chain != hangzhou {
					name = w.Chain + " " + name
				}
				got = append(got, name)
				if w.Chain == hangzhou {
					require.Contains(t, w.English, tc.says)
				}
			}
			require.Equal(t, tc.want, got)
		})
	}
}

// fake is an end whose answers the test sets.
type fake struct {
	snapshot *ends.Snapshot
	err      error
}

func (f *fake) ask(context.Context) (*ends.Snapshot, error) { return f.snapshot, f.err }

// Every change is a line, every warning is told once when it comes and once when it is over.
func TestRoundsTellChanges(t *testing.T) {
	seen := pair()
	a, b := &fake{snapshot: seen[hangzhou]}, &fake{snapshot: seen[shanghai]}
	broken, stranger := &fake{err: errors.New("refused")}, &fake{snapshot: &ends.Snapshot{ChainID: "other-1"}}
	var out bytes.Buffer
	m := &monitor.Monitor{
		Limits: limits(t), Out: &out, Now: func() time.Time { return noon },
		Chains: []monitor.Chain{
			{ID: hangzhou, Nodes: []func(context.Context) (*ends.Snapshot, error){broken.ask, stranger.ask, a.ask}},
			{ID: shanghai, Nodes: []func(context.Context) (*ends.Snapshot, error){b.ask}},
		},
	}
	round := func(change func()) string {
		out.Reset()
		next := pair()
		a.snapshot, b.snapshot, b.err = next[hangzhou], next[shanghai], nil
		change()
		m.Round(t.Context())
		return out.String()
	}
	first := round(func() {})
	require.Equal(t, 2, strings.Count(first, "\n"), first)
	require.Contains(t, first, "2026-11-23 12:00:00  shugu-hangzhou-1 → shugu-shanghai-1: agreement live, channel open, client active")
	require.Empty(t, round(func() {}), "nothing has changed")
	pending := func() {
		a.snapshot.Sides[0].Ours.Count[recognition.OUTBOX_STATUS_PENDING] = 2
		a.snapshot.Sides[0].Ours.OldestPending = waiting(recognition.OUTBOX_STATUS_PENDING, noon.Add(-time.Hour))
	}
	late := round(pending)
	require.Contains(t, late, "ours-pending 0 → 2")
	require.Contains(t, late, "WARNING 警告 shugu-hangzhou-1 → shugu-shanghai-1 relayer-silent")
	require.Empty(t, round(pending), "it was told")
	over := round(func() { a.snapshot.Sides[0].Ours.Count[recognition.OUTBOX_STATUS_RECOGNISED] = 2 })
	require.Contains(t, over, "ours-pending 2 → 0, ours-recognised 0 → 2")
	require.Contains(t, over, "over 解除 shugu-hangzhou-1 → shugu-shanghai-1 relayer-silent")
	gone := round(func() { b.snapshot, b.err = nil, errors.New("refused") })
	require.Contains(t, gone, "shugu-shanghai-1 unreachable")
}

// TestRunbooksNameEveryWarning holds the runbooks to the monitor's warnings.
func TestRunbooksNameEveryWarning(t *testing.T) {
	raw, err := os.ReadFile("../../../docs/operators/recognition.md")
	require.NoError(t, err)
	for _, name := range []string{
		monitor.Unreachable, monitor.ChainStands, monitor.ClientExpires, monitor.ClientExpired, monitor.ClientFrozen, monitor.ClientMissing,
		monitor.ClientInDoubt, monitor.ChannelClosed, monitor.QueueGrows, monitor.QueueOld, monitor.RelayerSilent, monitor.TermsDiffer,
	} {
		require.Contains(t, string(raw), "`"+name+"`")
	}
}

// Every metric that an alert names exists, and every alert names a section of the runbooks.
func TestAlertsNameMetricsThatExist(t *testing.T) {
	raw, err := os.ReadFile("../../../docs/operators/alerts.yaml")
	require.NoError(t, err)
	var file struct {
		Groups []struct {
			Name  string `yaml:"name"`
			Rules []struct {
				Alert       string            `yaml:"alert"`
				Expr        string            `yaml:"expr"`
				For         string            `yaml:"for"`
				Labels      map[string]string `yaml:"labels"`
				Annotations map[string]string `yaml:"annotations"`
			} `yaml:"rules"`
		} `yaml:"groups"`
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	require.NoError(t, dec.Decode(&file))
	metric := regexp.MustCompile(`shugu_[a-z_]+`)
	require.Len(t, file.Groups, 2)
	for i, of := range []struct {
		group, runbooks string
		names           []string
	}{
		{"shugu-recognition", "recognition.md", monitor.Names()},
		{"shugu-node", "README.md", []string{invariants.MetricHeight, invariants.MetricBroken}},
	} {
		require.Equal(t, of.group, file.Groups[i].Name)
		require.NotEmpty(t, file.Groups[i].Rules)
		runbooks, err := os.ReadFile("../../../docs/operators/" + of.runbooks)
		require.NoError(t, err)
		for _, rule := range file.Groups[i].Rules {
			named := metric.FindAllString(rule.Expr, -1)
			require.NotEmpty(t, named, rule.Alert)
			require.Subset(t, of.names, named, rule.Alert)
			require.Contains(t, string(runbooks), "\n## "+rule.Annotations["runbook"]+"\n", rule.Alert)
		}
	}
}

func TestMetricsAreServed(t *testing.T) {
	m := monitor.NewMetrics()
	serve := func() string {
		response := httptest.NewRecorder()
		m.Handler().ServeHTTP(response, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		return response.Body.String()
	}
	look := monitor.Look{At: noon, Seen: pair()}
	side := &look.Seen[hangzhou].Sides[0]
	side.Ours.Count[recognition.OUTBOX_STATUS_PENDING] = 3
	side.Ours.OldestPending = waiting(recognition.OUTBOX_STATUS_PENDING, noon.Add(-time.Hour))
	side.Ours.Backoff = &recognition.Backoff{Failures: 4}
	side.Doubt = &recognition.ClientDoubt{Ranges: []recognition.DoubtRange{{AboveHeight: 70}}}
	m.Set(look, monitor.Judge(look, limits(t)))
	served := serve()
	const of = `{chain="shugu-hangzhou-1",counterparty="shugu-shanghai-1"`
	for _, line := range []string{
		`shugu_recognition_up{chain="shugu-hangzhou-1"} 1`, "pending_oldest_seconds" + of + "} 3600", "send_failures" + of + "} 4",
		"records" + of + `,status="pending"} 3`, "client_in_doubt" + of + "} 1", "client_active" + of + "} 1",
		"warning" + of + `,name="relayer-silent"} 1`,
	} {
		require.Contains(t, served, line)
	}
	for _, name := range monitor.Names() {
		require.Contains(t, served, "# HELP "+name+" ")
	}
	m.Set(monitor.Look{At: noon, Seen: map[string]*ends.Snapshot{}, Silent: map[string]error{hangzhou: errors.New("refused")}}, nil)
	served = serve()
	require.Contains(t, served, `shugu_recognition_up{chain="shugu-hangzhou-1"} 0`)
	require.NotContains(t, served, "relayer-silent", "warnings that are over are gone")
}
