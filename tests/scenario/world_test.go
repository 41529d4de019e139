package scenario_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"
	"github.com/stretchr/testify/require"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
)

// world is what a story happens in: two chains, and what the story calls by name.
type world struct {
	net       *chains.Network
	sides     []*side
	path      *ibctesting.Path
	goods     map[string]*goods
	contracts map[string]*contract
	way       []onTheWay
}

// side is one of the two chains.
type side struct {
	*chains.Chain
	name  string
	other *side
	end   *ibctesting.Endpoint
	// joined are the numbers of the members that the story admits, by their keys.
	joined map[string]uint32
	// seen is how many blocks were looked through for packets.
	seen int
}

// onTheWay is a packet that left a chain and was neither delivered nor timed out.
type onTheWay struct {
	from   *side
	packet channeltypes.Packet
}

func newWorld(t *testing.T) *world {
	const hangzhou, shanghai = "shugu-hangzhou-1", "shugu-shanghai-1"
	n := chains.New(t, hangzhou, shanghai)
	w := &world{net: n, goods: map[string]*goods{}, contracts: map[string]*contract{}}
	a := &side{Chain: n.Chain(hangzhou), name: "hangzhou", joined: map[string]uint32{}}
	b := &side{Chain: n.Chain(shanghai), name: "shanghai", joined: map[string]uint32{}}
	a.other, b.other, w.sides = b, a, []*side{a, b}
	return w
}

// verbs of the language.
var verbs map[string]func(*world, *args) string

func init() {
	verbs = map[string]func(*world, *args) string{
		"begin": (*world).begin, "wait": (*world).wait, "show": (*world).show,
		"admit": (*world).admit, "suspend": (*world).suspend,
		"deposit": (*world).deposit, "withdraw": (*world).withdraw, "confirm": (*world).confirm, "decline": (*world).decline,
		"submit": (*world).submit, "decide": (*world).decideScenario, "register": (*world).register, "revise": (*world).revise,
		"review": (*world).review, "opine": (*world).opine, "list": (*world).list, "delist": (*world).delist, "shelf": (*world).shelf,
		"quote": (*world).quote, "agree": (*world).agree, "fund": (*world).fund, "deliver": (*world).deliver,
		"accept": (*world).accept, "cancel": (*world).cancel, "reverse": (*world).reverse,
		"ask-reversal": (*world).askReversal, "confirm-reversal": (*world).confirmReversal,
		"decline-reversal": (*world).declineReversal, "withdraw-reversal": (*world).withdrawReversal, "pay-debt": (*world).payDebt,
		"agreement": (*world).agreement, "end-agreement": (*world).endAgreement, "recover": (*world).recover,
		"present": (*world).present, "relay": (*world).relay, "timeout": (*world).timeout,
	}
}

// run carries out a command and checks all invariants after it.
func (w *world) run(t *testing.T, d *datadriven.TestData) string {
	a := &args{t: t, d: d, used: map[string]bool{}}
	verb := verbs[d.Cmd]
	if verb == nil {
		a.fail("there is no such verb")
	}
	if d.Cmd != "begin" && w.path == nil {
		a.fail("a story's first command is begin")
	}
	answer := verb(w, a)
	a.done()
	w.look()
	for _, on := range w.sides {
		require.NoError(t, on.Check(), "%s after %s", on.name, d.Pos)
	}
	return answer
}

// begin opens the channel between the chains; by default they also agree.
func (w *world) begin(a *args) string {
	join, says := chains.Link, "Each has an agreement to recognise what the other records."
	switch a.or("agreements", "both") {
	case "both":
	case "none":
		join, says = chains.Open, "There is no agreement between them."
	default:
		a.fail("expected agreements=both or none")
	}
	one, two := w.sides[0], w.sides[1]
	w.path = join(one.Chain, two.Chain).Path
	one.end, two.end = w.path.EndpointA, w.path.EndpointB
	// The packets so far told each chain the other's terms, and have been carried.
	one.seen, two.seen = len(one.Blocks()), len(two.Blocks())
	return fmt.Sprintf("%s and %s, joined by a channel. %s\nIt is %s.", one.ChainID, two.ChainID, says, w.clock())
}

