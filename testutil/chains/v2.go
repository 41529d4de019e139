package chains

import (
	"github.com/stretchr/testify/require"

	channeltypesv2 "github.com/cosmos/ibc-go/v11/modules/core/04-channel/v2/types"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// OpenV2 pairs two new clients of two chains (IBC v2), without agreements. The route at
// each end is the client.
func OpenV2(a, b *Chain) Linked {
	path := ibctesting.NewPath(a.TestChain, b.TestChain)
	path.SetupClients()
	if path.EndpointA.ClientID == path.EndpointB.ClientID { // such a pair is refused
		require.NoError(a.TB, path.EndpointA.CreateClient())
	}
	path.SetupCounterparties()
	for _, end := range []*ibctesting.Endpoint{path.EndpointA, path.EndpointB} {
		end.ChannelID = end.ClientID
	}
	return Linked{Path: path, A: path.EndpointA.ClientID, B: path.EndpointB.ClientID}
}

// LinkV2 is Link by IBC v2.
func LinkV2(a, b *Chain) Linked {
	link := OpenV2(a, b)
	told := map[*ibctesting.Endpoint][]channeltypesv2.Packet{}
	ends := []*ibctesting.Endpoint{link.Path.EndpointA, link.Path.EndpointB}
	for i, chain := range []*Chain{a, b} {
		chain.Decide(panel.Council, &recognition.MsgSetAgreement{Signer: Council(), Agreement: Agreement(ends[i])})
		told[ends[i]] = chain.PacketsV2()
	}
	for _, end := range ends {
		for _, packet := range told[end] {
			require.NoError(a.TB, end.Counterparty.UpdateClient())
			require.NoError(a.TB, end.RelayPacket(packet))
		}
	}
	return link
}

// PacketsV2 are those of IBC v2 that left in the block's EndBlock.
func (b Block) PacketsV2() []channeltypesv2.Packet {
	packets, err := ibctesting.ParseIBCV2Packets(channeltypesv2.EventTypeSendPacket, b.Response.Events)
	if err != nil {
		return nil // none left
	}
	var out []channeltypesv2.Packet
	for _, p := range packets {
		if len(p.Payloads) > 0 { // the events of classic packets have the same name
			out = append(out, p)
		}
	}
	return out
}

// PacketsV2 are those of IBC v2 that left in the last block's EndBlock.
func (c *Chain) PacketsV2() []channeltypesv2.Packet {
	return c.recorder.blocks[len(c.recorder.blocks)-1].PacketsV2()
}
