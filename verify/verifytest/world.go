package verifytest

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"testing"

	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/store/v2/rootmulti"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	"github.com/shugu-network/shugu/verify"
	settlementtypes "github.com/shugu-network/shugu/x/settlement/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// stores are as many as the application has, so that proofs are as long.
var stores = []string{
	"auth", "bank", "compliance", "consensus", "consortium", "ibc", "product",
	"recognition", "settlement", "trade", "upgrade", "voucher", "voucherstatus",
}

// Spec says what chain to make.
type Spec struct {
	// ChainID, by default ChainID.
	ChainID string
	// Validators, by default four.
	Validators []Validator
	// Vouchers is how many blue ones there are, at least 1.
	Vouchers int
	// Reversed of them, from the first, have a red voucher: of the first all is taken
	// back, of the others 100 fen.
	Reversed int
	// WithoutSentinel leaves out the low (1) or the high (2) sentinel.
	WithoutSentinel int
	// Blocks is how many empty blocks follow the trades'.
	Blocks int
	// Edit may change the stores, or the records before they are written.
	Edit       func(set func(store string, key, value []byte))
	EditRecord func(i int, v *vouchertypes.Voucher, r *settlementtypes.Record)
	EditRed    func(v *vouchertypes.Voucher)
	EditStatus func(s *vouchertypes.Status, d *vouchertypes.StatusDetail)
}

// World is a chain with two signed headers: Height is the state to prove.
type World struct {
	Spec
	// Blue and Red are the numbers of the vouchers.
	Blue, Red []string
	// Height is H, whose state Header (H+1) carries.
	Height int64
	Header *cmttypes.Header
	Commit *cmttypes.Commit

	store *rootmulti.Store
	keys  map[string]*storetypes.KVStoreKey
}

// New makes a world. Equal specs make equal worlds.
func New(tb testing.TB, spec Spec) *World {
	tb.Helper()
	if spec.ChainID == "" {
		spec.ChainID = ChainID
	}
	if spec.Validators == nil {
		spec.Validators = Validators("hangzhou-dex", "zhejiang-dex", "ningbo-dex", "wenzhou-dex")
	}
	w := &World{Spec: spec, keys: map[string]*storetypes.KVStoreKey{}}
	db := dbm.NewMemDB()
	w.store = rootmulti.NewStore(db, log.NewNopLogger())
	for _, name := range stores {
		w.keys[name] = storetypes.NewKVStoreKey(name)
		w.store.MountStoreWithDB(w.keys[name], storetypes.StoreTypeIAVL, nil)
	}
	require.NoError(tb, w.store.LoadLatestVersion())
	for _, name := range stores {
		w.set(name, []byte("genesis"), []byte(name))
	}
	w.store.GetKVStore(w.keys["voucherstatus"]).Delete([]byte("genesis"))
	for i, key := range vouchertypes.SentinelKeys() {
		if i+1 != spec.WithoutSentinel {
			w.set("voucherstatus", key, []byte(vouchertypes.SentinelValue))
		}
	}
	w.store.Commit()
	for i := range max(spec.Vouchers, 1) {
		w.trade(tb, i)
	}
	if spec.Edit != nil {
		spec.Edit(w.set)
	}
	id := w.store.Commit()
	for range spec.Blocks {
		id = w.store.Commit()
	}
	w.Height = id.Version
	w.Header = Header(spec.ChainID, w.Height+1, id.Hash, spec.Validators, spec.Validators)
	w.Commit = Sign(w.Header, spec.Validators, nil)
	return w
}

func (w *World) set(store string, key, value []byte) {
	w.store.GetKVStore(w.keys[store]).Set(key, value)
}

// Store is one of the stores, to look into.
func (w *World) Store(name string) storetypes.KVStore { return w.store.GetKVStore(w.keys[name]) }

// trade writes one settled trade, and its reversal when there is to be one.
func (w *World) trade(tb testing.TB, i int) {
	tb.Helper()
	v, r := w.records(i)
	if w.EditRecord != nil {
		w.EditRecord(i, &v, &r)
	}
	w.Blue = append(w.Blue, v.Number)
	w.set("voucher", vouchertypes.VoucherKey(v.Number), marshal(tb, &v))
	w.set("settlement", append([]byte{0x10}, v.Settlement...), marshal(tb, &r))
	if i < w.Reversed {
		w.reverse(tb, i, v)
	}
}

