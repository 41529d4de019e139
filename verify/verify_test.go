package verify_test

import (
	"bytes"
	"testing"
	"time"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
	settlementtypes "github.com/shugu-network/shugu/x/settlement/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// requireFails asserts that a bundle is inconsistent at exactly this check, and that
// nothing is told of the trade then.
func requireFails(t *testing.T, b *verify.Bundle, root *verify.TrustRoot, check string) {
	t.Helper()
	report, err := verify.Verify(b, root)
	var failed *verify.CheckError
	require.ErrorAs(t, err, &failed)
	require.Equal(t, check, failed.Check, "%v", err)
	require.False(t, report.Consistent)
	require.Nil(t, report.Account)
	require.Equal(t, check, report.FailedCheck)
	require.NotEmpty(t, report.Reason)
	seen := false
	for _, c := range report.Checks {
		switch {
		case c.Name == check:
			require.Equal(t, verify.ResultFail, c.Result)
			seen = true
		case seen:
			require.Equal(t, verify.ResultNotRun, c.Result)
		default:
			require.Equal(t, verify.ResultOK, c.Result)
		}
	}
}

func requireHolds(t *testing.T, b *verify.Bundle, root *verify.TrustRoot) *verify.Account {
	t.Helper()
	encoded, err := b.Encode()
	require.NoError(t, err)
	decoded, err := verify.Decode(encoded)
	require.NoError(t, err)
	report, err := verify.Verify(decoded, root)
	require.NoError(t, err)
	require.True(t, report.Consistent)
	return report.Account
}

func TestVerifyBlueWithoutStatus(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 20})
	for _, number := range w.Blue {
		a := requireHolds(t, w.Bundle(t, number), w.Root())
		require.Equal(t, verify.FormatNumber(number), a.Number)
		require.Equal(t, "blue", a.Kind)
		require.Nil(t, a.Status)
		require.Equal(t, "201,234.56", a.Total.CNY)
		require.EqualValues(t, 2, a.RecordedHeight)
	}
}

func TestVerifyStatusAndRed(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 20, Reversed: 5, Blocks: 3})
	whole := requireHolds(t, w.Bundle(t, w.Blue[0]), w.Root())
	require.Equal(t, []string{"reversed"}, whole.Status.Flags)
	require.Equal(t, "0.00", whole.Lines[1].Remaining.CNY)

	part := requireHolds(t, w.Bundle(t, w.Blue[1]), w.Root())
	require.Equal(t, []string{"partly reversed"}, part.Status.Flags)
	require.Equal(t, "199,999.00", part.Lines[1].Remaining.CNY)
	require.Equal(t, verify.FormatNumber(w.Red[1]), part.Status.RedNumber)

	red := requireHolds(t, w.Bundle(t, w.Red[1]), w.Root())
	require.Equal(t, "red", red.Kind)
	require.Equal(t, part.Number, red.Reverses)
	require.Equal(t, "1.00", red.Total.CNY)
	require.Equal(t, part.Status, red.Status)
	require.Equal(t, part.Settlement, red.Settlement)
}

