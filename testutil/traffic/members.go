package traffic

import (
	"fmt"
	"slices"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/testutil/chains"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
)

// newcomers is how many merchants will be admitted.
const newcomers = 20

// admit has an exchange admit a newcomer by its signed application, which sometimes is
// made out to the other exchange or signed by somebody else.
func (t *Traffic) admit() {
	nth := len(t.members)
	if t.Closed || nth >= len(chains.Members)+newcomers {
		return
	}
	key, by, to := fmt.Sprintf("newcomer-%d", nth), oneOf(t, []string{"exchange", "exchange-2"}), "exchange"
	if t.chance(80) {
		to = by
	}
	private := keys.Account(chains.Key(t.here.ChainID, key))
	form := consortium.Application{
		ChainId: t.here.ChainID, AdmittingMember: t.members[to], PublicKey: private.PubKey().Bytes(), Name: key,
		CreditCode: fmt.Sprintf("91330108%010d", nth), Region: "3301", Roles: []consortium.Role{consortium.ROLE_MERCHANT},
		DocumentsDigest: digest("documents"), Nonce: digest(key)[:consortium.NonceSize], ExpiresAt: t.now().Add(24 * time.Hour).Unix(),
	}
	signed, err := consortium.ApplicationSignBytes(form)
	if err != nil {
		panic(err)
	}
	if t.chance(20) {
		private = keys.Account("somebody else")
	}
	signature, err := private.Sign(signed)
	if err != nil {
		panic(err)
	}
	t.send("admit", by, func(res *abci.ExecTxResult) {
		var admitted consortium.MsgAdmitResponse
		t.decode(res, &admitted)
		if _, known := t.members[key]; !known {
			t.members[key] = admitted.Number
			t.merchants = append(t.merchants, key)
		}
	}, &consortium.MsgAdmit{Signer: t.here.Address(by), Application: form, Signature: signature})
}

// suspend has an exchange suspend a merchant, whether it admitted it or not. Suspended
// ones go on trying; nobody waits for what they cannot bring to the shelf.
func (t *Traffic) suspend() {
	if t.chance(70) {
		return
	}
	member := t.merchant()
	t.send("suspend", "exchange", func(*abci.ExecTxResult) {
		t.suspended[member] = true
		t.goods = slices.DeleteFunc(t.goods, func(g *goods) bool { return g.seller == member })
	}, &consortium.MsgSuspend{Signer: t.here.Address("exchange"), Member: t.members[member], Reason: "audit"})
}

func (t *Traffic) deposit() {
	t.send("deposit", "bank", nil, &settlement.MsgDeposit{
		Signer: t.here.Address("bank"), Member: t.members[t.merchant()], Amount: math.NewInt(1 + t.rand.Int63n(2_000_000)), Reference: fmt.Sprintf("D-%d", t.here.ProposedHeader.Height), // two in a block have one
	})
}

func (t *Traffic) withdraw() {
	t.withdrawAs(t.merchant(), math.NewInt(1+t.rand.Int63n(100_000)))
}

func (t *Traffic) withdrawAs(by string, amount math.Int) {
	t.send("withdraw", by, func(res *abci.ExecTxResult) {
		var asked settlement.MsgRequestWithdrawalResponse
		t.decode(res, &asked)
		t.withdrawals = append(t.withdrawals, asked.Id)
	}, &settlement.MsgRequestWithdrawal{Signer: t.here.Address(by), Bank: t.members["bank"], Amount: amount, Reference: "W-1"})
}

// answerWithdrawal confirms or declines one, sometimes one that was answered.
func (t *Traffic) answerWithdrawal() {
	if len(t.withdrawals) == 0 {
		return
	}
	at := t.rand.Intn(len(t.withdrawals))
	id := t.withdrawals[at]
	if t.chance(90) {
		t.withdrawals = append(t.withdrawals[:at], t.withdrawals[at+1:]...)
	}
	if t.chance(30) {
		t.send("decline a withdrawal", "bank", nil, &settlement.MsgDeclineWithdrawal{Signer: t.here.Address("bank"), Withdrawal: id, Reason: "closed"})
		return
	}
	t.send("confirm a withdrawal", "bank", nil, &settlement.MsgConfirmWithdrawal{Signer: t.here.Address("bank"), Withdrawal: id})
}
