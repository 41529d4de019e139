package chains

import (
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// Watch gives each of two chains a light client of the other and an agreement without a
// channel: nothing travels but proofs.
func Watch(a, b *Chain) Linked {
	path := ibctesting.NewPath(a.TestChain, b.TestChain)
	path.DisableUniqueChannelIDs()
	path.SetupClients()
	for _, end := range []struct {
		chain    *Chain
		endpoint *ibctesting.Endpoint
	}{{a, path.EndpointA}, {b, path.EndpointB}} {
		agreement := Agreement(end.endpoint)
		agreement.ChannelId = ""
		end.chain.Decide(panel.Council, &recognition.MsgSetAgreement{Signer: Council(), Agreement: agreement})
	}
	return Linked{Path: path}
}

// Prove proves a value of a store, or its absence, in the state that the header of the
// last block holds; the height is that header's.
func (c *Chain) Prove(store string, key []byte) ([]byte, uint64) {
	proof, height := c.QueryProofForStore(store, key, c.App.LastBlockHeight())
	return proof, height.RevisionHeight
}

// ProveVoucher proves a voucher with its settlement and status by the header of the last block.
func (c *Chain) ProveVoucher(number string) (recognition.ProvenVoucher, uint64) {
	c.TB.Helper()
	v, err := c.Shugu.Voucher.Voucher(c.Query(), number)
	require.NoError(c.TB, err)
	out := recognition.ProvenVoucher{}
	out.Voucher, err = c.Shugu.Voucher.VoucherBytes(c.Query(), number)
	require.NoError(c.TB, err)
	out.Settlement, err = c.Shugu.Settlement.RecordBytes(c.Query(), v.Settlement)
	require.NoError(c.TB, err)
	out.VoucherProof, _ = c.Prove(voucher.StoreKey, voucher.VoucherKey(number))
	out.SettlementProof, _ = c.Prove(settlement.StoreKey, settlement.RecordKey(v.Settlement))
	var height uint64
	out.Status, height = c.ProveStatus(number)
	return out, height
}

// ProveStatus proves a voucher's status by the header of the last block.
func (c *Chain) ProveStatus(number string) (recognition.ProvenStatus, uint64) {
	c.TB.Helper()
	out := recognition.ProvenStatus{Number: number}
	var (
		err    error
		height uint64
	)
	out.Value, out.Detail, err = c.Shugu.Voucher.StatusBytes(c.Query(), number)
	require.NoError(c.TB, err)
	out.Proof, height = c.Prove(voucher.StatusStoreKey, voucher.StatusKey(number))
	return out, height
}

// UpdateMsg is the update of a client of this chain on another to this chain's last
// header, and signed by a party there.
func (c *Chain) UpdateMsg(on *Chain, clientID, party string) sdk.Msg {
	c.TB.Helper()
	trusted := on.GetClientLatestHeight(clientID).(clienttypes.Height)
	return c.UpdateMsgWith(on, clientID, party, *c.LatestCommittedHeader, trusted)
}

// UpdateMsgWith is UpdateMsg with another header and trusted height.
func (c *Chain) UpdateMsgWith(on *Chain, clientID, party string, header ibctm.Header, trusted clienttypes.Height) sdk.Msg {
	c.TB.Helper()
	filled, err := c.IBCClientHeader(&header, trusted)
	require.NoError(c.TB, err)
	msg, err := clienttypes.NewMsgUpdateClient(clientID, filled, on.Address(party))
	require.NoError(c.TB, err)
	return msg
}
