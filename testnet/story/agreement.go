package story

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shugu-network/shugu/testnet"
)

// end is one end of a link between two chains.
type end struct {
	at, of          *testnet.Chain
	client, channel string
}

// agree sets the agreement on both chains: each council compares the light
// client with the other chain's own nodes and decides by more than two thirds.
func (t *teller) agree(ctx context.Context) error {
	t.title("◆ Agreement 互认协议: each chain's council decides what it recognises from the other")
	for _, link := range t.Network.Links() {
		a, b := t.Network.Chain(link.ChainA), t.Network.Chain(link.ChainB)
		for _, e := range []end{{a, b, link.ClientA, link.ChannelA}, {b, a, link.ClientB, link.ChannelB}} {
			if err := t.agreeAt(ctx, e); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *teller) agreeAt(ctx context.Context, e end) error {
	if err := t.compare(ctx, e); err != nil {
		return err
	}
	file := "agreement-" + e.at.ID() + ".yaml"
	if err := t.write(file, fmt.Sprintf(`title: 与 %[1]s 互认
reason: 已与对方节点核对轻客户端的可信状态
messages:
  - type: set-agreement
    chain_id: %[1]s
    client_id: %[2]s
    channel_id: %[3]s
    kinds: [voucher, settlement, status]
    max_amount: 100000000.00cny
    begins: %[4]s
    ends: 2036-01-01T00:00:00Z
    freshness: 24h
`, e.of.ID(), e.client, e.channel, time.Now().UTC().Add(-time.Hour).Format(time.RFC3339))); err != nil {
		return err
	}
	if err := t.decide(ctx, e.at, file); err != nil {
		return err
	}
	t.say("    %s recognises %s on %s over %s", e.at.ID(), e.of.ID(), e.channel, e.client)
	return nil
}

// compare asks the nodes of the other chain whether the client trusts what they say.
func (t *teller) compare(ctx context.Context, e end) error {
	args := []string{"council", "check-client", e.client}
	for _, node := range e.of.Nodes() {
		args = append(args, node.RPC())
	}
	out, err := t.show(ctx, append(args, "--home", e.at.Home())...)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	t.say("      %s", lines[len(lines)-1])
	return nil
}

// decide has the council of a chain approve a resolution: the first exchange
// proposes, and exchanges vote until it is carried out.
func (t *teller) decide(ctx context.Context, chain *testnet.Chain, file string) error {
	home := chain.Home()
	var proposed struct {
		ID string `json:"id"`
	}
	if _, err := t.tx(ctx, home, "exchange", &proposed, "council", "propose", "-f", file); err != nil {
		return err
	}
	for i := range chain.Nodes() {
		voter := "exchange"
		if i > 0 {
			voter += "-" + strconv.Itoa(i+1)
		}
		var voted struct {
			Status string `json:"status"`
		}
		if _, err := t.tx(ctx, home, voter, &voted, "council", "vote", proposed.ID, "yes", "--reason", "核对无误"); err != nil {
			return err
		}
		if voted.Status != "RESOLUTION_STATUS_OPEN" {
			break
		}
	}
	out, err := t.run(ctx, "council", "show", proposed.ID, "--home", home, "-o", "json")
	if err != nil {
		return err
	}
	var shown struct {
		Resolution struct {
			Status string `json:"status"`
		} `json:"resolution"`
		Words    string `json:"words"`
		WordsZH  string `json:"words_zh"`
		Messages []struct {
			English string `json:"english"`
		} `json:"messages"`
	}
	if err := json.Unmarshal(out, &shown); err != nil {
		return err
	}
	if shown.Resolution.Status != "RESOLUTION_STATUS_EXECUTED" {
		return fmt.Errorf("resolution %s of %s: %s", proposed.ID, chain.ID(), shown.Words)
	}
	t.say("      resolution %s: %s\n      %s\n      %s", proposed.ID, shown.Messages[0].English, shown.Words, shown.WordsZH)
	return nil
}
