package keeper_test

import (
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/x/recognition/internal/world"
)

// reverse changes the status of one of a chain's first vouchers and ends the block, so that often
// several versions of one status are under way at once.
func (m *model) reverse(t *rapid.T) {
	s, _ := m.draw(t)
	if len(s.vouchers) == 0 {
		s.vouchers = append(s.vouchers, s.Book.Issue())
	}
	s.changeStatus(t, rapid.SampledFrom(s.vouchers[:min(2, len(s.vouchers))]).Draw(t, "voucher").Number)
	m.endBlock(t, s)
}

// deliverAgain brings a packet that was received before; nobody hears the answer.
func (m *model) deliverAgain(t *rapid.T) {
	s, to := m.draw(t)
	l := s.links[to.name]
	if len(l.received) == 0 {
		return
	}
	attempt, write := to.Ctx.CacheContext()
	ack, err := to.Keeper.Receive(attempt, world.Received(rapid.SampledFrom(l.received).Draw(t, "packet")))
	require.NoError(t, err)
	if ack.Success() {
		write()
	}
}

// answerAgain brings an answer that was brought before.
func (m *model) answerAgain(t *rapid.T) {
	s, to := m.draw(t)
	if l := s.links[to.name]; len(l.told) > 0 {
		a := rapid.SampledFrom(l.told).Draw(t, "answer")
		require.NoError(t, s.Keeper.Acknowledge(s.Ctx, world.Sent(a.packet), a.ack))
	}
}

// settle answers what is under way, mends everything, and delivers until nothing moves.
func (m *model) settle(t *rapid.T) {
	m.drain(t)
	for _, s := range m.sides {
		for _, peer := range m.sides {
			if l := s.links[peer.name]; l != nil {
				s.IBC.Status[l.client] = exported.Active
				s.agree(t, peer.name)
			}
		}
	}
	// The terms are told first, then what was sent where nobody answers is taken up, then all the rest leaves.
	for range 6 {
		for _, s := range m.sides {
			m.endBlock(t, s)
		}
		m.drain(t)
	}
}

// drain delivers and answers everything that is under way.
func (m *model) drain(t *rapid.T) {
	for _, s := range m.sides {
		for _, to := range m.sides {
			l := s.links[to.name]
			for l != nil && len(l.flight) > 0 {
				m.deliver(t, s, to, len(l.flight)-1)
			}
			for l != nil && len(l.answers) > 0 {
				s.answer(t, to.name, 0)
			}
		}
	}
}
