package app

import (
	"bytes"
	"context"
	"crypto/sha256"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	cryptotypes "github.com/cosmos/cosmos-sdk/crypto/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/auth/ante"
)

// fastAccounts hands accounts to the signature check alone. Their secp256k1
// keys verify with libsecp256k1 through go-ethereum, about three times as fast
// as the SDK's pure Go.
type fastAccounts struct{ ante.AccountKeeper }

// GetAccount wraps the account's key when it is secp256k1.
func (k fastAccounts) GetAccount(ctx context.Context, addr sdk.AccAddress) sdk.AccountI {
	account := k.AccountKeeper.GetAccount(ctx, addr)
	if account == nil {
		return nil
	}
	if key, ok := account.GetPubKey().(*secp256k1.PubKey); ok {
		return fastAccount{AccountI: account, key: fastKey{key}}
	}
	return account
}

type fastAccount struct {
	sdk.AccountI
	key fastKey
}

// GetPubKey returns the wrapped key.
func (a fastAccount) GetPubKey() cryptotypes.PubKey { return a.key }

type fastKey struct{ *secp256k1.PubKey }

// XXX_MessageName names the wrapped message, so that sign modes that carry the key see the key itself.
func (fastKey) XXX_MessageName() string { return "cosmos.crypto.secp256k1.PubKey" }

// curveOrder is the order n of secp256k1's group (SEC 2, 2.4.1), big endian.
var curveOrder = crypto.S256().Params().N.FillBytes(make([]byte, 32))

// VerifySignature accepts exactly what the SDK's pure Go accepts. The libraries
// differ for r or s of n or more, which one reduces and the other refuses; such
// a signature, which no honest signer makes, goes the slow way.
func (k fastKey) VerifySignature(msg, sig []byte) bool {
	if len(sig) != 64 {
		return false
	}
	if bytes.Compare(sig[:32], curveOrder) >= 0 || bytes.Compare(sig[32:], curveOrder) >= 0 {
		return k.PubKey.VerifySignature(msg, sig)
	}
	digest := sha256.Sum256(msg)
	return crypto.VerifySignature(k.Key, digest[:], sig)
}
