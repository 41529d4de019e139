package types

import (
	"bytes"
	"encoding/hex"
	"time"

	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/valid"
)

const (
	// ApplicationDomain separates signatures of applications from all others.
	ApplicationDomain = "shugu/consortium/application/v1"
	// MaxApplicationLife is how far ahead an application may expire. It bounds
	// how long its nonce is remembered.
	MaxApplicationLife = 90 * 24 * time.Hour
	// NonceSize is the size of an application's nonce in bytes.
	NonceSize = 16
	// SignatureSize is the size of an application's signature in bytes: r and s.
	SignatureSize = 64

	maxChainID = 50
)

// halfOrder is half the order of secp256k1's group, rounded down: the highest
// low s (BIP 62).
var halfOrder, _ = hex.DecodeString("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0")

// order is the order of secp256k1's group (SEC 2, section 2.4.1).
var order, _ = hex.DecodeString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")

// ApplicationSignBytes returns what the applicant signs: the domain tag, a zero
// byte and the protobuf encoding of the application, fields ascending and
// defaults left out. A key ring hashes it with SHA-256 itself.
func ApplicationSignBytes(app Application) ([]byte, error) {
	return signBytes(ApplicationDomain, &app)
}

// signBytes joins a domain tag, a zero byte and a message's encoding.
func signBytes(domain string, message interface{ Marshal() ([]byte, error) }) ([]byte, error) {
	encoded, err := message.Marshal()
	if err != nil {
		return nil, err
	}
	return append(append([]byte(domain), 0), encoded...), nil
}

// Address is the account of the applicant. The public key must have been
// checked by Validate.
func (a *Application) Address() sdk.AccAddress {
	return keyAddress(a.PublicKey)
}

func keyAddress(key []byte) sdk.AccAddress {
	return sdk.AccAddress((&secp256k1.PubKey{Key: key}).Address())
}

// Validate checks the fields of an application by themselves. It wraps valid.ErrInvalid.
func (a *Application) Validate() error {
	if err := valid.Text("chain_id", a.ChainId, 1, maxChainID); err != nil {
		return err
	}
	if a.AdmittingMember > MaxMemberNumber {
		return errorsmod.Wrapf(valid.ErrInvalid, "admitting_member: expected a member number, or 0 for the council, got %d", a.AdmittingMember)
	}
	if err := checkPublicKey(a.PublicKey); err != nil {
		return err
	}
	if err := identity(a.Name, a.CreditCode, a.Region, a.Roles, a.AgeRecipient); err != nil {
		return err
	}
	if err := valid.Digest("documents_digest", a.DocumentsDigest); err != nil {
		return err
	}
	return checkOnce(a.Nonce, a.ExpiresAt)
}

func checkPublicKey(key []byte) error {
	if len(key) != secp256k1.PubKeySize || key[0] != 2 && key[0] != 3 {
		return errorsmod.Wrapf(valid.ErrInvalid, "public_key: expected a compressed secp256k1 key of %d bytes that starts with 02 or 03, got %d bytes",
			secp256k1.PubKeySize, len(key))
	}
	return nil
}

// checkOnce checks what makes an application good for one use within a time.
func checkOnce(nonce []byte, expiresAt int64) error {
	if len(nonce) != NonceSize {
		return errorsmod.Wrapf(valid.ErrInvalid, "nonce: expected %d bytes, got %d", NonceSize, len(nonce))
	}
	if expiresAt < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "expires_at: expected Unix seconds above 0, got %d", expiresAt)
	}
	return nil
}

// Verify checks the applicant's signature over the application, which must have
// been checked by Validate. It wraps ErrBadSignature.
func (a *Application) Verify(signature []byte) error {
	signed, err := ApplicationSignBytes(*a)
	if err != nil {
		return err
	}
	return verify(a.PublicKey, signed, signature)
}

func verify(key, signed, signature []byte) error {
	if err := checkSignatureForm(signature); err != nil {
		return err
	}
	if !(&secp256k1.PubKey{Key: key}).VerifySignature(signed, signature) {
		return errorsmod.Wrapf(ErrBadSignature, "expected the signature of public key %X over this very application; have the applicant sign again", key)
	}
	return nil
}

// checkSignatureForm lets one spelling of a signature through: r below the
// group's order, s at most half of it. The curve library would reduce larger
// numbers silently.
func checkSignatureForm(signature []byte) error {
	if len(signature) != SignatureSize {
		return errorsmod.Wrapf(ErrBadSignature, "expected %d bytes (r and s), got %d", SignatureSize, len(signature))
	}
	if bytes.Compare(signature[:32], order) >= 0 || bytes.Compare(signature[32:], halfOrder) > 0 {
		return errorsmod.Wrap(ErrBadSignature, "expected r below the group's order and s at most half of it; normalise s")
	}
	return nil
}
