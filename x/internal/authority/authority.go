// Package authority checks that a message comes from the account that decides for a module.
package authority

import (
	"bytes"

	"cosmossdk.io/core/address"
	errorsmod "cosmossdk.io/errors"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
)

// Check compares a message's signer with a module's authority, both in Bech32. It wraps
// sdkerrors.ErrUnauthorized.
func Check(codec address.Codec, authority, signer string) error {
	want, err := codec.StringToBytes(authority)
	if err != nil {
		return errorsmod.Wrapf(sdkerrors.ErrUnauthorized, "authority %q: %s", authority, err)
	}
	got, err := codec.StringToBytes(signer)
	if err != nil {
		return errorsmod.Wrapf(sdkerrors.ErrUnauthorized, "signer: expected an address, got %q: %s", signer, err)
	}
	if !bytes.Equal(want, got) {
		return errorsmod.Wrapf(sdkerrors.ErrUnauthorized, "expected %s, the council's account, got %s; propose it with `shugud council propose`", authority, signer)
	}
	return nil
}
