package chains_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	recognitionkeeper "github.com/shugu-network/shugu/x/recognition/keeper"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

const wenzhou = "shugu-wenzhou-1"

// hub is a chain in the middle: with one neighbour by a channel, with the other between clients.
type hub struct {
	t                *testing.T
	n                *chains.Network
	hub, left, right *chains.Chain
	channel, clients *ibctesting.Path
	seen, seenV2     map[*chains.Chain]int
}

// relay carries everything that has left a chain by a route, until nothing new leaves.
func (h *hub) relay() {
	for moved := true; moved; {
		moved = false
		for _, c := range []*chains.Chain{h.hub, h.left} {
			var all int
			for _, block := range c.Blocks() {
				for _, packet := range block.Packets() {
					if all++; all > h.seen[c] {
						h.seen[c], moved = all, true
						require.NoError(h.t, h.channel.RelayPacket(packet))
					}
				}
			}
		}
		for c, from := range map[*chains.Chain]*ibctesting.Endpoint{h.hub: h.clients.EndpointA, h.right: h.clients.EndpointB} {
			for _, packet := range allV2(c)[h.seenV2[c]:] {
				h.seenV2[c]++
				moved = true
				require.True(h.t, carryV2(h.t, from, packet).Success())
			}
		}
	}
}

// heard is the version of a voucher's status that a chain heard from another; 0 for none.
func heard(t *testing.T, at *chains.Chain, from, number string) uint64 {
	t.Helper()
	res, err := recognitionkeeper.NewQueryServer(at.Shugu.Recognition).ForeignStatus(at.Query(), &recognition.QueryForeignStatusRequest{ChainId: from, Number: number})
	if err != nil {
		require.ErrorIs(t, err, recognition.ErrNotFound)
		return 0
	}
	return res.Detail.Version
}

// Three chains of which the middle one speaks classic IBC with one and IBC v2 with the
// other end equal: by the same keeper, with the same records.
func TestV2HubBetweenAChannelAndClients(t *testing.T) {
	n := chains.New(t, wenzhou, hangzhou, shanghai)
	h := &hub{t: t, n: n, hub: n.Chain(wenzhou), left: n.Chain(hangzhou), right: n.Chain(shanghai), seen: map[*chains.Chain]int{}, seenV2: map[*chains.Chain]int{}}
	h.channel = chains.Link(h.hub, h.left).Path
	h.clients = chains.LinkV2(h.hub, h.right).Path
	for _, c := range []*chains.Chain{h.hub, h.left, h.right} { // what linking told has arrived
		h.seenV2[c] = len(allV2(c))
		for _, block := range c.Blocks() {
			h.seen[c] += len(block.Packets())
		}
	}
	all := []*chains.Chain{h.hub, h.left, h.right}
	numbers := map[*chains.Chain]string{}
	for _, c := range all {
		deposit(c, "buyer", 5*price)
		pair := newPair(c, "seller", "buyer")
		numbers[c] = pair.reach(c, trade.STATUS_SETTLED).Voucher
	}
	present := func(from *chains.Chain, to string) {
		from.MustSend("seller", nil, &recognition.MsgPresent{Signer: from.Address("seller"), Voucher: numbers[from], ChainId: to})
	}
	present(h.hub, hangzhou)
	present(h.hub, shanghai)
	present(h.left, wenzhou)
	present(h.right, wenzhou)
	for version := range 3 {
		for _, c := range all {
			_, err := c.Shugu.Voucher.Reverse(c.GetContext(), voucher.Reversal{
				Number: numbers[c], Lines: []voucher.ReversedLine{{Line: 0, Amount: math.NewInt(int64(version + 1))}}, ReasonDigest: digest("reason"),
			})
			require.NoError(t, err)
			n.CommitBlock(c.TestChain)
		}
	}
	h.relay()

	for _, way := range []struct {
		from *chains.Chain
		to   *chains.Chain
	}{{h.hub, h.left}, {h.hub, h.right}, {h.left, h.hub}, {h.right, h.hub}} {
		number := numbers[way.from]
		require.EqualValues(t, 3, heard(t, way.to, way.from.ChainID, number))
		res, err := recognitionkeeper.NewQueryServer(way.to.Shugu.Recognition).Standing(way.to.Query(), &recognition.QueryStandingRequest{Number: number})
		require.NoError(t, err)
		for _, s := range res.Standings {
			if s.ChainId == way.from.ChainID {
				require.NotNil(t, s.Settlement)
				require.True(t, s.StatusTravels)
				require.True(t, s.Usable)
				require.Equal(t, []recognition.Caveat{recognition.CAVEAT_PARTLY_REVERSED}, s.Caveats)
			}
		}
	}
	require.Zero(t, heard(t, h.left, shanghai, numbers[h.right]), "the neighbours have no agreement with each other")
	for _, c := range all {
		genesis, err := c.Shugu.Recognition.ExportGenesis(c.Query())
		require.NoError(t, err)
		for _, e := range genesis.Outbox {
			require.Equal(t, recognition.OUTBOX_STATUS_RECOGNISED, e.Status, "%s %s for %s", e.Kind, e.Id, e.ChainId)
		}
		checkAll(t, c)
	}
}
