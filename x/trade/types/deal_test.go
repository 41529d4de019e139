package types_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	product "github.com/shugu-network/shugu/x/product/types"
	"github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

func deal() types.Deal {
	return types.Deal{
		Seller: 2, Buyer: 3, Product: "000002-000001", ProductVersion: 1,
		Lines:        []voucher.Line{{What: "data", Units: 1, Amount: math.NewInt(70)}, {What: "help", Units: 2, Amount: math.NewInt(30)}},
		Total:        math.NewInt(100),
		DeliveryMode: product.DELIVERY_MODE_FILE,
		Split: product.Split{
			Shares:         []product.Share{{Member: 2, BasisPoints: 9_000}, {Member: 1, BasisPoints: 1_000}},
			RemainderOwner: 2,
		},
		FundWithin: 60, DeliverWithin: 60, AcceptWithin: 60,
		TermsRoot: make([]byte, 32), OrderReference: "订单-1",
	}
}

func lines(n int, fen math.Int) []voucher.Line {
	return slices.Repeat([]voucher.Line{{What: "data", Units: 1, Amount: fen}}, n)
}

func TestDealValidate(t *testing.T) {
	require.NoError(t, deal().Validate())
	for name, change := range map[string]func(d *types.Deal){
		"32 lines":                  func(d *types.Deal) { d.Lines, d.Total = lines(32, math.NewInt(1)), math.NewInt(32) },
		"a total of 2^96":           func(d *types.Deal) { d.Lines, d.Total = lines(1, valid.MaxAmount()), valid.MaxAmount() },
		"a total of one fen":        func(d *types.Deal) { d.Lines, d.Total = lines(1, math.NewInt(1)), math.NewInt(1) },
		"a reference of 64 bytes":   func(d *types.Deal) { d.OrderReference = strings.Repeat("x", 64) },
		"the largest member number": func(d *types.Deal) { d.Buyer = 999_999 },
	} {
		t.Run(name, func(t *testing.T) {
			d := deal()
			change(&d)
			require.NoError(t, d.Validate())
		})
	}
}

