package chains_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	clienttypesv2 "github.com/cosmos/ibc-go/v11/modules/core/02-client/v2/types"
	channeltypesv2 "github.com/cosmos/ibc-go/v11/modules/core/04-channel/v2/types"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// Whoever could send a packet from the module's port would tell the other chain what this
// one never said. Neither a relayer nor the council can, and not even the module's address.
func TestV2NobodyElseSendsPackets(t *testing.T) {
	w := newWorld(t, chains.LinkV2)
	v, _ := w.records(w.sell())
	forged := packetOf(t, changed(t, v, total(1)))
	message := func(signer string) *channeltypesv2.MsgSendPacket {
		return channeltypesv2.NewMsgSendPacket(w.path.EndpointA.ClientID, uint64(w.CurrentTime.Add(time.Hour).Unix()), signer,
			channeltypesv2.NewPayload(recognition.PortID, recognition.PortID, recognition.ChannelVersion, recognition.Encoding, forged))
	}
	for _, party := range []string{"relayer", "exchange", "seller"} {
		_, err := w.a.Send(party, message(w.a.Address(party)))
		require.ErrorContains(t, err, "not open to anybody", party)
	}
	packed, err := codectypes.NewAnyWithValue(message(chains.Council()))
	require.NoError(t, err)
	_, err = w.a.Send("exchange", &panel.MsgSubmit{
		Signer: w.a.Address("exchange"), Panel: panel.Council, Title: "test", Reason: "a test decides", Messages: []*codectypes.Any{packed},
	})
	require.ErrorContains(t, err, "MsgSendPacket")
	// Behind the door the module refuses by itself.
	for _, signer := range []string{w.a.Address("relayer"), chains.Council(), authtypes.NewModuleAddress(recognition.ModuleName).String()} {
		ctx, _ := w.a.GetContext().CacheContext()
		_, err := w.a.Shugu.IBC.ChannelKeeperV2.SendPacket(ctx, message(signer))
		require.ErrorIs(t, err, recognition.ErrForeignSend)
	}
	require.Empty(t, w.a.PacketsV2())
}

// A relayer pairs the clients that it created, once. That gives no rights.
func TestV2RelayersPairTheirClients(t *testing.T) {
	w := newWorld(t, chains.Open)
	path := ibctesting.NewPath(w.a.TestChain, w.b.TestChain)
	path.SetupClients()
	same := clienttypesv2.NewMsgRegisterCounterparty(path.EndpointA.ClientID, [][]byte{[]byte("ibc"), nil}, path.EndpointA.ClientID, w.a.Address("relayer"))
	requireRefused(t, w.a, sign(w.a, "relayer", 0, same), sdkerrors.ErrInvalidRequest, "create one more client at one end")
	require.NoError(t, path.EndpointA.CreateClient())
	register := func(party string, prefix ...[]byte) *clienttypesv2.MsgRegisterCounterparty {
		return clienttypesv2.NewMsgRegisterCounterparty(path.EndpointA.ClientID, prefix, path.EndpointB.ClientID, w.a.Address(party))
	}
	before := dump(w.a)
	for party, says := range map[string]string{"seller": "expected ROLE_RELAYER", "exchange": "expected ROLE_RELAYER", "stranger": "acts for no member"} {
		_, err := w.a.Send(party, register(party, []byte("ibc"), nil))
		require.ErrorContains(t, err, says)
	}
	requireSame(t, before, dump(w.a))

	// Somewhere else in the counterparty's state there might stand anything.
	w.a.MustSend("relayer", nil, register("relayer", []byte("voucher"), nil))
	path.EndpointA.ChannelID = path.EndpointA.ClientID
	r := w.a.Resolve(panel.Council, &recognition.MsgSetAgreement{Signer: chains.Council(), Agreement: chains.Agreement(path.EndpointA)})
	require.Equal(t, panel.RESOLUTION_STATUS_FAILED, r.Status)
	requireCode(t, recognition.ErrChannel, r.Failure.Codespace, r.Failure.Code, w.a.Failure(), "pair another client")
	_, err := w.a.Send("relayer", register("relayer", []byte("ibc"), nil))
	require.ErrorContains(t, err, "already set")

	// One that is not paired carries no packets.
	path.EndpointB.ChannelID = path.EndpointB.ClientID
	r = w.b.Resolve(panel.Council, &recognition.MsgSetAgreement{Signer: chains.Council(), Agreement: chains.Agreement(path.EndpointB)})
	requireCode(t, recognition.ErrChannel, r.Failure.Codespace, r.Failure.Code, w.b.Failure(), "has no counterparty")
}

// The list of relayers of a client also closes updates of it to everybody else, and with
// them proofs and evidence; so only the council sets it.
func TestV2AllowListClosesAClient(t *testing.T) {
	w := newWorld(t, chains.LinkV2)
	client := w.path.EndpointB.ClientID
	config := func(signer, only string) *clienttypesv2.MsgUpdateClientConfig {
		return clienttypesv2.NewMsgUpdateClientConfig(client, signer, clienttypesv2.NewConfig(w.b.Address(only)))
	}
	_, err := w.b.Send("relayer", config(w.b.Address("relayer"), "relayer"))
	require.ErrorContains(t, err, "shugud council propose", "its creator, too")
	w.b.As("seller")
	require.NoError(t, w.path.EndpointB.UpdateClient(), "any active member")
	w.b.As("relayer")

	w.b.Decide(panel.Council, config(chains.Council(), "relayer"))
	require.NoError(t, w.path.EndpointB.UpdateClient())
	w.b.As("seller")
	require.ErrorContains(t, w.path.EndpointB.UpdateClient(), "is not authorized to update client")
	w.b.As("relayer")
	sold := w.sell()
	packet := w.presentV2(sold.Voucher)
	require.True(t, carryV2(t, w.path.EndpointA, packet).Success())

	w.b.Decide(panel.Council, config(chains.Council(), "exchange"))
	_, err = w.b.Send("relayer", channeltypesv2.NewMsgRecvPacket(packet, []byte("proof"), clienttypes.NewHeight(1, 2), w.b.Address("relayer")))
	require.ErrorContains(t, err, "is not authorized to update client")
}
