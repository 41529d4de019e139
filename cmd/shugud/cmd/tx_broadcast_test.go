package cmd

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	cmttypes "github.com/cometbft/cometbft/types"
)

// rpcNode is a fake node: answer gets the request's method and id and the transaction that
// came with it, if any.
func rpcNode(t *testing.T, answer func(w http.ResponseWriter, method string, id json.RawMessage, hash string)) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		var asked struct {
			ID     json.RawMessage `json:"id"`
			Method string          `json:"method"`
			Params struct {
				Tx string `json:"tx"`
			} `json:"params"`
		}
		if err := json.Unmarshal(raw, &asked); err != nil {
			t.Error(err)
		}
		tx, err := base64.StdEncoding.DecodeString(asked.Params.Tx)
		if err != nil {
			t.Error(err)
		}
		answer(w, asked.Method, asked.ID, fmt.Sprintf("%X", cmttypes.Tx(tx).Hash()))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// hangUp closes the connection without an answer.
func hangUp(w http.ResponseWriter) {
	connection, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_ = connection.Close()
	}
}

// runSigned runs a command that sends a transaction, with a key of its own, and returns
// what it printed and how it ended.
func runSigned(t *testing.T, node string, args ...string) (out, errs string, exit int) {
	t.Helper()
	home := t.TempDir()
	run := func(args ...string) (string, string, int) {
		root := NewRootCmd()
		var out, errs bytes.Buffer
		root.SetOut(&out)
		root.SetErr(&errs)
		root.SetArgs(append(args, "--keyring-backend", "test", "--home", filepath.Join(home, "shugu")))
		code := Run(t.Context(), root)
		return out.String(), errs.String(), code
	}
	_, told, code := run("keys", "add", "bank")
	require.Zero(t, code, told)
	return run(append([]string{"money", "deposit", "13", "50.00cny", "--from", "bank", "--node", node}, args...)...)
}

// offline makes a command ask the node nothing before it sends.
var offline = []string{"--offline", "--account-number", "1", "--sequence", "1", "--gas", "200000", "--chain-id", "shugu-test-1"}

// A connection that breaks after the transaction went out leaves open whether it went
// through: exit code 4 and its hash, never "not sent".
func TestBrokenBroadcastIsUnknown(t *testing.T) {
	for name, breaks := range map[string]func(w http.ResponseWriter, id json.RawMessage){
		"the node hangs up": func(w http.ResponseWriter, _ json.RawMessage) { hangUp(w) },
		"an answer that ends half-way": func(w http.ResponseWriter, id json.RawMessage) {
			w.Header().Set("Content-Length", "1000")
			fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":{`, id)
		},
		"a gateway that gave up": func(w http.ResponseWriter, _ json.RawMessage) {
			http.Error(w, "<html>504 Gateway Time-out</html>", http.StatusGatewayTimeout)
		},
		"the node did not hear of its own check": func(w http.ResponseWriter, id json.RawMessage) {
			fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"error":{"code":-32603,"message":"Internal error","data":"broadcast confirmation not received: context canceled"}}`, id)
		},
	} {
		t.Run(name, func(t *testing.T) {
			var hash string
			node := rpcNode(t, func(w http.ResponseWriter, method string, id json.RawMessage, sent string) {
				if method == "broadcast_tx_sync" {
					hash = sent
				}
				breaks(w, id)
			})
			out, errs, exit := runSigned(t, node, append(slices.Clone(offline), "-o", "json")...)
			require.Equal(t, exitNotSeen, exit, errs)
			require.NotEmpty(t, hash)
			require.Contains(t, errs, "shugud query tx "+hash)
			require.Contains(t, errs, "尚不确定")
			require.NotContains(t, errs, nodeHint)
			var got result
			require.NoError(t, json.Unmarshal([]byte(out), &got), out)
			require.Equal(t, exitNotSeen, got.Exit)
			require.Equal(t, hash, got.TxHash)
			require.NotZero(t, got.Code)
			require.Contains(t, errs, got.Log)
		})
	}
}

// What certainly did not go out is told so, and a refusal is a refusal.
func TestBroadcastThatIsCertain(t *testing.T) {
	refusing := func(code int, data string) string {
		return rpcNode(t, func(w http.ResponseWriter, _ string, id json.RawMessage, _ string) {
			fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"error":{"code":%d,"message":"no","data":%q}}`, id, code, data)
		})
	}
	checked := rpcNode(t, func(w http.ResponseWriter, _ string, id json.RawMessage, hash string) {
		fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":{"code":5,"codespace":"sdk","log":"no fees","hash":%q}}`, id, hash)
	})
	for name, c := range map[string]struct {
		node string
		exit int
		says string
	}{
		"no connection":               {"tcp://127.0.0.1:1", exitNotSent, nodeHint},
		"a method that it has not":    {refusing(-32601, ""), exitNotSent, "send to the node"},
		"a request it cannot parse":   {refusing(-32700, ""), exitNotSent, "send to the node"},
		"a full mempool":              {refusing(-32603, "mempool is full: number of txs 5000"), exitRefused, "mempool is full"},
		"a transaction it refuses":    {checked, exitRefused, "refused: no fees"},
		"one that it has had already": {refusing(-32603, "tx already exists in cache"), exitNotSeen, "sent, but not seen in a block"},
	} {
		t.Run(name, func(t *testing.T) {
			out, errs, exit := runSigned(t, c.node, append(slices.Clone(offline), "--wait", "1ms")...)
			require.Equal(t, c.exit, exit, errs)
			require.Contains(t, errs, c.says)
			require.Empty(t, strings.TrimSpace(out))
		})
	}
}
