package keeper_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
)

// must asserts that a message went through: w.must(w.msg.Leave(…)).
func (w *world) must(_ any, err error) {
	w.t.Helper()
	require.NoError(w.t, err)
}

// member reads a member as stored.
func (w *world) member(number uint32) types.Member {
	w.t.Helper()
	member, err := w.k.Member(w.Ctx, number)
	require.NoError(w.t, err)
	return member
}

// lastChange is the latest entry of a member's history.
func (w *world) lastChange(number uint32) types.MemberChange {
	w.t.Helper()
	res, err := w.query.MemberHistory(w.Ctx, &types.QueryMemberHistoryRequest{Number: number})
	require.NoError(w.t, err)
	require.NotEmpty(w.t, res.Changes)
	return res.Changes[len(res.Changes)-1]
}

// lastEvent is the type of the latest event.
func (w *world) lastEvent() string {
	w.t.Helper()
	events := w.Ctx.EventManager().Events()
	require.NotEmpty(w.t, events)
	return events[len(events)-1].Type
}

// accountApplication is what the holder of a key signs to act for a member.
func accountApplication(name string, member uint32, roles ...types.Role) types.AccountApplication {
	return types.AccountApplication{
		ChainId: fixture.ChainID, Member: member, PublicKey: keys.Account(name).PubKey().Bytes(), Roles: roles,
		Nonce: bytes.Repeat([]byte{5}, 16), ExpiresAt: fixture.Start.Unix() + 3600,
	}
}

// signAccount signs an account application with the named key.
func (w *world) signAccount(name string, app types.AccountApplication) []byte {
	w.t.Helper()
	signed, err := types.AccountSignBytes(app)
	require.NoError(w.t, err)
	signature, err := keys.Account(name).Sign(signed)
	require.NoError(w.t, err)
	return signature
}

func (w *world) addition(owner, name string, app types.AccountApplication) *types.MsgAddAccount {
	w.t.Helper()
	return &types.MsgAddAccount{Signer: keys.Bech32(owner), Application: app, Signature: w.signAccount(name, app)}
}

// mustAdd adds an account to the member of an owner.
func (w *world) mustAdd(owner, name string, roles ...types.Role) {
	w.t.Helper()
	member, err := w.k.MemberOf(w.Ctx, keys.Address(owner))
	require.NoError(w.t, err)
	w.must(w.msg.AddAccount(w.Ctx, w.addition(owner, name, accountApplication(name, member.Number, roles...))))
}

func (w *world) replacement(signer, name string, app types.AccountApplication) *types.MsgReplaceOwner {
	w.t.Helper()
	return &types.MsgReplaceOwner{Signer: keys.Bech32(signer), Application: app, Signature: w.signAccount(name, app), Reason: "key lost"}
}

func (w *world) reinstate(signer string, number uint32) error {
	_, err := w.msg.Reinstate(w.Ctx, &types.MsgReinstate{Signer: keys.Bech32(signer), Member: number, Reason: "data deleted"})
	return err
}

func (w *world) leave(signer string) error {
	_, err := w.msg.Leave(w.Ctx, &types.MsgLeave{Signer: keys.Bech32(signer), Reason: "merged"})
	return err
}

// Every message that moves a status, from every status: what the table does
// not have is refused and leaves nothing behind.
func TestEveryIllegalMove(t *testing.T) {
	const active, suspended, left = types.MEMBER_STATUS_ACTIVE, types.MEMBER_STATUS_SUSPENDED, types.MEMBER_STATUS_LEFT
	from := map[types.MemberStatus]func(w *world){
		active:    func(*world) {},
		suspended: func(w *world) { require.NoError(w.t, w.suspend("authority", lawyer)) },
		left:      func(w *world) { require.NoError(w.t, w.leave("lawyer")) },
	}
	messages := map[types.MemberStatus]func(w *world) error{
		suspended: func(w *world) error { return w.suspend("authority", lawyer) },
		active:    func(w *world) error { return w.reinstate("authority", lawyer) },
		left:      func(w *world) error { return w.leave("lawyer") },
	}
	legal := map[[2]types.MemberStatus]bool{
		{active, suspended}: true, {suspended, active}: true, {active, left}: true, {suspended, left}: true,
	}
	for status, reach := range from {
		for to, message := range messages {
			t.Run(status.String()+" to "+to.String(), func(t *testing.T) {
				w := newWorld(t)
				reach(w)
				require.Equal(t, status, w.member(lawyer).Status)
				if !legal[[2]types.MemberStatus{status, to}] {
					w.refused(types.ErrIllegalTransition, func() error { return message(w) })
					return
				}
				require.NoError(t, message(w))
				require.Equal(t, to, w.member(lawyer).Status)
				require.NoError(t, w.k.Check(w.Ctx))
			})
		}
	}
}
