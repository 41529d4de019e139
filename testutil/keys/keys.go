// Package keys derives accounts and validators from strings, so that tests and
// their app hashes repeat from run to run.
package keys

import (
	"crypto/sha256"

	cmted25519 "github.com/cometbft/cometbft/crypto/ed25519"

	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Prefix is the Bech32 prefix of accounts.
const Prefix = "shugu"

// Account is the secp256k1 key that belongs to a name.
func Account(name string) *secp256k1.PrivKey {
	return secp256k1.GenPrivKeyFromSecret([]byte("shugu test account " + name))
}

// Address is the address of Account(name).
func Address(name string) sdk.AccAddress { return sdk.AccAddress(Account(name).PubKey().Address()) }

// Bech32 is Address(name) as text.
func Bech32(name string) string {
	s, err := sdk.Bech32ifyAddressBytes(Prefix, Address(name))
	if err != nil {
		panic(err)
	}
	return s
}

// Validator is the ed25519 consensus key that belongs to a name.
func Validator(name string) cmted25519.PrivKey {
	seed := sha256.Sum256([]byte("shugu test validator " + name))
	return cmted25519.GenPrivKeyFromSecret(seed[:])
}
