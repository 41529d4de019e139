package types_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// ageRecipient is the recipient of the age documentation's example.
const ageRecipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"

func application() types.Application {
	return types.Application{
		ChainId: "shugu-test-1", AdmittingMember: 1, PublicKey: keys.Account("applicant").PubKey().Bytes(),
		Name: "数谷数据有限公司", CreditCode: "91330100MA2B0000XY", Region: "3301", Roles: []types.Role{types.ROLE_MERCHANT},
		AgeRecipient: ageRecipient, DocumentsDigest: bytes.Repeat([]byte{7}, 32), Nonce: bytes.Repeat([]byte{9}, 16), ExpiresAt: 1_795_400_000,
	}
}

func sign(t testing.TB, app types.Application) []byte {
	t.Helper()
	signed, err := types.ApplicationSignBytes(app)
	require.NoError(t, err)
	signature, err := keys.Account("applicant").Sign(signed)
	require.NoError(t, err)
	return signature
}

// The signed bytes are an interface of their own: other programs make them too.
func TestApplicationSignBytesGolden(t *testing.T) {
	app := types.Application{
		ChainId: "c", AdmittingMember: 1, PublicKey: bytes.Repeat([]byte{2}, 33), Name: "n", CreditCode: "91330100MA2B0000XY",
		Region: "3301", Roles: []types.Role{types.ROLE_MERCHANT}, DocumentsDigest: bytes.Repeat([]byte{7}, 32),
		Nonce: bytes.Repeat([]byte{9}, 16), ExpiresAt: 300,
	}
	got, err := types.ApplicationSignBytes(app)
	require.NoError(t, err)
	want := hex.EncodeToString([]byte("shugu/consortium/application/v1")) + "00" +
		"0a0163" + "1001" + "1a21" + strings.Repeat("02", 33) + "22016e" +
		"2a12" + hex.EncodeToString([]byte("91330100MA2B0000XY")) + "320433333031" + "3a0102" +
		"4a20" + strings.Repeat("07", 32) + "5210" + strings.Repeat("09", 16) + "58ac02"
	require.Equal(t, want, hex.EncodeToString(got))
}

func TestApplicationOfExampleIsGood(t *testing.T) {
	app := application()
	require.NoError(t, app.Validate())
	require.NoError(t, app.Verify(sign(t, app)))
	require.Equal(t, keys.Address("applicant"), app.Address())
}

func TestApplicationValidateFailsIf(t *testing.T) {
	cases := map[string]func(a *types.Application){
		"chain id is empty":             func(a *types.Application) { a.ChainId = "" },
		"chain id is too long":          func(a *types.Application) { a.ChainId = strings.Repeat("c", 51) },
		"admitting member is too large": func(a *types.Application) { a.AdmittingMember = 1_000_000 },
		"public key is short":           func(a *types.Application) { a.PublicKey = a.PublicKey[:32] },
		"public key is missing":         func(a *types.Application) { a.PublicKey = nil },
		"public key is not compressed":  func(a *types.Application) { a.PublicKey = append([]byte{4}, a.PublicKey[1:]...) },
		"name is empty":                 func(a *types.Application) { a.Name = "" },
		"name is too long":              func(a *types.Application) { a.Name = strings.Repeat("数", 33) },
		"name has a control character":  func(a *types.Application) { a.Name = "a\nb" },
		"name is not UTF-8":             func(a *types.Application) { a.Name = "a\xff" },
		"credit code is short":          func(a *types.Application) { a.CreditCode = "91330100" },
		"credit code has small letters": func(a *types.Application) { a.CreditCode = "91330100ma2b0000xy" },
		"region has letters":            func(a *types.Application) { a.Region = "33a1" },
		"there is no role":              func(a *types.Application) { a.Roles = nil },
		"a role is unspecified":         func(a *types.Application) { a.Roles = []types.Role{types.ROLE_UNSPECIFIED} },
		"a role is unknown":             func(a *types.Application) { a.Roles = []types.Role{99} },
		"a role is negative":            func(a *types.Application) { a.Roles = []types.Role{-1} },
		"a role is there twice":         func(a *types.Application) { a.Roles = []types.Role{2, 2} },
		"roles descend":                 func(a *types.Application) { a.Roles = []types.Role{2, 1} },
		"age recipient is in capitals":  func(a *types.Application) { a.AgeRecipient = strings.ToUpper(ageRecipient) },
		"age recipient has a typo":      func(a *types.Application) { a.AgeRecipient = strings.Replace(ageRecipient, "q", "p", 1) },
		"age recipient is an address":   func(a *types.Application) { a.AgeRecipient = keys.Bech32("applicant") },
		"documents digest is short":     func(a *types.Application) { a.DocumentsDigest = a.DocumentsDigest[:31] },
		"documents digest is missing":   func(a *types.Application) { a.DocumentsDigest = nil },
		"nonce is long":                 func(a *types.Application) { a.Nonce = append(a.Nonce, 1) },
		"nonce is missing":              func(a *types.Application) { a.Nonce = nil },
		"expiry is zero":                func(a *types.Application) { a.ExpiresAt = 0 },
		"expiry is negative":            func(a *types.Application) { a.ExpiresAt = -1 },
	}
	for name, spoil := range cases {
		t.Run(name, func(t *testing.T) {
			app := application()
			spoil(&app)
			require.ErrorIs(t, app.Validate(), valid.ErrInvalid)
		})
	}
}

