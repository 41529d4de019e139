package chains_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/testutil/chains"
	compliance "github.com/shugu-network/shugu/x/compliance/types"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	tradekeeper "github.com/shugu-network/shugu/x/trade/keeper"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// The council sets the parameters of every module in one resolution, in the middle of a
// trade and of a request to reverse another; both go on, and the chain exports and starts again.
func TestCouncilSetsParameters(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	request := &voucher.MsgRequestReversal{
		Signer: w.a.Address("buyer"), Number: sold.Voucher, Lines: []voucher.ReversedLine{{Line: 0, Amount: math.NewInt(100)}}, ReasonDigest: digest("reason"),
	}
	w.a.MustSend("buyer", nil, request)
	open := w.pair.reach(w.a, trade.STATUS_FUNDED)

	quota := consortium.DefaultParams()
	quota.QuotaWindow, quota.DowntimeWindow, quota.TrustingPeriod = 7, 50, quota.TrustingPeriod/2
	limits := trade.DefaultParams()
	limits.MinWithin, limits.MaxDeadlinesPerBlock = 20, 1
	resolutions := panel.DefaultParams()
	resolutions.DefaultDeadline = 3_600
	window := voucher.DefaultParams()
	window.ReversalWindow = 60
	packets := recognition.DefaultParams()
	packets.PacketTimeout = 600
	council := chains.Council()
	w.a.Decide(panel.Council,
		&consortium.MsgUpdateParams{Signer: council, Params: quota},
		&compliance.MsgUpdateParams{Signer: council, Params: compliance.Params{Quorum: 3, MaxCommittee: 3}},
		&trade.MsgUpdateParams{Signer: council, Params: limits},
		&panel.MsgUpdateParams{Signer: council, Params: resolutions},
		&voucher.MsgUpdateParams{Signer: council, Params: window},
		&recognition.MsgUpdateParams{Signer: council, Params: packets},
	)
	restart(t, w.a)
	got, err := tradekeeper.NewQueryServer(w.a.Shugu.Trade).Params(w.a.Query(), &trade.QueryParamsRequest{})
	require.NoError(t, err)
	require.Equal(t, limits, got.Params)

	for _, name := range []string{"deliver", "accept"} {
		party, msg := w.pair.step(w.a, name, open.Id)
		w.a.MustSend(party, nil, msg)
	}
	require.Equal(t, trade.STATUS_SETTLED, contract(w.a, open.Id).Status)
	w.a.MustSend("seller", nil, &voucher.MsgConfirmReversal{
		Signer: w.a.Address("seller"), Number: request.Number, Lines: request.Lines, ReasonDigest: request.ReasonDigest,
	})
	checkAll(t, w.a)
}
