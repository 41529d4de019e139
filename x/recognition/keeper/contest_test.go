package keeper_test

import (
	"bytes"
	"encoding/hex"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

const third = "shugu-beijing-1"

// sold is the trade that the tests tell again.
var sold = bytes.Repeat([]byte{0xab}, 32)

// issue issues a voucher of Home that tells the trade.
func issue(t testing.TB, w *world.World) types.VoucherRef {
	t.Helper()
	v := w.Book.Issue()
	v.Nullifier = sold
	w.Book.Put(v)
	require.NoError(t, w.Keeper.Issued(w.Ctx, v))
	require.NoError(t, w.Keeper.Check(w.Ctx))
	return types.VoucherRef{ChainId: world.Home, Number: v.Number}
}

// away is the nth voucher of Away, which tells the trade.
func away(nth uint32) vouchertypes.Voucher {
	v := world.Voucher(world.Away, nth)
	v.Nullifier = sold
	return v
}

// hear recognises the nth voucher of Away.
func hear(t testing.TB, w *world.World, nth uint32) types.VoucherRef {
	t.Helper()
	v := away(nth)
	require.Equal(t, []types.ResultCode{ok}, receive(t, w, world.VoucherRecord(v)))
	return types.VoucherRef{ChainId: world.Away, Number: v.Number}
}

// hearThird recognises a voucher of a third chain.
func hearThird(t testing.TB, w *world.World) types.VoucherRef {
	t.Helper()
	w.Join(t, third)
	v := world.Voucher(third, 3)
	v.Nullifier = sold
	ack, err := w.Keeper.Receive(w.Ctx, world.Received(world.Incoming("channel-1", 1, world.VoucherRecord(v))))
	require.NoError(t, err)
	require.Equal(t, []types.ResultCode{ok}, ack.Results)
	require.NoError(t, w.Keeper.Check(w.Ctx))
	return types.VoucherRef{ChainId: third, Number: v.Number}
}

// marked says whether a voucher shows as contested.
func marked(t testing.TB, w *world.World, ref types.VoucherRef) bool {
	t.Helper()
	if ref.ChainId == world.Home {
		value, _, err := w.Book.StatusBytes(w.Ctx, ref.Number)
		require.NoError(t, err)
		if value == nil {
			return false
		}
		s, err := vouchertypes.DecodeStatus(value)
		require.NoError(t, err)
		return s.Flags&vouchertypes.FlagContested != 0
	}
	res, err := w.Queries.Standing(w.Ctx, &types.QueryStandingRequest{Number: ref.Number})
	require.NoError(t, err)
	for _, s := range res.Standings {
		if s.ChainId == ref.ChainId {
			contested := len(s.Caveats) == 1 && s.Caveats[0] == types.CAVEAT_CONTESTED
			require.Equal(t, !contested, s.Usable)
			return contested
		}
	}
	require.Fail(t, "no standing")
	return false
}

func requireMarked(t testing.TB, w *world.World, want bool, refs ...types.VoucherRef) {
	t.Helper()
	for _, ref := range refs {
		require.Equal(t, want, marked(t, w, ref), ref)
	}
	require.NoError(t, w.Keeper.Check(w.Ctx))
}

func contest(t testing.TB, w *world.World) *types.QueryContestResponse {
	t.Helper()
	res, err := w.Queries.Contest(w.Ctx, &types.QueryContestRequest{Nullifier: hex.EncodeToString(sold)})
	require.NoError(t, err)
	return res
}

func decide(w *world.World, upheld ...types.VoucherRef) error {
	types.SortRefs(upheld)
	_, err := w.Msgs.DecideContest(w.Ctx, &types.MsgDecideContest{Signer: keys.Bech32(world.Council), Nullifier: sold, Upheld: upheld, Reason: "told twice by mistake"})
	return err
}

// Whichever came first and wherever they are from, both are marked.
func TestTwiceToldTradesAreContested(t *testing.T) {
	type teller func(testing.TB, *world.World) types.VoucherRef
	nth := func(n uint32) teller {
		return func(t testing.TB, w *world.World) types.VoucherRef { return hear(t, w, n) }
	}
	for name, tell := range map[string][]teller{
		"own and own":              {issue, issue},
		"own, then foreign":        {issue, nth(5)},
		"foreign, then own":        {nth(5), issue},
		"two of one other chain":   {nth(5), nth(6)},
		"two of two other chains":  {nth(5), hearThird},
		"three, of all chains":     {nth(5), issue, hearThird},
		"three of our own":         {issue, issue, issue},
		"the same, told twice too": {nth(5), nth(5), issue, nth(5)},
	} {
		t.Run(name, func(t *testing.T) {
			w := world.Joined(t)
			first := tell[0](t, w)
			requireMarked(t, w, false, first)
			require.Equal(t, &first, contest(t, w).Only)
			refs := map[types.VoucherRef]bool{first: true}
			for _, next := range tell[1:] {
				refs[next(t, w)] = true
				for ref := range refs {
					requireMarked(t, w, len(refs) > 1, ref)
				}
			}
			c := contest(t, w)
			require.EqualValues(t, len(refs), c.Contest.Vouchers)
			require.Len(t, c.Vouchers, len(refs))
			for _, v := range c.Vouchers {
				require.True(t, refs[v.Ref()])
			}
			list, err := w.Queries.Contests(w.Ctx, &types.QueryContestsRequest{})
			require.NoError(t, err)
			require.Equal(t, []types.Contest{*c.Contest}, list.Contests)
		})
	}
}

func TestStandingNamesTheOthers(t *testing.T) {
	w := world.Joined(t)
	own, foreign := issue(t, w), hear(t, w, 5)
	res, err := w.Queries.Standing(w.Ctx, &types.QueryStandingRequest{Number: foreign.Number})
	require.NoError(t, err)
	s := res.Standings[0]
	require.Equal(t, foreign, s.Contest.Ref())
	require.Len(t, s.ToldAgain, 1)
	require.Equal(t, own, s.ToldAgain[0].Ref())
	require.ErrorIs(t, w.Keeper.Usable(w.Ctx, world.Away, foreign.Number), types.ErrNotUsable)
	for n := uint32(6); n < 30; n++ {
		hear(t, w, n)
	}
	res, err = w.Queries.Standing(w.Ctx, &types.QueryStandingRequest{Number: foreign.Number})
	require.NoError(t, err)
	require.Len(t, res.Standings[0].ToldAgain, types.MaxToldAgain)
}

// A red voucher repeats the blue one's nullifier, and tells no trade.
func TestRedVouchersAreLeftOut(t *testing.T) {
	w := world.Joined(t)
	blue := hear(t, w, 5)
	red := away(6)
	red.Kind, red.Lines, red.Reverses = vouchertypes.KIND_RED, nil, blue.Number
	red.ReversedLines = []vouchertypes.ReversedLine{{Line: 0, Amount: red.Total}}
	require.Equal(t, []types.ResultCode{ok}, receive(t, w, world.VoucherRecord(red)))
	requireMarked(t, w, false, blue)
	require.Equal(t, &blue, contest(t, w).Only)
}

func TestDecideContest(t *testing.T) {
	w := world.Joined(t)
	own, foreign := issue(t, w), hear(t, w, 5)
	w.Advance(time.Second)
	require.NoError(t, decide(w, own))
	requireMarked(t, w, false, own)
	requireMarked(t, w, true, foreign)
	c := contest(t, w).Contest
	require.EqualValues(t, 1, c.Decisions)
	require.Equal(t, w.Ctx.BlockHeight(), c.DecidedHeight)
	require.Equal(t, "told twice by mistake", c.Reason)
	require.Len(t, w.Events("shugu.recognition.v1.EventContestDecided"), 1)

	// A third one is marked; the upheld one stays upheld.
	later := hearThird(t, w)
	requireMarked(t, w, false, own)
	requireMarked(t, w, true, foreign, later)
	require.NoError(t, decide(w))
	requireMarked(t, w, false, own)
	requireMarked(t, w, true, foreign, later)
	require.NoError(t, decide(w, own, foreign, later))
	requireMarked(t, w, false, own, foreign, later)
	require.EqualValues(t, 3, contest(t, w).Contest.Decisions)
}

func TestDecideContestFailsIf(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*types.MsgDecideContest)
		err   error
	}{
		"signed by a member":              {func(m *types.MsgDecideContest) { m.Signer = keys.Bech32(world.Exchange) }, types.ErrUnauthorized},
		"no reason":                       {func(m *types.MsgDecideContest) { m.Reason = "" }, valid.ErrInvalid},
		"a short nullifier":               {func(m *types.MsgDecideContest) { m.Nullifier = m.Nullifier[1:] }, valid.ErrInvalid},
		"nobody tells that trade":         {func(m *types.MsgDecideContest) { m.Nullifier = make([]byte, 32) }, types.ErrNotContested},
		"only one voucher tells it":       {func(m *types.MsgDecideContest) { m.Nullifier = world.Nullifier(world.Away, 9) }, types.ErrNotContested},
		"the voucher tells another":       {func(m *types.MsgDecideContest) { m.Upheld[1].Number = world.Voucher(world.Away, 9).Number }, types.ErrNotContested},
		"the voucher is not of the chain": {func(m *types.MsgDecideContest) { m.Upheld[1].ChainId = "shugu-wenzhou-1" }, types.ErrNotContested},
		"a wrong number":                  {func(m *types.MsgDecideContest) { m.Upheld[0].Number = "1" }, vouchertypes.ErrNumber},
		"a voucher twice":                 {func(m *types.MsgDecideContest) { m.Upheld[1] = m.Upheld[0] }, valid.ErrInvalid},
		"too many":                        {func(m *types.MsgDecideContest) { m.Upheld = make([]types.VoucherRef, types.MaxUpheld+1) }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			w := world.Joined(t)
			upheld := []types.VoucherRef{issue(t, w), hear(t, w, 5)}
			require.Equal(t, []types.ResultCode{ok}, receive(t, w, world.VoucherRecord(world.Voucher(world.Away, 9))))
			msg := &types.MsgDecideContest{Signer: keys.Bech32(world.Council), Nullifier: bytes.Clone(sold), Upheld: slices.Clone(upheld), Reason: "because"}
			c.spoil(msg)
			before := w.Dump()
			_, err := w.Msgs.DecideContest(w.Ctx, msg)
			require.ErrorIs(t, err, c.err)
			require.Equal(t, before, w.Dump())
			requireMarked(t, w, true, upheld...)
		})
	}
}

