package keeper_test

import (
	"context"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// model is three chains, each joined to the others by channels that lose packets, deliver
// them in any order and at any time, and can be given up for new ones. As IBC core does
// it, each packet is either received and answered once, or timed out once, or, on a
// channel that is dead, neither. What was received or answered may come again at any time
// all the same, which core would not let pass; nobody hears what is answered then.
type model struct{ sides []*side }

// side is one of the chains.
type side struct {
	*world.World
	name     string
	vouchers []vouchertypes.Voucher
	versions map[string]uint64
	seen     int // packets of IBC.Sent that are in flight or beyond
	links    map[string]*link
}

// link is the way from one chain to another.
type link struct {
	client, channel string
	// flight are packets that wait to be delivered or lost, answers those that were
	// received. dead is what nobody will ever answer.
	flight  []channeltypes.Packet
	answers []answered
	dead    map[string]bool
	// received and told are the packets and answers that may come again.
	received []channeltypes.Packet
	told     []answered
}

type answered struct {
	packet channeltypes.Packet
	ack    []byte
}

func newModel(t *testing.T) *model {
	m := &model{}
	for _, name := range []string{world.Home, world.Away, "shugu-beijing-1"} {
		m.sides = append(m.sides, &side{World: world.New(t, name), name: name, versions: map[string]uint64{}, links: map[string]*link{}})
	}
	for i, a := range m.sides {
		for _, b := range m.sides[:i] {
			a.links[b.name], b.links[a.name] = &link{dead: map[string]bool{}}, &link{dead: map[string]bool{}}
			m.open(a, b)
			a.agree(t, b.name)
			b.agree(t, a.name)
		}
	}
	return m
}

// open joins two chains by a new channel over new clients.
func (m *model) open(a, b *side) {
	ab, ba := a.links[b.name], b.links[a.name]
	ab.client, ab.channel = a.IBC.Open(b.name)
	ba.client, ba.channel = b.IBC.Open(a.name)
	a.IBC.Change(ab.channel, func(c *channeltypes.Channel) { c.Counterparty.ChannelId = ba.channel })
	b.IBC.Change(ba.channel, func(c *channeltypes.Channel) { c.Counterparty.ChannelId = ab.channel })
}

func (m *model) side(name string) *side {
	for _, s := range m.sides {
		if s.name == name {
			return s
		}
	}
	panic(name)
}

// draw picks a chain and one that it is joined to.
func (m *model) draw(t *rapid.T) (*side, *side) {
	i := rapid.IntRange(0, 2).Draw(t, "from")
	return m.sides[i], m.sides[(i+rapid.IntRange(1, 2).Draw(t, "to"))%3]
}

func (m *model) actions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"issue and present": func(t *rapid.T) {
			s, to := m.draw(t)
			v := s.Book.Issue()
			s.vouchers = append(s.vouchers, v)
			s.present(t, v, to.name)
		},
		"present again": func(t *rapid.T) {
			s, to := m.draw(t)
			if len(s.vouchers) > 0 {
				s.present(t, rapid.SampledFrom(s.vouchers).Draw(t, "voucher"), to.name)
			}
		},
		"change a status": func(t *rapid.T) {
			s, _ := m.draw(t)
			if len(s.vouchers) > 0 {
				s.changeStatus(t, rapid.SampledFrom(s.vouchers).Draw(t, "voucher").Number)
			}
		},
		"end a block": func(t *rapid.T) { s, _ := m.draw(t); m.endBlock(t, s) },
		"reverse":     m.reverse,
		"reverse 2":   m.reverse,
		"reverse 3":   m.reverse,
		"deliver": func(t *rapid.T) {
			s, to := m.draw(t)
			if n := len(s.links[to.name].flight); n > 0 {
				m.deliver(t, s, to, rapid.IntRange(0, n-1).Draw(t, "packet"))
			}
		},
		"lose": func(t *rapid.T) {
			s, to := m.draw(t)
			if l := s.links[to.name]; len(l.flight) > 0 {
				packet := take(&l.flight, rapid.IntRange(0, len(l.flight)-1).Draw(t, "packet"))
				require.NoError(t, s.Keeper.TimeOut(s.Ctx, world.Sent(packet)))
			}
		},
		"answer": func(t *rapid.T) {
			s, to := m.draw(t)
			if n := len(s.links[to.name].answers); n > 0 {
				s.answer(t, to.name, rapid.IntRange(0, n-1).Draw(t, "answer"))
			}
		},
		"deliver again": m.deliverAgain,
		"answer again":  m.answerAgain,
		"answer in a way that cannot be read": func(t *rapid.T) {
			s, to := m.draw(t)
			if l := s.links[to.name]; len(l.answers) > 0 {
				l.answers[0].ack = []byte("what?")
				s.answer(t, to.name, 0)
			}
		},
		"client expires or recovers": func(t *rapid.T) {
			s, to := m.draw(t)
			s.IBC.Status[s.links[to.name].client] = rapid.SampledFrom([]exported.Status{exported.Active, exported.Expired}).Draw(t, "status")
		},
		"agreement ends": func(t *rapid.T) {
			s, to := m.draw(t)
			// It may have ended before.
			_, _ = s.Msgs.EndAgreement(s.Ctx, &types.MsgEndAgreement{Signer: keys.Bech32(world.Council), ChainId: to.name, Reason: "over"})
		},
		"agreement is set": func(t *rapid.T) {
			s, to := m.draw(t)
			if s.IBC.Status[s.links[to.name].client] == exported.Active {
				s.agree(t, to.name)
			}
		},
		"channel dies and a new one is agreed": func(t *rapid.T) {
			s, to := m.draw(t)
			m.kill(s, to)
			m.open(s, to)
			s.agree(t, to.name)
			if rapid.Bool().Draw(t, "both know") {
				to.agree(t, s.name)
			}
		},
		"": m.check,
	}
}

