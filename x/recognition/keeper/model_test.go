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

// side is one of two chains that present to each other.
type side struct {
	*world.World
	name, peer string
	vouchers   []vouchertypes.Voucher
	versions   map[string]uint64
	seen       int // packets of IBC.Sent that are in flight or beyond
	// flight are packets that wait to be delivered or lost, answers those that were received.
	flight  []channeltypes.Packet
	answers []answered
}

type answered struct {
	packet channeltypes.Packet
	ack    []byte
}

// model is two chains joined by a channel that loses packets and delivers in any
// order, as IBC core does: each packet is either received and answered once, or timed out once.
type model struct{ sides [2]*side }

func newModel(t *testing.T) *model {
	m := &model{}
	for i, names := range [][2]string{{world.Home, world.Away}, {world.Away, world.Home}} {
		s := &side{World: world.New(t, names[0]), name: names[0], peer: names[1], versions: map[string]uint64{}}
		s.Join(t, s.peer)
		m.sides[i] = s
	}
	return m
}

func (m *model) other(s *side) *side {
	if s == m.sides[0] {
		return m.sides[1]
	}
	return m.sides[0]
}

func (m *model) draw(t *rapid.T) *side { return m.sides[rapid.IntRange(0, 1).Draw(t, "side")] }

func (m *model) actions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"issue and present": func(t *rapid.T) {
			s := m.draw(t)
			v := s.Book.Issue()
			s.vouchers = append(s.vouchers, v)
			s.present(t, v)
		},
		"present again": func(t *rapid.T) {
			s := m.draw(t)
			if len(s.vouchers) > 0 {
				s.present(t, rapid.SampledFrom(s.vouchers).Draw(t, "voucher"))
			}
		},
		"change a status": func(t *rapid.T) {
			s := m.draw(t)
			if len(s.vouchers) > 0 {
				s.changeStatus(t, rapid.SampledFrom(s.vouchers).Draw(t, "voucher").Number)
			}
		},
		"end a block": func(t *rapid.T) { m.draw(t).endBlock(t) },
		"deliver": func(t *rapid.T) {
			s := m.draw(t)
			if len(s.flight) > 0 {
				m.deliver(t, s, rapid.IntRange(0, len(s.flight)-1).Draw(t, "packet"))
			}
		},
		"lose": func(t *rapid.T) {
			s := m.draw(t)
			if len(s.flight) > 0 {
				packet := take(&s.flight, rapid.IntRange(0, len(s.flight)-1).Draw(t, "packet"))
				require.NoError(t, s.Keeper.TimeOut(s.Ctx, packet))
			}
		},
		"answer": func(t *rapid.T) {
			s := m.draw(t)
			if len(s.answers) > 0 {
				s.answer(t, rapid.IntRange(0, len(s.answers)-1).Draw(t, "answer"))
			}
		},
		"client expires or recovers": func(t *rapid.T) {
			s := m.draw(t)
			s.IBC.Status["07-tendermint-0"] = rapid.SampledFrom([]exported.Status{exported.Active, exported.Expired}).Draw(t, "status")
		},
		"agreement ends": func(t *rapid.T) {
			s := m.draw(t)
			// It may have ended before.
			_, _ = s.Msgs.EndAgreement(s.Ctx, &types.MsgEndAgreement{Signer: keys.Bech32(world.Council), ChainId: s.peer, Reason: "over"})
		},
		"agreement is set": func(t *rapid.T) { m.draw(t).agree(t) },
		"":                 m.check,
	}
}

func (s *side) agree(t *rapid.T) {
	_, err := s.Msgs.SetAgreement(s.Ctx, &types.MsgSetAgreement{
		Signer: keys.Bech32(world.Council), Agreement: world.Agreement(s.peer, "07-tendermint-0", "channel-0"),
	})
	require.NoError(t, err)
}

// present may find no live agreement; then nothing happens.
func (s *side) present(t *rapid.T, v vouchertypes.Voucher) {
	_, err := s.Msgs.Present(s.Ctx, &types.MsgPresent{Signer: keys.Bech32(world.Seller), Voucher: v.Number, ChainId: s.peer})
	if err != nil {
		require.ErrorIs(t, err, types.ErrNoAgreement)
	}
}

