package cmd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// signedFile makes and signs a transaction with the command line, as an offline machine does.
func signedFile(t *testing.T) string {
	t.Helper()
	home := filepath.Join(t.TempDir(), "shugu")
	run := func(args ...string) []byte {
		root := NewRootCmd()
		var out, errs bytes.Buffer
		root.SetOut(&out)
		root.SetErr(&errs)
		root.SetArgs(append(args, "--keyring-backend", "test", "--home", home))
		require.Zero(t, Run(t.Context(), root), errs.String())
		return out.Bytes()
	}
	run("keys", "add", "bank")
	unsigned, signed := filepath.Join(home, "unsigned.json"), filepath.Join(home, "signed.json")
	signer := strings.TrimSpace(string(run("keys", "show", "bank", "--address")))
	require.NoError(t, os.WriteFile(unsigned, []byte(`{"body":{"messages":[{"@type":"/shugu.settlement.v1.MsgDeposit","signer":"`+signer+`","member":13,"amount":"5000"}]},`+
		`"auth_info":{"fee":{"gas_limit":"200000"}},"signatures":[]}`), 0o600))
	run("tx", "sign", unsigned, "--from", "bank", "--output-document", signed, "--offline", "--account-number", "1", "--sequence", "1", "--chain-id", "shugu-test-1")
	return signed
}

func runBroadcast(t *testing.T, node string, args ...string) (out, errs string, exit int) {
	t.Helper()
	root := NewRootCmd()
	var written, told bytes.Buffer
	root.SetOut(&written)
	root.SetErr(&told)
	root.SetArgs(append([]string{"tx", "broadcast", "--home", t.TempDir(), "--node", node}, args...))
	exit = Run(t.Context(), root)
	return written.String(), told.String(), exit
}

// `tx broadcast` ends as every command that sends: with the block, or with the exit code
// that says what is known.
func TestSignedFileIsSentAsByEveryCommand(t *testing.T) {
	file := signedFile(t)
	answers := func(body string) func(w http.ResponseWriter, id json.RawMessage) {
		return func(w http.ResponseWriter, id json.RawMessage) {
			fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,%s}`, id, body)
		}
	}
	taken := answers(`"result":{"code":0}`)
	for name, c := range map[string]struct {
		sent, asked func(w http.ResponseWriter, id json.RawMessage)
		args        []string
		exit        int
		says        string
	}{
		"in a block":                   {sent: taken, asked: answers(`"result":{"height":"7","tx_result":{"code":0},"tx":""}`), says: "done 完成  height 7"},
		"taken, and not waited for":    {sent: taken, args: []string{"--wait", "0"}, says: "taken 已受理"},
		"failed in the block":          {sent: taken, asked: answers(`"result":{"height":"7","tx_result":{"code":5,"log":"no funds"},"tx":""}`), exit: exitFailed, says: "failed in block 7: no funds"},
		"not seen in time":             {sent: taken, args: []string{"--wait", "1ms"}, exit: exitNotSeen, says: "sent, but not seen in a block"},
		"refused":                      {sent: answers(`"result":{"code":5,"log":"no fees"}`), exit: exitRefused, says: "refused: no fees"},
		"the answer is lost":           {sent: func(w http.ResponseWriter, _ json.RawMessage) { hangUp(w) }, exit: exitNotSeen, says: "尚不确定"},
		"a node that does not know it": {sent: answers(`"error":{"code":-32601,"message":"no"}`), exit: exitNotSent, says: "send to the node"},
	} {
		t.Run(name, func(t *testing.T) {
			var hash string
			node := rpcNode(t, func(w http.ResponseWriter, method string, id json.RawMessage, sent string) {
				switch {
				case method == "broadcast_tx_sync":
					hash = sent
					c.sent(w, id)
				case c.asked != nil:
					c.asked(w, id)
				default:
					fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"error":{"code":-32603,"message":"not found"}}`, id)
				}
			})
			out, errs, exit := runBroadcast(t, node, append([]string{file}, c.args...)...)
			require.Equal(t, c.exit, exit, errs)
			require.Contains(t, out+errs, c.says)
			if exit != exitNotSent && exit != exitRefused && exit != exitFailed {
				require.Contains(t, out+errs, hash)
			}
			out, errs, exit = runBroadcast(t, node, append([]string{file, "-o", "json"}, c.args...)...)
			require.Equal(t, c.exit, exit, errs)
			var told result
			require.NoError(t, json.Unmarshal([]byte(out), &told), out)
			require.Equal(t, c.exit, told.Exit)
			require.Equal(t, c.exit != 0, told.Code != 0)
		})
	}
}

// What cannot be sent at all is not sent: exit code 1.
func TestSignedFileThatCannotBeSent(t *testing.T) {
	file := signedFile(t)
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"no such file":     {[]string{"/nowhere.json"}, "no such file"},
		"no transaction":   {[]string{os.DevNull}, "EOF"},
		"offline":          {[]string{file, "--offline"}, "leave them out"},
		"two files":        {[]string{file, file}, "accepts 1 arg"},
		"no node is there": {[]string{file}, nodeHint},
	} {
		t.Run(name, func(t *testing.T) {
			out, errs, exit := runBroadcast(t, "tcp://127.0.0.1:1", c.args...)
			require.Equal(t, exitNotSent, exit, out+errs)
			require.Contains(t, errs, c.says)
			require.Empty(t, out)
		})
	}
}