func (w *World) records(i int) (vouchertypes.Voucher, settlementtypes.Record) {
	seller := uint32(123 + i%50)
	seq := uint32(1 + i/50)
	issued := Start.Unix() + 1
	amounts := []int64{123_456, 20_000_000}
	total := math.NewInt(amounts[0] + amounts[1])
	v := vouchertypes.Voucher{
		Kind:           vouchertypes.KIND_BLUE,
		Number:         vouchertypes.Number("3301", "261123", seller, seq),
		ChainId:        w.ChainID,
		Seller:         vouchertypes.Party{Member: seller, Name: "杭州时区数据有限公司", CreditCode: "91330100MA2B0ABC1X"},
		Buyer:          vouchertypes.Party{Member: 77, Name: "上海航运科技有限公司", CreditCode: "91310000MA1K0XYZ2Q"},
		Exchange:       vouchertypes.Party{Member: 1, Name: "杭州数据交易所", CreditCode: "91330100MA2CEXCH01"},
		Product:        fmt.Sprintf("%06d-%06d", seller, 1),
		ProductVersion: 1,
		Industry:       "transport",
		Lines: []vouchertypes.Line{
			{What: "时区数据库 2026b", Units: 1, Amount: math.NewInt(amounts[0])},
			{What: "更新服务 (12 个月)", Units: 12, Amount: math.NewInt(amounts[1])},
		},
		Total:          total,
		DeliveryMode:   1,
		DeliveryDigest: Digest(fmt.Sprintf("delivered %d", i)),
		Settlement:     fmt.Sprintf("261123-%06d-%06d", seller, seq),
		TermsRoot:      Digest(fmt.Sprintf("terms %d", i)),
		IssuedAt:       issued,
		Nullifier:      Digest(fmt.Sprintf("trade %d", i)),
	}
	r := settlementtypes.Record{
		Id: v.Settlement, ChainId: w.ChainID, Seller: seller, Buyer: 77, Amount: total,
		Payouts: []settlementtypes.Payout{
			{Member: seller, Amount: total.MulRaw(9).QuoRaw(10)},
			{Member: 1, Amount: total.Sub(total.MulRaw(9).QuoRaw(10))},
		},
		Voucher: v.Number, SettledAt: issued, Height: 2,
	}
	return v, r
}

// reverse writes a red voucher, the status and its detail.
func (w *World) reverse(tb testing.TB, i int, blue vouchertypes.Voucher) {
	tb.Helper()
	red := blue
	red.Kind, red.Lines, red.Reverses = vouchertypes.KIND_RED, nil, blue.Number
	red.Number = vouchertypes.Number("3301", "261123", blue.Seller.Member, uint32(900_000+i))
	red.ReversedLines = []vouchertypes.ReversedLine{{Line: 1, Amount: math.NewInt(100)}}
	remaining := []math.Int{blue.Lines[0].Amount, blue.Lines[1].Amount.SubRaw(100)}
	flags := vouchertypes.FlagPartlyReversed
	if i == 0 {
		red.ReversedLines = []vouchertypes.ReversedLine{{Line: 0, Amount: blue.Lines[0].Amount}, {Line: 1, Amount: blue.Lines[1].Amount}}
		remaining = []math.Int{math.ZeroInt(), math.ZeroInt()}
		flags = vouchertypes.FlagReversed
	}
	red.Total = math.ZeroInt()
	for _, l := range red.ReversedLines {
		red.Total = red.Total.Add(l.Amount)
	}
	if w.EditRed != nil {
		w.EditRed(&red)
	}
	w.Red = append(w.Red, red.Number)
	w.set("voucher", vouchertypes.VoucherKey(red.Number), marshal(tb, &red))

	detail := vouchertypes.StatusDetail{
		Number: blue.Number, Version: 1, Remaining: remaining, RedNumber: red.Number, Flags: flags,
		ReasonDigest: Digest("reason"), Height: 2, PreviousDigest: make([]byte, sha256.Size),
	}
	status := vouchertypes.Status{Version: 1, FirstHeight: 2, Height: 2, Flags: flags}
	if w.EditStatus != nil {
		w.EditStatus(&status, &detail)
	}
	encoded := marshal(tb, &detail)
	if status.DetailDigest == nil {
		digest := sha256.Sum256(encoded)
		status.DetailDigest = digest[:]
	}
	w.set("voucher", vouchertypes.DetailKey(blue.Number, status.Version), encoded)
	w.set("voucherstatus", vouchertypes.StatusKey(blue.Number), StatusValue(status))
}

// StatusValue writes a status without checking it.
func StatusValue(s vouchertypes.Status) []byte {
	b := bytes.NewBuffer([]byte{vouchertypes.StatusFormat})
	for _, v := range []any{s.Version, s.FirstHeight, s.Height, s.Flags, s.DetailDigest} {
		_ = binary.Write(b, binary.BigEndian, v) // a buffer takes everything
	}
	return b.Bytes()
}

func marshal(tb testing.TB, m interface{ Marshal() ([]byte, error) }) []byte {
	tb.Helper()
	b, err := m.Marshal()
	require.NoError(tb, err)
	return b
}

// Root is the trust root at the header's height.
func (w *World) Root() *verify.TrustRoot {
	root := &verify.TrustRoot{
		Format: verify.RootFormat, ChainID: w.ChainID, Height: w.Header.Height,
		HeaderHash:     fmt.Sprintf("%X", []byte(w.Header.Hash())),
		ValidatorsHash: fmt.Sprintf("%X", Set(w.Validators).Hash()),
	}
	for _, v := range w.Validators {
		root.Validators = append(root.Validators, verify.RootValidator{Name: v.Name, PubKey: v.Key.PubKey().Bytes(), Power: v.Power})
	}
	return root
}
