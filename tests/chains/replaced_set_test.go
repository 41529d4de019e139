package chains_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"

	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/testutil/chains"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// replaced is A's next header as a set signs it in which newcomers stand in for the first
// of A's validators; old says how many of those who stay sign. The state in it is A's own.
func (w *world) replaced(newcomers, old int) *ibctm.Header {
	w.t.Helper()
	signers := map[string]cmttypes.PrivValidator{}
	for address, signer := range w.a.Signers {
		signers[address] = signer
	}
	var members []*cmttypes.Validator
	for i, v := range w.a.Vals.Validators {
		if i >= newcomers {
			members = append(members, v.Copy())
			continue
		}
		signer := cmttypes.NewMockPV()
		key, err := signer.GetPubKey()
		require.NoError(w.t, err)
		signers[key.Address().String()] = signer
		members = append(members, cmttypes.NewValidator(key, v.VotingPower))
	}
	set := cmttypes.NewValidatorSet(members)
	trusted := w.b.GetClientLatestHeight(w.path.EndpointB.ClientID).(clienttypes.Height)
	header := w.a.CreateTMClientHeader(hangzhou, w.a.ProposedHeader.Height, trusted, w.a.ProposedHeader.Time, set, set, w.a.Vals, signers)
	for i, v := range set.Validators {
		if !w.a.Vals.HasAddress(v.Address) {
			continue
		}
		if old == 0 {
			header.Commit.Signatures[i] = cmtproto.CommitSig{BlockIdFlag: cmtproto.BlockIDFlagAbsent}
			continue
		}
		old--
	}
	require.Zero(w.t, old)
	return header
}

func (w *world) update(header *ibctm.Header) sdk.Msg {
	w.t.Helper()
	msg, err := clienttypes.NewMsgUpdateClient(w.path.EndpointB.ClientID, header, w.b.Address(carrier))
	require.NoError(w.t, err)
	return msg
}

// Our own chains change their sets step by step (x/consortium's guard). One that replaces
// more than a third of its set at once, or any of it from one block to the next without
// having said so, is not believed: the client takes no such header, and so nothing can be
// proven by it, though the state in it is true.
func TestHeaderOfAReplacedSetIsRefused(t *testing.T) {
	w := newWorld(t, chains.Watch)
	sold := w.sell()
	require.Len(t, w.a.Vals.Validators, 4)
	for name, c := range map[string]struct {
		newcomers, old int
		adjacent       bool
		says           string
	}{
		"two of four, and one of the old signs": {newcomers: 2, old: 1, says: "insufficient voting power"},
		"three of four":                         {newcomers: 3, old: 1, says: "insufficient voting power"},
		"all of them":                           {newcomers: 4, says: "insufficient voting power"},
		"one of four, unannounced":              {newcomers: 1, old: 3, adjacent: true, says: "to match those from new header"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.adjacent {
				w.b.MustSend(carrier, nil, w.updateMsg())
			} else {
				w.CommitNBlocks(w.a.TestChain, 2)
			}
			header := w.replaced(c.newcomers, c.old)
			w.CommitBlock(w.a.TestChain)
			prove := w.proveMsg(sold.Voucher)
			require.EqualValues(t, header.Header.Height, prove.ProofHeight, "the proof lies under this header")

			before := dump(w.b)
			_, err := w.b.Send(carrier, w.update(header), prove)
			require.ErrorContains(t, err, "message index: 0")
			require.ErrorContains(t, err, c.says)
			res, err := w.b.Send(carrier, prove)
			require.Error(t, err)
			requireCode(t, recognition.ErrProof, res.Codespace, res.Code, res.Log, fmt.Sprint(header.Header.Height))
			require.Contains(t, res.Log, "update the client")
			requireSame(t, before, dump(w.b))
		})
	}

	// Less than that is believed, of a header further on; and A's own goes on.
	w.CommitNBlocks(w.a.TestChain, 2)
	require.NoError(t, dryRun(w.b, w.update(w.replaced(1, 2))))
	w.CommitBlock(w.a.TestChain)
	w.b.MustSend(carrier, nil, w.updateMsg(), w.proveMsg(sold.Voucher))
	w.requireCaveats(sold.Voucher)
	w.checkAll()
}
