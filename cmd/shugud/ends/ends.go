// Package ends looks at recognition from one chain: how its records stand abroad, what
// of others stands on it, and whether the way between them is open. A person reads it as
// text, the monitor compares it over time and between chains.
package ends

import (
	"time"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"

	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// Snapshot is one chain's end of everything, after one block.
type Snapshot struct {
	ChainID string
	Height  int64
	Time    time.Time
	// Sides, ascending by chain id: one for each agreement, ended ones too.
	Sides []Side
}

// Side returns the side towards a chain, or nil.
func (s *Snapshot) Side(chain string) *Side {
	for i := range s.Sides {
		if s.Sides[i].Agreement.ChainId == chain {
			return &s.Sides[i]
		}
	}
	return nil
}

// Side is a chain's side towards one counterparty.
type Side struct {
	Agreement recognition.Agreement
	// Live as the chain judges it.
	Live bool
	// Told is what the counterparty told that it recognises of us; nil until it did.
	Told   *recognition.ToldTerms
	Client Client
	Doubt  *recognition.ClientDoubt
	Route  Route
	Ours   Ours
	Theirs Theirs
}

// Client is the light client of the counterparty here.
type Client struct {
	// Status in ibc-go's words: Active, Expired, Frozen, Unknown.
	Status string
	// Latest is the latest height that it was told, and Told that header's time.
	Latest         clienttypes.Height
	Told           time.Time
	TrustingPeriod time.Duration
}

// Expires is when the client expires unless it is updated; the zero time when nothing is known of it.
func (c Client) Expires() time.Time {
	if c.Told.IsZero() {
		return time.Time{}
	}
	return c.Told.Add(c.TrustingPeriod)
}

// Route is the agreement's channel.
type Route struct {
	// State of our end: "STATE_OPEN" and so on, "none" without a channel, "missing" when the chain has no such one.
	State string
	// Far is the counterparty's end of it.
	Far string
}

// States of a route that ibc-go does not name.
const (
	RouteNone    = "none"
	RouteMissing = "missing"
	RouteOpen    = "STATE_OPEN"
)

// Ours is how our records stand at the counterparty.
type Ours struct {
	// Count by status.
	Count map[recognition.OutboxStatus]int
	// OldestPending and OldestQueued wait the longest; nil when none waits.
	OldestPending, OldestQueued *Waiting
	// Vouchers lists those that stand there, or timed out, the latest first, each with when it came to that.
	Vouchers []Waiting
	// Refused lists the first records that were refused or set aside.
	Refused []recognition.OutboxEntry
	Backoff *recognition.Backoff
}

// Waiting is a record that waits or stands there, and since when: the zero time when the node has pruned
// the block of its last change.
type Waiting struct {
	Entry recognition.OutboxEntry
	Since time.Time
}

// Theirs is what of the counterparty stands here.
type Theirs struct {
	// Vouchers and Settlements count what was recognised.
	Vouchers, Settlements int
	// ByProof counts the vouchers that no packet brought.
	ByProof int
	// Latest is when something of theirs last came to stand here; the zero time when nothing did.
	Latest time.Time
	// Standings of the first vouchers, ascending by number.
	Standings []recognition.Standing
}
