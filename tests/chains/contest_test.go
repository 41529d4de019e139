package chains_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/chains"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognitionkeeper "github.com/shugu-network/shugu/x/recognition/keeper"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// relay carries what both chains have sent from given blocks on, until neither sends more.
// It returns where it stopped.
func (w *world) relay(fromA, fromB int) (int, int) {
	w.t.Helper()
	for fromA < len(w.a.Blocks()) || fromB < len(w.b.Blocks()) {
		for _, c := range []struct {
			chain *chains.Chain
			from  *int
		}{{w.a, &fromA}, {w.b, &fromB}} {
			blocks := c.chain.Blocks()[*c.from:]
			*c.from += len(blocks)
			for _, block := range blocks {
				for _, packet := range block.Packets() {
					require.NoError(w.t, w.path.RelayPacket(packet))
				}
			}
		}
	}
	return fromA, fromB
}

// flagsOf are the flags of a chain's own voucher.
func flagsOf(t *testing.T, c *chains.Chain, number string) (uint32, uint64) {
	t.Helper()
	value, _, err := c.Shugu.Voucher.StatusBytes(c.Query(), number)
	require.NoError(t, err)
	if value == nil {
		return 0, 0
	}
	s, err := voucher.DecodeStatus(value)
	require.NoError(t, err)
	return s.Flags, s.Version
}

// standingAt is how a voucher of the only other chain stands.
func standingAt(t *testing.T, c *chains.Chain, number string) recognition.Standing {
	t.Helper()
	res, err := recognitionkeeper.NewQueryServer(c.Shugu.Recognition).Standing(c.Query(), &recognition.QueryStandingRequest{Number: number})
	require.NoError(t, err)
	require.Len(t, res.Standings, 1)
	return res.Standings[0]
}

// The same trade is told on two chains, and both vouchers are carried to the other one:
// both are contested on both sides, until both councils have decided.
func TestTradeToldOnTwoChains(t *testing.T) {
	w := newWorld(t, chains.Link)
	deposit(w.b, "buyer", 5_000_000)
	twin := newPair(w.b, "seller", "buyer")
	w.pair.order, twin.order = "HT-2026-9", "HT-2026-9"
	here, there := w.sell(), twin.reach(w.b, trade.STATUS_SETTLED)
	one, err := w.a.Shugu.Voucher.Voucher(w.a.Query(), here.Voucher)
	require.NoError(t, err)
	two, err := w.b.Shugu.Voucher.Voucher(w.b.Query(), there.Voucher)
	require.NoError(t, err)
	require.Equal(t, one.Nullifier, two.Nullifier)

	atA, atB := len(w.a.Blocks()), len(w.b.Blocks())
	w.queue(here.Voucher)
	w.b.MustSend("seller", nil, &recognition.MsgPresent{Signer: w.b.Address("seller"), Voucher: there.Voucher, ChainId: hangzhou})
	atA, atB = w.relay(atA, atB)
	for _, c := range []struct {
		chain       *chains.Chain
		own, others string
	}{{w.a, here.Voucher, there.Voucher}, {w.b, there.Voucher, here.Voucher}} {
		flags, version := flagsOf(t, c.chain, c.own)
		require.Equal(t, voucher.FlagContested, flags)
		require.EqualValues(t, 1, version)
		s := standingAt(t, c.chain, c.others)
		require.False(t, s.Usable)
		require.Equal(t, []recognition.Caveat{recognition.CAVEAT_CONTESTED}, s.Caveats)
		require.Equal(t, voucher.FlagContested, s.Detail.Flags, "the other chain's own mark has travelled")
		require.Equal(t, recognition.VoucherRef{ChainId: c.chain.ChainID, Number: c.own}, s.ToldAgain[0].Ref())
	}

	// A's council upholds A's. B has heard of it, and shows its own contest still.
	upheld := &recognition.MsgDecideContest{
		Signer: chains.Council(), Nullifier: one.Nullifier, Reason: "told again by mistake",
		Upheld: []recognition.VoucherRef{{ChainId: hangzhou, Number: here.Voucher}},
	}
	w.a.Decide(panel.Council, upheld)
	atA, atB = w.relay(atA, atB)
	flags, version := flagsOf(t, w.a, here.Voucher)
	require.Zero(t, flags)
	require.EqualValues(t, 2, version)
	s := standingAt(t, w.b, here.Voucher)
	require.Zero(t, s.Detail.Flags)
	require.Equal(t, []recognition.Caveat{recognition.CAVEAT_CONTESTED}, s.Caveats)

	w.b.Decide(panel.Council, upheld)
	w.relay(atA, atB)
	require.True(t, standingAt(t, w.b, here.Voucher).Usable)
	flags, _ = flagsOf(t, w.b, there.Voucher)
	require.Equal(t, voucher.FlagContested, flags)
	require.Equal(t, []recognition.Caveat{recognition.CAVEAT_CONTESTED}, standingAt(t, w.a, there.Voucher).Caveats)
	w.checkAll()
	restart(t, w.a)
	restart(t, w.b)
}

// A trade that is told again on its own chain settles, and both vouchers are contested. A
// contested voucher can be reversed.
func TestTradeToldTwiceOnOneChain(t *testing.T) {
	w := newWorld(t, chains.Link)
	w.pair.order = "HT-2026-9"
	first := w.sell()
	flags, _ := flagsOf(t, w.a, first.Voucher)
	require.Zero(t, flags)
	second := w.sell()
	for _, sold := range []trade.Contract{first, second} {
		flags, _ = flagsOf(t, w.a, sold.Voucher)
		require.Equal(t, voucher.FlagContested, flags)
	}
	w.reverse(second.Voucher, price)
	flags, _ = flagsOf(t, w.a, second.Voucher)
	require.Equal(t, voucher.FlagContested|voucher.FlagReversed, flags)

	// An order of its own is a trade of its own.
	w.pair.order = "HT-2026-10"
	flags, _ = flagsOf(t, w.a, w.sell().Voucher)
	require.Zero(t, flags)
	require.NoError(t, w.a.Shugu.Recognition.Check(w.a.Query()))
	require.NoError(t, w.a.Shugu.Voucher.Check(w.a.Query()))
}
