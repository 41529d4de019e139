package chains_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	abci "github.com/cometbft/cometbft/abci/types"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/chains"
	compliance "github.com/shugu-network/shugu/x/compliance/types"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
	product "github.com/shugu-network/shugu/x/product/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
)

// market is one chain with a pair that trades, and money for three trades.
func market(t *testing.T) (*chains.Chain, pair) {
	c := chains.New(t, hangzhou).Chain(hangzhou)
	p := newPair(c, "seller", "buyer")
	deposit(c, "buyer", 3*price)
	return c, p
}

// requireRefused asserts that a transaction gets neither into the mempool nor, in a
// block, past the door, and that it leaves nothing behind, not even a sequence.
func requireRefused(t *testing.T, c *chains.Chain, raw []byte, want error, says string) {
	t.Helper()
	checked, err := c.Shugu.CheckTx(&abci.RequestCheckTx{Tx: raw})
	require.NoError(t, err)
	requireCode(t, want, checked.Codespace, checked.Code, checked.Log, says)

	before := dump(c, c.Shugu.StoreNames()...)
	res := c.Block([][]byte{raw})[0]
	requireCode(t, want, res.Codespace, res.Code, res.Log, says)
	requireSame(t, before, dump(c, c.Shugu.StoreNames()...))
}

func TestDoorRefuses(t *testing.T) {
	c, p := market(t)
	from := func(party string, msg func(signer string) sdk.Msg) []byte {
		return sign(c, party, 0, msg(c.Address(party)))
	}
	quoteBy := func(signer string) sdk.Msg {
		return &trade.MsgQuote{Signer: signer, Deal: p.deal(), ValidUntil: p.quote(c).ValidUntil}
	}
	for name, r := range map[string]struct {
		raw  []byte
		want error
		says string
	}{
		"a stranger": {from("stranger", quoteBy), consortium.ErrNotMember, "an exchange has to admit it first"},
		"a merchant that deposits": {from("seller", func(s string) sdk.Msg {
			return &settlement.MsgDeposit{Signer: s, Member: chains.Number("seller"), Amount: math.NewInt(1), Reference: "D-1"}
		}), consortium.ErrRoleMissing, "expected ROLE_BANK"},
		"a merchant that opines": {from("buyer", func(s string) sdk.Msg {
			return &compliance.MsgOpine{Signer: s, Product: p.product, Version: 1, Round: 1, Verdict: compliance.VERDICT_CLEAR}
		}), consortium.ErrRoleMissing, "expected ROLE_COMMITTEE_MEMBER"},
		"a merchant that decides": {from("seller", func(s string) sdk.Msg {
			return &product.MsgDecideScenario{Signer: s, Scenario: "S" + p.product, Approve: true}
		}), consortium.ErrRoleMissing, "expected ROLE_EXCHANGE"},
		"an exchange that makes an agreement": {from("exchange", func(s string) sdk.Msg {
			return &recognition.MsgEndAgreement{Signer: s, ChainId: shanghai, Reason: "no"}
		}), sdkerrors.ErrUnauthorized, "ask the council: shugud council propose"},
		"bank's sends to many": {from("buyer", func(s string) sdk.Msg {
			coins := sdk.NewCoins(sdk.NewInt64Coin(app.Denom, 1))
			return &banktypes.MsgMultiSend{Inputs: []banktypes.Input{{Address: s, Coins: coins}}, Outputs: []banktypes.Output{{Address: c.Address("seller"), Coins: coins}}}
		}), sdkerrors.ErrUnauthorized, "ask the council: shugud council propose"},
		"a forbidden message behind an allowed one": {
			sign(c, "seller", 0, p.quote(c), &settlement.MsgDeposit{Signer: c.Address("seller"), Member: chains.Number("seller"), Amount: math.NewInt(1), Reference: "D-1"}),
			consortium.ErrRoleMissing, "expected ROLE_BANK",
		},
		"a stranger's bad signature": {forged(t, from("stranger", quoteBy)), consortium.ErrNotMember, "acts for no member"},
		"a bad signature":            {forged(t, sign(c, "seller", 0, p.quote(c))), sdkerrors.ErrUnauthorized, "signature verification failed"},
		"another's key":              {sign(c, "buyer", 0, p.quote(c)), sdkerrors.ErrInvalidPubKey, "does not match signer address"},
		"a signature for another chain": {
			signFor(c, shanghai, nil, "seller", 0, p.quote(c)), sdkerrors.ErrUnauthorized, "signature verification failed",
		},
		"a sequence too far": {sign(c, "seller", 1, p.quote(c)), sdkerrors.ErrWrongSequence, "account sequence mismatch"},
	} {
		t.Run(name, func(t *testing.T) { requireRefused(t, c, r.raw, r.want, r.says) })
	}
	checkAll(t, c)
}