// kill loses a channel with all that is under way on it, for good.
func (m *model) kill(a, b *side) {
	for _, l := range []*link{a.links[b.name], b.links[a.name]} {
		l.dead[l.channel] = true
		l.flight, l.answers = nil, nil
	}
}

func (s *side) agree(t require.TestingT, peer string) {
	l := s.links[peer]
	_, err := s.Msgs.SetAgreement(s.Ctx, &types.MsgSetAgreement{Signer: keys.Bech32(world.Council), Agreement: world.Agreement(peer, l.client, l.channel)})
	require.NoError(t, err)
}

// present may find no live agreement; then nothing happens.
func (s *side) present(t *rapid.T, v vouchertypes.Voucher, peer string) {
	_, err := s.Msgs.Present(s.Ctx, &types.MsgPresent{Signer: keys.Bech32(world.Seller), Voucher: v.Number, ChainId: peer})
	if err != nil {
		require.ErrorIs(t, err, types.ErrNoAgreement)
	}
}

func (s *side) changeStatus(t *rapid.T, number string) {
	s.versions[number]++
	s.Book.PutStatus(number, s.versions[number], uint32(s.versions[number])%16)
	require.NoError(t, s.Keeper.StatusChanged(s.Ctx, number))
}

func (m *model) endBlock(t *rapid.T, s *side) {
	require.NoError(t, s.Keeper.Flush(s.Ctx))
	for _, p := range s.IBC.Sent[s.seen:] {
		for _, l := range s.links {
			if l.channel == p.SourceChannel {
				l.flight = append(l.flight, p)
			}
		}
	}
	s.seen = len(s.IBC.Sent)
	s.Advance(time.Second)
}

func (m *model) deliver(t *rapid.T, s, to *side, i int) {
	l := s.links[to.name]
	packet := take(&l.flight, i)
	// As core does it: what is written is kept only if the acknowledgement is a success.
	attempt, write := to.Ctx.CacheContext()
	ack, err := to.Keeper.Receive(attempt, world.Received(packet))
	require.NoError(t, err)
	if ack.Success() {
		write()
	}
	l.answers = append(l.answers, answered{packet, ack.Acknowledgement()})
	l.received = append(l.received, packet)
}

func (s *side) answer(t *rapid.T, peer string, i int) {
	l := s.links[peer]
	a := take(&l.answers, i)
	require.NoError(t, s.Keeper.Acknowledge(s.Ctx, world.Sent(a.packet), a.ack))
	l.told = append(l.told, a)
}

// check: state is consistent, nothing is lost, and what the origin takes for recognised
// stands at the destination with the digest of the origin's bytes.
func (m *model) check(t *rapid.T) {
	for _, s := range m.sides {
		require.NoError(t, s.Keeper.Check(s.Ctx))
		for _, e := range s.outbox(t) {
			require.NotEqual(t, types.OUTBOX_STATUS_SET_ASIDE, e.Status)
			switch e.Status {
			case types.OUTBOX_STATUS_PENDING:
				require.True(t, s.links[e.ChainId].waits(e), "%s %s waits for an answer to packet %d, which is none", e.Kind, e.Id, e.Sequence)
			case types.OUTBOX_STATUS_RECOGNISED:
				m.checkRecognised(t, s, e)
			}
		}
	}
}

