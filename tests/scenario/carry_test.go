package scenario_test

import (
	"fmt"
	"strings"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// agreement has a chain's authority agree with the other chain.
func (w *world) agreement(a *args) string {
	on := w.on(a)
	agreement := chains.Agreement(on.end)
	if a.has("max_amount") {
		agreement.MaxAmount = a.money("max_amount")
	}
	res, err := decide(on, func(authority string) sdk.Msg {
		return &recognition.MsgSetAgreement{Signer: authority, Agreement: agreement}
	})
	if no := on.answer(nil, res, err); no != "" {
		return no
	}
	return fmt.Sprintf("%s will recognise what %s records.", on.ChainID, on.other.ChainID)
}

// endAgreement ends a chain's agreement with the other chain.
func (w *world) endAgreement(a *args) string {
	on := w.on(a)
	res, err := decide(on, func(authority string) sdk.Msg {
		return &recognition.MsgEndAgreement{Signer: authority, ChainId: on.other.ChainID, Reason: a.or("reason", "ended")}
	})
	if no := on.answer(nil, res, err); no != "" {
		return no
	}
	return fmt.Sprintf("%s recognises nothing more from %s; what was recognised stays.", on.ChainID, on.other.ChainID)
}

// recover has both authorities put a new client in the place of the expired one.
func (w *world) recover(*args) string {
	substitutes := ibctesting.NewPath(w.sides[0].TestChain, w.sides[1].TestChain)
	for i, end := range []*ibctesting.Endpoint{substitutes.EndpointA, substitutes.EndpointB} {
		on := w.sides[i]
		require.NoError(on.TB, end.CreateClient())
		res, err := decide(on, func(authority string) sdk.Msg {
			return clienttypes.NewMsgRecoverClient(authority, on.end.ClientID, end.ClientID)
		})
		if no := on.answer(nil, res, err); no != "" {
			return no
		}
	}
	return "On both chains a new light client stands in the place of the expired one."
}

// present presents the voucher of a contract to the other chain.
func (w *world) present(a *args) string {
	c := w.contract(a)
	by := a.or("by", c.goods.seller)
	before := len(c.on.Blocks())
	msg := &recognition.MsgPresent{Signer: c.on.Address(by), Voucher: w.voucher(a, c), ChainId: c.on.other.ChainID}
	if no := c.on.send(by, nil, msg); no != "" {
		return no
	}
	for _, block := range c.on.Blocks()[before:] {
		for _, p := range block.Packets() {
			return fmt.Sprintf("Presented to %s. Packet %d leaves.", c.on.other.ChainID, p.Sequence)
		}
	}
	return fmt.Sprintf("Presented to %s. Nothing leaves now.", c.on.other.ChainID)
}

// relay carries all packets on the way, and their answers back; order=newest lets the
// last one arrive first, answers=lost does not carry the answers.
func (w *world) relay(a *args) string {
	w.look()
	var lines []string
	for len(w.way) > 0 {
		at := 0
		if a.or("order", "oldest") == "newest" {
			at = len(w.way) - 1
		}
		p := w.way[at]
		w.way = append(w.way[:at], w.way[at+1:]...)
		lines = append(lines, fmt.Sprintf("Packet %d from %s: %s", p.packet.Sequence, p.from.name, w.carry(p)))
		w.look()
	}
	if len(lines) == 0 {
		return "Nothing is on the way."
	}
	return strings.Join(lines, "\n")
}

// carry brings a packet to the other chain and the answer back.
func (w *world) carry(p onTheWay) string {
	from, to := p.from, p.from.other
	if err := to.end.UpdateClient(); err != nil {
		return refusal(err)
	}
	res, err := to.end.RecvPacketWithResult(p.packet)
	if err != nil {
		return refusal(err)
	}
	raw, err := ibctesting.ParseAckFromEvents(res.Events)
	require.NoError(to.TB, err)
	require.NoError(from.TB, from.end.AcknowledgePacket(p.packet, raw))
	data, err := recognition.DecodePacket(p.packet.Data)
	require.NoError(from.TB, err)
	answer, err := recognition.DecodeAcknowledgement(raw, len(data.Records))
	require.NoError(from.TB, err)
	if !answer.Success() {
		return "refused as a whole, " + words(answer.Code.String(), "PACKET_CODE_") + "."
	}
	var records []string
	for i, r := range data.Records {
		id := r.Id
		if r.Kind == recognition.RECORD_KIND_VOUCHER || r.Kind == recognition.RECORD_KIND_STATUS {
			id = voucher.FormatNumber(id)
		}
		records = append(records, fmt.Sprintf("%s %s %s",
			words(r.Kind.String(), "RECORD_KIND_"), id, words(answer.Results[i].String(), "RESULT_CODE_")))
	}
	return strings.Join(records, "; ") + "."
}

// timeout tells a chain that its packets on the way were not received in time.
func (w *world) timeout(a *args) string {
	on := w.on(a)
	w.look()
	way := w.way
	w.way = nil
	var lines []string
	for _, p := range way {
		if p.from != on {
			w.way = append(w.way, p)
			continue
		}
		if err := on.end.UpdateClient(); err != nil {
			return refusal(err)
		}
		if err := on.end.TimeoutPacket(p.packet); err != nil {
			w.way = append(w.way, p)
			lines = append(lines, fmt.Sprintf("Packet %d: %s", p.packet.Sequence, refusal(err)))
			continue
		}
		lines = append(lines, fmt.Sprintf("Packet %d was not received in time.", p.packet.Sequence))
	}
	return strings.Join(lines, "\n")
}

// words makes the name of a code readable.
func words(code, prefix string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(code, prefix), "_", " "))
}
