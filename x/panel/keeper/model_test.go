package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/panel/types"
)

// proposal is what the model knows of a resolution: the votes, and what became of it.
type proposal struct {
	votes    map[uint32]types.VoteOption
	seats    []uint32
	proposer uint32
	deadline int64
	status   types.ResolutionStatus
}

// model is the council's resolutions as a map, beside the real ones.
type model struct {
	*world
	proposals map[uint64]*proposal
	broken    bool // the carried message fails now
}

// settle says what the votes say, counted anew in the plainest way.
func (p *proposal) settle(broken bool) {
	left, yeses, against := 0, 0, 0
	for _, seat := range p.seats {
		switch p.votes[seat] {
		case recuse:
			continue
		case yes:
			yeses++
		case no, abstain:
			against++
		}
		left++
	}
	switch {
	case left*2 <= len(p.seats):
		p.status = noQuorum
	case yeses*3 > left*2 && broken:
		p.status = failed
	case yeses*3 > left*2:
		p.status = executed
	case (left-against)*3 <= left*2:
		p.status = rejected
	}
}

func (m *model) now() int64 { return m.Ctx.BlockTime().Unix() }

func (m *model) submitAny(t *rapid.T) {
	by := rapid.Uint32Range(1, 5).Draw(t, "by")
	msg := m.submission(by, types.Council, params(types.Council))
	msg.DeadlineSeconds = rapid.Int64Range(60, 600).Draw(t, "seconds")
	holders, err := m.members.SeatHolders(m.Ctx)
	require.NoError(t, err)
	active, err := m.members.IsActive(m.Ctx, by)
	require.NoError(t, err)
	res, err := m.msg.Submit(m.Ctx, msg)
	require.Equal(t, by <= four && active, err == nil, "%v", err)
	if err == nil {
		m.proposals[res.Id] = &proposal{
			votes: map[uint32]types.VoteOption{}, seats: holders, proposer: by, deadline: m.now() + msg.DeadlineSeconds, status: open,
		}
	}
}

func (m *model) pick(t *rapid.T) (uint64, *proposal) {
	id := rapid.Uint64Range(1, uint64(len(m.proposals)+1)).Draw(t, "resolution")
	return id, m.proposals[id]
}

func (m *model) voteAny(t *rapid.T) {
	id, p := m.pick(t)
	by := rapid.Uint32Range(1, 5).Draw(t, "by")
	option := types.VoteOption(rapid.SampledFrom([]int32{1, 1, 1, 2, 3, 4}).Draw(t, "option"))
	active, err := m.members.IsActive(m.Ctx, by)
	require.NoError(t, err)
	may := p != nil && active && p.status == open && m.now() <= p.deadline && by <= four && p.votes[by] != recuse
	status, err := m.cast(by, id, option)
	require.Equal(t, may, err == nil, "%v", err)
	if may {
		p.votes[by] = option
		p.settle(m.broken)
		require.Equal(t, p.status, status)
	}
}

func (m *model) executeAny(t *rapid.T) {
	id, p := m.pick(t)
	by := rapid.Uint32Range(1, 5).Draw(t, "by")
	active, err := m.members.IsActive(m.Ctx, by)
	require.NoError(t, err)
	may := p != nil && active && p.status == failed && m.now() <= p.deadline && by <= four
	require.Equal(t, may, m.execute(memberNames[by], id) == nil)
	if may && !m.broken {
		p.status = executed
	}
}

func (m *model) withdrawAny(t *rapid.T) {
	id, p := m.pick(t)
	by := rapid.Uint32Range(1, 5).Draw(t, "by")
	active, err := m.members.IsActive(m.Ctx, by)
	require.NoError(t, err)
	may := p != nil && active && p.status == open && m.now() <= p.deadline && by == p.proposer
	_, err = m.msg.Withdraw(m.Ctx, &types.MsgWithdraw{Signer: keys.Bech32(memberNames[by]), Resolution: id})
	require.Equal(t, may, err == nil, "%v", err)
	if may {
		p.status = withdrawn
	}
}

func (m *model) pass(t *rapid.T) {
	m.Advance(time.Duration(rapid.IntRange(1, 200).Draw(t, "seconds")) * time.Second)
	require.NoError(t, m.k.BeginBlock(m.Ctx))
	for _, p := range m.proposals {
		if (p.status == open || p.status == failed) && m.now() > p.deadline {
			p.status = expired
		}
	}
}

// Random votes beside a small model: what the chain says is what the model says.
func TestVotesAsTheModelHasThem(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &model{world: newWorld(t), proposals: map[uint64]*proposal{}}
		m.act[urlParams] = func(sdk.Context) error {
			if m.broken {
				return errEffect
			}
			return nil
		}
		rt.Repeat(map[string]func(*rapid.T){
			"submit":   m.submitAny,
			"vote":     m.voteAny,
			"vote 2":   m.voteAny,
			"vote 3":   m.voteAny,
			"execute":  m.executeAny,
			"withdraw": m.withdrawAny,
			"time":     m.pass,
			"break":    func(*rapid.T) { m.broken = !m.broken },
			"suspend":  func(t *rapid.T) { m.members.Suspend(rapid.SampledFrom([]uint32{three, four}).Draw(t, "member")) },
			"": func(t *rapid.T) {
				require.NoError(t, m.k.Check(m.Ctx))
				for id, p := range m.proposals {
					require.Equal(t, p.status, m.resolution(id).Status, "resolution %d", id)
				}
			},
		})
	})
}
