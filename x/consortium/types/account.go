package types

import (
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/valid"
)

const (
	// AccountDomain separates signatures of account applications from all others.
	AccountDomain = "shugu/consortium/account/v1"
	// MaxAccounts is how many accounts may act for a member, its owner's included.
	MaxAccounts = 16
)

// RoleOfAdded is the role that an added account needs for what takes role. What
// takes no role is business in the member's name: to trade, to pay, to
// withdraw. For that an added account needs the role merchant, so that the key
// of a relayer's machine or of a clerk who admits cannot spend the member's fen.
func RoleOfAdded(role Role) Role {
	if role == ROLE_UNSPECIFIED {
		return ROLE_MERCHANT
	}
	return role
}

// AccountSignBytes returns what the holder of a new account's key signs: the
// domain tag, a zero byte and the protobuf encoding of the application, fields
// ascending and defaults left out. A key ring hashes it with SHA-256 itself.
func AccountSignBytes(app AccountApplication) ([]byte, error) {
	return signBytes(AccountDomain, &app)
}

// Address is the new account. The public key must have been checked by Validate.
func (a *AccountApplication) Address() sdk.AccAddress { return keyAddress(a.PublicKey) }

// Validate checks the fields of an application by themselves. It wraps valid.ErrInvalid.
func (a *AccountApplication) Validate() error {
	if err := valid.Text("chain_id", a.ChainId, 1, maxChainID); err != nil {
		return err
	}
	if err := valid.MemberNumber("member", a.Member); err != nil {
		return err
	}
	if err := checkPublicKey(a.PublicKey); err != nil {
		return err
	}
	if err := checkRoles(a.Roles); err != nil {
		return err
	}
	return checkOnce(a.Nonce, a.ExpiresAt)
}

// Verify checks the signature of the new account's key over the application,
// which must have been checked by Validate. It wraps ErrBadSignature.
func (a *AccountApplication) Verify(signature []byte) error {
	signed, err := AccountSignBytes(*a)
	if err != nil {
		return err
	}
	return verify(a.PublicKey, signed, signature)
}

// Validate checks the fields of an account by themselves. It wraps valid.ErrInvalid.
func (a *Account) Validate() error {
	if _, err := accountAddress("address", a.Address); err != nil {
		return err
	}
	if err := valid.MemberNumber("member", a.Member); err != nil {
		return err
	}
	if a.AddedHeight < 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "added_height: expected 0 or more, got %d", a.AddedHeight)
	}
	return checkRoles(a.Roles)
}
