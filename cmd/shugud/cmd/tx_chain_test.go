package cmd

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cometbft/cometbft/crypto/ed25519"
	cmtjson "github.com/cometbft/cometbft/libs/json"
	"github.com/cometbft/cometbft/p2p"
	coretypes "github.com/cometbft/cometbft/rpc/core/types"
)

// A wrong --chain-id is told as what it is, with both chains, before anything is signed.
func TestWrongChainIsNamed(t *testing.T) {
	var asked []string
	status := coretypes.ResultStatus{NodeInfo: p2p.DefaultNodeInfo{Network: "shugu-hangzhou-1"}}
	status.ValidatorInfo.PubKey = ed25519.GenPrivKeyFromSecret([]byte("node")).PubKey()
	node := rpcNode(t, func(w http.ResponseWriter, method string, id json.RawMessage, _ string) {
		asked = append(asked, method)
		if method != "status" {
			hangUp(w)
			return
		}
		raw, err := cmtjson.Marshal(status)
		if err != nil {
			t.Error(err)
		}
		fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":%s}`, id, raw)
	})
	for _, given := range []string{"shugu-hangzhou-2", ""} {
		_, errs, exit := runSigned(t, node, "--chain-id", given)
		require.Equal(t, exitNotSent, exit, errs)
		require.Contains(t, errs, fmt.Sprintf(`--chain-id: expected "shugu-hangzhou-1", the chain of the node at %s, got %q`, node, given))
		require.Contains(t, errs, fmt.Sprintf("链标识应为 shugu-hangzhou-1（节点所在链），给出的是 %q", given))
	}
	require.Equal(t, []string{"status", "status"}, asked)
	_, errs, exit := runSigned(t, node, "--chain-id", "shugu-hangzhou-1")
	require.Equal(t, exitNotSent, exit)
	require.NotContains(t, errs, "--chain-id")
	require.Greater(t, len(asked), 3, "the right chain is gone on with")
}
