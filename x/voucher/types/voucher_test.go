package types_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

func tooMuch() math.Int { return valid.MaxAmount().AddRaw(1) }

func TestVoucherValidate(t *testing.T) {
	require.NoError(t, blue().Validate())
	require.NoError(t, red().Validate())
}

func TestVoucherValidateRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(v *types.Voucher)
		want  error
	}{
		"no kind":                     {func(v *types.Voucher) { v.Kind = types.KIND_UNSPECIFIED }, valid.ErrInvalid},
		"unknown kind":                {func(v *types.Voucher) { v.Kind = 3 }, valid.ErrInvalid},
		"wrong check digits":          {func(v *types.Voucher) { v.Number = blueNumber[:23] + "9" }, types.ErrNumber},
		"number of another seller":    {func(v *types.Voucher) { v.Number = types.Number("3301", "261123", 124, 42) }, valid.ErrInvalid},
		"number of another day":       {func(v *types.Voucher) { v.Number = types.Number("3301", "261124", 123, 42) }, valid.ErrInvalid},
		"midnight in UTC, not UTC+8":  {func(v *types.Voucher) { v.IssuedAt = issuedAt.Add(14 * time.Hour).Unix() }, valid.ErrInvalid},
		"time 0":                      {func(v *types.Voucher) { v.IssuedAt = 0 }, valid.ErrInvalid},
		"time beyond 9999":            {func(v *types.Voucher) { v.IssuedAt = 253402300800 }, valid.ErrInvalid},
		"no chain id":                 {func(v *types.Voucher) { v.ChainId = "" }, valid.ErrInvalid},
		"chain id of 51 bytes":        {func(v *types.Voucher) { v.ChainId = strings.Repeat("c", 51) }, valid.ErrInvalid},
		"seller 0":                    {func(v *types.Voucher) { v.Seller.Member = 0 }, valid.ErrInvalid},
		"name with a control":         {func(v *types.Voucher) { v.Buyer.Name = "a\nb" }, valid.ErrInvalid},
		"name of 97 bytes":            {func(v *types.Voucher) { v.Buyer.Name = strings.Repeat("n", 97) }, valid.ErrInvalid},
		"name that is no UTF-8":       {func(v *types.Voucher) { v.Buyer.Name = "a\xffb" }, valid.ErrInvalid},
		"exchange without credit":     {func(v *types.Voucher) { v.Exchange.CreditCode = "" }, valid.ErrInvalid},
		"product of another form":     {func(v *types.Voucher) { v.Product = "7" }, valid.ErrInvalid},
		"product version 0":           {func(v *types.Voucher) { v.ProductVersion = 0 }, valid.ErrInvalid},
		"unknown industry":            {func(v *types.Voucher) { v.Industry = "gambling" }, valid.ErrInvalid},
		"no lines":                    {func(v *types.Voucher) { v.Lines = nil }, valid.ErrInvalid},
		"33 lines":                    {func(v *types.Voucher) { v.Lines = make([]types.Line, 33) }, valid.ErrInvalid},
		"line of nothing":             {func(v *types.Voucher) { v.Lines[0].What = "" }, valid.ErrInvalid},
		"line of 129 bytes":           {func(v *types.Voucher) { v.Lines[0].What = strings.Repeat("w", 129) }, valid.ErrInvalid},
		"line of no units":            {func(v *types.Voucher) { v.Lines[0].Units = 0 }, valid.ErrInvalid},
		"line of 0 fen":               {func(v *types.Voucher) { v.Lines[0].Amount = math.ZeroInt() }, valid.ErrInvalid},
		"line of -1 fen":              {func(v *types.Voucher) { v.Lines[0].Amount = math.NewInt(-1) }, valid.ErrInvalid},
		"line without amount":         {func(v *types.Voucher) { v.Lines[0].Amount = math.Int{} }, valid.ErrInvalid},
		"line over 2^96":              {func(v *types.Voucher) { v.Lines[0].Amount = tooMuch() }, valid.ErrInvalid},
		"total one more":              {func(v *types.Voucher) { v.Total = v.Total.AddRaw(1) }, types.ErrTotal},
		"total 0":                     {func(v *types.Voucher) { v.Total = math.ZeroInt() }, valid.ErrInvalid},
		"total over 2^96":             {func(v *types.Voucher) { v.Total = tooMuch() }, valid.ErrInvalid},
		"delivery mode 0":             {func(v *types.Voucher) { v.DeliveryMode = 0 }, valid.ErrInvalid},
		"delivery mode 256":           {func(v *types.Voucher) { v.DeliveryMode = 256 }, valid.ErrInvalid},
		"delivery digest of 31 bytes": {func(v *types.Voucher) { v.DeliveryDigest = v.DeliveryDigest[1:] }, valid.ErrInvalid},
		"settlement of another form":  {func(v *types.Voucher) { v.Settlement = "42" }, valid.ErrInvalid},
		"no nullifier":                {func(v *types.Voucher) { v.Nullifier = nil }, valid.ErrInvalid},
		"long nullifier":              {func(v *types.Voucher) { v.Nullifier = make([]byte, 33) }, valid.ErrInvalid},
		"no terms root":               {func(v *types.Voucher) { v.TermsRoot = nil }, valid.ErrInvalid},
		"blue that reverses":          {func(v *types.Voucher) { v.Reverses = redNumber }, valid.ErrInvalid},
		"blue with reversed lines":    {func(v *types.Voucher) { v.ReversedLines = red().ReversedLines }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			v := blue()
			c.spoil(&v)
			require.ErrorIs(t, v.Validate(), c.want)
		})
	}
}

func TestRedVoucherValidateRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(v *types.Voucher)
		want  error
	}{
		"lines":                  {func(v *types.Voucher) { v.Lines = blue().Lines }, valid.ErrInvalid},
		"reverses nothing":       {func(v *types.Voucher) { v.Reverses = "" }, types.ErrNumber},
		"reverses itself":        {func(v *types.Voucher) { v.Reverses = v.Number }, valid.ErrInvalid},
		"no reversed lines":      {func(v *types.Voucher) { v.ReversedLines = nil }, valid.ErrInvalid},
		"33 reversed lines":      {func(v *types.Voucher) { v.ReversedLines = make([]types.ReversedLine, 33) }, valid.ErrInvalid},
		"line 32":                {func(v *types.Voucher) { v.ReversedLines[1].Line = 32 }, valid.ErrInvalid},
		"line twice":             {func(v *types.Voucher) { v.ReversedLines[1].Line = 0 }, valid.ErrInvalid},
		"descending lines":       {func(v *types.Voucher) { v.ReversedLines[0].Line = 2 }, valid.ErrInvalid},
		"0 fen":                  {func(v *types.Voucher) { v.ReversedLines[0].Amount = math.ZeroInt() }, valid.ErrInvalid},
		"negative":               {func(v *types.Voucher) { v.ReversedLines[0].Amount = math.NewInt(-5) }, valid.ErrInvalid},
		"over 2^96":              {func(v *types.Voucher) { v.ReversedLines[0].Amount = tooMuch() }, valid.ErrInvalid},
		"total is not the sum":   {func(v *types.Voucher) { v.Total = v.Total.SubRaw(1) }, types.ErrTotal},
		"total of no fen at all": {func(v *types.Voucher) { v.Total = math.Int{} }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			v := red()
			c.spoil(&v)
			require.ErrorIs(t, v.Validate(), c.want)
		})
	}
}

func TestStatusDetailValidateRefuses(t *testing.T) {
	require.NoError(t, detail().Validate())
	for name, c := range map[string]struct {
		spoil func(d *types.StatusDetail)
		want  error
	}{
		"bad number":                  {func(d *types.StatusDetail) { d.Number = "1" }, types.ErrNumber},
		"version 0":                   {func(d *types.StatusDetail) { d.Version = 0 }, valid.ErrInvalid},
		"height 0":                    {func(d *types.StatusDetail) { d.Height = 0 }, valid.ErrInvalid},
		"nothing said to remain":      {func(d *types.StatusDetail) { d.Remaining = nil }, valid.ErrInvalid},
		"33 lines remain":             {func(d *types.StatusDetail) { d.Remaining = make([]math.Int, 33) }, valid.ErrInvalid},
		"negative remainder":          {func(d *types.StatusDetail) { d.Remaining[0] = math.NewInt(-1) }, valid.ErrInvalid},
		"bad red number":              {func(d *types.StatusDetail) { d.RedNumber = "1" }, types.ErrNumber},
		"unknown flag":                {func(d *types.StatusDetail) { d.Flags = 16 }, valid.ErrInvalid},
		"short reason digest":         {func(d *types.StatusDetail) { d.ReasonDigest = []byte{1} }, valid.ErrInvalid},
		"no previous digest":          {func(d *types.StatusDetail) { d.PreviousDigest = nil }, valid.ErrInvalid},
		"first with previous digest":  {func(d *types.StatusDetail) { d.PreviousDigest[0] = 1 }, valid.ErrInvalid},
		"second without previous one": {func(d *types.StatusDetail) { d.Version = 2 }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			d := detail()
			c.spoil(&d)
			require.ErrorIs(t, d.Validate(), c.want)
		})
	}
}

func TestReversalValidateRefuses(t *testing.T) {
	valids := func() types.Reversal {
		return types.Reversal{Number: blueNumber, Lines: red().ReversedLines, ReasonDigest: digest("reason")}
	}
	require.NoError(t, valids().Validate())
	for name, c := range map[string]struct {
		spoil func(r *types.Reversal)
		want  error
	}{
		"displayed number": {func(r *types.Reversal) { r.Number = types.FormatNumber(blueNumber) }, types.ErrNumber},
		"no lines":         {func(r *types.Reversal) { r.Lines = nil }, valid.ErrInvalid},
		"no reason":        {func(r *types.Reversal) { r.ReasonDigest = nil }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			r := valids()
			c.spoil(&r)
			require.ErrorIs(t, r.Validate(), c.want)
		})
	}
}