func (w *world) clock() string { return beijing(w.net.CurrentTime) }

// wait lets time pass, and a block or more come on both chains.
func (w *world) wait(a *args) string {
	d := time.Duration(a.number("days", 0))*24*time.Hour + time.Duration(a.number("hours", 0))*time.Hour + time.Duration(a.number("minutes", 0))*time.Minute
	before := w.statuses()
	w.net.IncrementTimeBy(d)
	for range a.number("blocks", 1) {
		for _, on := range w.sides {
			w.net.CommitBlock(on.TestChain)
		}
	}
	lines := []string{"It is " + w.clock() + "."}
	for _, name := range sorted(before) {
		if now := w.status(name); now != before[name] {
			lines = append(lines, fmt.Sprintf("Contract %s was %s; now %s", name, before[name], w.standing(name)))
		}
	}
	return strings.Join(lines, "\n")
}

// on is the chain that a command names; Hangzhou when it names none.
func (w *world) on(a *args) *side {
	name := a.or("on", w.sides[0].name)
	i := slices.IndexFunc(w.sides, func(s *side) bool { return s.name == name })
	if i < 0 {
		a.fail("expected on=hangzhou or on=shanghai, got %s", name)
	}
	return w.sides[i]
}

// number of a member; 0 for a stranger.
func (s *side) number(key string) uint32 {
	if number, joined := s.joined[key]; joined {
		return number
	}
	return chains.Number(key)
}

// member is what the chain knows of a member.
func (s *side) member(number uint32) consortium.Member {
	m, err := s.Shugu.Consortium.Member(s.Query(), number)
	require.NoError(s.TB, err)
	return m
}

// called is a member's name as the chain knows it.
func (s *side) called(key string) string {
	if number := s.number(key); number != 0 {
		return s.member(number).Name
	}
	return key
}

// send delivers messages of a party in a block of their own. It returns nothing, or
// the refusal in words.
func (s *side) send(party string, response proto.Message, msgs ...sdk.Msg) string {
	s.TB.Helper()
	res, err := s.Send(party, msgs...)
	return s.answer(response, res, err)
}

func (s *side) answer(response proto.Message, res *abci.ExecTxResult, err error) string {
	s.TB.Helper()
	if err != nil {
		return refusal(err)
	}
	if response != nil {
		var data sdk.TxMsgData
		require.NoError(s.TB, s.Codec.Unmarshal(res.Data, &data))
		require.NotEmpty(s.TB, data.MsgResponses)
		require.NoError(s.TB, s.Codec.Unmarshal(data.MsgResponses[0].Value, response))
	}
	return ""
}

// decide has a chain's council send messages, each made for the account that it acts
// by. It is the one place here that knows how it decides.
func decide(s *side, msgs ...func(authority string) sdk.Msg) (*abci.ExecTxResult, error) {
	var made []sdk.Msg
	for _, msg := range msgs {
		made = append(made, msg(chains.Council()))
	}
	if err := s.Approve(panel.Council, made...); err != nil {
		return nil, err
	}
	results := s.LastBlock().TxResults
	return results[len(results)-1], nil
}

var (
	// coded is how ibc-go's testing tells an error: codespace/code: "log".
	coded = regexp.MustCompile(`[a-z0-9]+/\d+: (".*")$`)
	// preamble is how the SDK begins the log of a failed message.
	preamble = regexp.MustCompile(`^failed to execute message; message index: \d+: `)
)

// refusal is an error in the chain's own words.
func refusal(err error) string {
	text := err.Error()
	if m := coded.FindStringSubmatch(text); m != nil {
		if log, err := strconv.Unquote(m[1]); err == nil {
			text = log
		}
	}
	return "Refused: " + preamble.ReplaceAllString(text, "")
}

// look notes the packets that left since the last command.
func (w *world) look() {
	for _, on := range w.sides {
		for ; on.seen < len(on.Blocks()); on.seen++ {
			for _, packet := range on.Blocks()[on.seen].Packets() {
				w.way = append(w.way, onTheWay{on, packet})
			}
		}
	}
}

func sorted[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