func TestDealValidateFails(t *testing.T) {
	tooMuch := valid.MaxAmount().AddRaw(1)
	for name, spoil := range map[string]func(d *types.Deal){
		"no seller":                     func(d *types.Deal) { d.Seller = 0 },
		"no buyer":                      func(d *types.Deal) { d.Buyer = 0 },
		"a buyer of seven digits":       func(d *types.Deal) { d.Buyer = 1_000_000 },
		"the seller as buyer":           func(d *types.Deal) { d.Buyer = d.Seller },
		"no product":                    func(d *types.Deal) { d.Product = "" },
		"a malformed product":           func(d *types.Deal) { d.Product = "000002-00000a" },
		"no version":                    func(d *types.Deal) { d.ProductVersion = 0 },
		"no lines":                      func(d *types.Deal) { d.Lines = nil },
		"33 lines":                      func(d *types.Deal) { d.Lines, d.Total = lines(33, math.NewInt(1)), math.NewInt(33) },
		"a line of nothing":             func(d *types.Deal) { d.Lines[0].What = "" },
		"a line with a new line":        func(d *types.Deal) { d.Lines[0].What = "a\nb" },
		"a line that is not UTF-8":      func(d *types.Deal) { d.Lines[0].What = "\xc3\x28" },
		"a line over 128 bytes":         func(d *types.Deal) { d.Lines[0].What = strings.Repeat("x", 129) },
		"a line of no units":            func(d *types.Deal) { d.Lines[0].Units = 0 },
		"a free line":                   func(d *types.Deal) { d.Lines[0].Amount, d.Total = math.ZeroInt(), math.NewInt(30) },
		"a line below nothing":          func(d *types.Deal) { d.Lines[0].Amount, d.Total = math.NewInt(-1), math.NewInt(29) },
		"a line without amount":         func(d *types.Deal) { d.Lines[0].Amount = math.Int{} },
		"a line over 2^96":              func(d *types.Deal) { d.Lines, d.Total = lines(1, tooMuch), tooMuch },
		"lines that sum to over 2^96":   func(d *types.Deal) { d.Lines, d.Total = lines(2, valid.MaxAmount()), valid.MaxAmount().MulRaw(2) },
		"no total":                      func(d *types.Deal) { d.Total = math.Int{} },
		"a total of nothing":            func(d *types.Deal) { d.Total = math.ZeroInt() },
		"a total below the sum":         func(d *types.Deal) { d.Total = math.NewInt(99) },
		"a total above the sum":         func(d *types.Deal) { d.Total = math.NewInt(101) },
		"no delivery mode":              func(d *types.Deal) { d.DeliveryMode = 0 },
		"an unknown delivery mode":      func(d *types.Deal) { d.DeliveryMode = 99 },
		"a negative delivery mode":      func(d *types.Deal) { d.DeliveryMode = -1 },
		"a split of 9,999":              func(d *types.Deal) { d.Split.Shares[0].BasisPoints-- },
		"a split of 33":                 func(d *types.Deal) { d.Split.Shares = make([]product.Share, 33) },
		"a remainder for an outsider":   func(d *types.Deal) { d.Split.RemainderOwner = 9 },
		"no time to fund":               func(d *types.Deal) { d.FundWithin = 0 },
		"less than no time to deliver":  func(d *types.Deal) { d.DeliverWithin = -1 },
		"no time to accept":             func(d *types.Deal) { d.AcceptWithin = 0 },
		"a terms root of 31 bytes":      func(d *types.Deal) { d.TermsRoot = make([]byte, 31) },
		"no terms root":                 func(d *types.Deal) { d.TermsRoot = nil },
		"no order reference":            func(d *types.Deal) { d.OrderReference = "" },
		"a reference of 65 bytes":       func(d *types.Deal) { d.OrderReference = strings.Repeat("x", 65) },
		"a reference that is not UTF-8": func(d *types.Deal) { d.OrderReference = "\xff" },
	} {
		t.Run(name, func(t *testing.T) {
			d := deal()
			spoil(&d)
			require.ErrorIs(t, d.Validate(), valid.ErrInvalid)
		})
	}
}

func TestDifferenceOfEqualDeals(t *testing.T) {
	difference, err := deal().Difference(deal())
	require.NoError(t, err)
	require.Empty(t, difference)
}

// Every field of the message is compared and named, also one that a later version adds.
func TestDifferenceNamesEveryField(t *testing.T) {
	for i := range reflect.TypeOf(types.Deal{}).NumField() {
		f := reflect.TypeOf(types.Deal{}).Field(i)
		name := strings.TrimPrefix(strings.Split(f.Tag.Get("protobuf"), ",")[3], "name=")
		t.Run(name, func(t *testing.T) {
			d := deal()
			reflect.ValueOf(&d).Elem().Field(i).SetZero()
			difference, err := deal().Difference(d)
			require.NoError(t, err)
			require.True(t, strings.HasPrefix(difference, name), difference)
		})
	}
}

func TestDifferenceIsReadableWhateverWasSent(t *testing.T) {
	d := deal()
	d.OrderReference = strings.Repeat("数", 100_000)
	difference, err := deal().Difference(d)
	require.NoError(t, err)
	require.Less(t, len(difference), 400)
	require.True(t, strings.HasPrefix(difference, "order_reference: expected"), difference)
}

func TestDealsDifferWhenOneFieldDoes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a, b := deal(), deal()
		a.Lines[0].What = rapid.String().Draw(rt, "what")
		b.Lines[0].What = rapid.String().Draw(rt, "what")
		a.FundWithin, b.FundWithin = rapid.Int64().Draw(rt, "within"), rapid.Int64().Draw(rt, "within")
		difference, err := a.Difference(b)
		require.NoError(rt, err)
		require.Equal(rt, a.Lines[0].What == b.Lines[0].What && a.FundWithin == b.FundWithin, difference == "")
	})
}