// TestVerifyNamesTheFirstFailedCheck spoils one thing of a good bundle at a time.
func TestVerifyNamesTheFirstFailedCheck(t *testing.T) {
	other := verifytest.New(t, verifytest.Spec{ChainID: "shugu-shanghai-1", Vouchers: 20, Reversed: 2})
	sign := func(change func(h *cmttypes.Header), votes map[int]verifytest.Vote) func(*testing.T, *verifytest.World, *verify.Bundle, *verify.TrustRoot) {
		return func(t *testing.T, w *verifytest.World, b *verify.Bundle, root *verify.TrustRoot) {
			h := *w.Header
			if change != nil {
				change(&h)
				root.Height = 1
			}
			b.Signed = verifytest.Signed(t, &h, verifytest.Sign(&h, w.Validators, votes))
		}
	}
	for name, tc := range map[string]struct {
		spoil func(*testing.T, *verifytest.World, *verify.Bundle, *verify.TrustRoot)
		check string
	}{
		"bundle of another chain": {func(_ *testing.T, _ *verifytest.World, b *verify.Bundle, _ *verify.TrustRoot) {
			b.ChainID = "shugu-shanghai-1"
		}, "chain"},
		"root of another chain": {func(_ *testing.T, _ *verifytest.World, _ *verify.Bundle, r *verify.TrustRoot) {
			r.ChainID = "shugu-shanghai-1"
		}, "chain"},
		"wrong check digit": {func(_ *testing.T, _ *verifytest.World, b *verify.Bundle, _ *verify.TrustRoot) {
			b.Number = b.Number[:23] + string('0'+(b.Number[23]-'0'+1)%10)
		}, "number"},
		"number as displayed": {func(_ *testing.T, _ *verifytest.World, b *verify.Bundle, _ *verify.TrustRoot) {
			b.Number = verify.FormatNumber(b.Number)
		}, "number"},
		"header of another chain": {func(_ *testing.T, _ *verifytest.World, b *verify.Bundle, _ *verify.TrustRoot) {
			b.Signed = other.Bundle(t, other.Blue[3]).Signed
		}, "header"},
		"header of another height": {sign(func(h *cmttypes.Header) { h.Height++ }, nil), "header"},
		"other state height":       {func(_ *testing.T, _ *verifytest.World, b *verify.Bundle, _ *verify.TrustRoot) { b.Height++ }, "header"},
		"header differs from the root's": {func(_ *testing.T, _ *verifytest.World, _ *verify.Bundle, r *verify.TrustRoot) {
			r.HeaderHash = string(bytes.Repeat([]byte{'A'}, 64))
		}, "header"},
		"unknown block protocol": {sign(func(h *cmttypes.Header) { h.Version.Block = 12 }, nil), "header"},
		"short application hash": {sign(func(h *cmttypes.Header) { h.AppHash = h.AppHash[:20] }, nil), "header"},
		"header of other validators": {sign(func(h *cmttypes.Header) {
			h.ValidatorsHash = verifytest.Set(verifytest.Validators("a", "b", "c", "d")).Hash()
		}, nil), "validators"},
		"votes for another header": {func(t *testing.T, w *verifytest.World, b *verify.Bundle, _ *verify.TrustRoot) {
			h := *w.Header
			h.DataHash = verifytest.Digest("other data")
			b.Signed.Commit = verifytest.Signed(t, &h, verifytest.Sign(&h, w.Validators, nil)).Commit
		}, "commit"},
		"another application hash": {sign(func(h *cmttypes.Header) { h.AppHash = verifytest.Digest("other state") }, nil), "voucher-proof"},
		"votes long before the header": {sign(nil, map[int]verifytest.Vote{
			0: {At: -time.Hour}, 1: {At: -time.Hour}, 2: {At: -time.Hour},
		}), "time"},
		"proofs of another voucher": {func(t *testing.T, w *verifytest.World, b *verify.Bundle, _ *verify.TrustRoot) {
			b.Voucher = w.Bundle(t, w.Blue[4]).Voucher
		}, "voucher-proof"},
		"proof of the value at another key": {func(t *testing.T, w *verifytest.World, b *verify.Bundle, _ *verify.TrustRoot) {
			b.Voucher.Proof = w.Bundle(t, w.Blue[4]).Voucher.Proof
		}, "voucher-proof"},
		"voucher proved in another store": {func(_ *testing.T, _ *verifytest.World, b *verify.Bundle, _ *verify.TrustRoot) {
			b.Stores.Voucher = b.Stores.Settlement
		}, "voucher-proof"},
		"proofs of another chain": {func(t *testing.T, _ *verifytest.World, b *verify.Bundle, _ *verify.TrustRoot) {
			o := other.Bundle(t, b.Number)
			b.Voucher, b.Stores = o.Voucher, o.Stores
		}, "voucher-proof"},
		"settlement of another trade": {func(t *testing.T, w *verifytest.World, b *verify.Bundle, _ *verify.TrustRoot) {
			b.Settlement = w.Bundle(t, w.Blue[4]).Settlement
		}, "settlement-proof"},
		"settlement proved in another store": {func(_ *testing.T, _ *verifytest.World, b *verify.Bundle, _ *verify.TrustRoot) {
			b.Stores.Settlement = b.Stores.Status
		}, "settlement-proof"},
		"status of another voucher": {func(t *testing.T, w *verifytest.World, b *verify.Bundle, _ *verify.TrustRoot) {
			b.Status = w.Bundle(t, w.Blue[0]).Status
		}, "status-proof"},
		"status proved in another store": {func(_ *testing.T, _ *verifytest.World, b *verify.Bundle, _ *verify.TrustRoot) {
			b.Stores.Status = b.Stores.Settlement
		}, "status-proof"},
	} {
		t.Run(name, func(t *testing.T) {
			w := verifytest.New(t, verifytest.Spec{Vouchers: 20, Reversed: 2})
			b, root := w.Bundle(t, w.Blue[3]), w.Root()
			requireHolds(t, b, root)
			tc.spoil(t, w, b, root)
			requireFails(t, b, root, tc.check)
		})
	}
}

