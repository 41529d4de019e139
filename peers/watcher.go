package peers

import (
	"context"
	"errors"
	"strings"
	"time"
)

// ErrRefused is wrapped by the error of a peer that may not be connected. Any
// other error leaves open whether it may.
var ErrRefused = errors.New("peer is refused")

// Switch is what connects a node with others. Its methods return at once.
type Switch interface {
	// Connected lists the ids of the peers that are connected now.
	Connected() []string
	// Drop ends the connection with a peer; nothing happens when there is none.
	Drop(id string)
	// Dial connects with "id@host:port", unless it is connected or being dialled.
	Dial(address string) error
}

// Logger is told what happens, with pairs of key and value.
type Logger interface {
	Info(msg string, pairs ...any)
	Warn(msg string, pairs ...any)
	Error(msg string, pairs ...any)
}

// Watcher looks after the connections of a node.
type Watcher struct {
	Switch Switch
	Logger Logger
	// Standing returns nil for a peer that may be connected now, by the last
	// committed state, and wraps ErrRefused for one that may not.
	Standing func(id string) error
	// Height is that of the last committed block.
	Height func() int64
	// Self is the node's own id.
	Self string
	// Persistent peers, each "id@host:port".
	Persistent []string
	// Every is how often the height is asked for.
	Every time.Duration
	// RedialEvery is how long a persistent peer that is not connected is left alone
	// before it is dialled again. The switch itself gives up after a day, and at
	// once when our own filter had refused the peer.
	RedialEvery time.Duration
}

// watch is what a running Watcher remembers.
type watch struct {
	*Watcher
	refused  map[string]bool      // persistent peers that were refused when last asked
	dialled  map[string]time.Time // when persistent peers were last dialled or connected
	outsider bool                 // the node itself was refused when last asked
}

// Run watches until the context ends: after each block, and in between as often as
// persistent peers are to be dialled.
func (w *Watcher) Run(ctx context.Context) {
	run := w.watch(time.Now())
	tick := time.NewTicker(w.Every)
	defer tick.Stop()
	height, looked := int64(-1), time.Time{}
	for {
		if now, h := time.Now(), w.Height(); h != height || now.Sub(looked) >= w.RedialEvery {
			run.look(now)
			height, looked = h, now
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// watch begins when the switch has dialled all persistent peers for the first time.
func (w *Watcher) watch(now time.Time) *watch {
	run := &watch{Watcher: w, refused: map[string]bool{}, dialled: map[string]time.Time{}}
	for _, address := range w.Persistent {
		run.dialled[idOf(address)] = now
	}
	return run
}

// look asks for every peer once.
func (w *watch) look(now time.Time) {
	w.lookAtSelf()
	connected := map[string]bool{}
	for _, id := range w.Switch.Connected() {
		switch err := w.Standing(id); {
		case err == nil:
			connected[id] = true
		case errors.Is(err, ErrRefused):
			w.Logger.Warn("dropped a peer", "peer", id, "height", w.Height(), "reason", err)
			w.Switch.Drop(id)
		default:
			w.Logger.Error("cannot tell whether a connected peer is admitted; it stays", "peer", id, "err", err)
			connected[id] = true
		}
	}
	for _, address := range w.Persistent {
		w.lookAfter(address, connected, now)
	}
}

// lookAfter dials a persistent peer that may be connected and is not.
func (w *watch) lookAfter(address string, connected map[string]bool, now time.Time) {
	id := idOf(address)
	if connected[id] {
		w.dialled[id], w.refused[id] = now, false
		return
	}
	if err := w.Standing(id); err != nil {
		w.refused[id] = w.refused[id] || errors.Is(err, ErrRefused)
		return
	}
	if !w.refused[id] && now.Sub(w.dialled[id]) < w.RedialEvery {
		return
	}
	if w.refused[id] {
		w.Logger.Info("a persistent peer is admitted; dialling it", "peer", address)
	}
	w.dialled[id], w.refused[id] = now, false
	if err := w.Switch.Dial(address); err != nil {
		w.Logger.Error("cannot dial a persistent peer", "peer", address, "err", err)
	}
}

// lookAtSelf tells the operator when the other nodes refuse this one: all that it
// sees of that otherwise are closed connections.
func (w *watch) lookAtSelf() {
	err := w.Standing(w.Self)
	switch refused := errors.Is(err, ErrRefused); {
	case refused && !w.outsider:
		w.Logger.Error("this node is not admitted: other nodes refuse it", "node", w.Self, "height", w.Height(), "reason", err)
		w.outsider = true
	case err == nil && w.outsider:
		w.Logger.Info("this node is admitted", "node", w.Self, "height", w.Height())
		w.outsider = false
	}
}

// idOf is the id in "id@host:port".
func idOf(address string) string {
	id, _, _ := strings.Cut(address, "@")
	return id
}
