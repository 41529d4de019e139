package keeper_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/gogoproto/proto"

	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/cosmos-sdk/x/tx/signing"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/shugu-network/shugu/testutil/fake"
	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/panel/keeper"
	"github.com/shugu-network/shugu/x/panel/types"
)

// Numbers of the world's members: four exchanges with seats, three lawyers with
// seats in the committee, and a merchant.
const (
	one = uint32(iota + 1)
	two
	three
	four
	lawyerOne
	lawyerTwo
	lawyerThree
	merchant
)

var memberNames = []string{"", "one", "two", "three", "four", "lawyer one", "lawyer two", "lawyer three", "merchant"}

const day = 24 * 60 * 60

// Type URLs of messages that the world's resolutions carry.
const (
	urlParams = "/cosmos.bank.v1beta1.MsgUpdateParams"
	urlSend   = "/cosmos.bank.v1beta1.MsgSetSendEnabled"
	urlCancel = "/cosmos.upgrade.v1beta1.MsgCancelUpgrade"
	urlPlan   = "/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade"
	urlPanel  = "/shugu.panel.v1.MsgUpdatePanel"
)

var errEffect = errors.New("the handler says no")

// world is a chain with panels and, beside them, a store in which the carried
// messages leave their marks.
type world struct {
	*fixture.Fixture
	t       testing.TB
	k       *keeper.Keeper
	msg     types.MsgServer
	query   types.QueryServer
	members *fake.Membership
	// act is what a message does besides leaving its mark, by type URL.
	act map[string]func(ctx sdk.Context) error
	// carriable by panel; the table of the app stands in its place.
	carriable map[string][]string
	holders   map[string]bool
}

// Handler implements types.Router. UpdatePanel is the real one; MsgSoftwareUpgrade's has a handler too.
func (w *world) Handler(msg sdk.Msg) func(sdk.Context, sdk.Msg) (*sdk.Result, error) {
	url := sdk.MsgTypeURL(msg)
	if url == urlPanel {
		return func(ctx sdk.Context, msg sdk.Msg) (*sdk.Result, error) {
			_, err := w.msg.UpdatePanel(ctx.WithEventManager(sdk.NewEventManager()), msg.(*types.MsgUpdatePanel))
			return &sdk.Result{}, err
		}
	}
	if url == "/cosmos.bank.v1beta1.MsgSend" {
		return nil
	}
	return func(ctx sdk.Context, _ sdk.Msg) (*sdk.Result, error) {
		ctx.KVStore(w.Key("effects")).Set([]byte(url), []byte{1})
		if act := w.act[url]; act != nil {
			if err := act(ctx); err != nil {
				return nil, err
			}
		}
		events := sdk.NewEventManager()
		events.EmitEvent(sdk.NewEvent("effect", sdk.NewAttribute("url", url)))
		return &sdk.Result{Events: events.ABCIEvents()}, nil
	}
}

func newWorld(t testing.TB) *world {
	t.Helper()
	g := types.DefaultGenesis()
	g.Panels[0].Members = []uint32{lawyerOne, lawyerTwo, lawyerThree}
	return startWorld(t, g)
}

func startWorld(t testing.TB, g *types.GenesisState) *world {
	t.Helper()
	w := emptyWorld(t)
	require.NoError(t, w.k.InitGenesis(w.Ctx, g))
	return w
}

func emptyWorld(t testing.TB) *world {
	t.Helper()
	w := &world{
		Fixture: fixture.New(t, types.StoreKey, "effects"), t: t, members: fake.NewMembership(),
		act: map[string]func(sdk.Context) error{},
		carriable: map[string][]string{
			types.Council:   {urlParams, urlSend, urlCancel, urlPlan, urlPanel, "/cosmos.bank.v1beta1.MsgSend", "/cosmos.bank.v1beta1.Metadata"},
			types.Committee: {urlSend, urlPanel},
			"sandbox":       {urlSend, urlPanel},
		},
		holders: map[string]bool{},
	}
	registry, err := codectypes.NewInterfaceRegistryWithOptions(codectypes.InterfaceRegistryOptions{
		ProtoFiles:     proto.HybridResolver,
		SigningOptions: signing.Options{AddressCodec: w.Address, ValidatorAddressCodec: w.Address},
	})
	require.NoError(t, err)
	banktypes.RegisterInterfaces(registry)
	upgradetypes.RegisterInterfaces(registry)
	types.RegisterInterfaces(registry)
	w.Registry, w.Codec = registry, codec.NewProtoCodec(registry)
	for number, name := range memberNames {
		switch {
		case number == 0:
		case number <= int(four):
			w.members.Add(consortium.Member{Name: name, Roles: []consortium.Role{consortium.ROLE_EXCHANGE}})
		default:
			w.members.Add(consortium.Member{Name: name, Roles: []consortium.Role{consortium.ROLE_MERCHANT}})
		}
	}
	w.k = keeper.New(keeper.Deps{
		Codec: w.Codec, Store: w.Service(types.StoreKey), Address: w.Address, Members: w.members, Router: w,
		Carriable: func(url, panel string) bool {
			for _, may := range w.carriable[panel] {
				if may == url {
					return true
				}
			}
			return bytes.HasPrefix([]byte(url), []byte("/shugu.panel."))
		},
		HoldsAny: func(url string) bool { return w.holders[url] },
	})
	w.msg, w.query = keeper.NewMsgServer(w.k), keeper.NewQueryServer(w.k)
	return w
}