// TestVerifyRecordsMustAgree makes chains whose stores contradict themselves: the
// proofs are good, the records are not.
func TestVerifyRecordsMustAgree(t *testing.T) {
	record := func(edit func(v *vouchertypes.Voucher, r *settlementtypes.Record)) verifytest.Spec {
		return verifytest.Spec{EditRecord: func(_ int, v *vouchertypes.Voucher, r *settlementtypes.Record) { edit(v, r) }}
	}
	status := func(edit func(s *vouchertypes.Status, d *vouchertypes.StatusDetail)) verifytest.Spec {
		return verifytest.Spec{Reversed: 1, EditStatus: edit}
	}
	for name, tc := range map[string]struct {
		spec  verifytest.Spec
		check string
	}{
		"voucher of another chain":    {record(func(v *vouchertypes.Voucher, _ *settlementtypes.Record) { v.ChainId = "shugu-shanghai-1" }), "voucher"},
		"total is not the sum":        {record(func(v *vouchertypes.Voucher, _ *settlementtypes.Record) { v.Total = math.NewInt(5) }), "voucher"},
		"number of another seller":    {record(func(v *vouchertypes.Voucher, _ *settlementtypes.Record) { v.Seller.Member = 9 }), "voucher"},
		"number of another day":       {record(func(v *vouchertypes.Voucher, _ *settlementtypes.Record) { v.IssuedAt += 86_400 }), "voucher"},
		"unknown kind":                {record(func(v *vouchertypes.Voucher, _ *settlementtypes.Record) { v.Kind = 3 }), "voucher"},
		"name with a hidden reversal": {record(func(v *vouchertypes.Voucher, _ *settlementtypes.Record) { v.Buyer.Name = "a\u202eb" }), "voucher"},
		"name with terminal codes":    {record(func(v *vouchertypes.Voucher, _ *settlementtypes.Record) { v.Buyer.Name = "a\x1b[2Jb" }), "voucher"},
		"issued after the header":     {record(func(v *vouchertypes.Voucher, _ *settlementtypes.Record) { v.IssuedAt += 3_600 }), "voucher"},
		"settled for another amount": {record(func(_ *vouchertypes.Voucher, r *settlementtypes.Record) {
			r.Amount = r.Amount.AddRaw(1)
			r.Payouts[0].Amount = r.Payouts[0].Amount.AddRaw(1)
		}), "settlement"},
		"payouts do not add up":       {record(func(_ *vouchertypes.Voucher, r *settlementtypes.Record) { r.Payouts[0].Amount = math.NewInt(1) }), "settlement"},
		"settled with another seller": {record(func(_ *vouchertypes.Voucher, r *settlementtypes.Record) { r.Seller = 9 }), "settlement"},
		"settled with another buyer":  {record(func(_ *vouchertypes.Voucher, r *settlementtypes.Record) { r.Buyer = 9 }), "settlement"},
		"settled on another chain":    {record(func(_ *vouchertypes.Voucher, r *settlementtypes.Record) { r.ChainId = "x-1" }), "settlement"},
		"settled under another id":    {record(func(_ *vouchertypes.Voucher, r *settlementtypes.Record) { r.Id = "261123-000009-000009" }), "settlement"},
		"settled with another voucher": {record(func(_ *vouchertypes.Voucher, r *settlementtypes.Record) {
			r.Voucher = vouchertypes.Number("3301", "261123", 123, 77)
		}), "settlement"},
		"settled in a later block": {record(func(_ *vouchertypes.Voucher, r *settlementtypes.Record) { r.Height = 99 }), "settlement"},
		"detail is not the status'": {status(func(s *vouchertypes.Status, _ *vouchertypes.StatusDetail) {
			s.DetailDigest = verifytest.Digest("another")
		}), "status-proof"},
		"status of no version": {status(func(s *vouchertypes.Status, _ *vouchertypes.StatusDetail) { s.Version = 0 }), "status-proof"},
		"unknown flag":         {status(func(s *vouchertypes.Status, d *vouchertypes.StatusDetail) { s.Flags, d.Flags = 18, 18 }), "status-proof"},
		"flags differ":         {status(func(s *vouchertypes.Status, _ *vouchertypes.StatusDetail) { s.Flags = 4 }), "status"},
		"heights differ":       {status(func(_ *vouchertypes.Status, d *vouchertypes.StatusDetail) { d.Height = 1 }), "status"},
		"versions differ": {status(func(_ *vouchertypes.Status, d *vouchertypes.StatusDetail) {
			d.Version, d.PreviousDigest = 2, verifytest.Digest("x")
		}), "status"},
		"numbers differ": {status(func(_ *vouchertypes.Status, d *vouchertypes.StatusDetail) {
			d.Number = vouchertypes.Number("3301", "261123", 123, 77)
		}), "status"},
		"status of a later block": {status(func(s *vouchertypes.Status, d *vouchertypes.StatusDetail) {
			s.FirstHeight, s.Height, d.Height = 9, 9, 9
		}), "status"},
		"reversed, but something remains": {status(func(_ *vouchertypes.Status, d *vouchertypes.StatusDetail) { d.Remaining[0] = math.NewInt(1) }), "status"},
		"more remains than was sold":      {status(func(_ *vouchertypes.Status, d *vouchertypes.StatusDetail) { d.Remaining[0] = math.NewInt(1 << 40) }), "status"},
		"remains of other lines":          {status(func(_ *vouchertypes.Status, d *vouchertypes.StatusDetail) { d.Remaining = d.Remaining[:1] }), "status"},
	} {
		t.Run(name, func(t *testing.T) {
			w := verifytest.New(t, tc.spec)
			requireFails(t, w.Bundle(t, w.Blue[0]), w.Root(), tc.check)
		})
	}
}

