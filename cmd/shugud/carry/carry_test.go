package carry_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"
	commitmenttypesv2 "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types/v2"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/cmd/shugud/carry"
	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

var (
	setA = verifytest.Validators("hangzhou-dex", "zhejiang-dex", "ningbo-dex", "wenzhou-dex")
	setB = verifytest.Validators("hangzhou-dex", "zhejiang-dex", "jiaxing-dex", "shaoxing-dex")
	setC = verifytest.Validators("taizhou-dex", "huzhou-dex", "jiaxing-dex", "shaoxing-dex")
)

// bundle is a voucher's with the validators that signed its first header.
func bundle(t *testing.T, w *verifytest.World, number string, first []verifytest.Validator, changes ...verify.SetChange) *verify.Bundle {
	t.Helper()
	b := w.Bundle(t, number)
	b.Validators, b.SetChanges = verifytest.Bundled(first), append(b.SetChanges, changes...)
	encoded, err := b.Encode()
	require.NoError(t, err)
	b, err = verify.Decode(encoded)
	require.NoError(t, err)
	return b
}

func batchOf(t *testing.T, w *verifytest.World, numbers ...string) *carry.Batch {
	t.Helper()
	var bundles []*verify.Bundle
	for _, number := range numbers {
		bundles = append(bundles, bundle(t, w, number, w.Validators))
	}
	batch, err := carry.NewBatch(bundles)
	require.NoError(t, err)
	return batch
}

func holds(t *testing.T, w *verifytest.World, raw []byte, store string, key, value []byte) {
	t.Helper()
	var p commitmenttypes.MerkleProof
	require.NoError(t, proto.Unmarshal(raw, &p))
	path, root := commitmenttypesv2.NewMerklePath([]byte(store), key), commitmenttypes.NewMerkleRoot(w.Header.AppHash)
	if value == nil {
		require.NoError(t, p.VerifyNonMembership(commitmenttypes.GetSDKSpecs(), root, path))
		return
	}
	require.NoError(t, p.VerifyMembership(commitmenttypes.GetSDKSpecs(), root, path, value))
	require.Error(t, p.VerifyMembership(commitmenttypes.GetSDKSpecs(), root, path, append([]byte{0}, value...)))
}

func TestMessagesProveWhatTheBundlesShow(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 12, Reversed: 4, Blocks: 2})
	batch := batchOf(t, w, w.Blue[7], w.Blue[0], w.Blue[2])
	msg, err := batch.Recognize("shugu1someone")
	require.NoError(t, err)
	require.NoError(t, msg.Validate())
	require.Equal(t, w.ChainID, msg.ChainId)
	require.EqualValues(t, w.Header.Height, msg.ProofHeight)
	statuses := 0
	for _, v := range msg.Vouchers {
		number := v.Status.Number
		decoded, err := voucher.DecodeVoucher(v.Voucher)
		require.NoError(t, err)
		require.Equal(t, number, decoded.Number)
		holds(t, w, v.VoucherProof, voucher.StoreKey, voucher.VoucherKey(number), v.Voucher)
		holds(t, w, v.SettlementProof, settlement.StoreKey, settlement.RecordKey(decoded.Settlement), v.Settlement)
		holds(t, w, v.Status.Proof, voucher.StatusStoreKey, voucher.StatusKey(number), v.Status.Value)
		if v.Status.Value != nil {
			statuses++
			require.Equal(t, w.Query(t, voucher.StoreKey, voucher.DetailKey(number, 1)).Value, v.Status.Detail)
		}
	}
	require.Equal(t, 2, statuses)
	again, err := batch.Reaffirm("shugu1someone")
	require.NoError(t, err)
	require.Equal(t, msg.Vouchers, again.Vouchers)
}

