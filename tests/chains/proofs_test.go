package chains_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognitionkeeper "github.com/shugu-network/shugu/x/recognition/keeper"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// carrier is a member of B that has no part in any trade on A.
const carrier = "buyer-2"

// updateMsg brings A's last header to B's client.
func (w *world) updateMsg() sdk.Msg { return w.a.UpdateMsg(w.b, w.path.EndpointB.ClientID, carrier) }

// proveMsg proves vouchers of A to B by A's last header.
func (w *world) proveMsg(numbers ...string) *recognition.MsgRecognizeByProof {
	msg := &recognition.MsgRecognizeByProof{Signer: w.b.Address(carrier), ChainId: hangzhou}
	for _, number := range numbers {
		var v recognition.ProvenVoucher
		v, msg.ProofHeight = w.a.ProveVoucher(number)
		msg.Vouchers = append(msg.Vouchers, v)
	}
	return msg
}

// standing is how a voucher of A stands at B.
func (w *world) standing(number string) recognition.Standing {
	w.t.Helper()
	res, err := recognitionkeeper.NewQueryServer(w.b.Shugu.Recognition).Standing(w.b.Query(), &recognition.QueryStandingRequest{Number: number})
	require.NoError(w.t, err)
	require.Len(w.t, res.Standings, 1)
	return res.Standings[0]
}

func (w *world) requireCaveats(number string, want ...recognition.Caveat) {
	w.t.Helper()
	require.Equal(w.t, want, w.standing(number).Caveats)
}

// One transaction of a member who needs nobody's leave updates the client and proves the
// voucher; no channel and no relayer is needed.
func TestRecognizeByProof(t *testing.T) {
	w := newWorld(t, chains.Watch)
	sold, reversed := w.sell(), w.sell()
	w.reverse(reversed.Voucher, price)
	w.CommitBlock(w.a.TestChain)
	w.b.MustSend(carrier, nil, w.updateMsg(), w.proveMsg(sold.Voucher, reversed.Voucher))

	w.requireCaveats(sold.Voucher)
	s := w.standing(sold.Voucher)
	require.True(t, s.Usable)
	require.NotNil(t, s.Settlement)
	require.Equal(t, w.a.App.LastBlockHeight()-1, s.AsOfHeight)
	require.Equal(t, w.a.LatestCommittedHeader.Header.Time.Unix(), s.AsOfTime)
	w.requireCaveats(reversed.Voucher, recognition.CAVEAT_REVERSED)

	// Later the voucher is reversed in part, and the proof ages.
	w.reverse(sold.Voucher, 1)
	w.IncrementTimeBy(25 * time.Hour)
	w.CommitBlock(w.b.TestChain)
	w.requireCaveats(sold.Voucher, recognition.CAVEAT_STALE)
	w.CommitBlock(w.a.TestChain)
	status, height := w.a.ProveStatus(sold.Voucher)
	prove := &recognition.MsgProveStatus{Signer: w.b.Address(carrier), ChainId: hangzhou, ProofHeight: height, Statuses: []recognition.ProvenStatus{status}}
	w.b.MustSend(carrier, nil, w.updateMsg(), prove)
	w.requireCaveats(sold.Voucher, recognition.CAVEAT_PARTLY_REVERSED)
	require.True(t, w.standing(sold.Voucher).Usable)
	w.checkAll()
}

// secondStep is a proof without its first step.
func secondStep(t *testing.T, b []byte) []byte {
	var proof commitmenttypes.MerkleProof
	require.NoError(t, proof.Unmarshal(b))
	proof.Proofs = proof.Proofs[1:]
	b, err := proof.Marshal()
	require.NoError(t, err)
	return b
}

// A hundred vouchers lie under one header.
func TestRecognizeAHundredByProof(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred trades")
	}
	w := newWorld(t, chains.Watch)
	deposit(w.a, "buyer", 100*price)
	var numbers []string
	for range recognition.MaxRecords {
		numbers = append(numbers, w.sell().Voucher)
	}
	w.CommitBlock(w.a.TestChain)
	msg := w.proveMsg(numbers...)
	w.b.MustSend(carrier, nil, w.updateMsg(), msg)
	for _, number := range numbers {
		w.requireCaveats(number)
	}
}

// A proof serves where a channel exists, too, and a packet finds what was proven.
func TestProofAndPacketOfOneVoucher(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	packet := w.present(sold.Voucher)
	w.b.MustSend(carrier, nil, w.updateMsg(), w.proveMsg(sold.Voucher))
	require.True(t, w.standing(sold.Voucher).Voucher.Evidence.ByProof())
	require.True(t, w.carry(packet).Success())
	w.requireStatus(sold, recognition.OUTBOX_STATUS_RECOGNISED)
	require.True(t, w.standing(sold.Voucher).StatusTravels)
	w.checkAll()
}

