package keeper

import (
	"bytes"
	"crypto/sha256"
	"errors"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// arrival is a packet that may be read: under which agreement it came, and the evidence.
type arrival struct {
	agreement types.Agreement
	channel   string
	sequence  uint64
}

// Receive takes a packet from a counterparty and answers it. One refused record does not
// touch the others. An error is the store's own; the packet is then not received.
func (k *Keeper) Receive(ctx sdk.Context, packet channeltypes.Packet) (*types.PacketAcknowledgement, error) {
	data, err := types.DecodePacket(packet.Data)
	if err != nil {
		return k.refuse(ctx, packet, types.PacketCodeOf(err))
	}
	in := arrival{channel: packet.DestinationChannel, sequence: packet.Sequence}
	var code types.PacketCode
	if in.agreement, code, err = k.agreementOf(ctx, packet.DestinationChannel); err != nil {
		return nil, err
	}
	if code != types.PACKET_CODE_READ {
		return k.refuse(ctx, packet, code)
	}
	ack := &types.PacketAcknowledgement{Version: types.PacketVersion, Code: types.PACKET_CODE_READ}
	type id struct {
		kind types.RecordKind
		id   string
	}
	seen := make(map[id]struct{}, len(data.Records))
	for i, r := range data.Records {
		result := types.RESULT_CODE_DUPLICATE
		if _, twice := seen[id{r.Kind, r.Id}]; !twice {
			seen[id{r.Kind, r.Id}] = struct{}{}
			if result, err = k.take(ctx, in, r); err != nil {
				return nil, err
			}
		}
		ack.Results = append(ack.Results, result)
		if result == types.RESULT_CODE_OK {
			continue
		}
		if err := emit(ctx, &types.EventRecordRefused{
			ChainId: in.agreement.ChainId, ChannelId: in.channel, Sequence: in.sequence, Index: uint32(i), Result: result,
		}); err != nil {
			return nil, err
		}
	}
	return ack, nil
}

// agreementOf finds the live agreement of a channel and checks that the channel's client
// is still the agreement's and still one of its chain (SECURITY-RULES 4).
func (k *Keeper) agreementOf(ctx sdk.Context, channel string) (types.Agreement, types.PacketCode, error) {
	chain, found, err := find(ctx, k.channels, channel)
	if err != nil {
		return types.Agreement{}, 0, err
	}
	if !found {
		return types.Agreement{}, types.PACKET_CODE_NO_AGREEMENT, nil
	}
	a, err := k.liveAgreement(ctx, chain)
	switch {
	case errors.Is(err, types.ErrNoAgreement):
		return types.Agreement{}, types.PACKET_CODE_NO_AGREEMENT, nil
	case err != nil:
		return types.Agreement{}, 0, err
	case a.ChannelId != channel:
		return types.Agreement{}, types.PACKET_CODE_NO_AGREEMENT, nil
	case a.ChainId == ctx.ChainID():
		return types.Agreement{}, types.PACKET_CODE_OWN_CHAIN, nil
	}
	switch err := k.checkRoute(ctx, a); {
	case errors.Is(err, types.ErrOwnChain):
		return types.Agreement{}, types.PACKET_CODE_OWN_CHAIN, nil
	case err != nil:
		return types.Agreement{}, types.PACKET_CODE_NO_AGREEMENT, nil
	}
	return a, types.PACKET_CODE_READ, nil
}

// refuse answers a packet that is refused as a whole.
func (k *Keeper) refuse(ctx sdk.Context, packet channeltypes.Packet, code types.PacketCode) (*types.PacketAcknowledgement, error) {
	err := emit(ctx, &types.EventPacketRefused{ChannelId: packet.DestinationChannel, Sequence: packet.Sequence, Code: code})
	return types.Refusal(code), err
}

// take judges one record and writes it if it is new.
func (k *Keeper) take(ctx sdk.Context, in arrival, r types.PacketRecord) (types.ResultCode, error) {
	content, code := in.agreement.Judge(r)
	if code != types.RESULT_CODE_OK {
		return code, nil
	}
	if r.Kind == types.RECORD_KIND_STATUS {
		return k.takeStatus(ctx, in, r, content)
	}
	chain, digest := in.agreement.ChainId, sha256.Sum256(r.Value)
	held, found, err := find(ctx, k.recognised, keyOf(chain, r.Kind, r.Id))
	if err != nil {
		return 0, err
	}
	if found {
		return sameBytes(held.Digest, digest[:]), nil
	}
	err = k.recognised.Set(ctx, keyOf(chain, r.Kind, r.Id), types.Recognised{
		ChainId: chain, Kind: r.Kind, Id: r.Id, Digest: digest[:], Counterpart: content.Counterpart,
		Height: ctx.BlockHeight(), Time: ctx.BlockTime().Unix(), ChannelId: in.channel, Sequence: in.sequence,
	})
	if err != nil {
		return 0, err
	}
	emitRecognised(ctx, in, r)
	return types.RESULT_CODE_OK, nil
}

// takeStatus keeps the highest version, whatever the order of arrival, even for a
// voucher that was not recognised.
func (k *Keeper) takeStatus(ctx sdk.Context, in arrival, r types.PacketRecord, content types.Content) (types.ResultCode, error) {
	chain := in.agreement.ChainId
	held, found, err := find(ctx, k.statuses, collections.Join(chain, r.Id))
	if err != nil {
		return 0, err
	}
	if found {
		before, err := held.Content()
		if err != nil {
			return 0, err
		}
		if content.Status.Version < before.Status.Version {
			return types.RESULT_CODE_OK, nil
		}
		if content.Status.Version == before.Status.Version {
			// The value holds the detail's digest, so that it stands for both.
			return sameBytes(held.Value, r.Value), nil
		}
	}
	err = k.statuses.Set(ctx, collections.Join(chain, r.Id), types.ForeignStatus{
		ChainId: chain, Number: r.Id, Value: r.Value, Detail: r.Detail,
		Height: ctx.BlockHeight(), ChannelId: in.channel, Sequence: in.sequence,
	})
	if err != nil {
		return 0, err
	}
	emitRecognised(ctx, in, r)
	return types.RESULT_CODE_OK, nil
}

// sameBytes is how a record is answered when one stands under its key.
func sameBytes(held, got []byte) types.ResultCode {
	if !bytes.Equal(held, got) {
		return types.RESULT_CODE_CONFLICT
	}
	return types.RESULT_CODE_OK
}

func emitRecognised(ctx sdk.Context, in arrival, r types.PacketRecord) {
	e := &types.EventRecognised{
		ChainId: in.agreement.ChainId, Kind: r.Kind, Id: r.Id, Value: r.Value, Detail: r.Detail,
		ChannelId: in.channel, Sequence: in.sequence,
	}
	ctx.EventManager().EmitEvent(e.SDKEvent())
}
