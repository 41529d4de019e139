// Package clientcheck compares what a light client on our chain trusts with
// what the other chain's own nodes say, before a council binds an agreement to
// that client: opening a client takes no vote, trusting it does.
package clientcheck

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// Header is what a node of the other chain says of a height.
type Header struct {
	ChainID            string
	Height             int64
	Time               time.Time
	AppHash            []byte
	NextValidatorsHash []byte
}

// Node is one node of the other chain.
type Node interface {
	// Address names the node.
	Address() string
	// Header is the header of a height, with the signatures of its validators.
	Header(ctx context.Context, height int64) (Header, error)
}

// State is one state that the client trusts.
type State struct {
	Height    clienttypes.Height
	Consensus *ibctm.ConsensusState
}

// Trusted is what a light client on our chain trusts.
type Trusted struct {
	ClientID string
	// Status as ibc-go names it: "Active", "Frozen", "Expired".
	Status string
	Client *ibctm.ClientState
	// States that are compared, the latest first, at least one.
	States []State
}

// Line is one comparison, in words.
type Line struct {
	OK      bool   `json:"ok"`
	English string `json:"english"`
	Chinese string `json:"chinese"`
}

// Report is how the comparison ended; a public interface.
type Report struct {
	ClientID string `json:"client_id"`
	ChainID  string `json:"chain_id"`
	Matches  bool   `json:"matches"`
	Lines    []Line `json:"lines"`
}

func (r *Report) add(ok bool, english, chinese string) {
	r.Lines = append(r.Lines, Line{ok, english, chinese})
	r.Matches = r.Matches && ok
}

// Compare compares a client with every node. A node that does not answer is an
// error: nothing can be said then.
func Compare(ctx context.Context, trusted Trusted, nodes []Node) (*Report, error) {
	if len(nodes) == 0 || len(trusted.States) == 0 {
		return nil, errors.New("expected at least one node of the other chain and one trusted state")
	}
	r := &Report{ClientID: trusted.ClientID, ChainID: trusted.Client.ChainId, Matches: true}
	r.checkClient(trusted)
	strangers := map[string]bool{}
	for _, state := range trusted.States {
		for _, node := range nodes {
			if strangers[node.Address()] {
				continue
			}
			header, err := node.Header(ctx, int64(state.Height.RevisionHeight))
			if err != nil {
				return nil, fmt.Errorf("node %s, height %d: %w", node.Address(), state.Height.RevisionHeight, err)
			}
			if strangers[node.Address()] = header.ChainID != trusted.Client.ChainId; strangers[node.Address()] {
				r.add(false, fmt.Sprintf("node %s is of chain %s, the client is for %s", node.Address(), header.ChainID, trusted.Client.ChainId),
					fmt.Sprintf("节点 %s 属于链 %s，而轻客户端对应 %s", node.Address(), header.ChainID, trusted.Client.ChainId))
				continue
			}
			r.checkState(state, node.Address(), header)
		}
	}
	return r, nil
}

// checkClient checks what needs no node: the client can be used, and its
// heights are of its chain's revision.
func (r *Report) checkClient(trusted Trusted) {
	active := trusted.Status == exported.Active.String()
	period, periodZH := words.Period(trusted.Client.TrustingPeriod)
	r.add(active, fmt.Sprintf("client %s is %s, for chain %s, trusting for %s", trusted.ClientID, trusted.Status, trusted.Client.ChainId, period),
		fmt.Sprintf("轻客户端 %s 状态%s，对应链 %s，信任期 %s", trusted.ClientID, words.ClientStatusZH(trusted.Status), trusted.Client.ChainId, periodZH))
	if !recognition.StandardSpecs(trusted.Client.ProofSpecs) {
		r.add(false, "its proof specifications are not those of an IAVL store in a Tendermint tree: a true root could prove what never stood there",
			"其证明规格与 IAVL 及 Tendermint 标准规格不符：真实的状态根可能被用来证明从未存在的内容")
	}
	if trusted.Client.TrustingPeriod >= answerable {
		most, mostZH := words.Period(answerable)
		r.add(false, fmt.Sprintf("it trusts a header for %s: expected less than %s, for which validators can be held to what they signed", period, most),
			fmt.Sprintf("信任期 %s 过长：应短于 %s，即验证人对其签名负责的期限", periodZH, mostZH))
	}
	revision := clienttypes.ParseChainID(trusted.Client.ChainId)
	wrong := slices.IndexFunc(trusted.States, func(s State) bool { return s.Height.RevisionNumber != revision })
	if wrong >= 0 {
		r.add(false, fmt.Sprintf("height %s is not of revision %d, which the chain id says", trusted.States[wrong].Height, revision),
			fmt.Sprintf("高度 %s 与链标识所示修订号 %d 不符", trusted.States[wrong].Height, revision))
	}
	if latest := trusted.States[0].Height; !latest.EQ(trusted.Client.LatestHeight) {
		r.add(false, fmt.Sprintf("the latest trusted state is of height %s, the client says %s", latest, trusted.Client.LatestHeight),
			fmt.Sprintf("最新可信状态高度为 %s，轻客户端记载为 %s", latest, trusted.Client.LatestHeight))
	}
}

// answerable is for how long a former validator of a Shugu chain can still be held to what
// it signed (app.UnbondingTime): whoever leaves may sign another history after that.
const answerable = 21 * 24 * time.Hour

// checkState compares one trusted state with one node's header.
func (r *Report) checkState(state State, node string, header Header) {
	c, height := state.Consensus, state.Height.RevisionHeight
	var differs, differsZH []string
	compare := func(same bool, what, whatZH string, trusted, said any) {
		if !same {
			differs = append(differs, fmt.Sprintf("%s: trusted %v, the node says %v", what, trusted, said))
			differsZH = append(differsZH, fmt.Sprintf("%s：可信值 %v，节点所示 %v", whatZH, trusted, said))
		}
	}
	hex := func(b []byte) string { return fmt.Sprintf("%X", b) }
	compare(uint64(header.Height) == height, "height", "高度", height, header.Height)
	compare(bytes.Equal(header.AppHash, c.Root.Hash), "root", "状态根", hex(c.Root.Hash), hex(header.AppHash))
	compare(bytes.Equal(header.NextValidatorsHash, c.NextValidatorsHash), "next validators", "下一验证人集", hex(c.NextValidatorsHash), hex(header.NextValidatorsHash))
	compare(header.Time.Equal(c.Timestamp), "time", "时间", c.Timestamp.UTC(), header.Time.UTC())
	if len(differs) > 0 {
		r.add(false, fmt.Sprintf("height %d differs from node %s: %s", height, node, strings.Join(differs, "; ")),
			fmt.Sprintf("高度 %d 与节点 %s 不一致：%s", height, node, strings.Join(differsZH, "；")))
		return
	}
	r.add(true, fmt.Sprintf("height %d: root, next validators and time are as node %s says", height, node),
		fmt.Sprintf("高度 %d：状态根、下一验证人集与时间均与节点 %s 一致", height, node))
}
