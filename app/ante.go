package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	"github.com/cosmos/cosmos-sdk/x/auth/ante"
	txsigning "github.com/cosmos/cosmos-sdk/x/tx/signing"

	ibcante "github.com/cosmos/ibc-go/v11/modules/core/ante"
	ibckeeper "github.com/cosmos/ibc-go/v11/modules/core/keeper"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
)

// newAnteHandler checks a transaction before its messages run. Membership
// stands before signatures: what a stranger sends costs a node little. No fee
// is taken: who may send what is decided by role.
func newAnteHandler(accounts ante.AccountKeeper, members membership, signModes *txsigning.HandlerMap, ibc *ibckeeper.Keeper) sdk.AnteHandler {
	return sdk.ChainAnteDecorators(
		ante.NewSetUpContextDecorator(),
		ante.NewExtensionOptionsDecorator(nil),
		ante.NewValidateBasicDecorator(),
		ante.NewTxTimeoutHeightDecorator(),
		ante.NewValidateMemoDecorator(accounts),
		ante.NewConsumeGasForTxSizeDecorator(accounts),
		membersOnly{members},
		ante.NewSetPubKeyDecorator(accounts),
		ante.NewValidateSigCountDecorator(accounts),
		ante.NewSigGasConsumeDecorator(accounts, ante.DefaultSigVerificationGasConsumer),
		ante.NewSigVerificationDecorator(fastAccounts{accounts}, signModes),
		ante.NewIncrementSequenceDecorator(accounts),
		ibcante.NewRedundantRelayDecorator(ibc),
	)
}

// membership is what the door asks of x/consortium.
type membership interface {
	RequireActive(ctx context.Context, addr sdk.AccAddress, role consortium.Role) (consortium.Member, error)
	RequireStanding(ctx context.Context, addr sdk.AccAddress, role consortium.Role) (consortium.Member, error)
}

// askWhom says where a resolution can be had that carries a message.
func askWhom(panels []string) string {
	if slices.Contains(panels, panel.Council) || slices.Contains(panels, AnyPanel) {
		return "ask the council: shugud council propose"
	}
	return fmt.Sprintf("ask the %s: shugud council propose --panel %s", strings.Join(panels, " or the "), panels[0])
}

// membersOnly refuses every message whose signer the table does not let pass.
// Every signer of a transaction must be allowed every message in it.
type membersOnly struct{ members membership }

// AnteHandle implements sdk.AnteDecorator.
func (d membersOnly) AnteHandle(ctx sdk.Context, tx sdk.Tx, simulate bool, next sdk.AnteHandler) (sdk.Context, error) {
	signed, ok := tx.(interface{ GetSigners() ([][]byte, error) })
	if !ok {
		return ctx, errorsmod.Wrapf(sdkerrors.ErrTxDecode, "expected a signed transaction, got %T", tx)
	}
	signers, err := signed.GetSigners()
	if err != nil {
		return ctx, err
	}
	for _, msg := range tx.GetMsgs() {
		for _, signer := range signers {
			if err := d.check(ctx, sdk.MsgTypeURL(msg), signer); err != nil {
				return ctx, err
			}
		}
	}
	return next(ctx, tx, simulate)
}

func (d membersOnly) check(ctx context.Context, typeURL string, signer sdk.AccAddress) error {
	rule, ok := Messages[typeURL]
	if !ok {
		return errorsmod.Wrapf(sdkerrors.ErrUnauthorized, "%s is not open to anybody on this chain", typeURL)
	}
	if rule.PanelOnly {
		return errorsmod.Wrapf(sdkerrors.ErrUnauthorized, "%s comes in a resolution only; %s", typeURL, askWhom(rule.Panels))
	}
	require := d.members.RequireActive
	if rule.Suspended {
		require = d.members.RequireStanding
	}
	_, err := require(ctx, signer, rule.Role)
	return err
}
