package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	dbm "github.com/cosmos/cosmos-db"

	"cosmossdk.io/log/v2"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/tx"
	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	"github.com/cosmos/cosmos-sdk/server"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/chains"
	"github.com/shugu-network/shugu/testutil/keys"
	compliance "github.com/shugu-network/shugu/x/compliance/types"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	product "github.com/shugu-network/shugu/x/product/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
)

const (
	chainID = "shugu-bench-1"
	// pairs of seller and buyer; each makes one trade a round.
	pairs = 100
	// testDenom is what plain bank sends move.
	testDenom = "bench"
	price     = 120_000
)

// world is one node's application with merchants whose products are listed.
type world struct {
	app      *app.App
	time     time.Time
	accounts map[string]*account
	products []string
}

type account struct {
	key              *secp256k1.PrivKey
	address          string
	number, sequence uint64
}

type executor string

// options picks the executor.
type options map[string]any

func (o options) Get(name string) any { return o[name] }

func seller(i int) string { return fmt.Sprintf("bench-seller-%d", i) }

func buyer(i int) string { return fmt.Sprintf("bench-buyer-%d", i) }

// memberNumber of the i-th merchant, sellers first.
func memberNumber(i int) uint32 { return uint32(len(chains.Members) + 1 + i) }

// newWorld starts a chain on which every pair can trade.
func newWorld(exec executor) (*world, error) {
	spec := func(s *app.GenesisSpec) {
		for i := range 2 * pairs {
			name := seller(i)
			if i >= pairs {
				name = buyer(i - pairs)
			}
			addr := keys.Address(chains.Key(chainID, name))
			s.Members = append(s.Members, consortium.Member{
				Number: memberNumber(i), Owner: keys.Bech32(chains.Key(chainID, name)), Name: name,
				CreditCode: fmt.Sprintf("91330108%09dX", i), Region: "3301",
				Roles: []consortium.Role{consortium.ROLE_MERCHANT}, Status: consortium.MEMBER_STATUS_ACTIVE,
			})
			s.Sendable = append(s.Sendable, banktypes.Balance{Address: addr.String(), Coins: sdk.NewCoins(sdk.NewInt64Coin(testDenom, 1_000_000))})
		}
	}
	genesis, err := chains.BuildGenesis(chainID, spec)
	if err != nil {
		return nil, err
	}
	a := app.New(log.NewNopLogger(), dbm.NewMemDB(), true, options{server.FlagBlockExecutor: string(exec)}, baseapp.SetChainID(chainID))
	params := genesis.Consensus.Params.ToProto()
	params.Block.MaxGas = -1 // the bench fills blocks as far as it likes
	if _, err := a.InitChain(&abci.RequestInitChain{
		ChainId: chainID, Time: genesis.GenesisTime, InitialHeight: 1, ConsensusParams: &params, AppStateBytes: genesis.AppState,
	}); err != nil {
		return nil, err
	}
	w := &world{app: a, time: genesis.GenesisTime, accounts: map[string]*account{}}
	if err := w.block(nil); err != nil {
		return nil, err
	}
	return w, w.listProducts()
}

// account is a party's key and sequence.
func (w *world) account(name string) *account {
	if a, ok := w.accounts[name]; ok {
		return a
	}
	key := keys.Account(chains.Key(chainID, name))
	ctx := w.app.NewContextLegacy(true, cmtproto.Header{Height: w.app.LastBlockHeight()})
	stored := w.app.Account.GetAccount(ctx, sdk.AccAddress(key.PubKey().Address()))
	a := &account{key: key, address: stored.GetAddress().String(), number: stored.GetAccountNumber(), sequence: stored.GetSequence()}
	w.accounts[name] = a
	return a
}

// sign makes a party's transaction.
func (w *world) sign(name string, msg sdk.Msg) ([]byte, error) {
	return w.account(name).sign(w.app.TxConfig, chainID, 2_000_000, msg)
}

// sign signs a transaction of the account's and moves its sequence on.
func (a *account) sign(cfg client.TxConfig, chainID string, gas uint64, msgs ...sdk.Msg) ([]byte, error) {
	builder := cfg.NewTxBuilder()
	if err := builder.SetMsgs(msgs...); err != nil {
		return nil, err
	}
	builder.SetGasLimit(gas)
	empty := signing.SignatureV2{PubKey: a.key.PubKey(), Sequence: a.sequence, Data: &signing.SingleSignatureData{SignMode: signing.SignMode_SIGN_MODE_DIRECT}}
	if err := builder.SetSignatures(empty); err != nil {
		return nil, err
	}
	signature, err := tx.SignWithPrivKey(context.Background(), signing.SignMode_SIGN_MODE_DIRECT, authsigning.SignerData{
		Address: a.address, ChainID: chainID, AccountNumber: a.number, Sequence: a.sequence, PubKey: a.key.PubKey(),
	}, builder, a.key, cfg, a.sequence)
	if err != nil {
		return nil, err
	}
	if err := builder.SetSignatures(signature); err != nil {
		return nil, err
	}
	a.sequence++
	return cfg.TxEncoder()(builder.GetTx())
}

