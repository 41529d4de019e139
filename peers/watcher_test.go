package peers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// net is a switch, a state and a log that tests look into.
type net struct {
	mu        sync.Mutex
	connected []string
	dialled   []string
	dropped   []string
	said      []string
	standing  map[string]error
	dialFails error

	height atomic.Int64
}

func (n *net) Connected() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.connected)
}

func (n *net) Drop(id string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.dropped = append(n.dropped, id)
	n.connected = slices.DeleteFunc(n.connected, func(c string) bool { return c == id })
}

func (n *net) Dial(address string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.dialled = append(n.dialled, address)
	return n.dialFails
}

func (n *net) say(level, msg string, pairs []any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.said = append(n.said, fmt.Sprint(append([]any{level, " ", msg, " "}, pairs...)...))
}

func (n *net) Info(msg string, pairs ...any)  { n.say("info", msg, pairs) }
func (n *net) Warn(msg string, pairs ...any)  { n.say("warn", msg, pairs) }
func (n *net) Error(msg string, pairs ...any) { n.say("error", msg, pairs) }

func (n *net) ask(id string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.standing[id]
}

func (n *net) set(id string, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.standing[id] = err
}

// take returns what was dropped and dialled since it was last called.
func (n *net) take() (dropped, dialled []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	dropped, dialled, n.dropped, n.dialled = n.dropped, n.dialled, nil, nil
	return dropped, dialled
}

func newNet(connected ...string) (*net, *Watcher) {
	n := &net{connected: connected, standing: map[string]error{}}
	return n, &Watcher{
		Switch: n, Logger: n, Standing: n.ask, Height: n.height.Load, Self: "self",
		Persistent: []string{"a@10.0.0.1:26656", "b@10.0.0.2:26656"}, Every: time.Millisecond, RedialEvery: 10 * time.Second,
	}
}

var (
	errNotListed = fmt.Errorf("%w: not on the list", ErrRefused)
	start        = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
)

func after(seconds int) time.Time { return start.Add(time.Duration(seconds) * time.Second) }

func TestLookDropsWhoIsRefused(t *testing.T) {
	n, w := newNet("a", "b", "guest")
	run := w.watch(start)
	run.look(start)
	dropped, dialled := n.take()
	require.Empty(t, dropped)
	require.Empty(t, dialled)

	n.set("guest", errNotListed)
	n.set("b", errNotListed)
	run.look(after(1))
	dropped, dialled = n.take()
	require.Equal(t, []string{"b", "guest"}, dropped)
	require.Empty(t, dialled, "what is refused is not dialled")
	require.Contains(t, n.said[0], "warn dropped a peer")
	require.Contains(t, n.said[0], "not on the list")
}

// A state that cannot be read makes nobody drop all peers.
func TestLookKeepsWhomItCannotTell(t *testing.T) {
	n, w := newNet("a", "b")
	n.set("a", errors.New("disk"))
	run := w.watch(start)
	run.look(after(60))
	dropped, dialled := n.take()
	require.Empty(t, dropped)
	require.Empty(t, dialled)
	require.Contains(t, n.said[0], "cannot tell")
}

func TestLookDialsAPersistentPeerThatIsAdmittedAgain(t *testing.T) {
	n, w := newNet("a", "b")
	run := w.watch(start)
	n.set("a", errNotListed)
	run.look(after(1))
	n.take()
	n.set("a", nil)
	run.look(after(2))
	_, dialled := n.take()
	require.Equal(t, []string{"a@10.0.0.1:26656"}, dialled, "at once")
	run.look(after(3))
	_, dialled = n.take()
	require.Empty(t, dialled, "being dialled")
}

// Whatever the switch gave up, a persistent peer is dialled again after a while.
func TestLookDialsAPersistentPeerThatStaysAway(t *testing.T) {
	n, w := newNet("a")
	n.dialFails = errors.New("no route")
	run := w.watch(start)
	run.look(after(9))
	_, dialled := n.take()
	require.Empty(t, dialled, "the switch dials by itself at first")
	for _, second := range []int{10, 20} {
		run.look(after(second))
		run.look(after(second + 9))
		_, dialled = n.take()
		require.Equal(t, []string{"b@10.0.0.2:26656"}, dialled)
	}
	require.Contains(t, n.said[0], "no route")
	n.set("b", errors.New("disk"))
	run.look(after(40))
	_, dialled = n.take()
	require.Empty(t, dialled, "nobody can tell whether it is admitted")
}

// The operator of a node that others refuse learns it from its own log, once.
func TestLookTellsTheNodesOwnStanding(t *testing.T) {
	n, w := newNet("a", "b")
	run := w.watch(start)
	for _, err := range []error{errNotListed, errNotListed, errors.New("disk"), nil, nil, errNotListed} {
		n.set("self", err)
		run.look(start)
	}
	require.Len(t, n.said, 3)
	require.Contains(t, n.said[0], "error this node is not admitted")
	require.Contains(t, n.said[1], "info this node is admitted")
	require.Contains(t, n.said[2], "error this node is not admitted")
}

// Run looks after every block, and ends with its context.
func TestRunLooksAfterEachBlock(t *testing.T) {
	n, w := newNet("a", "b", "guest")
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.Run(ctx)
	}()
	n.set("guest", errNotListed)
	n.height.Add(1)
	require.Eventually(t, func() bool { return !slices.Contains(n.Connected(), "guest") }, time.Minute, time.Millisecond)
	n.set("a", errNotListed)
	n.height.Add(1)
	require.Eventually(t, func() bool { return len(n.Connected()) == 1 }, time.Minute, time.Millisecond)
	n.set("a", nil)
	n.height.Add(1)
	require.Eventually(t, func() bool { _, dialled := n.take(); return len(dialled) == 1 }, time.Minute, time.Millisecond)
	cancel()
	<-done
}

// Without blocks, as on a chain that stands still, it looks as often as it dials.
func TestRunLooksWithoutBlocks(t *testing.T) {
	n, w := newNet("a", "b", "guest")
	w.RedialEvery = 5 * time.Millisecond
	go w.Run(t.Context())
	n.set("guest", errNotListed)
	require.Eventually(t, func() bool { return !slices.Contains(n.Connected(), "guest") }, time.Minute, time.Millisecond)
}
