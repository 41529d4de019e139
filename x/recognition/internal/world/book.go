package world

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/x/internal/ids"
	settlementtypes "github.com/shugu-network/shugu/x/settlement/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// Numbers of the members that trade.
const (
	SellerNumber   = 1
	BuyerNumber    = 2
	ExchangeNumber = 3
)

// Price of every voucher in fen.
const Price = 1_000

// Book holds the vouchers, settlement records and statuses of a chain.
type Book struct {
	ChainID     string
	vouchers    map[string][]byte
	settlements map[string][]byte
	statuses    map[string][]byte
	details     map[string][]byte
	issued      uint32
	// Poison makes reading a record panic.
	Poison map[string]bool
	// Stuck makes marking a voucher fail.
	Stuck map[string]bool
}

// NewBook makes an empty book.
func NewBook(chainID string) *Book {
	return &Book{
		ChainID: chainID, vouchers: map[string][]byte{}, settlements: map[string][]byte{},
		statuses: map[string][]byte{}, details: map[string][]byte{}, Poison: map[string]bool{}, Stuck: map[string]bool{},
	}
}

// Voucher makes a valid voucher of a chain; nth distinguishes them.
func Voucher(chainID string, nth uint32) vouchertypes.Voucher {
	party := func(member uint32, name string) vouchertypes.Party {
		return vouchertypes.Party{Member: member, Name: name, CreditCode: "91330100MA0000000X"}
	}
	day := ids.Day(fixture.Start)
	return vouchertypes.Voucher{
		Kind: vouchertypes.KIND_BLUE, Number: vouchertypes.Number("3301", day, SellerNumber, nth), ChainId: chainID,
		Seller: party(SellerNumber, Seller), Buyer: party(BuyerNumber, Buyer), Exchange: party(ExchangeNumber, Exchange),
		Product: ids.Owned(SellerNumber, 1), ProductVersion: 1, Industry: "transport",
		Lines: []vouchertypes.Line{{What: "time zones", Units: 1, Amount: math.NewInt(Price)}}, Total: math.NewInt(Price),
		DeliveryMode: 1, DeliveryDigest: bytes.Repeat([]byte{1}, sha256.Size), TermsRoot: bytes.Repeat([]byte{2}, sha256.Size),
		Settlement: ids.Contract(day, SellerNumber, nth), IssuedAt: fixture.Start.Unix(),
		Nullifier: Nullifier(chainID, nth),
	}
}

// Nullifier is that of the nth voucher of a chain, unless a test says otherwise.
func Nullifier(chainID string, nth uint32) []byte {
	sum := sha256.Sum256([]byte(fmt.Sprintf("%s/%d", chainID, nth)))
	return sum[:]
}

// Settlement makes the settlement record of a voucher.
func Settlement(v vouchertypes.Voucher) settlementtypes.Record {
	return settlementtypes.Record{
		Id: v.Settlement, ChainId: v.ChainId, Seller: v.Seller.Member, Buyer: v.Buyer.Member, Amount: v.Total,
		Payouts: []settlementtypes.Payout{{Member: v.Seller.Member, Amount: v.Total}},
		Voucher: v.Number, SettledAt: v.IssuedAt, Height: 1,
	}
}

// Status makes a status and its detail, as the store has them.
func Status(number string, version uint64, flags uint32) (value, detail []byte) {
	d := vouchertypes.StatusDetail{
		Number: number, Version: version, Remaining: []math.Int{math.NewInt(Price)}, Flags: flags,
		ReasonDigest: bytes.Repeat([]byte{3}, sha256.Size), Height: int64(version), PreviousDigest: make([]byte, sha256.Size),
	}
	if version > 1 {
		d.PreviousDigest[0] = byte(version)
	}
	detail = must(vouchertypes.EncodeStatusDetail(d))
	digest := sha256.Sum256(detail)
	value = must(vouchertypes.EncodeStatus(vouchertypes.Status{
		Version: version, FirstHeight: 1, Height: d.Height, Flags: flags, DetailDigest: digest[:],
	}))
	return value, detail
}

// Issue books a new voucher with its settlement record.
func (b *Book) Issue() vouchertypes.Voucher {
	b.issued++
	v := Voucher(b.ChainID, b.issued)
	b.Put(v)
	return v
}

// Put books a voucher with its settlement record, whatever it says.
func (b *Book) Put(v vouchertypes.Voucher) {
	b.vouchers[v.Number] = must(v.Marshal())
	s := Settlement(v)
	b.settlements[s.Id] = must(s.Marshal())
}

// PutSettlementBytes replaces the store value of a settlement record.
func (b *Book) PutSettlementBytes(id string, value []byte) { b.settlements[id] = value }

// ForgetSettlement removes a settlement record.
func (b *Book) ForgetSettlement(id string) { delete(b.settlements, id) }

// PutStatus books a status; the caller tells the keeper, as x/voucher does.
func (b *Book) PutStatus(number string, version uint64, flags uint32) {
	b.statuses[number], b.details[number] = Status(number, version, flags)
}

// Voucher implements types.Vouchers.
func (b *Book) Voucher(_ context.Context, number string) (vouchertypes.Voucher, error) {
	value, ok := b.vouchers[number]
	if !ok {
		return vouchertypes.Voucher{}, errorsmod.Wrap(vouchertypes.ErrVoucherNotFound, number)
	}
	var v vouchertypes.Voucher
	return v, v.Unmarshal(value)
}

// VoucherBytes implements types.Vouchers.
func (b *Book) VoucherBytes(_ context.Context, number string) ([]byte, error) {
	if b.Poison[number] {
		panic("poisoned " + number)
	}
	value, ok := b.vouchers[number]
	if !ok {
		return nil, errorsmod.Wrap(vouchertypes.ErrVoucherNotFound, number)
	}
	return value, nil
}

// StatusBytes implements types.Vouchers.
func (b *Book) StatusBytes(_ context.Context, number string) (value, detail []byte, err error) {
	return b.statuses[number], b.details[number], nil
}

// Contest implements types.Vouchers.
func (b *Book) Contest(_ context.Context, number string, _ []byte) error {
	return b.setContested(number, vouchertypes.FlagContested)
}

// Uncontest implements types.Vouchers.
func (b *Book) Uncontest(_ context.Context, number string, _ []byte) error {
	return b.setContested(number, 0)
}

// setContested books a new status, unless the voucher is stuck. It tells nobody.
func (b *Book) setContested(number string, flag uint32) error {
	if b.Stuck[number] {
		return errorsmod.Wrap(vouchertypes.ErrInconsistent, number)
	}
	var status vouchertypes.Status
	if value := b.statuses[number]; value != nil {
		var err error
		if status, err = vouchertypes.DecodeStatus(value); err != nil {
			return err
		}
	}
	if status.Flags&vouchertypes.FlagContested == flag {
		return nil
	}
	b.PutStatus(number, status.Version+1, status.Flags&^vouchertypes.FlagContested|flag)
	return nil
}

// RecordBytes implements types.Settlements.
func (b *Book) RecordBytes(_ context.Context, id string) ([]byte, error) {
	value, ok := b.settlements[id]
	if !ok {
		return nil, errorsmod.Wrap(sdkerrors.ErrNotFound, id)
	}
	return value, nil
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}
