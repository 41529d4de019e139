package clientcheck_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/cmd/shugud/clientcheck"
)

const shanghai = "shugu-shanghai-1"

var noon = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

// node is a node of the other chain that answers from a map.
type node map[int64]clientcheck.Header

func (node) Address() string { return "tcp://there" }

func (n node) Header(_ context.Context, height int64) (clientcheck.Header, error) {
	h, ok := n[height]
	if !ok {
		return h, errors.New("height is not available")
	}
	return h, nil
}

func header(height int64) clientcheck.Header {
	return clientcheck.Header{
		ChainID: shanghai, Height: height, Time: noon.Add(time.Duration(height) * time.Second),
		AppHash: []byte{1, byte(height)}, NextValidatorsHash: []byte{2, byte(height)},
	}
}

func trusted() clientcheck.Trusted {
	t := clientcheck.Trusted{
		ClientID: "07-tendermint-0", Status: "Active",
		Client: &ibctm.ClientState{ChainId: shanghai, LatestHeight: clienttypes.NewHeight(1, 9), TrustingPeriod: time.Hour, ProofSpecs: commitmenttypes.GetSDKSpecs()},
	}
	for _, height := range []int64{9, 5} {
		h := header(height)
		t.States = append(t.States, clientcheck.State{
			Height:    clienttypes.NewHeight(1, uint64(height)),
			Consensus: ibctm.NewConsensusState(h.Time, commitmenttypes.NewMerkleRoot(h.AppHash), h.NextValidatorsHash),
		})
	}
	return t
}

func TestCompare(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *clientcheck.Trusted, n node)
		says  string
	}{
		"a client that is right":        {func(*clientcheck.Trusted, node) {}, ""},
		"another root":                  {func(t *clientcheck.Trusted, _ node) { t.States[1].Consensus.Root.Hash = []byte{7} }, "height 5 differs from node tcp://there: root: trusted 07, the node says 0105"},
		"other validators":              {func(t *clientcheck.Trusted, _ node) { t.States[0].Consensus.NextValidatorsHash = []byte{7} }, "next validators"},
		"another time":                  {func(t *clientcheck.Trusted, _ node) { t.States[0].Consensus.Timestamp = noon }, "time"},
		"another chain's nodes":         {func(_ *clientcheck.Trusted, n node) { h := n[9]; h.ChainID = "shugu-wenzhou-1"; n[9] = h }, "node tcp://there is of chain shugu-wenzhou-1, the client is for shugu-shanghai-1"},
		"a header of another height":    {func(_ *clientcheck.Trusted, n node) { n[9] = header(8) }, "height"},
		"a frozen client":               {func(t *clientcheck.Trusted, _ node) { t.Status = "Frozen" }, "is Frozen"},
		"a trusting period of years":    {func(t *clientcheck.Trusted, _ node) { t.Client.TrustingPeriod = 10 * 365 * 24 * time.Hour }, "it trusts a header for"},
		"loose proof specs":             {func(t *clientcheck.Trusted, _ node) { t.Client.ProofSpecs = t.Client.ProofSpecs[:1] }, "proof specifications"},
		"another revision":              {func(t *clientcheck.Trusted, _ node) { t.States[1].Height.RevisionNumber = 4 }, "not of revision 1"},
		"a latest height without state": {func(t *clientcheck.Trusted, _ node) { t.Client.LatestHeight.RevisionHeight = 12 }, "the client says 1-12"},
	} {
		t.Run(name, func(t *testing.T) {
			state, good, other := trusted(), node{9: header(9), 5: header(5)}, node{9: header(9), 5: header(5)}
			c.spoil(&state, other)
			report, err := clientcheck.Compare(t.Context(), state, []clientcheck.Node{good, other})
			require.NoError(t, err)
			require.Equal(t, c.says == "", report.Matches)
			var not []string
			for _, line := range report.Lines {
				require.NotEmpty(t, line.Chinese)
				if !line.OK {
					not = append(not, line.English)
				}
			}
			require.Equal(t, c.says == "", len(not) == 0)
			require.Contains(t, strings.Join(not, "\n"), c.says)
		})
	}
}

// What a node does not answer cannot be compared.
func TestCompareFailsIf(t *testing.T) {
	_, err := clientcheck.Compare(t.Context(), trusted(), []clientcheck.Node{node{9: header(9)}})
	require.ErrorContains(t, err, "tcp://there, height 5")
	_, err = clientcheck.Compare(t.Context(), trusted(), nil)
	require.ErrorContains(t, err, "at least one node")
	empty := trusted()
	empty.States = nil
	_, err = clientcheck.Compare(t.Context(), empty, []clientcheck.Node{node{}})
	require.Error(t, err)
}

// What a council reads of a client has no code's words in it, in either language.
func TestCompareIsInWords(t *testing.T) {
	state := trusted()
	state.Client.TrustingPeriod = 14 * 24 * time.Hour
	report, err := clientcheck.Compare(t.Context(), state, []clientcheck.Node{node{9: header(9), 5: header(5)}})
	require.NoError(t, err)
	require.Equal(t, "client 07-tendermint-0 is Active, for chain shugu-shanghai-1, trusting for 14 days", report.Lines[0].English)
	require.Equal(t, "轻客户端 07-tendermint-0 状态有效，对应链 shugu-shanghai-1，信任期 14 天", report.Lines[0].Chinese)
	state.Client.TrustingPeriod = 365 * 24 * time.Hour
	report, err = clientcheck.Compare(t.Context(), state, []clientcheck.Node{node{9: header(9), 5: header(5)}})
	require.NoError(t, err)
	require.Contains(t, report.Lines[1].English, "for 365 days: expected less than 21 days")
	require.Contains(t, report.Lines[1].Chinese, "信任期 365 天 过长：应短于 21 天，")
}
