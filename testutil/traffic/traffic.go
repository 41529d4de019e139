// Package traffic lets the members of a chain act at random: lives of products, trades,
// money, memberships and recognitions, in blocks of many transactions, good and bad
// ones. The same seed makes the same blocks.
package traffic

import (
	"fmt"
	"math/rand"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
)

// gas of a transaction: more than any here needs.
const gas = 5_000_000

// Tally counts how the transactions of one operation went.
type Tally struct{ Done, Refused int }

// Traffic is what goes on on one chain.
type Traffic struct {
	// Tallies by operation.
	Tallies map[string]*Tally
	// Closed: nobody is admitted any more.
	Closed bool

	here, there *chains.Chain
	path        *ibctesting.Path
	rand        *rand.Rand
	operations  []operation

	block []action
	sent  map[string]uint64

	members     map[string]uint32
	merchants   []string
	suspended   map[string]bool
	goods       []*goods
	contracts   []*contract
	settled     []*contract
	asked       []*asked
	withdrawals []string
	// quoted and planned are the quotes of a seller and day: made, and in the block in the making.
	quoted, planned map[string]int

	way     []channeltypes.Packet
	answers []answer
	seen    int
}

// operation is something that may happen in a block.
type operation struct {
	name   string
	weight int
	act    func()
}

// action is a transaction of the block in the making.
type action struct {
	operation string
	raw       []byte
	// then is told the result of a success.
	then func(*abci.ExecTxResult)
}

// New lets traffic flow on a chain that is linked to another one by a path, whose
// endpoint A is the chain's.
func New(here, there *chains.Chain, path *ibctesting.Path, seed int64) *Traffic {
	t := &Traffic{
		Tallies: map[string]*Tally{}, here: here, there: there, path: path, rand: rand.New(rand.NewSource(seed)),
		sent: map[string]uint64{}, members: map[string]uint32{}, suspended: map[string]bool{}, merchants: []string{"seller", "seller-2", "buyer", "buyer-2"},
		quoted: map[string]int{}, planned: map[string]int{},
	}
	for _, m := range chains.Members {
		t.members[m.Key] = chains.Number(m.Key)
	}
	t.operations = []operation{
		{"quote", 16, t.quote}, {"progress", 44, t.progress}, {"whole trade", 8, t.wholeTrade}, {"meddle", 12, t.meddle}, {"cancel", 4, t.cancel},
		{"bring to the shelf", 14, t.bring}, {"revise", 1, t.revise}, {"delist", 1, t.delist},
		{"deposit", 6, t.deposit}, {"withdraw", 3, t.withdraw}, {"answer a withdrawal", 3, t.answerWithdrawal},
		{"admit", 1, t.admit}, {"suspend", 1, t.suspend}, {"present", 5, t.present},
		{"ask for a reversal", 4, t.askForReversal}, {"answer a reversal", 5, t.answerReversal}, {"pay a debt", 2, t.payDebt},
		{"fault", 9, t.fault},
	}
	return t
}

// Block runs one block of random transactions; before it, packets may be carried,
// and time pass.
func (t *Traffic) Block() {
	t.relay()
	t.passTime()
	for range 5 + t.rand.Intn(16) {
		t.pick()()
	}
	var txs [][]byte
	for _, a := range t.block {
		txs = append(txs, a.raw)
	}
	actions := t.block
	t.block, t.sent, t.planned = nil, map[string]uint64{}, map[string]int{}
	for i, result := range t.here.Block(txs) {
		tally := t.tally(actions[i].operation)
		if result.Code != abci.CodeTypeOK {
			tally.Refused++
			continue
		}
		tally.Done++
		if actions[i].then != nil {
			actions[i].then(result)
		}
	}
	t.tidy()
}

// pick draws an operation by weight.
func (t *Traffic) pick() func() {
	sum := 0
	for _, o := range t.operations {
		sum += o.weight
	}
	n := t.rand.Intn(sum)
	for _, o := range t.operations {
		if n < o.weight {
			return o.act
		}
		n -= o.weight
	}
	panic("the weights do not sum up")
}

// passTime lets minutes or hours pass before some blocks.
func (t *Traffic) passTime() {
	switch n := t.rand.Intn(100); {
	case n < 20:
		t.here.Coordinator.IncrementTimeBy(time.Duration(t.rand.Intn(600)) * time.Second)
	case n < 24:
		t.here.Coordinator.IncrementTimeBy(time.Duration(t.rand.Intn(8*3_600)) * time.Second)
	}
}

// send adds a transaction of a party to the block.
func (t *Traffic) send(operation, party string, then func(*abci.ExecTxResult), msgs ...sdk.Msg) {
	t.add(operation, t.sign(party, t.sent[party], gas, msgs...), then)
	t.sent[party]++
}

// refused adds a transaction that the door refuses, so that it uses up no sequence.
func (t *Traffic) refused(operation, party string, msgs ...sdk.Msg) {
	t.add(operation, t.sign(party, t.sent[party], gas, msgs...), nil)
}

func (t *Traffic) add(operation string, raw []byte, then func(*abci.ExecTxResult)) {
	t.block = append(t.block, action{operation, raw, then})
}

func (t *Traffic) tally(operation string) *Tally {
	if t.Tallies[operation] == nil {
		t.Tallies[operation] = &Tally{}
	}
	return t.Tallies[operation]
}

func (t *Traffic) sign(party string, before, gas uint64, msgs ...sdk.Msg) []byte {
	raw, err := t.here.Sign(party, before, gas, msgs...)
	if err != nil {
		panic(fmt.Errorf("sign as %s: %w", party, err))
	}
	return raw
}

// decode reads the first response of a transaction.
func (t *Traffic) decode(res *abci.ExecTxResult, response proto.Message) {
	var data sdk.TxMsgData
	t.here.Codec.MustUnmarshal(res.Data, &data)
	t.here.Codec.MustUnmarshal(data.MsgResponses[0].Value, response)
}

func (t *Traffic) now() time.Time { return t.here.Coordinator.CurrentTime }

// chance is true in so many of a hundred cases.
func (t *Traffic) chance(percent int) bool { return t.rand.Intn(100) < percent }

// oneOf draws from a list that is not empty.
func oneOf[T any](t *Traffic, list []T) T { return list[t.rand.Intn(len(list))] }

// merchant draws a merchant.
func (t *Traffic) merchant() string { return oneOf(t, t.merchants) }
