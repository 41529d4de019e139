package keeper_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
)

// life is what the model knows of a member.
type life struct {
	status types.MemberStatus
	code   string
	owner  string
	funds  string // Bech32
	clerks map[string]bool
}

// lives is the model: members by number, in a map.
type lives struct {
	*world
	members map[uint32]*life
	keys    []key
}

// key is a key that was ever used; deriving its address anew each time would cost most of the test.
type key struct {
	name    string
	address sdk.AccAddress
}

// name is a new key's name, for everybody who comes new.
func (l *lives) name() string {
	name := fmt.Sprintf("key %d", len(l.keys))
	l.keys = append(l.keys, key{name, keys.Address(name)})
	return name
}

func (l *lives) nonce() []byte {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(len(l.keys))))
	return sum[:16]
}

// holder is the number of the model's member that has a credit code, or 0.
func (l *lives) holder(code string) (number uint32) {
	for n, m := range l.members {
		if m.code == code && m.status != types.MEMBER_STATUS_LEFT {
			return n
		}
	}
	return 0
}

// some draws the number of a member of the model, or one that nobody has.
func (l *lives) some(t *rapid.T) uint32 {
	return rapid.Uint32Range(next, next+uint32(len(l.members))).Draw(t, "member")
}

func (l *lives) admitSome(t *rapid.T) {
	app, name := l.application(), l.name()
	app.PublicKey, app.Nonce = keys.Account(name).PubKey().Bytes(), l.nonce()
	app.CreditCode = fmt.Sprintf("91330100MB%08d", rapid.IntRange(0, 3).Draw(t, "code"))
	holder := l.holder(app.CreditCode)
	res, err := l.admit("hangzhou", name, app)
	if holder != 0 {
		require.ErrorIs(t, err, types.ErrCreditCodeInUse)
		return
	}
	require.NoError(t, err)
	l.members[res.Number] = &life{types.MEMBER_STATUS_ACTIVE, app.CreditCode, name, keys.Bech32(name), map[string]bool{}}
}

// move sends a message and, when it went through, sets the model's status.
func (l *lives) move(t *rapid.T, number uint32, to types.MemberStatus, may bool, err error) {
	m := l.members[number]
	require.Equal(t, m != nil && may, err == nil, "%v", err)
	if err == nil {
		m.status = to
	}
}

func (l *lives) is(number uint32, status types.MemberStatus) bool {
	return l.members[number] != nil && l.members[number].status == status
}

func (l *lives) leaveSome(t *rapid.T) {
	number := l.some(t)
	signer := "stranger"
	if m := l.members[number]; m != nil {
		signer = m.owner
	}
	l.move(t, number, types.MEMBER_STATUS_LEFT, !l.is(number, types.MEMBER_STATUS_LEFT), l.leave(signer))
}

func (l *lives) addSome(t *rapid.T) {
	number, name := l.some(t), l.name()
	m := l.members[number]
	if m == nil {
		return
	}
	app := accountApplication(name, number, types.ROLE_MERCHANT)
	app.Nonce = l.nonce()
	_, err := l.msg.AddAccount(l.Ctx, l.addition(m.owner, name, app))
	may := m.status == types.MEMBER_STATUS_ACTIVE && len(m.clerks) < types.MaxAccounts-1
	require.Equal(t, may, err == nil, "%v", err)
	if may {
		m.clerks[name] = true
	}
}

func (l *lives) revokeSome(t *rapid.T) {
	m := l.members[l.some(t)]
	if m == nil {
		return
	}
	name := rapid.SampledFrom(l.keys).Draw(t, "key").name
	_, err := l.msg.RevokeAccount(l.Ctx, revocation(m.owner, name))
	require.Equal(t, m.clerks[name], err == nil, "%v", err)
	delete(m.clerks, name)
}

func (l *lives) replaceSome(t *rapid.T) {
	number, name := l.some(t), l.name()
	app := accountApplication(name, number, types.ROLE_MERCHANT)
	app.Nonce = l.nonce()
	_, err := l.msg.ReplaceOwner(l.Ctx, l.replacement("authority", name, app))
	m := l.members[number]
	require.Equal(t, m != nil, err == nil, "%v", err)
	if m != nil {
		m.owner = name
	}
}

// compare asserts that every key acts for whom the model says, and every member stands so.
func (l *lives) compare(t *rapid.T) {
	acts := map[string]uint32{}
	for number, m := range l.members {
		acts[m.owner] = number
		for clerk := range m.clerks {
			acts[clerk] = number
		}
		member, err := l.k.Member(l.Ctx, number)
		require.NoError(t, err)
		require.Equal(t, m.status, member.Status)
		require.Equal(t, m.funds, member.FundsAccount())
	}
	for _, key := range l.keys {
		member, err := l.k.MemberOf(l.Ctx, key.address)
		require.Equal(t, acts[key.name], member.Number)
		require.Equal(t, acts[key.name] != 0, err == nil)
	}
	require.NoError(t, l.k.Check(l.Ctx))
}

// Random lives of members against a small map: who acts for whom, how each stands, where the fen are.
func TestLivesOfMembersModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := &lives{world: newWorld(t), members: map[uint32]*life{}}
		rt.Repeat(map[string]func(*rapid.T){
			"":      l.compare,
			"admit": l.admitSome, "leave": l.leaveSome, "add": l.addSome, "revoke": l.revokeSome, "replace": l.replaceSome,
			"suspend": func(t *rapid.T) {
				number := l.some(t)
				l.move(t, number, types.MEMBER_STATUS_SUSPENDED, l.is(number, types.MEMBER_STATUS_ACTIVE), l.suspend("hangzhou", number))
			},
			"reinstate": func(t *rapid.T) {
				number := l.some(t)
				l.move(t, number, types.MEMBER_STATUS_ACTIVE, l.is(number, types.MEMBER_STATUS_SUSPENDED), l.reinstate("hangzhou", number))
			},
			"export and import": func(t *rapid.T) {
				g, err := l.k.ExportGenesis(l.Ctx)
				require.NoError(t, err)
				before := l.dump()
				accounts := l.accounts
				l.world = startWorld(l.t, g)
				for address, account := range accounts {
					l.accounts[address] = account
				}
				require.Equal(t, before, l.dump())
			},
		})
	})
}