// block runs transactions through FinalizeBlock and Commit; all must succeed.
func (w *world) block(txs [][]byte) error {
	_, err := w.results(txs)
	return err
}

func (w *world) results(txs [][]byte) ([]*abci.ExecTxResult, error) {
	w.time = w.time.Add(time.Second)
	res, err := w.app.FinalizeBlock(&abci.RequestFinalizeBlock{Height: w.app.LastBlockHeight() + 1, Time: w.time, Txs: txs})
	if err != nil {
		return nil, err
	}
	for i, r := range res.TxResults {
		if r.Code != 0 {
			return nil, fmt.Errorf("transaction %d of a block: %s", i, r.Log)
		}
	}
	_, err = w.app.Commit()
	return res.TxResults, err
}

// each signs one transaction for every pair and runs them in one block.
func (w *world) each(by func(int) string, msg func(i int, signer string) sdk.Msg) ([]*abci.ExecTxResult, error) {
	txs := make([][]byte, pairs)
	for i := range pairs {
		var err error
		if txs[i], err = w.sign(by(i), msg(i, w.account(by(i)).address)); err != nil {
			return nil, err
		}
	}
	return w.results(txs)
}

func fixed(name string) func(int) string { return func(int) string { return name } }

// listProducts brings one product of each seller to the shelf and money to each buyer.
func (w *world) listProducts() error {
	sum := sha256.Sum256([]byte("manifest"))
	manifest := sum[:]
	for i := range pairs {
		w.products = append(w.products, fmt.Sprintf("%06d-000001", memberNumber(i)))
	}
	id := func(i int) string { return w.products[i] }
	steps := []struct {
		by  func(int) string
		msg func(i int, signer string) sdk.Msg
	}{
		{seller, func(_ int, s string) sdk.Msg {
			return &product.MsgSubmitScenario{Signer: s, Exchange: 1, Title: "bench", Description: "bench"}
		}},
		{fixed("exchange"), func(i int, s string) sdk.Msg {
			return &product.MsgDecideScenario{Signer: s, Scenario: "S" + id(i), Approve: true}
		}},
		{seller, func(i int, s string) sdk.Msg {
			return &product.MsgRegister{Signer: s, Scenario: "S" + id(i), Content: product.Content{
				Title: "bench", ManifestDigest: manifest, Size_: 1, Source: "bench", Industry: "science",
				Terms: product.Terms{Pricing: product.PRICING_METHOD_FIXED, Price: math.NewInt(price), DeliveryMode: product.DELIVERY_MODE_FILE, Licence: "bench"},
				Split: split(i), Zones: []product.Zone{{Kind: product.ZONE_KIND_REGION, Name: "bench"}},
			}}
		}},
		{seller, func(i int, s string) sdk.Msg {
			return &compliance.MsgRequest{Signer: s, Product: id(i), Version: 1, SubjectDigest: manifest}
		}},
		{fixed("committee-1"), opine(id)}, {fixed("committee-2"), opine(id)},
		{seller, func(i int, s string) sdk.Msg { return &product.MsgList{Signer: s, Product: id(i), Version: 1} }},
		{fixed("bank"), func(i int, s string) sdk.Msg {
			return &settlement.MsgDeposit{Signer: s, Member: memberNumber(pairs + i), Amount: math.NewInt(1_000_000_000), Reference: fmt.Sprintf("bench-%d", i)}
		}},
	}
	for i, step := range steps {
		if _, err := w.each(step.by, step.msg); err != nil {
			return fmt.Errorf("set-up step %d: %w", i, err)
		}
	}
	return nil
}

func opine(id func(int) string) func(i int, signer string) sdk.Msg {
	return func(i int, s string) sdk.Msg {
		return &compliance.MsgOpine{Signer: s, Product: id(i), Version: 1, Round: 1, Verdict: compliance.VERDICT_CLEAR}
	}
}

// split pays seller and exchange; the exchange is every trade's payee, as on a real chain.
func split(i int) product.Split {
	return product.Split{RemainderOwner: memberNumber(i), Shares: []product.Share{
		{Member: memberNumber(i), BasisPoints: 9_700}, {Member: 1, BasisPoints: 300},
	}}
}
