// Package keeper decides what this chain presents abroad and what it recognises.
package keeper

import (
	"context"
	"errors"

	"github.com/cosmos/gogoproto/proto"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	corestore "cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// Deps are what the keeper needs; all are required.
type Deps struct {
	Codec       codec.Codec
	Store       corestore.KVStoreService
	Address     address.Codec
	Members     types.Membership
	Authority   types.Authority
	Vouchers    types.Vouchers
	Settlements types.Settlements
	Channels    types.ChannelKeeper
	Connections types.ConnectionKeeper
	Clients     types.ClientKeeper
	States      types.ConsensusStates
	// PacketsV2 and Pairs are IBC v2's: the packets between two clients, and which clients
	// are each other's counterparty.
	PacketsV2 types.PacketSenderV2
	Pairs     types.ClientPairs
}

type (
	// recordKey is (chain id, kind, id).
	recordKey = collections.Triple[string, uint32, string]
	// queueKey is (chain id, lane, height, kind and id): within a lane, what was queued
	// first leaves first.
	queueKey = collections.Quad[string, uint32, int64, string]
	// unansweredKey is (chain id, channel id, kind and id).
	unansweredKey = collections.Triple[string, string, string]
	// leftKey is (chain id, channel id).
	leftKey = collections.Pair[string, string]
	// statusKey is (chain id, number).
	statusKey = collections.Pair[string, string]
	// contestedKey is (nullifier, chain id, number).
	contestedKey = collections.Triple[[]byte, string, string]
)

// Keeper keeps the agreements, the outbox and what was recognised.
type Keeper struct {
	Deps
	sender types.PacketSender

	params     collections.Item[types.Params]
	agreements collections.Map[string, types.Agreement]
	channels   collections.Map[string, string]
	outbox     collections.Map[recordKey, types.OutboxEntry]
	queue      collections.KeySet[queueKey]
	backoffs   collections.Map[string, types.Backoff]
	lastTried  collections.Item[string]
	unanswered collections.KeySet[unansweredKey]
	left       collections.KeySet[leftKey]
	terms      collections.Map[string, types.ToldTerms]
	doubts     collections.Map[string, types.ClientDoubt]
	recognised collections.Map[recordKey, types.Recognised]
	statuses   collections.Map[statusKey, types.ForeignStatus]
	tellings   collections.Map[[]byte, types.Telling]
	contests   collections.Map[[]byte, types.Contest]
	contested  collections.Map[contestedKey, types.ContestedVoucher]
}

// New makes the keeper. It panics when the store's schema is wrong.
func New(d Deps) *Keeper {
	sb := collections.NewSchemaBuilder(d.Store)
	record := collections.TripleKeyCodec(collections.StringKey, collections.Uint32Key, collections.StringKey)
	queue := collections.QuadKeyCodec(collections.StringKey, collections.Uint32Key, collections.Int64Key, collections.StringKey)
	unanswered := collections.TripleKeyCodec(collections.StringKey, collections.StringKey, collections.StringKey)
	status := collections.PairKeyCodec(collections.StringKey, collections.StringKey)
	contested := collections.TripleKeyCodec(collections.BytesKey, collections.StringKey, collections.StringKey)
	k := &Keeper{
		Deps:       d,
		sender:     d.Channels,
		params:     collections.NewItem(sb, types.ParamsPrefix, "params", codec.CollValue[types.Params](d.Codec)),
		agreements: collections.NewMap(sb, types.AgreementPrefix, "agreements", collections.StringKey, codec.CollValue[types.Agreement](d.Codec)),
		channels:   collections.NewMap(sb, types.ChannelPrefix, "channels", collections.StringKey, collections.StringValue),
		outbox:     collections.NewMap(sb, types.OutboxPrefix, "outbox", record, codec.CollValue[types.OutboxEntry](d.Codec)),
		queue:      collections.NewKeySet(sb, types.QueuePrefix, "queue", queue),
		backoffs:   collections.NewMap(sb, types.BackoffPrefix, "backoffs", collections.StringKey, codec.CollValue[types.Backoff](d.Codec)),
		lastTried:  collections.NewItem(sb, types.LastTriedPrefix, "last_tried", collections.StringValue),
		unanswered: collections.NewKeySet(sb, types.UnansweredPrefix, "unanswered", unanswered),
		left:       collections.NewKeySet(sb, types.LeftPrefix, "left", status),
		terms:      collections.NewMap(sb, types.TermsPrefix, "terms", collections.StringKey, codec.CollValue[types.ToldTerms](d.Codec)),
		doubts:     collections.NewMap(sb, types.DoubtPrefix, "doubts", collections.StringKey, codec.CollValue[types.ClientDoubt](d.Codec)),
		recognised: collections.NewMap(sb, types.RecognisedPrefix, "recognised", record, codec.CollValue[types.Recognised](d.Codec)),
		statuses:   collections.NewMap(sb, types.StatusPrefix, "statuses", status, codec.CollValue[types.ForeignStatus](d.Codec)),
		tellings:   collections.NewMap(sb, types.TellingPrefix, "tellings", collections.BytesKey, codec.CollValue[types.Telling](d.Codec)),
		contests:   collections.NewMap(sb, types.ContestPrefix, "contests", collections.BytesKey, codec.CollValue[types.Contest](d.Codec)),
		contested:  collections.NewMap(sb, types.ContestedPrefix, "contested", contested, codec.CollValue[types.ContestedVoucher](d.Codec)),
	}
	if _, err := sb.Build(); err != nil {
		panic(err)
	}
	return k
}

// SetPacketSender puts a middleware between this module and the channel keeper. It is
// called while the application is wired, never later.
func (k *Keeper) SetPacketSender(s types.PacketSender) { k.sender = s }

// keyOf is the key of a record in the outbox and among the recognised.
func keyOf(chain string, kind types.RecordKind, id string) recordKey {
	return collections.Join3(chain, uint32(kind), id)
}

// find is Get that tells a missing key from an error.
func find[K, V any](ctx context.Context, m collections.Map[K, V], key K) (V, bool, error) {
	v, err := m.Get(ctx, key)
	if errors.Is(err, collections.ErrNotFound) {
		return v, false, nil
	}
	return v, err == nil, err
}

// emit emits a typed event.
func emit(ctx context.Context, event proto.Message) error {
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}