// waits says whether an entry can be answered, or is on a channel that died.
func (l *link) waits(e types.OutboxEntry) bool {
	if l.dead[e.ChannelId] {
		return true
	}
	for _, p := range l.flight {
		if p.Sequence == e.Sequence {
			return true
		}
	}
	for _, a := range l.answers {
		if a.packet.Sequence == e.Sequence {
			return true
		}
	}
	return false
}

func (m *model) checkRecognised(t *rapid.T, s *side, e types.OutboxEntry) {
	to := m.side(e.ChainId)
	switch e.Kind {
	case types.RECORD_KIND_TERMS:
		res, err := to.Queries.Agreement(to.Ctx, &types.QueryAgreementRequest{ChainId: s.name})
		require.NoError(t, err)
		require.GreaterOrEqual(t, res.Told.Terms.Revision, e.StatusVersion)
		return
	case types.RECORD_KIND_STATUS:
		res, err := to.Queries.ForeignStatus(to.Ctx, &types.QueryForeignStatusRequest{ChainId: s.name, Number: e.Id})
		require.NoError(t, err)
		require.GreaterOrEqual(t, res.Detail.Version, e.StatusVersion)
		value, detail := world.Status(e.Id, res.Detail.Version, uint32(res.Detail.Version)%16)
		require.Equal(t, value, res.Status.Value)
		require.Equal(t, detail, res.Status.Detail)
		return
	}
	read := s.Book.VoucherBytes
	if e.Kind == types.RECORD_KIND_SETTLEMENT {
		read = s.Book.RecordBytes
	}
	value, err := read(context.Background(), e.Id)
	require.NoError(t, err)
	digest := sha256.Sum256(value)
	res, err := to.Queries.Recognised(to.Ctx, &types.QueryRecognisedRequest{ChainId: s.name, Kind: e.Kind, Id: e.Id})
	require.NoError(t, err)
	require.Equal(t, digest[:], res.Recognised.Digest)
}

func (s *side) outbox(t *rapid.T) []types.OutboxEntry {
	g, err := s.Keeper.ExportGenesis(s.Ctx)
	require.NoError(t, err)
	return g.Outbox
}

func take[T any](items *[]T, i int) T {
	item := (*items)[i]
	*items = append((*items)[:i:i], (*items)[i+1:]...)
	return item
}

// Whatever was lost, delayed, reordered or answered in vain, all chains end equal: every
// status stands everywhere, though most vouchers were presented to one chain only, and
// once everything has been presented again everything is recognised.
func TestModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := newModel(t)
		rt.Repeat(m.actions())
		m.settle(rt)
		m.check(rt)
		m.requireEqualStatuses(rt)
		for _, s := range m.sides {
			for _, peer := range m.sides {
				for _, v := range s.vouchers {
					if peer != s {
						s.present(rt, v, peer.name)
					}
				}
			}
		}
		m.settle(rt)
		m.requireEqualStatuses(rt)
		for _, s := range m.sides {
			for _, e := range s.outbox(rt) {
				require.Equal(rt, types.OUTBOX_STATUS_RECOGNISED, e.Status)
			}
			for _, v := range s.vouchers {
				for _, peer := range m.sides {
					if peer != s {
						require.NotNil(rt, peer.standing(rt, s.name, v.Number).Settlement)
					}
				}
			}
		}
	})
}

func (m *model) requireEqualStatuses(t *rapid.T) {
	for _, s := range m.sides {
		for number, version := range s.versions {
			for _, peer := range m.sides {
				if peer != s {
					require.Equal(t, version, peer.standing(t, s.name, number).Detail.Version)
				}
			}
		}
	}
}

func (s *side) standing(t *rapid.T, chain, number string) types.Standing {
	res, err := s.Queries.Standing(s.Ctx, &types.QueryStandingRequest{Number: number})
	require.NoError(t, err)
	for _, standing := range res.Standings {
		if standing.ChainId == chain {
			return standing
		}
	}
	require.Fail(t, "nothing known", "%s of %s at %s", number, chain, s.name)
	return types.Standing{}
}
