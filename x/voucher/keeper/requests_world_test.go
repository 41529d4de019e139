package keeper_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/testutil/keys"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	"github.com/shugu-network/shugu/x/voucher/keeper"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// window is the default time for an answer, in seconds.
const window = 72 * 60 * 60

var errHeld = errors.New("held")

// money is a settlement that remembers what it was asked.
type money struct {
	asked []string
	owed  int64
	err   error
}

func (m *money) ClawBack(_ context.Context, id, red string, amount math.Int) ([]settlement.GivenBack, error) {
	m.asked = append(m.asked, fmt.Sprintf("%s %s %s", id, red, amount))
	return []settlement.GivenBack{{Member: seller, Paid: amount.SubRaw(m.owed), Owed: math.NewInt(m.owed)}}, m.err
}

var signers = map[uint32]string{seller: "Seller", buyer: "Buyer", other: "Other seller"}

func signer(member uint32) string { return keys.Bech32(signers[member]) }

// requestMsg asks for amounts off the lines in order; zeros are left out.
func requestMsg(by uint32, number string, amounts ...int64) *types.MsgRequestReversal {
	r := reversal(number, amounts...)
	return &types.MsgRequestReversal{Signer: signer(by), Number: number, Lines: r.Lines, ReasonDigest: r.ReasonDigest}
}

func confirmMsg(by uint32, number string, amounts ...int64) *types.MsgConfirmReversal {
	r := reversal(number, amounts...)
	return &types.MsgConfirmReversal{Signer: signer(by), Number: number, Lines: r.Lines, ReasonDigest: r.ReasonDigest}
}

func declineMsg(by uint32, number string) *types.MsgDeclineReversal {
	return &types.MsgDeclineReversal{Signer: signer(by), Number: number, ReasonDigest: digest([]byte("no"))}
}

// requested has a voucher whose buyer asks for 100 of line 0 and 50 of line 1.
func (w *world) requested() types.Voucher {
	w.t.Helper()
	blue := w.issue()
	w.request(buyer, blue.Number, 100, 50)
	return blue
}

func (w *world) request(by uint32, number string, amounts ...int64) {
	w.t.Helper()
	_, err := w.msg.RequestReversal(w.Ctx, requestMsg(by, number, amounts...))
	require.NoError(w.t, err)
}

func (w *world) confirm(by uint32, number string, amounts ...int64) string {
	w.t.Helper()
	res, err := w.msg.ConfirmReversal(w.Ctx, confirmMsg(by, number, amounts...))
	require.NoError(w.t, err)
	return res.RedNumber
}

// query answers the module's queries.
func (w *world) query() types.QueryServer { return keeper.NewQueryServer(w.k) }

func (w *world) requireNoRequest(number string) {
	w.t.Helper()
	_, err := w.k.Request(w.Ctx, number)
	require.ErrorIs(w.t, err, types.ErrRequestNotFound)
	require.NoError(w.t, w.k.Check(w.Ctx))
}
