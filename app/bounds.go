package app

import (
	"slices"

	errorsmod "cosmossdk.io/errors"

	cmttypes "github.com/cometbft/cometbft/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"

	paneltypes "github.com/shugu-network/shugu/x/panel/types"
)

const (
	// minBlockGas and minBlockBytes, evidence apart, leave room for a resolution and its votes,
	// and for the commit of the largest set: CometBFT panics when that does not fit.
	minBlockGas   = 20_000_000
	minBlockBytes = 1 << 18
	// maxSizeCost and maxSignatureCost, in gas for a byte and for a signature, leave a member's
	// quota enough for a vote.
	maxSizeCost      = 100
	maxSignatureCost = 100_000
)

// boundedRouter keeps resolutions from setting parameters of the SDK's modules that would
// stop the chain, or shut out the council, which alone could set others. These messages
// come in resolutions only, so this is the only way to them.
type boundedRouter struct{ paneltypes.Router }

// Handler implements paneltypes.Router.
func (r boundedRouter) Handler(msg sdk.Msg) func(ctx sdk.Context, req sdk.Msg) (*sdk.Result, error) {
	handler := r.Router.Handler(msg)
	if handler == nil {
		return nil
	}
	return func(ctx sdk.Context, req sdk.Msg) (*sdk.Result, error) {
		if err := bounded(req); err != nil {
			return nil, err
		}
		return handler(ctx, req)
	}
}

// bounded wraps sdkerrors.ErrInvalidRequest when no way would lead back from a message.
func bounded(msg sdk.Msg) error {
	refuse := func(format string, args ...any) error {
		return errorsmod.Wrapf(sdkerrors.ErrInvalidRequest, format, args...)
	}
	switch m := msg.(type) {
	case *consensustypes.MsgUpdateParams:
		switch {
		case m.Block == nil || m.Evidence == nil || m.Validator == nil:
			return refuse("expected the parameters of block, evidence and validator, all of them")
		case m.Block.MaxGas < minBlockGas:
			return refuse("block.max_gas: expected %d or more, so that a resolution still fits, got %d", minBlockGas, m.Block.MaxGas)
		case m.Block.MaxBytes < minBlockBytes+max(m.Evidence.MaxBytes, 0):
			return refuse("block.max_bytes: expected %d more than evidence.max_bytes (%d), so that votes and a resolution still fit, got %d",
				minBlockBytes, m.Evidence.MaxBytes, m.Block.MaxBytes)
		case !slices.Contains(m.Validator.PubKeyTypes, cmttypes.ABCIPubKeyTypeEd25519):
			return refuse("validator.pub_key_types: expected %s among them, the seats' type, got %v", cmttypes.ABCIPubKeyTypeEd25519, m.Validator.PubKeyTypes)
		case m.Abci != nil && m.Abci.VoteExtensionsEnableHeight != 0:
			return refuse("abci.vote_extensions_enable_height: expected 0, as nodes make none, got %d", m.Abci.VoteExtensionsEnableHeight)
		case m.Auth != nil && m.Auth.Authority != PanelAddress(paneltypes.Council):
			return refuse("auth.authority: expected the council's, got %q", m.Auth.Authority)
		}
	case *authtypes.MsgUpdateParams:
		if p := m.Params; p.TxSizeCostPerByte > maxSizeCost || p.SigVerifyCostSecp256k1 > maxSignatureCost {
			return refuse("tx_size_cost_per_byte and sig_verify_cost_secp256k1: expected at most %d and %d, so that a member can still vote, got %d and %d",
				maxSizeCost, maxSignatureCost, p.TxSizeCostPerByte, p.SigVerifyCostSecp256k1)
		}
	}
	return nil
}
