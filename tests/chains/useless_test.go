package chains_test

import (
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	abci "github.com/cometbft/cometbft/abci/types"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	host "github.com/cosmos/ibc-go/v11/modules/core/24-host"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	recognitionkeeper "github.com/shugu-network/shugu/x/recognition/keeper"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

const (
	// useless packets that a counterparty sends, and how many of them B takes in a block.
	useless, uselessPerBlock = 2_000, 100
)

// statusRecord is what stands against a voucher of A now, as a packet carries it.
func (w *world) statusRecord(number string) recognition.PacketRecord {
	w.t.Helper()
	value, detail, err := w.a.Shugu.Voucher.StatusBytes(w.a.Query(), number)
	require.NoError(w.t, err)
	return recognition.PacketRecord{Kind: statusKind, Id: number, Value: value, Detail: detail}
}

// termsRecord is what A told B in the packet that made its agreement known.
func (w *world) termsRecord(revision uint64) recognition.PacketRecord {
	w.t.Helper()
	a := chains.Agreement(w.path.EndpointA)
	a.Revision = revision
	value, err := a.Terms(hangzhou).Encode()
	require.NoError(w.t, err)
	return recognition.PacketRecord{Kind: recognition.RECORD_KIND_TERMS, Id: hangzhou, Value: value}
}

// floods sends many packets from A in one block and has B take all of them in one, each in
// a transaction of its own. It returns the answers and the gas of each.
func (w *world) floods(datas ...[]byte) (answers []*recognition.PacketAcknowledgement, used []int64) {
	w.t.Helper()
	from, to := w.path.EndpointA, w.path.EndpointB
	timeout := uint64(w.CurrentTime.Add(time.Hour).UnixNano())
	var packets []channeltypes.Packet
	for _, data := range datas {
		sequence, err := w.a.Shugu.IBC.ChannelKeeper.SendPacket(w.a.GetContext(), recognition.PortID, from.ChannelID, clienttypes.ZeroHeight(), timeout, data)
		require.NoError(w.t, err)
		packets = append(packets, channeltypes.NewPacket(data, sequence, recognition.PortID, from.ChannelID, recognition.PortID, to.ChannelID, clienttypes.ZeroHeight(), timeout))
	}
	w.CommitBlock(w.a.TestChain)
	w.b.As("relayer") // what it sent in a batch before counts
	require.NoError(w.t, to.UpdateClient())
	b := newBatch(w.b)
	for _, packet := range packets {
		proof, height := from.QueryProof(host.PacketCommitmentKey(packet.SourcePort, packet.SourceChannel, packet.Sequence))
		b.add("relayer", channeltypes.NewMsgRecvPacket(packet, proof, height, w.b.Address("relayer")))
	}
	for _, res := range b.mustRun() {
		answers, used = append(answers, answerIn(w.t, res)), append(used, res.GasUsed)
	}
	return answers, used
}

func answerIn(t *testing.T, res *abci.ExecTxResult) *recognition.PacketAcknowledgement {
	t.Helper()
	raw, err := ibctesting.ParseAckFromEvents(res.Events)
	require.NoError(t, err)
	answer := &recognition.PacketAcknowledgement{}
	require.NoError(t, answer.Unmarshal(raw))
	return answer
}

// work is the gas that B's module uses for a packet, apart from IBC's own.
func (w *world) work(data []byte) uint64 {
	w.t.Helper()
	ctx, _ := w.b.GetContext().CacheContext()
	ctx = ctx.WithGasMeter(storetypes.NewInfiniteGasMeter()).WithEventManager(sdk.NewEventManager())
	_, err := w.b.Shugu.Recognition.Receive(ctx, recognitionkeeper.Packet{Route: w.path.EndpointB.ChannelID, Sequence: 1, Data: data})
	require.NoError(w.t, err)
	return ctx.GasMeter().GasConsumed()
}

// beside is a dump without what IBC itself keeps of a packet and of a client: a receipt and
// an answer each, headers, and how far the sequences have come.
func beside(c *chains.Chain) map[string]string {
	state := dump(c)
	for key := range state {
		store, rest, _ := strings.Cut(key, " ")
		if store != ibcexported.StoreKey {
			continue
		}
		raw, err := hex.DecodeString(rest)
		require.NoError(c.TB, err)
		for _, prefix := range []string{"receipts/", "acks/", "clients/"} {
			if strings.HasPrefix(string(raw), prefix) {
				delete(state, key)
			}
		}
	}
	return state
}

// A counterparty whose packets are all valid and say nothing new: what is recognised here
// already, statuses known or older, terms told. Each gets its answer, two thousand of them
// leave nothing in the state but what IBC keeps of every packet, and the last is no more
// work than the first.
func TestUselessPacketsLeaveNothing(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	v, s := w.records(sold)
	w.reverse(sold.Voucher, 100)
	older := w.statusRecord(sold.Voucher)
	w.reverse(sold.Voucher, 100)
	known, terms := w.statusRecord(sold.Voucher), w.termsRecord(1)
	require.NotEqual(t, older.Value, known.Value)
	ok := func(n int) (out []recognition.ResultCode) {
		for range n {
			out = append(out, recognition.RESULT_CODE_OK)
		}
		return out
	}
	full, again := []recognition.PacketRecord{v}, ok(1)
	for len(full) < recognition.MaxRecords {
		full, again = append(full, v), append(again, recognition.RESULT_CODE_DUPLICATE)
	}
	kinds := []struct {
		name    string
		data    []byte
		results []recognition.ResultCode
	}{
		{"recognised already", packetOf(t, v, s), ok(2)},
		{"a known status", packetOf(t, known), ok(1)},
		{"an older status", packetOf(t, older), ok(1)},
		{"all of it", packetOf(t, v, s, known), ok(3)},
		{"terms that were told", packetOf(t, terms), ok(1)},
		{"one record a hundred times", packetOf(t, full...), again},
	}
	w.floods(kinds[3].data)
	stands, before, most, work := beside(w.b), len(dump(w.b, ibcexported.StoreKey)), map[string]int64{}, map[string]uint64{}
	for _, kind := range kinds {
		work[kind.name] = w.work(kind.data)
	}
	n := useless
	if testing.Short() {
		n = 2 * uselessPerBlock
	}
	for sent := 0; sent < n; sent += uselessPerBlock {
		var datas [][]byte
		for i := range uselessPerBlock {
			datas = append(datas, kinds[i%len(kinds)].data)
		}
		answers, used := w.floods(datas...)
		require.Len(t, answers, uselessPerBlock)
		for i, answer := range answers {
			kind := kinds[i%len(kinds)]
			require.Equal(t, recognition.PACKET_CODE_READ, answer.Code, kind.name)
			require.Equal(t, kind.results, answer.Results, kind.name)
			if sent == 0 {
				most[kind.name] = max(most[kind.name], used[i])
			}
			// Proofs lengthen with A's tree, by some hundred bytes while it grows a thousandfold.
			require.LessOrEqual(t, used[i], most[kind.name]*11/10, kind.name)
		}
	}
	requireSame(t, stands, beside(w.b))
	perPacket := float64(len(dump(w.b, ibcexported.StoreKey))-before) / float64(n)
	t.Logf("gas of a packet: %v; of that this module's: %v; keys of IBC for each: %.2f", most, work, perPacket)
	require.Less(t, perPacket, 2.5, "a receipt, an answer, and now and then a header")
	for _, kind := range kinds {
		require.Equal(t, work[kind.name], w.work(kind.data), kind.name)
	}
	w.checkAll()
}

// A counterparty whose every packet does say something new, of the same few things: a
// status of a later version, terms of a later revision. What it said before gives way.
func TestEverNewerPacketsKeepOneRecordEach(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	const rounds, step = 60, 10
	var datas [][]byte
	for i := range rounds {
		w.reverse(sold.Voucher, step)
		datas = append(datas, packetOf(t, w.statusRecord(sold.Voucher)), packetOf(t, w.termsRecord(uint64(i+2))))
	}
	w.floods(datas[:2]...)
	before, work := len(dump(w.b, recognition.StoreKey)), []uint64{w.work(datas[2]), w.work(datas[3])}
	answers, _ := w.floods(datas[2 : len(datas)-2]...)
	for _, answer := range answers {
		require.True(t, answer.Success())
	}
	require.Len(t, dump(w.b, recognition.StoreKey), before)
	const varints = 500 // numbers that take some more bytes
	for i, data := range datas[len(datas)-2:] {
		require.InDelta(t, work[i], w.work(data), varints)
	}
	heard, err := w.foreign(sold.Voucher)
	require.NoError(t, err)
	require.EqualValues(t, rounds-1, heard.Version)
	w.checkAll()
}
