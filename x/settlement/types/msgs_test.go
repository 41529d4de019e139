package types_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/settlement/types"
)

func TestMsgsValid(t *testing.T) {
	for _, m := range []interface{ Validate() error }{
		&types.MsgDeposit{Member: 1, Amount: math.OneInt()},
		&types.MsgDeposit{Member: 999_999, Amount: valid.MaxAmount(), Reference: strings.Repeat("x", 64)},
		&types.MsgRequestWithdrawal{Bank: 1, Amount: valid.MaxAmount(), Reference: "付款"},
		&types.MsgConfirmWithdrawal{Withdrawal: "000003-000001"},
		&types.MsgDeclineWithdrawal{Withdrawal: "000003-000001", Reason: strings.Repeat("x", 512)},
	} {
		require.NoError(t, m.Validate(), "%v", m)
	}
}

func TestMsgsInvalid(t *testing.T) {
	over := valid.MaxAmount().AddRaw(1)
	for name, m := range map[string]interface{ Validate() error }{
		"deposit: member 0":            &types.MsgDeposit{Amount: math.OneInt()},
		"deposit: member too big":      &types.MsgDeposit{Member: 1_000_000, Amount: math.OneInt()},
		"deposit: amount missing":      &types.MsgDeposit{Member: 1},
		"deposit: amount 0":            &types.MsgDeposit{Member: 1, Amount: math.ZeroInt()},
		"deposit: amount negative":     &types.MsgDeposit{Member: 1, Amount: math.NewInt(-1)},
		"deposit: amount over":         &types.MsgDeposit{Member: 1, Amount: over},
		"deposit: long reference":      &types.MsgDeposit{Member: 1, Amount: math.OneInt(), Reference: strings.Repeat("x", 65)},
		"deposit: bad UTF-8":           &types.MsgDeposit{Member: 1, Amount: math.OneInt(), Reference: "\xc3\x28"},
		"withdrawal: bank 0":           &types.MsgRequestWithdrawal{Amount: math.OneInt()},
		"withdrawal: amount 0":         &types.MsgRequestWithdrawal{Bank: 1, Amount: math.ZeroInt()},
		"withdrawal: amount over":      &types.MsgRequestWithdrawal{Bank: 1, Amount: over},
		"withdrawal: control in ref":   &types.MsgRequestWithdrawal{Bank: 1, Amount: math.OneInt(), Reference: "a\x07"},
		"confirm: no id":               &types.MsgConfirmWithdrawal{},
		"confirm: malformed id":        &types.MsgConfirmWithdrawal{Withdrawal: "000003-00001x"},
		"decline: malformed id":        &types.MsgDeclineWithdrawal{Withdrawal: "000003_000001", Reason: "x"},
		"decline: no reason":           &types.MsgDeclineWithdrawal{Withdrawal: "000003-000001"},
		"decline: reason of one space": &types.MsgDeclineWithdrawal{Withdrawal: "000003-000001", Reason: " "},
		"decline: long reason":         &types.MsgDeclineWithdrawal{Withdrawal: "000003-000001", Reason: strings.Repeat("x", 513)},
	} {
		require.ErrorIs(t, m.Validate(), valid.ErrInvalid, name)
	}
}
