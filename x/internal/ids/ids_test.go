package ids_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// The day turns at midnight in UTC+8, wherever the node stands.
func TestDayTurnsInChina(t *testing.T) {
	require.Equal(t, "261123", ids.Day(time.Date(2026, 11, 23, 15, 59, 59, 0, time.UTC)))
	require.Equal(t, "261124", ids.Day(time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)))
	require.Equal(t, "270101", ids.Day(time.Date(2026, 12, 31, 23, 0, 0, 0, time.FixedZone("west", -7200))))
}

func TestIDsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seller, seq := rapid.Uint32Range(0, 999_999).Draw(t, "seller"), rapid.Uint32Range(0, ids.MaxSequence).Draw(t, "seq")
		owner, n, err := ids.ParseOwned("id", ids.Owned(seller, seq))
		require.NoError(t, err)
		require.Equal(t, []uint32{seller, seq}, []uint32{owner, n})
		day, s, q, err := ids.ParseContract("id", ids.Contract("261123", seller, seq))
		require.NoError(t, err)
		require.Equal(t, "261123", day)
		require.Equal(t, []uint32{seller, seq}, []uint32{s, q})
	})
}

func TestParseRefusesOtherForms(t *testing.T) {
	for _, id := range []string{"", "000123000007", "000123-00007", "000123_000007", "00012a-000007", "000123-000007 ", "０00123-0007"} {
		_, _, err := ids.ParseOwned("id", id)
		require.ErrorIs(t, err, valid.ErrInvalid, id)
		_, _, _, err = ids.ParseContract("id", "261123-"+id)
		require.ErrorIs(t, err, valid.ErrInvalid, id)
	}
	_, _, _, err := ids.ParseContract("id", "2611a3-000123-000007")
	require.ErrorIs(t, err, valid.ErrInvalid)
}
