package types

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Validate keeps vouchers far below the limit, so encode is tried on a message that it would refuse.
func TestEncodeRefusesOverlong(t *testing.T) {
	fits := &Party{Name: strings.Repeat("n", MaxRecordBytes-3)}
	b, err := encode("party", fits)
	require.NoError(t, err)
	require.Len(t, b, MaxRecordBytes)
	fits.Name += "n"
	_, err = encode("party", fits)
	require.ErrorIs(t, err, ErrTooLarge)
}
