package chains

import (
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// Linked is a recognition channel between two chains whose councils agree.
type Linked struct {
	Path *ibctesting.Path
	// A and B are the channel's ids at its ends.
	A, B string
}

// Open opens a recognition channel between two chains, without agreements.
func Open(a, b *Chain) Linked {
	path := ibctesting.NewPath(a.TestChain, b.TestChain)
	path.DisableUniqueChannelIDs()
	for _, end := range []*ibctesting.Endpoint{path.EndpointA, path.EndpointB} {
		end.ChannelConfig = &ibctesting.ChannelConfig{PortID: recognition.PortID, Version: recognition.ChannelVersion, Order: channeltypes.UNORDERED}
	}
	path.Setup()
	return Linked{Path: path, A: path.EndpointA.ChannelID, B: path.EndpointB.ChannelID}
}

// Link opens a channel, sets the agreement on both chains, and has each hear the other's terms.
func Link(a, b *Chain) Linked {
	link := Open(a, b)
	var told []channeltypes.Packet
	for _, end := range []struct {
		chain    *Chain
		endpoint *ibctesting.Endpoint
	}{{a, link.Path.EndpointA}, {b, link.Path.EndpointB}} {
		end.chain.Decide(panel.Council, &recognition.MsgSetAgreement{Signer: Council(), Agreement: Agreement(end.endpoint)})
		told = append(told, end.chain.Packets()...)
	}
	for _, packet := range told {
		require.NoError(a.TB, link.Path.RelayPacket(packet))
	}
	return link
}

// Agreement recognises everything from the chain at the other end for some days.
func Agreement(end *ibctesting.Endpoint) recognition.Agreement {
	return recognition.Agreement{
		ChainId: end.Counterparty.Chain.ChainID, ClientId: end.ClientID, ChannelId: end.ChannelID,
		Kinds:     []recognition.RecordKind{recognition.RECORD_KIND_VOUCHER, recognition.RECORD_KIND_SETTLEMENT, recognition.RECORD_KIND_STATUS},
		MaxAmount: math.NewInt(1_000_000_000), BeginsAt: Start.Unix() - 1, EndsAt: Start.Unix() + 10_000_000, Freshness: 86_400,
	}
}
