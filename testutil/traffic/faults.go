package traffic

import (
	"strings"

	"cosmossdk.io/math"

	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/chains"
	product "github.com/shugu-network/shugu/x/product/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
)

// fault adds something to the block that cannot succeed.
func (t *Traffic) fault() {
	by := t.merchant()
	signer := t.here.Address(by)
	deposit := &settlement.MsgDeposit{Signer: signer, Member: t.members[by], Amount: math.NewInt(1), Reference: "D-1"}
	cancel := &trade.MsgCancel{Signer: signer, Contract: "261123-000011-999999", Reason: "no such contract"}
	switch t.rand.Intn(12) {
	case 0:
		t.add("fault: no transaction", t.garbage(), nil)
	case 1:
		t.add("fault: broken signature", broken(t.sign(by, t.sent[by], gas, cancel)), nil)
	case 2:
		t.add("fault: sequence too far", t.sign(by, t.sent[by]+7, gas, cancel), nil)
	case 3:
		t.refused("fault: stranger", "stranger", &trade.MsgCancel{Signer: t.here.Address("stranger"), Contract: cancel.Contract, Reason: "I am nobody"})
	case 4:
		t.refused("fault: wrong role", by, deposit)
	case 5:
		t.refused("fault: for the authority only", by, &recognition.MsgEndAgreement{Signer: signer, ChainId: t.there.ChainID, Reason: "no"})
	case 6:
		t.twice(by, cancel)
	case 7:
		t.undone(by, cancel)
	case 8:
		t.outOfGas(by)
	case 9:
		t.send("fault: bank send", by, nil, &banktypes.MsgSend{
			FromAddress: signer, ToAddress: t.here.Address("seller"), Amount: sdk.NewCoins(sdk.NewInt64Coin(app.Denom, 1)),
		})
	default:
		t.send("fault: field", by, nil, t.extreme(by))
	}
}

// garbage is bytes that are no transaction.
func (t *Traffic) garbage() []byte {
	raw := make([]byte, t.rand.Intn(200))
	_, _ = t.rand.Read(raw)
	return raw
}

// broken turns a bit of a transaction's signature, which stands at its end.
func broken(raw []byte) []byte {
	raw[len(raw)-9] ^= 1
	return raw
}

// twice puts the same transaction into the block two times.
func (t *Traffic) twice(by string, msg sdk.Msg) {
	raw := t.sign(by, t.sent[by], gas, msg)
	t.sent[by]++
	t.add("fault: first of two equals", raw, nil)
	t.add("fault: second of two equals", raw, nil)
}

// undone has a good message before a bad one, which takes it back.
func (t *Traffic) undone(by string, bad sdk.Msg) {
	good := &product.MsgSubmitScenario{Signer: t.here.Address(by), Exchange: t.members["exchange"], Title: "调度", Description: "never seen"}
	t.send("fault: good message before a bad one", by, nil, good, bad)
}

// outOfGas has too little gas for the message, or for the door already.
func (t *Traffic) outOfGas(by string) {
	msg := &product.MsgSubmitScenario{Signer: t.here.Address(by), Exchange: t.members["exchange"], Title: "调度", Description: strings.Repeat("x", 100)}
	t.add("fault: out of gas", t.sign(by, t.sent[by], 22_000+uint64(t.rand.Intn(8_000)), msg), nil)
	t.sent[by]++
}

// extreme is a message with a field beyond its limits.
func (t *Traffic) extreme(by string) sdk.Msg {
	signer := t.here.Address(by)
	beyond := math.NewIntFromUint64(1 << 63).MulRaw(1 << 62)
	withdraw := func(amount math.Int, reference string) sdk.Msg {
		return &settlement.MsgRequestWithdrawal{Signer: signer, Bank: chains.Number("bank"), Amount: amount, Reference: reference}
	}
	return oneOf(t, []sdk.Msg{
		withdraw(beyond, "W-1"), withdraw(math.ZeroInt(), "W-1"), withdraw(math.NewInt(-1), "W-1"),
		withdraw(math.NewInt(1), "a\nb"), withdraw(math.NewInt(1), "\xff"), withdraw(math.NewInt(1), strings.Repeat("x", 65)),
		&trade.MsgFund{Signer: signer, Contract: "x", Amount: math.NewInt(1)},
		&trade.MsgDeliver{Signer: signer, Contract: "261123-000011-000001", SealedDigest: make([]byte, 31), ContentDigest: make([]byte, 32)},
		&recognition.MsgPresent{Signer: signer, Voucher: "330126112300001100000100", ChainId: t.there.ChainID},
	})
}