func TestStatusesOfRedVouchersAreTheBlueOnes(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 4, Reversed: 2})
	batch := batchOf(t, w, w.Red[0], w.Blue[0], w.Blue[3])
	msg, err := batch.ProveStatus("shugu1someone")
	require.NoError(t, err)
	require.NoError(t, msg.Validate())
	require.Len(t, msg.Statuses, 2, "a blue voucher and its red one have one status")
	for _, s := range msg.Statuses {
		require.Contains(t, []string{w.Blue[0], w.Blue[3]}, s.Number)
		holds(t, w, s.Proof, voucher.StatusStoreKey, voucher.StatusKey(s.Number), s.Value)
	}
	_, err = batch.Recognize("shugu1someone")
	require.ErrorIs(t, err, carry.ErrRed)
	_, err = batch.Reaffirm("shugu1someone")
	require.ErrorIs(t, err, carry.ErrRed)
}

func TestBatchFailsIf(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 4})
	later := verifytest.New(t, verifytest.Spec{Vouchers: 4, Blocks: 1})
	other := verifytest.New(t, verifytest.Spec{Vouchers: 4, ChainID: "shugu-shanghai-1"})
	good := func(w *verifytest.World, i int) *verify.Bundle { return bundle(t, w, w.Blue[i], w.Validators) }
	spoilt := good(w, 1)
	spoilt.Settlement = good(w, 2).Settlement
	strangers := good(w, 1)
	strangers.Validators = verifytest.Bundled(setC)
	weak := good(w, 1)
	weak.Validators[0].Power = 0
	twice := good(w, 1)
	twice.Validators = append(twice.Validators, twice.Validators[0])
	tooMany := make([]*verify.Bundle, recognition.MaxRecords+1)
	for name, tc := range map[string]struct {
		bundles []*verify.Bundle
		says    string
	}{
		"none":                        {nil, "at least one"},
		"too many":                    {tooMany, "at most 100"},
		"under another header":        {[]*verify.Bundle{good(w, 0), good(later, 1)}, "under one header"},
		"of another chain":            {[]*verify.Bundle{good(w, 0), good(other, 1)}, "under one header"},
		"twice":                       {[]*verify.Bundle{good(w, 0), good(w, 0)}, "each voucher once"},
		"without validators":          {[]*verify.Bundle{w.Bundle(t, w.Blue[0])}, "older shugud"},
		"with strangers for signers":  {[]*verify.Bundle{strangers}, "validators"},
		"with a validator of power 0": {[]*verify.Bundle{weak}, "power 0"},
		"with a validator twice":      {[]*verify.Bundle{twice}, "twice"},
		"with a wrong settlement":     {[]*verify.Bundle{good(w, 0), spoilt}, "settlement"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := carry.NewBatch(tc.bundles)
			require.ErrorContains(t, err, tc.says)
		})
	}
}

// states are what a client trusts, by height.
type states map[uint64]*ibctm.ConsensusState

func (s states) client(now time.Time) carry.Client {
	c := carry.Client{ID: "07-tendermint-0", Now: now, State: &ibctm.ClientState{
		ChainId: verifytest.ChainID, TrustLevel: ibctm.DefaultTrustLevel, TrustingPeriod: time.Hour, MaxClockDrift: time.Minute,
	}, At: func(_ context.Context, h clienttypes.Height) (*ibctm.ConsensusState, error) {
		if state, ok := s[h.RevisionHeight]; ok && h.RevisionNumber == 1 {
			return state, nil
		}
		return nil, errors.New("no such state")
	}}
	for h := range s {
		c.Heights = append(c.Heights, clienttypes.NewHeight(1, h))
		c.State.LatestHeight.RevisionHeight = max(c.State.LatestHeight.RevisionHeight, h)
	}
	return c
}

// stateOf is what a client keeps of a header at a height whose next set is given.
func stateOf(height int64, next []verifytest.Validator) *ibctm.ConsensusState {
	return &ibctm.ConsensusState{
		Timestamp: verifytest.Start.Add(time.Duration(height) * time.Second), Root: commitmenttypes.NewMerkleRoot(verifytest.Digest("some state")),
		NextValidatorsHash: verifytest.Set(next).Hash(),
	}
}
