package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// contract is a valid contract of a status.
func contract(status types.Status) types.Contract {
	c := types.Contract{Id: "261123-000002-000007", Deal: deal(), Status: status, Height: 5, Exchange: 1, Industry: "health", ProductDigest: make([]byte, 32)}
	if status.Open() {
		c.Deadline = 1_800_000_000
	}
	if status == types.STATUS_DELIVERED || status == types.STATUS_SETTLED {
		c.SealedDigest, c.ContentDigest = make([]byte, 32), make([]byte, 32)
	}
	if status == types.STATUS_SETTLED {
		c.Voucher = voucher.Number("3301", "261123", 2, 1)
	}
	return c
}

var statuses = []types.Status{
	types.STATUS_QUOTED, types.STATUS_AGREED, types.STATUS_FUNDED, types.STATUS_DELIVERED,
	types.STATUS_SETTLED, types.STATUS_CANCELLED, types.STATUS_REFUNDED,
}

func TestStatusesAreAllKnown(t *testing.T) {
	require.Len(t, types.Status_name, len(statuses)+1)
	for _, s := range []types.Status{types.STATUS_UNSPECIFIED, types.STATUS_SETTLED, types.STATUS_CANCELLED, types.STATUS_REFUNDED} {
		require.False(t, s.Open(), s)
		require.False(t, s.Escrowed(), s)
	}
	for _, s := range []types.Status{types.STATUS_QUOTED, types.STATUS_AGREED, types.STATUS_FUNDED, types.STATUS_DELIVERED} {
		require.True(t, s.Open(), s)
	}
	require.True(t, types.STATUS_FUNDED.Escrowed())
	require.True(t, types.STATUS_DELIVERED.Escrowed())
}

func TestContractValidate(t *testing.T) {
	for _, s := range statuses {
		require.NoError(t, contract(s).Validate(), s)
	}
	silent := contract(types.STATUS_SETTLED)
	silent.BySilence = true
	require.NoError(t, silent.Validate())
}

func TestContractValidateFails(t *testing.T) {
	for name, tc := range map[string]struct {
		status types.Status
		spoil  func(c *types.Contract)
		want   error
	}{
		"a malformed id":                 {types.STATUS_AGREED, func(c *types.Contract) { c.Id = "261123-000002-7" }, valid.ErrInvalid},
		"another seller's id":            {types.STATUS_AGREED, func(c *types.Contract) { c.Id = "261123-000003-000007" }, valid.ErrInvalid},
		"an id of sequence 0":            {types.STATUS_AGREED, func(c *types.Contract) { c.Id = "261123-000002-000000" }, valid.ErrInvalid},
		"a bad deal":                     {types.STATUS_AGREED, func(c *types.Contract) { c.Deal.Buyer = 0 }, valid.ErrInvalid},
		"no status":                      {types.STATUS_CANCELLED, func(c *types.Contract) { c.Status = types.STATUS_UNSPECIFIED }, valid.ErrInvalid},
		"an unknown status":              {types.STATUS_CANCELLED, func(c *types.Contract) { c.Status = 99 }, valid.ErrInvalid},
		"an open one without deadline":   {types.STATUS_FUNDED, func(c *types.Contract) { c.Deadline = 0 }, valid.ErrInvalid},
		"a deadline before 1970":         {types.STATUS_FUNDED, func(c *types.Contract) { c.Deadline = -1 }, valid.ErrInvalid},
		"a final one with deadline":      {types.STATUS_REFUNDED, func(c *types.Contract) { c.Deadline = 1 }, valid.ErrInvalid},
		"a negative height":              {types.STATUS_FUNDED, func(c *types.Contract) { c.Height = -1 }, valid.ErrInvalid},
		"no exchange":                    {types.STATUS_FUNDED, func(c *types.Contract) { c.Exchange = 0 }, valid.ErrInvalid},
		"an unknown industry":            {types.STATUS_FUNDED, func(c *types.Contract) { c.Industry = "mining" }, valid.ErrInvalid},
		"delivered, no content digest":   {types.STATUS_DELIVERED, func(c *types.Contract) { c.ContentDigest = nil }, valid.ErrInvalid},
		"settled, short sealed digest":   {types.STATUS_SETTLED, func(c *types.Contract) { c.SealedDigest = c.SealedDigest[1:] }, valid.ErrInvalid},
		"funded, with a digest":          {types.STATUS_FUNDED, func(c *types.Contract) { c.SealedDigest = make([]byte, 32) }, valid.ErrInvalid},
		"settled, no voucher":            {types.STATUS_SETTLED, func(c *types.Contract) { c.Voucher = "" }, voucher.ErrNumber},
		"settled, wrong check digit":     {types.STATUS_SETTLED, func(c *types.Contract) { c.Voucher = c.Voucher[:23] + "x" }, voucher.ErrNumber},
		"delivered, with a voucher":      {types.STATUS_DELIVERED, func(c *types.Contract) { c.Voucher = "1" }, valid.ErrInvalid},
		"refunded by silence":            {types.STATUS_REFUNDED, func(c *types.Contract) { c.BySilence = true }, valid.ErrInvalid},
		"cancelled, with content digest": {types.STATUS_CANCELLED, func(c *types.Contract) { c.ContentDigest = make([]byte, 32) }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			c := contract(tc.status)
			tc.spoil(&c)
			require.ErrorIs(t, c.Validate(), tc.want)
		})
	}
}
