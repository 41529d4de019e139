package types_test

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func accountApplication() types.AccountApplication {
	return types.AccountApplication{
		ChainId: "shugu-test-1", Member: 7, PublicKey: keys.Account("applicant").PubKey().Bytes(),
		Roles: []types.Role{types.ROLE_EXCHANGE, types.ROLE_RELAYER}, Nonce: bytes.Repeat([]byte{9}, 16), ExpiresAt: 1_795_400_000,
	}
}

func signAccount(t testing.TB, app types.AccountApplication) []byte {
	t.Helper()
	signed, err := types.AccountSignBytes(app)
	require.NoError(t, err)
	signature, err := keys.Account("applicant").Sign(signed)
	require.NoError(t, err)
	return signature
}

// The signed bytes are an interface of their own: other programs make them too.
func TestAccountSignBytesGolden(t *testing.T) {
	got, err := types.AccountSignBytes(types.AccountApplication{
		ChainId: "c", Member: 7, PublicKey: bytes.Repeat([]byte{2}, 33), Roles: []types.Role{types.ROLE_EXCHANGE, types.ROLE_RELAYER},
		Nonce: bytes.Repeat([]byte{9}, 16), ExpiresAt: 300,
	})
	require.NoError(t, err)
	want := hex.EncodeToString([]byte("shugu/consortium/account/v1")) + "00" +
		"0a0163" + "1007" + "1a21" + strings.Repeat("02", 33) + "22020108" + "2a10" + strings.Repeat("09", 16) + "30ac02"
	require.Equal(t, want, hex.EncodeToString(got))
}

func TestAccountApplication(t *testing.T) {
	app := accountApplication()
	require.NoError(t, app.Validate())
	require.NoError(t, app.Verify(signAccount(t, app)))
	require.Equal(t, keys.Address("applicant"), app.Address())
}

func TestAccountApplicationValidateFailsIf(t *testing.T) {
	for name, spoil := range map[string]func(a *types.AccountApplication){
		"chain id is empty":            func(a *types.AccountApplication) { a.ChainId = "" },
		"chain id is too long":         func(a *types.AccountApplication) { a.ChainId = strings.Repeat("c", 51) },
		"member is zero":               func(a *types.AccountApplication) { a.Member = 0 },
		"member is too large":          func(a *types.AccountApplication) { a.Member = 1_000_000 },
		"public key is missing":        func(a *types.AccountApplication) { a.PublicKey = nil },
		"public key is not compressed": func(a *types.AccountApplication) { a.PublicKey = append([]byte{4}, a.PublicKey[1:]...) },
		"there is no role":             func(a *types.AccountApplication) { a.Roles = nil },
		"a role is unknown":            func(a *types.AccountApplication) { a.Roles = []types.Role{99} },
		"roles descend":                func(a *types.AccountApplication) { a.Roles = []types.Role{8, 1} },
		"nonce is short":               func(a *types.AccountApplication) { a.Nonce = a.Nonce[1:] },
		"expiry is zero":               func(a *types.AccountApplication) { a.ExpiresAt = 0 },
	} {
		t.Run(name, func(t *testing.T) {
			app := accountApplication()
			spoil(&app)
			require.ErrorIs(t, app.Validate(), valid.ErrInvalid)
		})
	}
}

// Each field is under the signature.
func TestAccountApplicationVerifyFailsIfChanged(t *testing.T) {
	for name, change := range map[string]func(a *types.AccountApplication){
		"chain id":   func(a *types.AccountApplication) { a.ChainId = "shugu-test-2" },
		"member":     func(a *types.AccountApplication) { a.Member = 8 },
		"public key": func(a *types.AccountApplication) { a.PublicKey = keys.Account("stranger").PubKey().Bytes() },
		"roles":      func(a *types.AccountApplication) { a.Roles = a.Roles[:1] },
		"nonce":      func(a *types.AccountApplication) { a.Nonce = bytes.Repeat([]byte{8}, 16) },
		"expiry":     func(a *types.AccountApplication) { a.ExpiresAt++ },
	} {
		t.Run(name, func(t *testing.T) {
			app := accountApplication()
			signature := signAccount(t, app)
			change(&app)
			require.ErrorIs(t, app.Verify(signature), types.ErrBadSignature)
		})
	}
	app := accountApplication()
	signature := signAccount(t, app)
	require.ErrorIs(t, app.Verify(signature[1:]), types.ErrBadSignature)
	signature[40] ^= 1
	require.ErrorIs(t, app.Verify(signature), types.ErrBadSignature)
}

// What takes no role takes the role merchant of an added account.
func TestRoleOfAdded(t *testing.T) {
	require.Equal(t, types.ROLE_MERCHANT, types.RoleOfAdded(types.ROLE_UNSPECIFIED))
	for number := range types.Role_name {
		if role := types.Role(number); role != types.ROLE_UNSPECIFIED {
			require.Equal(t, role, types.RoleOfAdded(role))
		}
	}
}
