package chains_test

import (
	"math/rand"
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	host "github.com/cosmos/ibc-go/v11/modules/core/24-host"

	"github.com/shugu-network/shugu/testutil/chains"
	recognitionkeeper "github.com/shugu-network/shugu/x/recognition/keeper"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// mutations is how many packets and how many proofs are spoiled, half each.
const mutations = 100_000

// mutate spoils bytes in one to three places: a bit, a byte, a cut, a repeat, a piece of
// something else. The result always differs.
func mutate(r *rand.Rand, b, other []byte) []byte {
	out := append([]byte(nil), b...)
	for range 1 + r.Intn(3) {
		if len(out) == 0 {
			break
		}
		at := r.Intn(len(out))
		switch r.Intn(6) {
		case 0:
			out[at] ^= 1 << r.Intn(8)
		case 1:
			out[at] = byte(r.Intn(256))
		case 2:
			out = out[:at]
		case 3:
			out = append(out[:at:at], out[min(len(out), at+1+r.Intn(4)):]...)
		case 4:
			end := min(len(out), at+1+r.Intn(8))
			out = append(out[:end:end], out[at:]...)
		default:
			if len(other) > 0 {
				from := r.Intn(len(other))
				out = append(out[:at:at], other[from:min(len(other), from+1+r.Intn(40))]...)
			}
		}
	}
	if string(out) == string(b) {
		return append(out, 0)
	}
	return out
}

// spoiled is bytes that a test may spoil, in a message that it makes anew each time.
type spoiled struct {
	bytes []byte
	put   func([]byte) error
}

// requireNoneAccepted spoils one thing after the other, and asserts that the state never changes.
func requireNoneAccepted(t *testing.T, seed int64, things []spoiled) {
	t.Helper()
	r := rand.New(rand.NewSource(seed))
	times := mutations / 2
	if testing.Short() {
		times /= 50
	}
	for i := range times {
		thing := things[r.Intn(len(things))]
		bytes := mutate(r, thing.bytes, things[r.Intn(len(things))].bytes)
		require.Error(t, thing.put(bytes), "mutation %d was accepted: %X", i, bytes)
	}
}

func TestNoMutatedProofIsAccepted(t *testing.T) {
	w := newWorld(t, chains.Watch)
	sold, reversed := w.sell(), w.sell()
	w.reverse(reversed.Voucher, 1)
	w.CommitBlock(w.a.TestChain)
	w.b.MustSend(carrier, nil, w.updateMsg())
	good := w.proveMsg(sold.Voucher, reversed.Voucher)
	ctx, server := w.b.GetContext(), recognitionkeeper.NewMsgServer(w.b.Shugu.Recognition)
	run := func(msg *recognition.MsgRecognizeByProof) error {
		attempt, _ := ctx.CacheContext()
		_, err := server.RecognizeByProof(attempt.WithEventManager(sdk.NewEventManager()), msg)
		return err
	}
	require.NoError(t, run(good))

	var things []spoiled
	for i := range good.Vouchers {
		for _, field := range []func(*recognition.ProvenVoucher) *[]byte{
			func(v *recognition.ProvenVoucher) *[]byte { return &v.Voucher },
			func(v *recognition.ProvenVoucher) *[]byte { return &v.VoucherProof },
			func(v *recognition.ProvenVoucher) *[]byte { return &v.Settlement },
			func(v *recognition.ProvenVoucher) *[]byte { return &v.SettlementProof },
			func(v *recognition.ProvenVoucher) *[]byte { return &v.Status.Value },
			func(v *recognition.ProvenVoucher) *[]byte { return &v.Status.Proof },
			func(v *recognition.ProvenVoucher) *[]byte { return &v.Status.Detail },
		} {
			things = append(things, spoiled{*field(&good.Vouchers[i]), func(b []byte) error {
				msg := *good
				msg.Vouchers = append([]recognition.ProvenVoucher(nil), good.Vouchers...)
				*field(&msg.Vouchers[i]) = b
				return run(&msg)
			}})
		}
	}
	requireNoneAccepted(t, 1, things)
}

func TestNoMutatedPacketIsAccepted(t *testing.T) {
	w := newWorld(t, chains.Link)
	packet := w.present(w.sell().Voucher)
	require.NoError(t, w.path.EndpointB.UpdateClient())
	proof, height := w.a.QueryProof(host.PacketCommitmentKey(packet.SourcePort, packet.SourceChannel, packet.Sequence))
	good := channeltypes.NewMsgRecvPacket(packet, proof, height, w.b.Address("relayer"))
	ctx := w.b.GetContext()
	run := func(msg *channeltypes.MsgRecvPacket) error {
		attempt, _ := ctx.CacheContext()
		if err := msg.ValidateBasic(); err != nil {
			return err
		}
		_, err := w.b.Shugu.IBC.RecvPacket(attempt.WithEventManager(sdk.NewEventManager()), msg)
		return err
	}
	require.NoError(t, run(good))
	requireNoneAccepted(t, 2, []spoiled{
		{packet.Data, func(b []byte) error {
			msg := *good
			msg.Packet.Data = b
			return run(&msg)
		}},
		{proof, func(b []byte) error {
			msg := *good
			msg.ProofCommitment = b
			return run(&msg)
		}},
	})
}

// Whatever a counterparty sends under good proofs is judged without a panic, and what is
// recognised is canonical and bears its own number.
func TestMutatedRecordsOfACounterparty(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	w.reverse(sold.Voucher, 1)
	packet := w.present(sold.Voucher)
	ctx := w.b.GetContext()
	r := rand.New(rand.NewSource(3))
	times := mutations / 2
	if testing.Short() {
		times /= 50
	}
	for range times {
		attempt, _ := ctx.CacheContext()
		bad := packet
		bad.Data = mutate(r, packet.Data, packet.Data)
		ack, err := w.b.Shugu.Recognition.Receive(attempt.WithEventManager(sdk.NewEventManager()), recognitionkeeper.Packet{Route: bad.DestinationChannel, Sequence: bad.Sequence, Data: bad.Data})
		require.NoError(t, err)
		if ack.Success() {
			data, err := recognition.DecodePacket(bad.Data)
			require.NoError(t, err)
			require.Len(t, ack.Results, len(data.Records))
		}
	}
}
