package ends

import (
	"time"

	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// View is a snapshot as `-o json` prints it; a public interface.
type View struct {
	ChainID string     `json:"chain_id"`
	Height  int64      `json:"height"`
	Time    time.Time  `json:"time"`
	Sides   []SideView `json:"sides"`
}

// SideView is one side of it.
type SideView struct {
	ChainID   string                 `json:"chain_id"`
	Live      bool                   `json:"live"`
	Agreement recognition.Agreement  `json:"agreement"`
	Told      *recognition.ToldTerms `json:"told,omitempty"`
	Client    ClientView             `json:"client"`
	Channel   ChannelView            `json:"channel"`
	Ours      OursView               `json:"ours"`
	Theirs    TheirsView             `json:"theirs"`
}

// ClientView is the light client.
type ClientView struct {
	ID           string                   `json:"id"`
	Status       string                   `json:"status"`
	LatestHeight uint64                   `json:"latest_height"`
	Expires      *time.Time               `json:"expires,omitempty"`
	Doubt        *recognition.ClientDoubt `json:"doubt,omitempty"`
}

// ChannelView is the route.
type ChannelView struct {
	ID    string `json:"id,omitempty"`
	State string `json:"state"`
	Far   string `json:"far,omitempty"`
}

// OursView counts our records there.
type OursView struct {
	// Count by status: "RECOGNISED", "PENDING" and so on.
	Count         map[string]int            `json:"count"`
	OldestPending *WaitingView              `json:"oldest_pending,omitempty"`
	OldestQueued  *WaitingView              `json:"oldest_queued,omitempty"`
	Backoff       *recognition.Backoff      `json:"backoff,omitempty"`
	Refused       []recognition.OutboxEntry `json:"refused,omitempty"`
	// Vouchers of ours that stand there or timed out, the latest first.
	Vouchers []StandsView `json:"vouchers,omitempty"`
}

// StandsView is one voucher of ours there.
type StandsView struct {
	Number string     `json:"number"`
	Status string     `json:"status"`
	Height int64      `json:"height"`
	Since  *time.Time `json:"since,omitempty"`
}

// WaitingView is a record that waits.
type WaitingView struct {
	Kind   string     `json:"kind"`
	ID     string     `json:"id"`
	Height int64      `json:"height"`
	Since  *time.Time `json:"since,omitempty"`
}

// TheirsView counts and lists their records here.
type TheirsView struct {
	Vouchers    int            `json:"vouchers"`
	ByProof     int            `json:"by_proof"`
	Settlements int            `json:"settlements"`
	Standings   []StandingView `json:"standings,omitempty"`
}

// StandingView is one voucher's.
type StandingView struct {
	Number     string               `json:"number"`
	Usable     bool                 `json:"usable"`
	Caveats    []string             `json:"caveats,omitempty"`
	AsOfHeight int64                `json:"as_of_height"`
	AsOfTime   time.Time            `json:"as_of_time"`
	Evidence   recognition.Evidence `json:"evidence"`
}

// View makes the JSON form.
func (s *Snapshot) View() View {
	out := View{ChainID: s.ChainID, Height: s.Height, Time: s.Time.UTC(), Sides: []SideView{}}
	for i := range s.Sides {
		out.Sides = append(out.Sides, s.Sides[i].view())
	}
	return out
}

func (s *Side) view() SideView {
	return SideView{
		ChainID: s.Agreement.ChainId, Live: s.Live, Agreement: s.Agreement, Told: s.Told,
		Client: ClientView{
			ID: s.Agreement.ClientId, Status: s.Client.Status, LatestHeight: s.Client.Latest.RevisionHeight, Expires: known(s.Client.Expires()), Doubt: s.Doubt,
		},
		Channel: ChannelView{ID: s.Agreement.ChannelId, State: s.Route.State, Far: s.Route.Far},
		Ours:    s.Ours.view(), Theirs: s.Theirs.view(),
	}
}

func (o *Ours) view() OursView {
	out := OursView{Count: map[string]int{}, OldestPending: o.OldestPending.view(), OldestQueued: o.OldestQueued.view(), Backoff: o.Backoff, Refused: o.Refused}
	for _, v := range o.Vouchers {
		out.Vouchers = append(out.Vouchers, StandsView{
			Number: v.Entry.Id, Status: short(v.Entry.Status.String(), "OUTBOX_STATUS_"), Height: v.Entry.Height, Since: known(v.Since),
		})
	}
	for status, n := range o.Count {
		out.Count[short(status.String(), "OUTBOX_STATUS_")] = n
	}
	return out
}

func (w *Waiting) view() *WaitingView {
	if w == nil {
		return nil
	}
	return &WaitingView{Kind: short(w.Entry.Kind.String(), "RECORD_KIND_"), ID: w.Entry.Id, Height: w.Entry.Height, Since: known(w.Since)}
}

func (t *Theirs) view() TheirsView {
	out := TheirsView{Vouchers: t.Vouchers, ByProof: t.ByProof, Settlements: t.Settlements}
	for _, s := range t.Standings {
		view := StandingView{
			Number: s.Voucher.Id, Usable: s.Usable, AsOfHeight: s.AsOfHeight, AsOfTime: time.Unix(s.AsOfTime, 0).UTC(), Evidence: s.Voucher.Evidence,
		}
		for _, c := range s.Caveats {
			view.Caveats = append(view.Caveats, short(c.String(), "CAVEAT_"))
		}
		out.Standings = append(out.Standings, view)
	}
	return out
}

// known is nil for the zero time.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func short(name, prefix string) string { return name[min(len(prefix), len(name)):] }