func TestVerifyRedMustAgree(t *testing.T) {
	for name, tc := range map[string]struct {
		edit  func(v *vouchertypes.Voucher)
		check string
	}{
		"takes back itself": {func(v *vouchertypes.Voucher) { v.Reverses = v.Number }, "voucher"},
		"has lines": {func(v *vouchertypes.Voucher) {
			v.Lines = []vouchertypes.Line{{What: "x", Units: 1, Amount: math.NewInt(1)}}
		}, "voucher"},
		"lines out of order": {func(v *vouchertypes.Voucher) { v.ReversedLines[0].Line = 1 }, "voucher"},
		"takes back another": {func(v *vouchertypes.Voucher) { v.Reverses = vouchertypes.Number("3301", "261123", 123, 77) }, "settlement"},
		"more than was settled": {func(v *vouchertypes.Voucher) {
			v.ReversedLines[1].Amount = math.NewInt(1 << 40)
			v.Total = math.NewInt(1<<40 + 123_456)
		}, "settlement"},
		"a line that is not there": {func(v *vouchertypes.Voucher) { v.ReversedLines[1].Line = 7 }, "status"},
	} {
		t.Run(name, func(t *testing.T) {
			w := verifytest.New(t, verifytest.Spec{Reversed: 1, EditRed: tc.edit})
			requireFails(t, w.Bundle(t, w.Red[0]), w.Root(), tc.check)
		})
	}
	t.Run("nothing stands against the blue one", func(t *testing.T) {
		w := verifytest.New(t, verifytest.Spec{EditRecord: func(_ int, v *vouchertypes.Voucher, r *settlementtypes.Record) {
			v.Kind, v.Lines, v.Reverses = vouchertypes.KIND_RED, nil, vouchertypes.Number("3301", "261123", 123, 77)
			v.ReversedLines = []vouchertypes.ReversedLine{{Line: 0, Amount: v.Total}}
			r.Voucher = v.Reverses
		}})
		requireFails(t, w.Bundle(t, w.Blue[0]), w.Root(), "status")
	})
}

func TestVerifyRefusesUnusableInput(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{})
	b, root := w.Bundle(t, w.Blue[0]), w.Root()
	for name, try := range map[string]func() (*verify.Report, error){
		"no bundle": func() (*verify.Report, error) { return verify.Verify(nil, root) },
		"no root":   func() (*verify.Report, error) { return verify.Verify(b, nil) },
		"empty":     func() (*verify.Report, error) { return verify.Verify(&verify.Bundle{}, root) },
		"root with another set": func() (*verify.Report, error) {
			r := w.Root()
			r.Validators = r.Validators[:3]
			return verify.Verify(b, r)
		},
		"commit that is none": func() (*verify.Report, error) {
			c := *b
			c.Signed.Commit = []byte{1, 2, 3}
			return verify.Verify(&c, root)
		},
	} {
		report, err := try()
		require.Error(t, err, name)
		require.Nil(t, report, name)
		require.NotErrorAs(t, err, new(*verify.CheckError), name)
	}
}

// protoCommit changes a commit and puts it back.
func protoCommit(t *testing.T, b *verify.Bundle, change func(c *cmtproto.Commit)) {
	t.Helper()
	c := verifytest.CommitProto(t, b.Signed)
	change(c)
	encoded, err := c.Marshal()
	require.NoError(t, err)
	b.Signed.Commit = encoded
}
