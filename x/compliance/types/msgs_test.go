package types_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/compliance/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

var digest = bytes.Repeat([]byte{7}, 32)

// spoil is one way to make a valid value of type T invalid.
type spoil[T any] struct {
	name  string
	spoil func(*T)
}

func TestMsgRequestValidate(t *testing.T) {
	good := func() types.MsgRequest {
		return types.MsgRequest{Product: "000002-000001", Version: 1, SubjectDigest: digest}
	}
	m := good()
	require.NoError(t, m.Validate())
	for _, tc := range []spoil[types.MsgRequest]{
		{"no product", func(m *types.MsgRequest) { m.Product = "" }},
		{"product of another form", func(m *types.MsgRequest) { m.Product = "2-1" }},
		{"version 0", func(m *types.MsgRequest) { m.Version = 0 }},
		{"digest of 31 bytes", func(m *types.MsgRequest) { m.SubjectDigest = digest[:31] }},
		{"digest of 33 bytes", func(m *types.MsgRequest) { m.SubjectDigest = append(bytes.Clone(digest), 0) }},
		{"no digest", func(m *types.MsgRequest) { m.SubjectDigest = nil }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := good()
			tc.spoil(&m)
			require.ErrorIs(t, m.Validate(), valid.ErrInvalid)
		})
	}
}

func TestMsgOpineValidate(t *testing.T) {
	good := func() types.MsgOpine {
		return types.MsgOpine{Product: "000002-000001", Version: 1, Round: 1, Verdict: types.VERDICT_RETURN, Reasons: "来源不明", DocumentDigest: digest}
	}
	for _, tc := range []spoil[types.MsgOpine]{
		{"as it is", func(*types.MsgOpine) {}},
		{"longest reasons", func(m *types.MsgOpine) { m.Reasons = strings.Repeat("a", types.MaxReasons) }},
		{"no document", func(m *types.MsgOpine) { m.DocumentDigest = nil }},
		{"clear without reasons", func(m *types.MsgOpine) { m.Verdict, m.Reasons = types.VERDICT_CLEAR, "" }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := good()
			tc.spoil(&m)
			require.NoError(t, m.Validate())
		})
	}
	for _, tc := range []spoil[types.MsgOpine]{
		{"product of another form", func(m *types.MsgOpine) { m.Product = "000002-00000x" }},
		{"version 0", func(m *types.MsgOpine) { m.Version = 0 }},
		{"round 0", func(m *types.MsgOpine) { m.Round = 0 }},
		{"no verdict", func(m *types.MsgOpine) { m.Verdict = types.VERDICT_UNSPECIFIED }},
		{"unknown verdict", func(m *types.MsgOpine) { m.Verdict = 3 }},
		{"return without reasons", func(m *types.MsgOpine) { m.Reasons = "" }},
		{"reasons too long", func(m *types.MsgOpine) { m.Reasons = strings.Repeat("a", types.MaxReasons+1) }},
		{"control characters", func(m *types.MsgOpine) { m.Reasons = "a\x1b[2J" }},
		{"invalid UTF-8", func(m *types.MsgOpine) { m.Reasons = "a\xff" }},
		{"document digest of 31 bytes", func(m *types.MsgOpine) { m.DocumentDigest = digest[:31] }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := good()
			tc.spoil(&m)
			require.ErrorIs(t, m.Validate(), valid.ErrInvalid)
		})
	}
}