// forged is a transaction with one bit of its signature turned.
func forged(t *testing.T, raw []byte) []byte {
	t.Helper()
	var tx txtypes.TxRaw
	require.NoError(t, tx.Unmarshal(raw))
	tx.Signatures[0][40] ^= 1
	out, err := tx.Marshal()
	require.NoError(t, err)
	return out
}

// A transaction works once.
func TestReplayedTransactionIsRefused(t *testing.T) {
	c, p := market(t)
	raw := sign(c, "seller", 0, p.quote(c))
	require.Zero(t, c.Block([][]byte{raw})[0].Code)
	requireRefused(t, c, raw, sdkerrors.ErrWrongSequence, "account sequence mismatch")
}

// Suspension takes the right to start anything; what is open is finished or refunded.
func TestSuspendedMembersFinishWhatIsOpen(t *testing.T) {
	c, p := market(t)
	quoted, agreed := p.reach(c, trade.STATUS_QUOTED), p.reach(c, trade.STATUS_AGREED)
	funded, dropped := p.reach(c, trade.STATUS_FUNDED), p.reach(c, trade.STATUS_FUNDED)
	for _, party := range []string{"seller", "buyer"} {
		c.Decide(panel.Council, &consortium.MsgSuspend{Signer: chains.Council(), Member: chains.Number(party), Reason: "audit"})
	}
	for name, raw := range map[string][]byte{
		"quote":   sign(c, "seller", 0, p.quote(c)),
		"agree":   sign(c, "buyer", 0, p.agree(c, quoted.Id)),
		"list":    sign(c, "seller", 0, &product.MsgList{Signer: c.Address("seller"), Product: p.product, Version: 1}),
		"present": sign(c, "seller", 0, &recognition.MsgPresent{Signer: c.Address("seller"), Voucher: "330126112300001100000100", ChainId: shanghai}),
		"withdraw": sign(c, "buyer", 0, &settlement.MsgRequestWithdrawal{
			Signer: c.Address("buyer"), Bank: chains.Number("bank"), Amount: math.NewInt(1), Reference: "W-1",
		}),
	} {
		t.Run(name, func(t *testing.T) {
			requireRefused(t, c, raw, consortium.ErrSuspended, "can only finish or refund what is open; the reason given: audit")
		})
	}

	c.MustSend("seller", nil, p.cancel(c, quoted.Id))
	c.MustSend("buyer", nil, p.fund(c, agreed.Id))
	for _, id := range []string{agreed.Id, funded.Id} {
		c.MustSend("seller", nil, p.deliver(c, id))
		c.MustSend("buyer", nil, p.accept(c, id))
		require.Equal(t, trade.STATUS_SETTLED, contract(c, id).Status)
	}
	c.MustSend("seller", nil, p.cancel(c, dropped.Id))
	require.Equal(t, trade.STATUS_REFUNDED, contract(c, dropped.Id).Status)
	require.EqualValues(t, 2*sellersShare, has(c, "seller"))
	require.EqualValues(t, price, has(c, "buyer"))
	checkAll(t, c)
}

// fen moves only through x/settlement, so that every path that a court must bind is ours.
func TestBankDoesNotMoveFen(t *testing.T) {
	c, _ := market(t)
	for name, to := range map[string]string{
		"to a member":         c.Address("seller"),
		"to a stranger":       c.Address("stranger"),
		"to the escrow":       c.Shugu.Account.GetModuleAddress(settlement.ModuleName).String(),
		"to itself":           c.Address("buyer"),
		"to the fee's module": c.Shugu.Account.GetModuleAddress("fee_collector").String(),
	} {
		t.Run(name, func(t *testing.T) {
			before := dump(c)
			res, err := c.Send("buyer", &banktypes.MsgSend{FromAddress: c.Address("buyer"), ToAddress: to, Amount: sdk.NewCoins(sdk.NewInt64Coin(app.Denom, 1))})
			require.Error(t, err)
			requireCode(t, banktypes.ErrSendDisabled, res.Codespace, res.Code, res.Log, "fen")
			requireSame(t, before, dump(c))
		})
	}
	checkAll(t, c)
}

// Fees are neither asked for nor taken, whatever a wallet offers.
func TestFeesAreIgnored(t *testing.T) {
	c, p := market(t)
	offered := sdk.NewCoins(sdk.NewInt64Coin(app.Denom, 1_000_000))
	for _, raw := range [][]byte{
		signFor(c, c.ChainID, offered, "seller", 0, p.quote(c)),
		signFor(c, c.ChainID, offered, "buyer", 0, p.agree(c, contractID(chains.Start, "seller", 1))),
	} {
		checked, err := c.Shugu.CheckTx(&abci.RequestCheckTx{Tx: raw})
		require.NoError(t, err)
		require.Zero(t, checked.Code, checked.Log)
		res := c.Block([][]byte{raw})[0]
		require.Zero(t, res.Code, res.Log)
	}
	require.Zero(t, has(c, "seller"))
	require.EqualValues(t, 3*price, has(c, "buyer"))
	require.EqualValues(t, 3*price, supply(c))
	checkAll(t, c)
}
