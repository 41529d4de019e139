package keeper

import (
	"errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// arrival is how records come: under which agreement, and on what evidence.
type arrival struct {
	agreement types.Agreement
	evidence  types.Evidence
}

// Receive takes a packet from a counterparty and answers it. One refused record does not
// touch the others. An error is the store's own; the packet is then not received.
func (k *Keeper) Receive(ctx sdk.Context, packet Packet) (*types.PacketAcknowledgement, error) {
	data, err := types.DecodePacket(packet.Data)
	if err != nil {
		return k.Refuse(ctx, packet, types.PacketCodeOf(err))
	}
	agreement, code, err := k.agreementOf(ctx, packet.Route)
	if err != nil {
		return nil, err
	}
	if code == types.PACKET_CODE_READ && !agreement.Live(ctx.BlockTime()) && !onlyTerms(data) {
		code = types.PACKET_CODE_NO_AGREEMENT
	}
	if code != types.PACKET_CODE_READ {
		return k.Refuse(ctx, packet, code)
	}
	in := arrival{agreement: agreement, evidence: k.packetEvidence(ctx, agreement, packet, data)}
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
			ChainId: agreement.ChainId, ChannelId: packet.Route, Sequence: packet.Sequence, Index: uint32(i), Result: result,
		}); err != nil {
			return nil, err
		}
	}
	return ack, nil
}

// onlyTerms says whether a packet tells terms and nothing else. Those are heard even when
// our own agreement does not hold: they say what is recognised of us.
func onlyTerms(data types.PacketData) bool {
	return len(data.Records) == 1 && data.Records[0].Kind == types.RECORD_KIND_TERMS
}

// packetEvidence is what a packet is for the records in it. The client's latest height is
// the highest that its proof can have used. When it was sent is the sender's word, but
// never later than now, nor after a block of which no header is known here.
func (k *Keeper) packetEvidence(ctx sdk.Context, a types.Agreement, packet Packet, data types.PacketData) types.Evidence {
	latest := k.Clients.GetClientLatestHeight(ctx, a.ClientId).RevisionHeight
	return types.Evidence{
		ClientId: a.ClientId, ChannelId: packet.Route, Sequence: packet.Sequence, ClientHeight: latest,
		Height: ctx.BlockHeight(), Time: ctx.BlockTime().Unix(),
		// The header of H + 1 proves what block H sent.
		AsOfHeight: min(data.Height, max(int64(latest)-1, 1)), AsOfTime: min(data.Time, ctx.BlockTime().Unix()),
	}
}

// agreementOf finds the agreement of a route, whether it holds or not, and checks that
// the route's client is still the agreement's and still one of its chain (SECURITY-RULES 4).
func (k *Keeper) agreementOf(ctx sdk.Context, route string) (types.Agreement, types.PacketCode, error) {
	chain, found, err := find(ctx, k.channels, route)
	if err != nil {
		return types.Agreement{}, 0, err
	}
	if !found {
		return types.Agreement{}, types.PACKET_CODE_NO_AGREEMENT, nil
	}
	a, found, err := find(ctx, k.agreements, chain)
	switch {
	case err != nil:
		return types.Agreement{}, 0, err
	case !found || a.ChannelId != route:
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

// Refuse answers a packet that is refused as a whole. It writes nothing.
func (k *Keeper) Refuse(ctx sdk.Context, packet Packet, code types.PacketCode) (*types.PacketAcknowledgement, error) {
	err := emit(ctx, &types.EventPacketRefused{ChannelId: packet.Route, Sequence: packet.Sequence, Code: code})
	return types.Refusal(code), err
}
