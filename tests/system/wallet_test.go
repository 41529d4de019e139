//go:build system

package system_test

import (
	"context"
	"math/rand"
	"strconv"
	"sync"
	"testing"
	"time"

	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	coretypes "github.com/cometbft/cometbft/rpc/core/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/crypto/hd"
	cryptotypes "github.com/cosmos/cosmos-sdk/crypto/types"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testnet"
)

// application knows the encodings, and takes a moment to make.
var application = sync.OnceValue(func() *app.App {
	return app.New(log.NewNopLogger(), dbm.NewMemDB(), false, simtestutil.EmptyAppOptions{})
})

func encoding() client.TxConfig { return application().TxConfig }

// wallet signs and sends for an account faster than the command line can.
type wallet struct {
	t       *testing.T
	chain   *testnet.Chain
	node    *rpchttp.HTTP
	account testnet.Account
	key     cryptotypes.PrivKey

	number, sequence uint64
}

func newWallet(t *testing.T, node *testnet.Node, c *testnet.Chain, key string) *wallet {
	t.Helper()
	account, err := c.Account(key)
	require.NoError(t, err)
	secret, err := hd.Secp256k1.Derive()(account.Mnemonic, "", hd.CreateHDPath(app.CoinType, 0, 0).String())
	require.NoError(t, err)
	rpc, err := rpchttp.New(node.RPC(), "/websocket")
	require.NoError(t, err)
	w := &wallet{t: t, chain: c, node: rpc, account: account, key: hd.Secp256k1.Generate()(secret)}
	w.number, w.sequence = w.onChain()
	return w
}

// onChain asks for the account's number and sequence.
func (w *wallet) onChain() (number, sequence uint64) {
	w.t.Helper()
	var answer struct {
		Info struct {
			Number   string `json:"account_number"`
			Sequence string `json:"sequence"`
		} `json:"info"`
	}
	query(w.t, w.chain, &answer, "auth", "account-info", w.account.Address)
	number, _ = strconv.ParseUint(answer.Info.Number, 10, 64) // absent: 0
	sequence, _ = strconv.ParseUint(answer.Info.Sequence, 10, 64)
	return number, sequence
}

// sign makes a transaction with the wallet's next sequence and a gas limit.
func (w *wallet) sign(gas uint64, msgs ...sdk.Msg) []byte {
	w.t.Helper()
	tx, err := simtestutil.GenSignedMockTx(rand.New(rand.NewSource(1)), encoding(), msgs, nil, gas, w.chain.ID(),
		[]uint64{w.number}, []uint64{w.sequence}, w.key)
	require.NoError(w.t, err)
	raw, err := encoding().TxEncoder()(tx)
	require.NoError(w.t, err)
	return raw
}

// send offers a transaction to the node's mempool.
func (w *wallet) send(ctx context.Context, raw []byte) (*coretypes.ResultBroadcastTx, error) {
	return w.node.BroadcastTxSync(ctx, raw)
}

// seen waits for the block with a transaction and returns its height and what it answered.
func (w *wallet) seen(sent *coretypes.ResultBroadcastTx) *coretypes.ResultTx {
	w.t.Helper()
	var found *coretypes.ResultTx
	require.Eventually(w.t, func() bool {
		tx, err := w.node.Tx(w.t.Context(), sent.Hash, false)
		found = tx
		return err == nil
	}, 2*time.Minute, 50*time.Millisecond)
	return found
}

// height is that of the node's last block.
func (w *wallet) height() int64 {
	w.t.Helper()
	status, err := w.node.Status(w.t.Context())
	require.NoError(w.t, err)
	return status.SyncInfo.LatestBlockHeight
}

// forge turns one bit of a transaction's signature; which one makes it another transaction.
func forge(t *testing.T, raw []byte, bit int) []byte {
	t.Helper()
	var tx txtypes.TxRaw
	require.NoError(t, tx.Unmarshal(raw))
	tx.Signatures[0][bit/8%len(tx.Signatures[0])] ^= 1 << (bit % 8)
	out, err := tx.Marshal()
	require.NoError(t, err)
	return out
}
