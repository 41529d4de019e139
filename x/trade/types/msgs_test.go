package types_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/trade/types"
)

const id = "261123-000002-000007"

type message interface{ Validate() error }

func TestMessagesValidate(t *testing.T) {
	d := make([]byte, 32)
	for _, m := range []message{
		&types.MsgQuote{Deal: deal(), ValidUntil: 1},
		&types.MsgAgree{Contract: id, Deal: deal()},
		&types.MsgAgree{Contract: id}, // the deal is compared, not checked
		&types.MsgFund{Contract: id, Amount: valid.MaxAmount()},
		&types.MsgDeliver{Contract: id, SealedDigest: d, ContentDigest: d},
		&types.MsgAccept{Contract: id, ContentDigest: d},
		&types.MsgCancel{Contract: id, Reason: strings.Repeat("x", 512)},
	} {
		require.NoError(t, m.Validate(), "%T", m)
	}
}

func TestMessagesValidateFails(t *testing.T) {
	d := make([]byte, 32)
	for name, m := range map[string]message{
		"quote without deal":          &types.MsgQuote{ValidUntil: 1},
		"quote without end":           &types.MsgQuote{Deal: deal()},
		"quote that ended in 1969":    &types.MsgQuote{Deal: deal(), ValidUntil: -1},
		"agree to nothing":            &types.MsgAgree{Deal: deal()},
		"agree to a product":          &types.MsgAgree{Contract: "000002-000001", Deal: deal()},
		"fund nothing":                &types.MsgFund{Amount: math.NewInt(1)},
		"fund with 0":                 &types.MsgFund{Contract: id, Amount: math.ZeroInt()},
		"fund with less":              &types.MsgFund{Contract: id, Amount: math.NewInt(-1)},
		"fund with over 2^96":         &types.MsgFund{Contract: id, Amount: valid.MaxAmount().AddRaw(1)},
		"fund without amount":         &types.MsgFund{Contract: id},
		"deliver nothing":             &types.MsgDeliver{SealedDigest: d, ContentDigest: d},
		"deliver without sealed":      &types.MsgDeliver{Contract: id, ContentDigest: d},
		"deliver with long content":   &types.MsgDeliver{Contract: id, SealedDigest: d, ContentDigest: make([]byte, 33)},
		"accept nothing":              &types.MsgAccept{ContentDigest: d},
		"accept with a short digest":  &types.MsgAccept{Contract: id, ContentDigest: d[:20]},
		"cancel nothing":              &types.MsgCancel{Reason: "x"},
		"cancel without reason":       &types.MsgCancel{Contract: id},
		"cancel with a long reason":   &types.MsgCancel{Contract: id, Reason: strings.Repeat("x", 513)},
		"cancel with a hidden reason": &types.MsgCancel{Contract: id, Reason: "a\u202eb"},
	} {
		t.Run(name, func(t *testing.T) { require.ErrorIs(t, m.Validate(), valid.ErrInvalid) })
	}
}
