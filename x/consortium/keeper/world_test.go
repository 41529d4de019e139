package keeper_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/keeper"
	"github.com/shugu-network/shugu/x/consortium/types"
)

// Numbers of the world's members.
const (
	hangzhou = uint32(1) // exchange with a seat
	ningbo   = uint32(2) // exchange with a seat
	seller   = uint32(3) // merchant of hangzhou
	closed   = uint32(4) // suspended exchange without a seat
	lawyer   = uint32(5) // committee member
	next     = uint32(6)
)

// accounts stands in for x/auth and keeps what was opened.
type accounts map[string]sdk.AccountI

func (a accounts) HasAccount(_ context.Context, addr sdk.AccAddress) bool {
	return a[string(addr)] != nil
}

func (a accounts) NewAccountWithAddress(_ context.Context, addr sdk.AccAddress) sdk.AccountI {
	return authtypes.NewBaseAccountWithAddress(addr)
}

func (a accounts) SetAccount(_ context.Context, acc sdk.AccountI) { a[string(acc.GetAddress())] = acc }

// world is a chain with members of every kind.
type world struct {
	*fixture.Fixture
	t        *testing.T
	k        *keeper.Keeper
	msg      types.MsgServer
	query    types.QueryServer
	accounts accounts
	updates  []abci.ValidatorUpdate
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return startWorld(t, worldGenesis())
}

// startWorld starts a chain from a genesis.
func startWorld(t *testing.T, g *types.GenesisState) *world {
	t.Helper()
	w := emptyWorld(t)
	updates, err := w.k.InitGenesis(w.Ctx, g)
	require.NoError(t, err)
	w.updates = updates
	return w
}

func emptyWorld(t *testing.T) *world {
	t.Helper()
	f := fixture.New(t, types.StoreKey)
	opened := accounts{}
	k := keeper.New(keeper.Deps{Codec: f.Codec, Store: f.Service(types.StoreKey), Address: f.Address, Accounts: opened, Authority: keys.Bech32("authority")})
	return &world{Fixture: f, t: t, k: k, msg: keeper.NewMsgServer(k), query: keeper.NewQueryServer(k), accounts: opened}
}

func worldGenesis() *types.GenesisState {
	return &types.GenesisState{
		Params: params(),
		Members: []types.Member{
			newMember(hangzhou, "hangzhou", types.ROLE_EXCHANGE),
			newMember(ningbo, "ningbo", types.ROLE_EXCHANGE, types.ROLE_RELAYER),
			func() types.Member {
				m := newMember(seller, "seller", types.ROLE_MERCHANT)
				m.AdmittedBy = hangzhou
				return m
			}(),
			func() types.Member {
				m := newMember(closed, "closed", types.ROLE_EXCHANGE)
				m.Status, m.SuspensionReason = types.MEMBER_STATUS_SUSPENDED, "licence withdrawn"
				return m
			}(),
			newMember(lawyer, "lawyer", types.ROLE_COMMITTEE_MEMBER),
		},
		Seats:      []types.Seat{newSeat(hangzhou, "hangzhou"), newSeat(ningbo, "ningbo")},
		NextMember: next,
	}
}

func newMember(number uint32, name string, roles ...types.Role) types.Member {
	return types.Member{
		Number: number, Owner: keys.Bech32(name), Name: name, CreditCode: fmt.Sprintf("91330100MA%08d", number),
		Region: "3301", Roles: roles, Status: types.MEMBER_STATUS_ACTIVE,
	}
}

func newSeat(member uint32, name string) types.Seat {
	return types.Seat{Member: member, Moniker: name, ConsensusKey: keys.Validator(name).PubKey().Bytes(), Status: types.SEAT_STATUS_ACTIVE}
}

// application is what the applicant "buyer" asks hangzhou to be.
func (w *world) application() types.Application {
	return types.Application{
		ChainId: fixture.ChainID, AdmittingMember: hangzhou, PublicKey: keys.Account("buyer").PubKey().Bytes(), Name: "买方数据公司",
		CreditCode: "91330100MA2B0000XY", Region: "3301", Roles: []types.Role{types.ROLE_MERCHANT},
		DocumentsDigest: bytes.Repeat([]byte{7}, 32), Nonce: bytes.Repeat([]byte{9}, 16), ExpiresAt: fixture.Start.Unix() + 3600,
	}
}

// admit carries an application that the named applicant signs.
func (w *world) admit(signer, applicant string, app types.Application) (*types.MsgAdmitResponse, error) {
	return w.msg.Admit(w.Ctx, w.admission(signer, applicant, app))
}

func (w *world) admission(signer, applicant string, app types.Application) *types.MsgAdmit {
	w.t.Helper()
	signed, err := types.ApplicationSignBytes(app)
	require.NoError(w.t, err)
	signature, err := keys.Account(applicant).Sign(signed)
	require.NoError(w.t, err)
	return &types.MsgAdmit{Signer: keys.Bech32(signer), Application: app, Signature: signature, Conditions: "annual audit"}
}

func (w *world) suspend(signer string, number uint32) error {
	_, err := w.msg.Suspend(w.Ctx, &types.MsgSuspend{Signer: keys.Bech32(signer), Member: number, Reason: "resold data"})
	return err
}

// dump is everything in the store.
func (w *world) dump() string {
	iterator := w.Ctx.KVStore(w.Key(types.StoreKey)).Iterator(nil, nil)
	defer iterator.Close()
	var out bytes.Buffer
	for ; iterator.Valid(); iterator.Next() {
		fmt.Fprintf(&out, "%X=%X\n", iterator.Key(), iterator.Value())
	}
	return out.String()
}

// refused runs a message and asserts its error, and that it left nothing behind.
func (w *world) refused(want error, message func() error) {
	w.t.Helper()
	before, events := w.dump(), len(w.Ctx.EventManager().Events())
	opened := len(w.accounts)
	require.ErrorIs(w.t, message(), want)
	require.Equal(w.t, before, w.dump(), "something was written")
	require.Len(w.t, w.Ctx.EventManager().Events(), events, "something was told")
	require.Len(w.t, w.accounts, opened, "an account was opened")
	require.NoError(w.t, w.k.Check(w.Ctx))
}

func params() types.Params {
	p := types.DefaultParams()
	p.QuotaWindow, p.QuotaGasMember, p.QuotaGasRelayer = 10, 100, 300
	return p
}
