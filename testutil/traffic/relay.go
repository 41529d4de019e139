package traffic

import (
	"slices"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"
)

// answer is an acknowledgement that waits to be carried back.
type answer struct {
	packet channeltypes.Packet
	bytes  []byte
}

// relay carries some packets and answers, in any order, and tells of some that were not
// received in time. Others wait for another day.
func (t *Traffic) relay() {
	for blocks := t.here.Blocks(); t.seen < len(blocks); t.seen++ {
		t.way = append(t.way, blocks[t.seen].Packets()...)
	}
	if len(t.way) > 0 && t.chance(40) {
		at := t.rand.Intn(len(t.way))
		packet := t.way[at]
		t.way = slices.Delete(t.way, at, at+1)
		t.receive(packet)
	}
	if len(t.answers) > 0 && t.chance(40) {
		at := t.rand.Intn(len(t.answers))
		a := t.answers[at]
		t.answers = slices.Delete(t.answers, at, at+1)
		t.acknowledge(a)
	}
}

// receive brings a packet to the other chain; what is late is told to this one.
func (t *Traffic) receive(packet channeltypes.Packet) {
	if err := t.path.EndpointB.UpdateClient(); err != nil {
		t.tally("update a client").Refused++
		return
	}
	res, err := t.path.EndpointB.RecvPacketWithResult(packet)
	if err != nil {
		t.tally("receive").Refused++
		t.timeOut(packet)
		return
	}
	t.tally("receive").Done++
	raw, err := ibctesting.ParseAckFromEvents(res.Events)
	if err != nil {
		panic(err)
	}
	t.answers = append(t.answers, answer{packet, raw})
}

func (t *Traffic) timeOut(packet channeltypes.Packet) {
	if err := t.path.EndpointA.UpdateClient(); err != nil {
		t.tally("update a client").Refused++
		return
	}
	if err := t.path.EndpointA.TimeoutPacket(packet); err != nil {
		t.tally("time out").Refused++
		return
	}
	t.tally("time out").Done++
}

func (t *Traffic) acknowledge(a answer) {
	if err := t.path.EndpointA.UpdateClient(); err != nil {
		t.tally("update a client").Refused++
		return
	}
	if err := t.path.EndpointA.AcknowledgePacket(a.packet, a.bytes); err != nil {
		t.tally("acknowledge").Refused++
		return
	}
	t.tally("acknowledge").Done++
}
