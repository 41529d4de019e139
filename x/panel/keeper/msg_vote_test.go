package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/panel/types"
)

const (
	yes     = types.VOTE_OPTION_YES
	no      = types.VOTE_OPTION_NO
	abstain = types.VOTE_OPTION_ABSTAIN
	recuse  = types.VOTE_OPTION_RECUSE

	open      = types.RESOLUTION_STATUS_OPEN
	executed  = types.RESOLUTION_STATUS_EXECUTED
	failed    = types.RESOLUTION_STATUS_FAILED
	rejected  = types.RESOLUTION_STATUS_REJECTED
	withdrawn = types.RESOLUTION_STATUS_WITHDRAWN
	expired   = types.RESOLUTION_STATUS_EXPIRED
	noQuorum  = types.RESOLUTION_STATUS_NO_QUORUM
)

type castVote struct {
	by     uint32
	option types.VoteOption
}

// Each line is a sequence of votes in the council of four, more than 2/3.
func TestVotesDecide(t *testing.T) {
	cases := map[string]struct {
		votes []castVote
		want  types.ResolutionStatus
	}{
		"two of four are not more than two thirds":  {[]castVote{{one, yes}, {two, yes}}, open},
		"three of four are":                         {[]castVote{{one, yes}, {two, yes}, {four, yes}}, executed},
		"one no can be borne":                       {[]castVote{{one, no}, {two, yes}, {four, yes}, {three, yes}}, executed},
		"two noes cannot":                           {[]castVote{{one, no}, {two, no}}, rejected},
		"an abstention is no yes":                   {[]castVote{{one, abstain}, {two, abstain}}, rejected},
		"a vote can change":                         {[]castVote{{one, no}, {one, yes}, {two, yes}, {three, yes}}, executed},
		"a change of mind counts once":              {[]castVote{{one, yes}, {one, yes}, {one, yes}}, open},
		"of three left all are needed":              {[]castVote{{four, recuse}, {one, yes}, {two, yes}}, open},
		"of three left all have said yes":           {[]castVote{{four, recuse}, {one, yes}, {two, yes}, {three, yes}}, executed},
		"of three left one no rejects":              {[]castVote{{four, recuse}, {one, no}}, rejected},
		"half of the seats recused leave no quorum": {[]castVote{{four, recuse}, {three, recuse}}, noQuorum},
		"who has voted may still be recused":        {[]castVote{{one, yes}, {one, recuse}, {two, yes}}, open},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			id := w.submit(one, types.Council, params(types.Council))
			var got types.ResolutionStatus
			for _, v := range c.votes {
				got = w.vote(v.by, id, v.option)
			}
			require.Equal(t, c.want, got)
			r := w.resolution(id)
			require.Equal(t, c.want, r.Status)
			require.Equal(t, c.want != open, r.DecidedHeight > 0)
			require.Equal(t, c.want == executed, w.marked(urlParams))
		})
	}
}

// A committee of three decides by more than half.
func TestAnotherPanelDecidesByItsOwnThreshold(t *testing.T) {
	w := newWorld(t)
	id := w.submit(lawyerOne, types.Committee, send(types.Committee))
	require.Equal(t, open, w.vote(lawyerThree, id, yes))
	require.Equal(t, executed, w.vote(lawyerTwo, id, yes))
	require.True(t, w.marked(urlSend))
}