// What cannot be marked stops neither the trade nor the packet.
func TestContestThatFailsIsSetAside(t *testing.T) {
	w := world.Joined(t)
	first := issue(t, w)
	w.Book.Stuck[first.Number] = true
	before := w.Dump()
	second := issue(t, w)
	require.Equal(t, before, w.Dump())
	requireMarked(t, w, false, first, second)
	require.Len(t, w.Events("shugu.recognition.v1.EventContestSetAside"), 1)
	requireMarked(t, w, false, hear(t, w, 5))
	require.Len(t, w.Events("shugu.recognition.v1.EventContestSetAside"), 2)
}

// forgedBefore recognises the forged nth voucher by proof, on evidence that is in doubt by now.
func forgedBefore(t *testing.T, w *world.World, nth uint32) types.VoucherRef {
	t.Helper()
	require.NoError(t, recognize(w, w.Proven(client, away(nth), 0, 0)))
	require.NoError(t, w.Keeper.MarkDoubt(w.Ctx, client, 99))
	require.NoError(t, recovered(w))
	w.Advance(time.Second)
	w.Advanced(5)
	return types.VoucherRef{ChainId: world.Away, Number: away(nth).Number}
}

// A voucher in doubt that gives way to one of another trade leaves the index and the
// contest; the last one that is left loses the mark.
func TestSuspectLeavesTheContest(t *testing.T) {
	truth := func(t *testing.T, w *world.World) {
		t.Helper()
		require.NoError(t, recognize(w, w.Proven(client, world.Voucher(world.Away, 5), 0, 0)))
	}
	t.Run("nobody else tells it", func(t *testing.T) {
		w := world.Joined(t)
		forgedBefore(t, w, 5)
		truth(t, w)
		_, err := w.Queries.Contest(w.Ctx, &types.QueryContestRequest{Nullifier: hex.EncodeToString(sold)})
		require.ErrorIs(t, err, types.ErrNotFound)
		requireMarked(t, w, false, issue(t, w))
	})
	t.Run("one of ours is left", func(t *testing.T) {
		w := world.Joined(t)
		own := issue(t, w)
		forged := forgedBefore(t, w, 5)
		requireMarked(t, w, true, own)
		truth(t, w)
		requireMarked(t, w, false, own, forged)
		require.Equal(t, &own, contest(t, w).Only)
		require.Len(t, w.Events("shugu.recognition.v1.EventContestEnded"), 1)
		requireMarked(t, w, true, issue(t, w), own)
	})
	t.Run("two are left", func(t *testing.T) {
		w := world.Joined(t)
		one, two := issue(t, w), issue(t, w)
		forgedBefore(t, w, 5)
		truth(t, w)
		requireMarked(t, w, true, one, two)
		require.EqualValues(t, 2, contest(t, w).Contest.Vouchers)
	})
	t.Run("the council has decided", func(t *testing.T) {
		w := world.Joined(t)
		own := issue(t, w)
		forged := forgedBefore(t, w, 5)
		require.NoError(t, decide(w, forged))
		truth(t, w)
		requireMarked(t, w, true, own)
		require.EqualValues(t, 1, contest(t, w).Contest.Vouchers)
		require.NoError(t, decide(w, own))
		requireMarked(t, w, false, own, forged)
	})
}

// twice leaves a decided contest and one that nobody decided.
func twice(t testing.TB, w *world.World) {
	t.Helper()
	own, foreign := issue(t, w), hear(t, w, 5)
	require.NoError(t, decide(w, own))
	hear(t, w, 6)
	require.NotEqual(t, own, foreign)
	v := w.Book.Issue()
	v.Nullifier = bytes.Repeat([]byte{0xac}, 32)
	w.Book.Put(v)
	again := world.Voucher(world.Away, 7)
	again.Nullifier = v.Nullifier
	require.NoError(t, w.Keeper.Issued(w.Ctx, v))
	require.Equal(t, []types.ResultCode{ok}, receive(t, w, world.VoucherRecord(again)))
}

// ownOpen is a voucher of Home in a contest that nobody decided.
func ownOpen(g *types.GenesisState) string {
	for _, v := range g.Contested {
		if v.ChainId == world.Home && !v.Upheld {
			return v.Number
		}
	}
	return ""
}