// Proofs of A's real state, each with one thing wrong.
func TestRecognizeByProofRefuses(t *testing.T) {
	w := newWorld(t, chains.Watch)
	sold, other := w.sell(), w.sell()
	w.reverse(other.Voucher, 1)
	w.CommitBlock(w.a.TestChain)
	w.b.MustSend(carrier, nil, w.updateMsg())
	good := w.proveMsg(sold.Voucher)
	earlier := w.proveMsg(sold.Voucher)
	w.sell()
	later := w.proveMsg(sold.Voucher)
	at := int64(good.ProofHeight)
	proof := func(store string, key []byte) []byte {
		p, _ := w.a.QueryProofForStore(store, key, at)
		return p
	}
	sentinels := voucher.SentinelKeys()
	for name, c := range map[string]struct {
		spoil func(*recognition.MsgRecognizeByProof)
		want  error
		says  string
	}{
		"of another store": {func(m *recognition.MsgRecognizeByProof) {
			m.Vouchers[0].VoucherProof = proof(voucher.StatusStoreKey, voucher.StatusKey(other.Voucher))
		}, recognition.ErrProof, "stand in store voucher"},
		"of another key": {func(m *recognition.MsgRecognizeByProof) {
			m.Vouchers[0].VoucherProof = proof(voucher.StoreKey, voucher.VoucherKey(other.Voucher))
		}, recognition.ErrProof, "stand in store voucher"},
		"of another height": {func(m *recognition.MsgRecognizeByProof) {
			m.Vouchers[0].VoucherProof = later.Vouchers[0].VoucherProof
		}, recognition.ErrProof, "invalid proof"},
		"at a height that B does not know": {func(m *recognition.MsgRecognizeByProof) { m.ProofHeight++ }, recognition.ErrProof, "update the client"},
		"of B's own chain":                 {func(m *recognition.MsgRecognizeByProof) { m.ChainId = shanghai }, recognition.ErrNoAgreement, shanghai},
		"absence for another voucher": {func(m *recognition.MsgRecognizeByProof) {
			m.Vouchers[0].Status.Proof = proof(voucher.StatusStoreKey, voucher.StatusKey("330126112300001300000199"))
		}, recognition.ErrProof, "expected a proof for key"},
		"absence of what is there": {func(m *recognition.MsgRecognizeByProof) {
			m.Vouchers[0], _ = w.a.ProveVoucher(other.Voucher)
			m.Vouchers[0].VoucherProof = proof(voucher.StoreKey, voucher.VoucherKey(other.Voucher))
			m.Vouchers[0].SettlementProof = proof(settlement.StoreKey, settlement.RecordKey(other.Id))
			m.Vouchers[0].Status = good.Vouchers[0].Status
			m.Vouchers[0].Status.Number = other.Voucher
		}, recognition.ErrProof, "expected a proof for key"},
		"presence of a sentinel as absence": {func(m *recognition.MsgRecognizeByProof) {
			m.Vouchers[0].Status.Proof = proof(voucher.StatusStoreKey, sentinels[0])
		}, recognition.ErrProof, "non-existence"},
		"presence of a sentinel as status": {func(m *recognition.MsgRecognizeByProof) {
			m.Vouchers[0].Status.Proof = proof(voucher.StatusStoreKey, sentinels[1])
			m.Vouchers[0].Status.Value, m.Vouchers[0].Status.Detail = []byte(voucher.SentinelValue), []byte("detail")
		}, recognition.ErrProof, "voucherstatus"},
		"truncated": {func(m *recognition.MsgRecognizeByProof) {
			m.Vouchers[0].VoucherProof = m.Vouchers[0].VoucherProof[:200]
		}, recognition.ErrProof, "EOF"},
		"with more behind": {func(m *recognition.MsgRecognizeByProof) {
			m.Vouchers[0].VoucherProof = append(m.Vouchers[0].VoucherProof, 0x38, 1)
		}, recognition.ErrProof, "differ from the encoding"},
		"only the store's": {func(m *recognition.MsgRecognizeByProof) {
			m.Vouchers[0].VoucherProof = secondStep(t, m.Vouchers[0].VoucherProof)
		}, recognition.ErrProof, "1 steps"},
	} {
		t.Run(name, func(t *testing.T) {
			msg := *earlier
			msg.Vouchers = []recognition.ProvenVoucher{earlier.Vouchers[0]}
			v := &msg.Vouchers[0]
			v.VoucherProof = append([]byte(nil), v.VoucherProof...)
			c.spoil(&msg)
			before := dump(w.b, recognition.StoreKey)
			res, err := w.b.Send(carrier, &msg)
			require.Error(t, err)
			requireCode(t, c.want, res.Codespace, res.Code, res.Log, c.says)
			requireSame(t, before, dump(w.b, recognition.StoreKey))
		})
	}
	w.b.MustSend(carrier, nil, good)
	w.requireCaveats(sold.Voucher)
}

// An expired client can judge no proof, and is told from a frozen one; the council
// recovers it with a new client.
func TestRecognizeByProofAfterTheClientExpired(t *testing.T) {
	w := newWorld(t, chains.Watch)
	sold := w.sell()
	w.IncrementTimeBy(ibctesting.TrustingPeriod + time.Hour)
	w.CommitBlock(w.a.TestChain)
	_, err := w.b.Send(carrier, w.updateMsg())
	require.ErrorContains(t, err, "Expired")
	_, err = w.b.Send(carrier, w.proveMsg(sold.Voucher))
	require.ErrorContains(t, err, "got Expired")

	substitute := ibctesting.NewPath(w.a.TestChain, w.b.TestChain)
	require.NoError(t, substitute.EndpointB.CreateClient())
	w.b.Decide(panel.Council, clienttypes.NewMsgRecoverClient(chains.Council(), w.path.EndpointB.ClientID, substitute.EndpointB.ClientID))
	w.CommitBlock(w.a.TestChain)
	w.b.MustSend(carrier, nil, w.updateMsg(), w.proveMsg(sold.Voucher))
	w.requireCaveats(sold.Voucher)
}
