package keeper_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/settlement/types"
)

func TestRequestWithdrawalDebitsAtOnce(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(seller, math.NewInt(500))
		require.Equal(t, "000003-000001", w.request(seller, bankA, 200))
		w.requireHas(seller, 300)
		require.Equal(t, "pay 3 200", w.holds.asked[len(w.holds.asked)-1])
		w.endBlock()
		require.Equal(t, "200", w.module())
		require.Equal(t, "000003-000002", w.request(seller, bankB, 100))
		w.endBlock()

		stored, err := w.k.Withdrawal(w.Ctx, "000003-000002")
		require.NoError(t, err)
		require.Equal(t, types.Withdrawal{
			Id: "000003-000002", Member: seller, Bank: bankB, Amount: math.NewInt(100), Reference: "工资", RequestedHeight: 2,
		}, stored)
		require.Equal(t, "500", w.ledger(bankA), "nothing is paid out yet")
	})
}

func TestRequestWithdrawalFails(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world, m *types.MsgRequestWithdrawal)
		want  error
	}{
		"if the signer is no address":   {func(_ *world, m *types.MsgRequestWithdrawal) { m.Signer = "" }, valid.ErrInvalid},
		"if the signer is not a member": {func(_ *world, m *types.MsgRequestWithdrawal) { m.Signer = signer(stranger) }, consortium.ErrNotMember},
		"if the member is suspended":    {func(w *world, _ *types.MsgRequestWithdrawal) { w.members.Suspend(seller) }, consortium.ErrSuspended},
		"if the bank's number is 0":     {func(_ *world, m *types.MsgRequestWithdrawal) { m.Bank = 0 }, valid.ErrInvalid},
		"if the bank does not exist":    {func(_ *world, m *types.MsgRequestWithdrawal) { m.Bank = stranger }, consortium.ErrMemberNotFound},
		"if it is not a bank":           {func(_ *world, m *types.MsgRequestWithdrawal) { m.Bank = buyer }, types.ErrNotBank},
		"if the bank is suspended":      {func(w *world, _ *types.MsgRequestWithdrawal) { w.members.Suspend(bankA) }, types.ErrNotBank},
		"if the amount is missing":      {func(_ *world, m *types.MsgRequestWithdrawal) { m.Amount = math.Int{} }, valid.ErrInvalid},
		"if the amount is 0":            {func(_ *world, m *types.MsgRequestWithdrawal) { m.Amount = math.ZeroInt() }, valid.ErrInvalid},
		"if the amount is negative":     {func(_ *world, m *types.MsgRequestWithdrawal) { m.Amount = math.NewInt(-1) }, valid.ErrInvalid},
		"if the amount is over 2^96":    {func(_ *world, m *types.MsgRequestWithdrawal) { m.Amount = overLimit }, valid.ErrInvalid},
		"if the member has too little":  {func(_ *world, m *types.MsgRequestWithdrawal) { m.Amount = math.NewInt(501) }, types.ErrInsufficientFunds},
		"if the reference is long":      {func(_ *world, m *types.MsgRequestWithdrawal) { m.Reference = strings.Repeat("数", 22) }, valid.ErrInvalid},
		"if the money is held":          {func(w *world, _ *types.MsgRequestWithdrawal) { w.holds.pay = errHeld }, errHeld},
		"if the sequence is exhausted": {func(w *world, _ *types.MsgRequestWithdrawal) {
			last := &types.GenesisState{
				Ledgers:   []types.BankLedger{{Bank: bankA, Outstanding: math.NewInt(500)}},
				Sequences: []types.WithdrawalSequence{{Member: seller, Last: ids.MaxSequence}},
			}
			require.NoError(w, w.k.InitGenesis(w.Ctx, last))
		}, types.ErrSequenceExhausted},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.deposit(seller, math.NewInt(500))
			m := &types.MsgRequestWithdrawal{Signer: signer(seller), Bank: bankA, Amount: math.NewInt(100)}
			c.spoil(w, m)
			before := w.dump()
			_, err := w.msg.RequestWithdrawal(w.Ctx, m)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, before, w.dump())
		})
	}
}

// A member that left takes its fen out; nothing else brings them to it.
func TestRequestWithdrawalOfAMemberThatLeft(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(seller, math.NewInt(500))
		w.members.Leave(seller)
		w.request(seller, bankA, 500)
		w.requireHas(seller, 0)
	})
}

// An added account with the role merchant withdraws for its member; one without does not.
func TestRequestWithdrawalByAnAddedAccount(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		member := w.members.Add(consortium.Member{Name: "both", Roles: []consortium.Role{consortium.ROLE_MERCHANT, consortium.ROLE_RELAYER}})
		w.members.AddAccount(member.Number, "clerk", consortium.ROLE_MERCHANT)
		w.members.AddAccount(member.Number, "carrier", consortium.ROLE_RELAYER)
		w.deposit(member.Number, math.NewInt(500))
		ask := func(name string) error {
			_, err := w.msg.RequestWithdrawal(w.Ctx.WithTxIndex(0), &types.MsgRequestWithdrawal{
				Signer: keys.Bech32(name), Bank: bankA, Amount: math.NewInt(200),
			})
			return err
		}
		require.ErrorIs(t, ask("carrier"), consortium.ErrRoleMissing)
		require.NoError(t, ask("clerk"))
		require.Equal(t, "300", w.bank.GetBalance(w.Ctx, keys.Address("both"), types.Denom).Amount.String(), "the owner's account is debited")
	})
}

// request asks a bank to pay out and returns the withdrawal's id.
func (w *world) request(member, bank uint32, amount int64) string {
	w.Helper()
	answer, err := w.msg.RequestWithdrawal(w.Ctx.WithTxIndex(0), &types.MsgRequestWithdrawal{
		Signer: signer(member), Bank: bank, Amount: math.NewInt(amount), Reference: "工资",
	})
	require.NoError(w, err)
	return answer.Id
}
