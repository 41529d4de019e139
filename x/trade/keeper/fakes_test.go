package keeper_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/ids"
	product "github.com/shugu-network/shugu/x/product/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// errNotListed is what the shelf says, errFault what an injected fault says.
var (
	errNotListed = errors.New("not listed")
	errFault     = errorsmod.Register("fake", 2, "injected fault")
	errHeld      = errorsmod.Register("fake", 3, "held")
)

// shelf answers as x/product's keeper does.
type shelf map[string]*listing

type listing struct {
	product product.Product
	version product.Version
}

func (s shelf) ListedVersion(_ context.Context, id string, version uint32) (product.Product, product.Version, error) {
	l, ok := s[id]
	if !ok || l.product.ListedVersion != version {
		return product.Product{}, product.Version{}, fmt.Errorf("%w: %s version %d", errNotListed, id, version)
	}
	return l.product, l.version, nil
}

// faults are what goes wrong, by contract; "panic" panics.
type faults map[string]error

var errPanic = errors.New("panic")

func (f faults) hit(id string) error {
	if errors.Is(f[id], errPanic) {
		panic("injected panic")
	}
	return f[id]
}

// money keeps accounts, escrows and records in a store, so that what is undone is undone.
type money struct {
	key    *storetypes.KVStoreKey
	faults faults
}

func account(member uint32) []byte { return binary.BigEndian.AppendUint32([]byte("account/"), member) }

func (m *money) balance(ctx context.Context, member uint32) int64 {
	b := sdk.UnwrapSDKContext(ctx).KVStore(m.key).Get(account(member))
	if b == nil {
		return 0
	}
	return int64(binary.BigEndian.Uint64(b))
}

func (m *money) add(ctx context.Context, member uint32, fen int64) {
	sum := m.balance(ctx, member) + fen
	sdk.UnwrapSDKContext(ctx).KVStore(m.key).Set(account(member), binary.BigEndian.AppendUint64(nil, uint64(sum)))
}

func (m *money) escrowed(ctx context.Context, id string) bool {
	return sdk.UnwrapSDKContext(ctx).KVStore(m.key).Has([]byte("escrow/" + id))
}

func (m *money) record(ctx context.Context, id string) string {
	return string(sdk.UnwrapSDKContext(ctx).KVStore(m.key).Get([]byte("record/" + id)))
}

func (m *money) Open(ctx context.Context, id string, payer uint32, amount math.Int) error {
	if err := m.faults.hit(id); err != nil {
		return err
	}
	if m.escrowed(ctx, id) {
		return settlement.ErrEscrowExists
	}
	if m.balance(ctx, payer) < amount.Int64() {
		return settlement.ErrInsufficientFunds
	}
	m.add(ctx, payer, -amount.Int64())
	value := binary.BigEndian.AppendUint32(nil, payer)
	sdk.UnwrapSDKContext(ctx).KVStore(m.key).Set([]byte("escrow/"+id), binary.BigEndian.AppendUint64(value, amount.Uint64()))
	return nil
}

// close takes an escrow away and says whose and how much it was.
func (m *money) close(ctx context.Context, id string) (payer uint32, fen int64, err error) {
	if err := m.faults.hit(id); err != nil {
		return 0, 0, err
	}
	store := sdk.UnwrapSDKContext(ctx).KVStore(m.key)
	b := store.Get([]byte("escrow/" + id))
	if b == nil {
		return 0, 0, settlement.ErrEscrowNotFound
	}
	store.Delete([]byte("escrow/" + id))
	return binary.BigEndian.Uint32(b), int64(binary.BigEndian.Uint64(b[4:])), nil
}

func (m *money) Refund(ctx context.Context, id string) error {
	payer, fen, err := m.close(ctx, id)
	if err != nil {
		return err
	}
	m.add(ctx, payer, fen)
	return nil
}

func (m *money) Settle(ctx context.Context, s settlement.Settlement) (settlement.Record, error) {
	if err := s.Validate(); err != nil {
		return settlement.Record{}, err
	}
	payer, fen, err := m.close(ctx, s.ID)
	if err != nil {
		return settlement.Record{}, err
	}
	if payer != s.Buyer {
		return settlement.Record{}, settlement.ErrBuyer
	}
	for i, part := range s.Split.Apply(math.NewInt(fen)) {
		m.add(ctx, s.Split.Shares[i].Member, part.Int64())
	}
	sdk.UnwrapSDKContext(ctx).KVStore(m.key).Set([]byte("record/"+s.ID), []byte(s.Voucher))
	return settlement.Record{Id: s.ID, Voucher: s.Voucher}, nil
}

// printer issues vouchers and remembers what was asked of it, in a store.
type printer struct {
	key    *storetypes.KVStoreKey
	faults faults
}

func (p *printer) Issue(ctx context.Context, r voucher.Issue) (voucher.Voucher, error) {
	if err := p.faults.hit(r.Settlement); err != nil {
		return voucher.Voucher{}, err
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	store := sdkCtx.KVStore(p.key)
	sequence := binary.BigEndian.AppendUint32([]byte("sequence/"), r.Seller)
	next := uint32(1)
	if b := store.Get(sequence); b != nil {
		next = binary.BigEndian.Uint32(b) + 1
	}
	v := voucher.Voucher{
		Kind: voucher.KIND_BLUE, Number: voucher.Number("3301", ids.Day(sdkCtx.BlockTime()), r.Seller, next),
		Seller: voucher.Party{Member: r.Seller}, Buyer: voucher.Party{Member: r.Buyer}, Exchange: voucher.Party{Member: r.Exchange},
		Product: r.Product, ProductVersion: r.ProductVersion, Industry: r.Industry, Lines: r.Lines, Total: r.Total,
		DeliveryMode: r.DeliveryMode, DeliveryDigest: r.DeliveryDigest, Settlement: r.Settlement, TermsRoot: r.TermsRoot,
		IssuedAt: sdkCtx.BlockTime().Unix(),
	}
	var err error
	if v.Nullifier, err = voucher.Nullifier(toldTrade(r)); err != nil {
		return v, err
	}
	b, err := v.Marshal()
	if err != nil {
		return v, err
	}
	store.Set(sequence, binary.BigEndian.AppendUint32(nil, next))
	store.Set([]byte("voucher/"+v.Number), b)
	return v, nil
}

// toldTrade is what the printer makes a nullifier from.
func toldTrade(r voucher.Issue) voucher.ToldTrade {
	return voucher.ToldTrade{
		Seller: fmt.Sprintf("91330100MA%08d", r.Seller), Buyer: fmt.Sprintf("91330100MA%08d", r.Buyer),
		ProductDigest: r.ProductDigest, Total: r.Total, OrderReference: r.OrderReference,
	}
}

// voucher reads what was issued.
func (p *printer) voucher(ctx context.Context, number string) (v voucher.Voucher, found bool) {
	b := sdk.UnwrapSDKContext(ctx).KVStore(p.key).Get([]byte("voucher/" + number))
	if err := v.Unmarshal(b); err != nil {
		panic(err)
	}
	return v, b != nil
}

// holds holds what it lists, and panics when asked of another kind.
type holds map[string]bool

func (h holds) MayMove(_ context.Context, kind, id string) error {
	if kind != "contract" {
		panic("asked of kind " + kind)
	}
	if h[id] {
		return errorsmod.Wrapf(errHeld, "by order of the court: %s", id)
	}
	return nil
}