func (s *side) changeStatus(t *rapid.T, number string) {
	s.versions[number]++
	s.Book.PutStatus(number, s.versions[number], uint32(s.versions[number])%16)
	require.NoError(t, s.Keeper.StatusChanged(s.Ctx, number))
}

func (s *side) endBlock(t *rapid.T) {
	require.NoError(t, s.Keeper.Flush(s.Ctx))
	s.flight = append(s.flight, s.IBC.Sent[s.seen:]...)
	s.seen = len(s.IBC.Sent)
	s.Advance(time.Second)
}

func (m *model) deliver(t *rapid.T, s *side, i int) {
	to := m.other(s)
	packet := take(&s.flight, i)
	// As core does it: what is written is kept only if the acknowledgement is a success.
	attempt, write := to.Ctx.CacheContext()
	ack, err := to.Keeper.Receive(attempt, packet)
	require.NoError(t, err)
	if ack.Success() {
		write()
	}
	s.answers = append(s.answers, answered{packet, ack.Acknowledgement()})
}

func (s *side) answer(t *rapid.T, i int) {
	a := take(&s.answers, i)
	require.NoError(t, s.Keeper.Acknowledge(s.Ctx, a.packet, a.ack))
}

// check: state is consistent, nothing is lost, and what the origin takes for recognised
// stands at the destination with the digest of the origin's bytes.
func (m *model) check(t *rapid.T) {
	for _, s := range m.sides {
		require.NoError(t, s.Keeper.Check(s.Ctx))
		under := map[uint64]bool{}
		for _, p := range s.flight {
			under[p.Sequence] = true
		}
		for _, a := range s.answers {
			under[a.packet.Sequence] = true
		}
		for _, e := range s.outbox(t) {
			require.NotEqual(t, types.OUTBOX_STATUS_SET_ASIDE, e.Status)
			switch e.Status {
			case types.OUTBOX_STATUS_PENDING:
				require.True(t, under[e.Sequence], "%s %s waits for an answer to packet %d, which is none", e.Kind, e.Id, e.Sequence)
			case types.OUTBOX_STATUS_RECOGNISED:
				m.checkRecognised(t, s, e)
			}
		}
	}
}

func (m *model) checkRecognised(t *rapid.T, s *side, e types.OutboxEntry) {
	to := m.other(s)
	if e.Kind == types.RECORD_KIND_STATUS {
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

// settle mends everything, presents everything again, and delivers until nothing moves.
func (m *model) settle(t *rapid.T) {
	for _, s := range m.sides {
		s.IBC.Status["07-tendermint-0"] = exported.Active
		s.agree(t)
	}
	for range 3 { // the first round answers what is under way, the second sends again what failed
		for _, s := range m.sides {
			for _, v := range s.vouchers {
				s.present(t, v)
			}
			s.endBlock(t)
			for len(s.flight) > 0 {
				m.deliver(t, s, len(s.flight)-1)
			}
			for len(s.answers) > 0 {
				s.answer(t, 0)
			}
		}
	}
}

func take[T any](items *[]T, i int) T {
	item := (*items)[i]
	*items = append((*items)[:i:i], (*items)[i+1:]...)
	return item
}

func TestModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := newModel(t)
		rt.Repeat(m.actions())
		m.settle(rt)
		m.check(rt)
		for _, s := range m.sides {
			to := m.other(s)
			for _, v := range s.vouchers {
				res, err := to.Queries.Standing(to.Ctx, &types.QueryStandingRequest{Number: v.Number})
				require.NoError(rt, err)
				require.Len(rt, res.Standings, 1)
				require.NotNil(rt, res.Standings[0].Voucher)
				require.NotNil(rt, res.Standings[0].Settlement)
				if version := s.versions[v.Number]; version > 0 {
					require.Equal(rt, version, res.Standings[0].Detail.Version)
				} else {
					require.Nil(rt, res.Standings[0].Status)
				}
			}
			for _, e := range s.outbox(rt) {
				require.Equal(rt, types.OUTBOX_STATUS_RECOGNISED, e.Status)
			}
		}
	})
}