// account is the Bech32 account of a panel.
func account(panel string) string {
	s, err := sdk.Bech32ifyAddressBytes(keys.Prefix, types.Account(panel))
	if err != nil {
		panic(err)
	}
	return s
}

func pack(t testing.TB, msgs ...sdk.Msg) []*codectypes.Any {
	t.Helper()
	var out []*codectypes.Any
	for _, msg := range msgs {
		packed, err := codectypes.NewAnyWithValue(msg)
		require.NoError(t, err)
		out = append(out, packed)
	}
	return out
}

// Messages that leave a mark.
func params(panel string) sdk.Msg { return &banktypes.MsgUpdateParams{Authority: account(panel)} }
func send(panel string) sdk.Msg {
	return &banktypes.MsgSetSendEnabled{Authority: account(panel), UseDefaultFor: []string{"fen"}}
}
func cancel(panel string) sdk.Msg { return &upgradetypes.MsgCancelUpgrade{Authority: account(panel)} }

// submission is a valid one by a member.
func (w *world) submission(by uint32, panel string, msgs ...sdk.Msg) *types.MsgSubmit {
	return &types.MsgSubmit{
		Signer: keys.Bech32(memberNames[by]), Panel: panel, Title: "调整参数 Change the parameters", Reason: "decided in the meeting of 23 November",
		Messages: pack(w.t, msgs...),
	}
}

func (w *world) submit(by uint32, panel string, msgs ...sdk.Msg) uint64 {
	w.t.Helper()
	res, err := w.msg.Submit(w.Ctx, w.submission(by, panel, msgs...))
	require.NoError(w.t, err)
	require.NoError(w.t, w.k.Check(w.Ctx))
	return res.Id
}

func (w *world) cast(by uint32, id uint64, option types.VoteOption) (types.ResolutionStatus, error) {
	res, err := w.msg.Vote(w.Ctx, &types.MsgVote{Signer: keys.Bech32(memberNames[by]), Resolution: id, Option: option, Reason: "as discussed"})
	if err != nil {
		return 0, err
	}
	return res.Status, nil
}

// vote casts a vote that must pass and returns where the resolution stands.
func (w *world) vote(by uint32, id uint64, option types.VoteOption) types.ResolutionStatus {
	w.t.Helper()
	status, err := w.cast(by, id, option)
	require.NoError(w.t, err)
	require.NoError(w.t, w.k.Check(w.Ctx))
	return status
}

// decide submits to the council and lets three of four say yes.
func (w *world) decide(msgs ...sdk.Msg) uint64 {
	w.t.Helper()
	id := w.submit(one, types.Council, msgs...)
	for _, member := range []uint32{one, two, three} {
		w.vote(member, id, types.VOTE_OPTION_YES)
	}
	return id
}

func (w *world) resolution(id uint64) types.Resolution {
	w.t.Helper()
	r, err := w.k.Resolution(w.Ctx, id)
	require.NoError(w.t, err)
	return r
}

// marked says whether a message has had its effect.
func (w *world) marked(url string) bool { return w.Ctx.KVStore(w.Key("effects")).Has([]byte(url)) }

// dump is everything in the stores.
func (w *world) dump() string {
	var out bytes.Buffer
	for _, name := range []string{types.StoreKey, "effects"} {
		iterator := w.Ctx.KVStore(w.Key(name)).Iterator(nil, nil)
		for ; iterator.Valid(); iterator.Next() {
			fmt.Fprintf(&out, "%X=%X\n", iterator.Key(), iterator.Value())
		}
		require.NoError(w.t, iterator.Close())
	}
	return out.String()
}

// refused runs a message and asserts its error, and that it left nothing behind.
func (w *world) refused(want error, message func() error) {
	w.t.Helper()
	before, events := w.dump(), len(w.Ctx.EventManager().Events())
	require.ErrorIs(w.t, message(), want)
	require.Equal(w.t, before, w.dump(), "something was written")
	require.Len(w.t, w.Ctx.EventManager().Events(), events, "something was told")
	require.NoError(w.t, w.k.Check(w.Ctx))
}
