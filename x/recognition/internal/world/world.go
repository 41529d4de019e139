// Package world is what the module's tests stand in: a keeper on a real store, and
// stand-ins of its neighbours that keep books.
package world

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/fake"
	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	consortiumtypes "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/recognition/keeper"
	"github.com/shugu-network/shugu/x/recognition/types"
)

// Chains of the tests. Home is where a world stands unless it says otherwise.
const (
	Home = "shugu-hangzhou-1"
	Away = "shugu-shanghai-1"
)

// Names of the accounts.
const (
	Council  = "council"
	Seller   = "seller"
	Buyer    = "buyer"
	Exchange = "exchange"
	Stranger = "stranger" // a member that has no part in the vouchers
)

// World is one chain as the module sees it.
type World struct {
	*fixture.Fixture
	Keeper  *keeper.Keeper
	Msgs    types.MsgServer
	Queries types.QueryServer
	Members *fake.Membership
	Book    *Book
	IBC     *IBC
}

// authority is the council's account.
type authority struct{}

func (authority) Authority(context.Context) (string, error) { return keys.Bech32(Council), nil }

// New makes a chain with a default genesis and nothing else.
func New(t testing.TB, chainID string) *World {
	t.Helper()
	w := &World{
		Fixture: fixture.New(t, types.StoreKey),
		Members: fake.NewMembership(
			consortiumtypes.Member{Number: SellerNumber, Name: Seller},
			consortiumtypes.Member{Number: BuyerNumber, Name: Buyer},
			consortiumtypes.Member{Number: ExchangeNumber, Name: Exchange},
			consortiumtypes.Member{Number: 9, Name: Stranger},
		),
		Book: NewBook(chainID),
		IBC:  NewIBC(),
	}
	w.Ctx = w.Ctx.WithChainID(chainID)
	types.RegisterInterfaces(w.Registry)
	w.Keeper = keeper.New(keeper.Deps{
		Codec: w.Codec, Store: w.Service(types.StoreKey), Address: w.Address,
		Members: w.Members, Authority: authority{}, Vouchers: w.Book, Settlements: w.Book,
		Channels: w.IBC, Connections: w.IBC, Clients: w.IBC, States: w.IBC,
		PacketsV2: w.IBC.V2, Pairs: w.IBC.V2,
	})
	w.IBC.V2.OnSend = w.Keeper.CheckSender
	w.Msgs, w.Queries = keeper.NewMsgServer(w.Keeper), keeper.NewQueryServer(w.Keeper)
	require.NoError(t, w.Keeper.InitGenesis(w.Ctx, types.DefaultGenesis()))
	return w
}

// Joined is Home with a route to Away and an agreement over it.
func Joined(t testing.TB) *World {
	t.Helper()
	w := New(t, Home)
	w.Join(t, Away)
	return w
}

// Join opens a route to a chain and makes an agreement over it. The counterparty has heard its terms.
func (w *World) Join(t testing.TB, chainID string) types.Agreement {
	t.Helper()
	client, channel := w.IBC.Open(chainID)
	a := Agreement(chainID, client, channel)
	w.Agree(t, a)
	w.TellTerms(t)
	return a
}

// TellTerms delivers the terms that wait to be told, and forgets the packets.
func (w *World) TellTerms(t testing.TB) {
	t.Helper()
	require.NoError(t, w.Keeper.Flush(w.Ctx))
	for _, p := range w.IBC.Sent {
		data, err := types.DecodePacket(p.Data)
		require.NoError(t, err)
		require.Equal(t, types.RECORD_KIND_TERMS, data.Records[0].Kind)
		ack := &types.PacketAcknowledgement{Version: 1, Code: types.PACKET_CODE_READ, Results: []types.ResultCode{types.RESULT_CODE_OK}}
		require.NoError(t, w.Keeper.Acknowledge(w.Ctx, Sent(p), ack.Acknowledgement()))
	}
	w.IBC.ForgetPackets()
	w.Ctx = w.Ctx.WithEventManager(sdk.NewEventManager())
}

// Evidence is a packet of Away as Incoming makes it, taken in the fixture's first block.
func Evidence(channel string, sequence uint64) types.Evidence {
	return types.Evidence{
		ClientId: "07-tendermint-0", ChannelId: channel, Sequence: sequence, ClientHeight: 100,
		Height: 1, Time: fixture.Start.Unix(), AsOfHeight: 1, AsOfTime: fixture.Start.Unix(),
	}
}

// Agree sets an agreement as the council.
func (w *World) Agree(t testing.TB, a types.Agreement) {
	t.Helper()
	_, err := w.Msgs.SetAgreement(w.Ctx, &types.MsgSetAgreement{Signer: keys.Bech32(Council), Agreement: a})
	require.NoError(t, err)
}

// Agreement covers everything up to 10^12 fen for a year from the fixture's start.
func Agreement(chainID, client, channel string) types.Agreement {
	return types.Agreement{
		ChainId: chainID, ClientId: client, ChannelId: channel,
		Kinds:     []types.RecordKind{types.RECORD_KIND_VOUCHER, types.RECORD_KIND_SETTLEMENT, types.RECORD_KIND_STATUS},
		MaxAmount: math.NewInt(1_000_000_000_000),
		BeginsAt:  fixture.Start.Unix(), EndsAt: fixture.Start.AddDate(1, 0, 0).Unix(),
		Freshness: 24 * 60 * 60,
	}
}

// Present presents a voucher to Away as its seller.
func (w *World) Present(number string) error {
	_, err := w.Msgs.Present(w.Ctx, &types.MsgPresent{Signer: keys.Bech32(Seller), Voucher: number, ChainId: Away})
	return err
}

// Entry is an outbox entry for Away, empty when there is none.
func (w *World) Entry(t testing.TB, kind types.RecordKind, id string) types.OutboxEntry {
	t.Helper()
	res, err := w.Queries.OutboxEntry(w.Ctx, &types.QueryOutboxEntryRequest{ChainId: Away, Kind: kind, Id: id})
	if err != nil {
		require.ErrorIs(t, err, types.ErrNotFound)
		return types.OutboxEntry{}
	}
	return res.Entry
}

// Dump is the whole store, to compare before and after.
func (w *World) Dump() map[string]string {
	out := map[string]string{}
	it := w.Ctx.KVStore(w.Key(types.StoreKey)).Iterator(nil, nil)
	for ; it.Valid(); it.Next() {
		out[string(it.Key())] = string(it.Value())
	}
	if err := it.Close(); err != nil {
		panic(err)
	}
	return out
}

// Events lists the events of a type since the last block.
func (w *World) Events(eventType string) []sdk.Event {
	var out []sdk.Event
	for _, e := range w.Ctx.EventManager().Events() {
		if e.Type == eventType {
			out = append(out, e)
		}
	}
	return out
}