func TestVoteFailsIf(t *testing.T) {
	cases := map[string]struct {
		spoil func(w *world, m *types.MsgVote)
		want  error
	}{
		"the resolution is 0":             {func(_ *world, m *types.MsgVote) { m.Resolution = 0 }, valid.ErrInvalid},
		"there is no such resolution":     {func(_ *world, m *types.MsgVote) { m.Resolution = 9 }, types.ErrResolutionNotFound},
		"the option is missing":           {func(_ *world, m *types.MsgVote) { m.Option = 0 }, valid.ErrInvalid},
		"the option is unknown":           {func(_ *world, m *types.MsgVote) { m.Option = 5 }, valid.ErrInvalid},
		"the reason is too long":          {func(_ *world, m *types.MsgVote) { m.Reason = string(make([]byte, 513)) }, valid.ErrInvalid},
		"the signer is no address":        {func(_ *world, m *types.MsgVote) { m.Signer = "one" }, valid.ErrInvalid},
		"the signer is a stranger":        {func(_ *world, m *types.MsgVote) { m.Signer = keys.Bech32("stranger") }, consortium.ErrNotMember},
		"the signer has no seat":          {func(_ *world, m *types.MsgVote) { m.Signer = keys.Bech32("merchant") }, types.ErrNoSeat},
		"the signer has a seat elsewhere": {func(_ *world, m *types.MsgVote) { m.Signer = keys.Bech32("lawyer one") }, types.ErrNoSeat},
		"the signer is no active member any more": {
			func(w *world, _ *types.MsgVote) { w.members.Suspend(one) }, consortium.ErrSuspended,
		},
		"the deadline has passed": {func(w *world, _ *types.MsgVote) { w.Advance((7*day + 1) * time.Second) }, types.ErrDeadlinePassed},
		"it is recused": {func(w *world, m *types.MsgVote) {
			w.vote(one, m.Resolution, recuse)
		}, types.ErrRecused},
		"it was withdrawn": {func(w *world, m *types.MsgVote) {
			_, err := w.msg.Withdraw(w.Ctx, &types.MsgWithdraw{Signer: keys.Bech32("one"), Resolution: m.Resolution})
			require.NoError(w.t, err)
		}, types.ErrNotOpen},
		"it is decided": {func(w *world, m *types.MsgVote) {
			w.vote(two, m.Resolution, no)
			w.vote(three, m.Resolution, no)
		}, types.ErrNotOpen},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			id := w.submit(one, types.Council, params(types.Council))
			msg := &types.MsgVote{Signer: keys.Bech32("one"), Resolution: id, Option: yes}
			c.spoil(w, msg)
			w.refused(c.want, func() error { _, err := w.msg.Vote(w.Ctx, msg); return err })
		})
	}
}

// Seats are fixed at submission: who lost the seat before cannot vote, who lost
// it afterwards still can, who got it afterwards cannot.
func TestSeatsAreFixedAtSubmission(t *testing.T) {
	w := newWorld(t)
	before := w.submit(one, types.Council, params(types.Council))
	w.members.Revoke(four)
	w.members.Add(consortium.Member{Name: "five", Roles: []consortium.Role{consortium.ROLE_EXCHANGE}})
	after := w.submit(one, types.Council, params(types.Council))

	require.Equal(t, open, w.vote(four, before, yes))
	w.refused(types.ErrNoSeat, func() error { _, err := w.cast(four, after, yes); return err })
	for id, want := range map[uint64]error{before: types.ErrNoSeat, after: nil} {
		_, err := w.msg.Vote(w.Ctx, &types.MsgVote{Signer: keys.Bech32("five"), Resolution: id, Option: yes})
		require.ErrorIs(t, err, want)
	}
}

// The last second of the deadline still counts.
func TestVoteCountsUntilTheSecondOfTheDeadline(t *testing.T) {
	w := newWorld(t)
	id := w.submit(one, types.Council, params(types.Council))
	w.Advance(7 * day * time.Second)
	require.NoError(t, w.k.BeginBlock(w.Ctx))
	require.Equal(t, open, w.vote(one, id, yes))
}

func TestVoteTells(t *testing.T) {
	w := newWorld(t)
	id := w.decide(params(types.Council))
	var told []string
	for _, e := range w.Ctx.EventManager().Events() {
		told = append(told, e.Type)
	}
	require.Equal(t, []string{
		"shugu.panel.v1.EventSubmitted", "shugu.panel.v1.EventVoted", "shugu.panel.v1.EventVoted", "shugu.panel.v1.EventVoted",
		"effect", "shugu.panel.v1.EventEnded",
	}, told)
	ballots, err := w.k.Ballots(w.Ctx, id)
	require.NoError(t, err)
	require.Equal(t, types.Ballot{Member: two, Option: yes, Reason: "as discussed", Height: 1}, ballots[1])
}

func TestWithdrawFailsIf(t *testing.T) {
	w := newWorld(t)
	id := w.submit(one, types.Council, params(types.Council))
	take := func(by string, id uint64) func() error {
		return func() error {
			_, err := w.msg.Withdraw(w.Ctx, &types.MsgWithdraw{Signer: keys.Bech32(by), Resolution: id})
			return err
		}
	}
	w.refused(valid.ErrInvalid, take("one", 0))
	w.refused(types.ErrResolutionNotFound, take("one", 9))
	w.refused(types.ErrNotProposer, take("two", id))
	w.refused(consortium.ErrNotMember, take("stranger", id))
	require.NoError(t, take("one", id)())
	require.Equal(t, withdrawn, w.resolution(id).Status)
	w.refused(types.ErrNotOpen, take("one", id))

	late := w.submit(one, types.Council, params(types.Council))
	w.Advance((7*day + 1) * time.Second)
	w.refused(types.ErrDeadlinePassed, take("one", late))
	decided := w.decide(params(types.Council))
	w.refused(types.ErrNotOpen, take("one", decided))
}
