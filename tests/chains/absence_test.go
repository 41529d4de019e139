package chains_test

import (
	"bytes"
	"testing"

	ics23 "github.com/cosmos/ics23/go"
	"github.com/stretchr/testify/require"

	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// changedStep is a proof with something changed in its first step.
func changedStep(t *testing.T, b []byte, change func(*ics23.CommitmentProof)) []byte {
	t.Helper()
	var proof commitmenttypes.MerkleProof
	require.NoError(t, proof.Unmarshal(b))
	change(proof.Proofs[0])
	b, err := proof.Marshal()
	require.NoError(t, err)
	return b
}

// exists is the first step of a proof that a key is there.
func exists(t *testing.T, b []byte) *ics23.ExistenceProof {
	t.Helper()
	var proof commitmenttypes.MerkleProof
	require.NoError(t, proof.Unmarshal(b))
	require.NotNil(t, proof.Proofs[0].GetExist())
	return proof.Proofs[0].GetExist()
}

// Whoever hides a status brings a proof of absence for its key: with neighbours that are none, with one
// alone as at the ends of the range, with the sentinels around all there is, or from another state.
func TestAbsenceThatHidesAStatusIsRefused(t *testing.T) {
	w, twin := newWorld(t, chains.Watch), newWorld(t, chains.Watch)
	hidden, clean := w.sell(), w.sell()
	require.Equal(t, hidden.Voucher, twin.sell().Voucher, "there it was never reversed")
	for range 8 {
		w.reverse(w.sell().Voucher, 1) // others stand between the sentinels
	}
	w.reverse(hidden.Voucher, 1)
	w.CommitBlock(w.a.TestChain)
	w.b.MustSend(carrier, nil, w.updateMsg())
	good := w.proveMsg(hidden.Voucher)
	at := int64(good.ProofHeight)
	of := func(c *chains.Chain, height int64, key []byte) []byte {
		proof, _ := c.QueryProofForStore(voucher.StatusStoreKey, key, height)
		return proof
	}
	key, sentinels := voucher.StatusKey(hidden.Voucher), voucher.SentinelKeys()
	another := of(w.a, at, voucher.StatusKey(clean.Voucher))
	absent := func(change func(*ics23.NonExistenceProof)) []byte {
		return changedStep(t, another, func(p *ics23.CommitmentProof) {
			p.GetNonexist().Key = key
			change(p.GetNonexist())
		})
	}
	bytesAfter := append(bytes.Clone(sentinels[1]), 0)
	for name, c := range map[string]struct {
		proof []byte
		says  string
	}{
		"of another key":                {another, "expected a proof for key"},
		"of another key, renamed":       {absent(func(*ics23.NonExistenceProof) {}), "that there is none"},
		"without a left neighbour":      {absent(func(p *ics23.NonExistenceProof) { p.Left = nil }), "both neighbours"},
		"without a right neighbour":     {absent(func(p *ics23.NonExistenceProof) { p.Right = nil }), "both neighbours"},
		"without any neighbour":         {absent(func(p *ics23.NonExistenceProof) { p.Left, p.Right = nil, nil }), "both neighbours"},
		"beyond the end of the range":   {of(w.a, at, bytesAfter), "both neighbours"},
		"before the start of the range": {of(w.a, at, []byte{0}), "both neighbours"},
		"between the sentinels": {absent(func(p *ics23.NonExistenceProof) {
			p.Left, p.Right = exists(t, of(w.a, at, sentinels[0])), exists(t, of(w.a, at, sentinels[1]))
		}), "that there is none"},
		"between itself and a sentinel": {absent(func(p *ics23.NonExistenceProof) {
			p.Left, p.Right = exists(t, of(w.a, at, key)), exists(t, of(w.a, at, sentinels[1]))
		}), "that there is none"},
		"of another history": {of(twin.a, twin.a.App.LastBlockHeight()-1, key), "that there is none"},
		"of our own chain":   {of(w.b, w.b.App.LastBlockHeight()-1, key), "that there is none"},
	} {
		t.Run(name, func(t *testing.T) {
			msg := *good
			msg.Vouchers = []recognition.ProvenVoucher{good.Vouchers[0]}
			msg.Vouchers[0].Status = recognition.ProvenStatus{Number: hidden.Voucher, Proof: c.proof}
			before := dump(w.b, recognition.StoreKey)
			res, err := w.b.Send(carrier, &msg)
			require.Error(t, err)
			requireCode(t, recognition.ErrProof, res.Codespace, res.Code, res.Log, c.says)
			requireSame(t, before, dump(w.b, recognition.StoreKey))
		})
	}
	w.b.MustSend(carrier, nil, good)
	w.requireCaveats(hidden.Voucher, recognition.CAVEAT_PARTLY_REVERSED)
}

// What another client of the same chain knows is no evidence: the council has compared one, and the
// agreement names it.
func TestProofForAnotherClientIsRefused(t *testing.T) {
	w := newWorld(t, chains.Watch)
	sold := w.sell()
	other := ibctesting.NewPath(w.a.TestChain, w.b.TestChain)
	require.NoError(t, other.EndpointB.CreateClient())
	w.CommitBlock(w.a.TestChain)
	w.b.MustSend(carrier, nil, w.a.UpdateMsg(w.b, other.EndpointB.ClientID, carrier))
	before := dump(w.b, recognition.StoreKey)
	res, err := w.b.Send(carrier, w.proveMsg(sold.Voucher))
	require.Error(t, err)
	requireCode(t, recognition.ErrProof, res.Codespace, res.Code, res.Log, w.path.EndpointB.ClientID+" knows no height")
	requireSame(t, before, dump(w.b, recognition.StoreKey))
	w.b.MustSend(carrier, nil, w.updateMsg(), w.proveMsg(sold.Voucher))
}