// What every mutation below leaves valid must still not verify.
func TestApplicationRefusesEveryChangedField(t *testing.T) {
	original := application()
	signature := sign(t, original)
	cases := map[string]func(a *types.Application){
		"chain_id":         func(a *types.Application) { a.ChainId = "shugu-test-2" },
		"admitting_member": func(a *types.Application) { a.AdmittingMember = 2 },
		"public_key":       func(a *types.Application) { a.PublicKey = keys.Account("other").PubKey().Bytes() },
		"name":             func(a *types.Application) { a.Name += "司" },
		"credit_code":      func(a *types.Application) { a.CreditCode = "91330100MA2B0000XZ" },
		"region":           func(a *types.Application) { a.Region = "3302" },
		"roles":            func(a *types.Application) { a.Roles = []types.Role{types.ROLE_EXCHANGE, types.ROLE_MERCHANT} },
		"age_recipient":    func(a *types.Application) { a.AgeRecipient = "" },
		"documents_digest": func(a *types.Application) { a.DocumentsDigest = bytes.Repeat([]byte{8}, 32) },
		"nonce":            func(a *types.Application) { a.Nonce = bytes.Repeat([]byte{8}, 16) },
		"expires_at":       func(a *types.Application) { a.ExpiresAt++ },
	}
	require.Len(t, cases, 11, "one mutation for each field of Application")
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			app := original
			change(&app)
			require.NoError(t, app.Validate())
			require.ErrorIs(t, app.Verify(signature), types.ErrBadSignature)
		})
	}
}

func TestApplicationRefusesEveryFlippedSignatureBit(t *testing.T) {
	app := application()
	signature := sign(t, app)
	for i := range signature {
		for bit := range 8 {
			flipped := bytes.Clone(signature)
			flipped[i] ^= 1 << bit
			require.ErrorIs(t, app.Verify(flipped), types.ErrBadSignature, "byte %d, bit %d", i, bit)
		}
	}
}

// A flipped bit anywhere in the encoding gives bytes that are no application,
// an invalid one, or one that the signature is not over.
func TestApplicationRefusesEveryFlippedBit(t *testing.T) {
	original := application()
	signature := sign(t, original)
	encoded, err := original.Marshal()
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		flipped := bytes.Clone(encoded)
		flipped[rapid.IntRange(0, len(encoded)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		var app types.Application
		if app.Unmarshal(flipped) != nil || app.Validate() != nil {
			return
		}
		if err := app.Verify(signature); err == nil {
			t.Fatalf("accepted %X", flipped)
		}
	})
}

func TestSignatureOfWrongForm(t *testing.T) {
	app := application()
	good := sign(t, app)
	order, _ := new(big.Int).SetString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16)
	withS := func(s *big.Int) []byte { return append(bytes.Clone(good[:32]), s.FillBytes(make([]byte, 32))...) }
	half := new(big.Int).Rsh(order, 1)
	cases := map[string][]byte{
		"high s":               withS(new(big.Int).Sub(order, new(big.Int).SetBytes(good[32:]))),
		"s just above half":    withS(new(big.Int).Add(half, big.NewInt(1))),
		"s zero":               withS(new(big.Int)),
		"s is the order":       withS(order),
		"r is the order":       append(order.FillBytes(make([]byte, 32)), good[32:]...),
		"r zero":               append(make([]byte, 32), good[32:]...),
		"too short":            good[:63],
		"too long":             append(bytes.Clone(good), 0),
		"missing":              nil,
		"recovery id in front": append([]byte{27}, good...),
	}
	for name, signature := range cases {
		t.Run(name, func(t *testing.T) {
			require.ErrorIs(t, app.Verify(signature), types.ErrBadSignature)
		})
	}
	require.NoError(t, app.Verify(good))
}

// A signature for another purpose over the same content is none.
func TestApplicationNeedsItsDomainTag(t *testing.T) {
	app := application()
	encoded, err := app.Marshal()
	require.NoError(t, err)
	for _, signed := range [][]byte{
		encoded,
		append([]byte(types.ApplicationDomain), encoded...),
		append([]byte("shugu/consortium/application/v2\x00"), encoded...),
	} {
		signature, err := keys.Account("applicant").Sign(signed)
		require.NoError(t, err)
		require.ErrorIs(t, app.Verify(signature), types.ErrBadSignature)
	}
	digest := sha256.Sum256(encoded)
	signature, err := keys.Account("applicant").Sign(digest[:])
	require.NoError(t, err)
	require.ErrorIs(t, app.Verify(signature), types.ErrBadSignature)
}

// A key that is no point on the curve is refused, not a reason to panic.
func TestApplicationWithKeyOffTheCurve(t *testing.T) {
	app := application()
	signature := sign(t, app)
	app.PublicKey = append([]byte{2}, bytes.Repeat([]byte{0xff}, 32)...)
	require.NoError(t, app.Validate())
	require.ErrorIs(t, app.Verify(signature), types.ErrBadSignature)
}
