package app

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/shugu-network/shugu/testutil/keys"
)

func balances(denom string) []banktypes.Balance {
	return []banktypes.Balance{{Address: keys.Bech32("holder"), Coins: sdk.NewCoins(sdk.NewInt64Coin(denom, 1_000_000))}}
}

// All validators must accept the same signatures: the fast path accepts
// exactly what the SDK's own does, on honest, odd and malformed inputs.
func TestSignaturesAcceptTheSameSet(t *testing.T) {
	key := keys.Account("signer")
	public := key.PubKey().(*secp256k1.PubKey)
	msg := []byte("a transaction")
	good, err := key.Sign(msg)
	require.NoError(t, err)
	n := crypto.S256().Params().N
	r, s := new(big.Int).SetBytes(good[:32]), new(big.Int).SetBytes(good[32:])
	bytes32 := func(x *big.Int) []byte {
		return new(big.Int).Mod(x, new(big.Int).Lsh(big.NewInt(1), 256)).FillBytes(make([]byte, 32))
	}
	join := func(r, s *big.Int) []byte { return append(bytes32(r), bytes32(s)...) }
	uncompressed := crypto.FromECDSAPub(must(crypto.DecompressPubkey(public.Key)))

	require.True(t, fastKey{public}.VerifySignature(msg, good))
	small := big.NewInt(5)
	for name, sig := range map[string][]byte{
		"good": good, "high s": join(r, new(big.Int).Sub(n, s)), "zero r": join(big.NewInt(0), s), "zero s": join(r, big.NewInt(0)),
		"r is n": join(n, s), "s is n": join(r, n), "r over n": join(new(big.Int).Add(n, small), s), "s over n": join(r, new(big.Int).Add(n, small)),
		"all ones": bytes.Repeat([]byte{0xff}, 64), "short": good[:63], "long": append(bytes.Clone(good), 0), "empty": nil,
	} {
		for keyName, k := range map[string][]byte{
			"compressed": public.Key, "uncompressed": uncompressed, "truncated": public.Key[:32], "empty": {},
			"bad prefix": append([]byte{5}, public.Key[1:]...), "hybrid": append([]byte{6 + uncompressed[64]&1}, uncompressed[1:]...),
			"off the curve": append([]byte{2}, bytes.Repeat([]byte{0xff}, 32)...),
		} {
			sdkKey := &secp256k1.PubKey{Key: k}
			require.Equal(t, sdkKey.VerifySignature(msg, sig), fastKey{sdkKey}.VerifySignature(msg, sig), "%s with %s key", name, keyName)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		sig := bytes.Clone(good)
		sig[rapid.IntRange(0, 63).Draw(t, "at")] ^= byte(rapid.IntRange(0, 255).Draw(t, "by"))
		if got, want := (fastKey{public}).VerifySignature(msg, sig), public.VerifySignature(msg, sig); got != want {
			t.Fatalf("expected %t, got %t", want, got)
		}
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
