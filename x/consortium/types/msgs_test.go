package types_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func TestMsgAdmitValidate(t *testing.T) {
	good := func() *types.MsgAdmit {
		app := application()
		return &types.MsgAdmit{Application: app, Signature: sign(t, app), Conditions: "annual report by March"}
	}
	require.NoError(t, good().Validate())
	cases := map[string]struct {
		spoil func(m *types.MsgAdmit)
		want  error
	}{
		"application is invalid":             {func(m *types.MsgAdmit) { m.Application.Nonce = nil }, valid.ErrInvalid},
		"application is missing":             {func(m *types.MsgAdmit) { m.Application = types.Application{} }, valid.ErrInvalid},
		"signature is short":                 {func(m *types.MsgAdmit) { m.Signature = m.Signature[1:] }, types.ErrBadSignature},
		"conditions are too long":            {func(m *types.MsgAdmit) { m.Conditions = strings.Repeat("c", 513) }, valid.ErrInvalid},
		"conditions have control characters": {func(m *types.MsgAdmit) { m.Conditions = "a\x00b" }, valid.ErrInvalid},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			msg := good()
			c.spoil(msg)
			require.ErrorIs(t, msg.Validate(), c.want)
		})
	}
}

func TestMsgSuspendValidate(t *testing.T) {
	require.NoError(t, (&types.MsgSuspend{Member: 1, Reason: "违规"}).Validate())
	for name, msg := range map[string]types.MsgSuspend{
		"member is zero":            {Reason: "r"},
		"member is too large":       {Member: 1_000_000, Reason: "r"},
		"reason is missing":         {Member: 1},
		"reason is too long":        {Member: 1, Reason: strings.Repeat("r", 513)},
		"reason is not UTF-8":       {Member: 1, Reason: "\xc3\x28"},
		"reason hides in direction": {Member: 1, Reason: "a\u202eb"},
	} {
		t.Run(name, func(t *testing.T) {
			require.ErrorIs(t, msg.Validate(), valid.ErrInvalid)
		})
	}
}
