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
func newAnteHandler(accounts ante.AccountKeeper, members membership, load quotas, signModes *txsigning.HandlerMap, ibc *ibckeeper.Keeper) sdk.AnteHandler {
	return sdk.ChainAnteDecorators(
		ante.NewSetUpContextDecorator(),
		namesGas{},
		ante.NewExtensionOptionsDecorator(nil),
		ante.NewValidateBasicDecorator(),
		ante.NewTxTimeoutHeightDecorator(),
		ante.NewValidateMemoDecorator(accounts),
		ante.NewConsumeGasForTxSizeDecorator(accounts),
		membersOnly{members},
		pairsDiffer{},
		ante.NewSetPubKeyDecorator(accounts),
		ante.NewValidateSigCountDecorator(accounts),
		ante.NewSigGasConsumeDecorator(accounts, ante.DefaultSigVerificationGasConsumer),
		ante.NewSigVerificationDecorator(fastAccounts{accounts}, signModes),
		ante.NewIncrementSequenceDecorator(accounts),
		memberQuota{load},
		ibcante.NewRedundantRelayDecorator(ibc),
	)
}

// membership is what the door asks of x/consortium.
type membership interface {
	MemberOf(ctx context.Context, addr sdk.AccAddress) (consortium.Member, error)
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
	if !ok || rule.PanelOnly && len(rule.Panels) == 0 {
		return errorsmod.Wrapf(sdkerrors.ErrUnauthorized, "%s is not open to anybody on this chain", typeURL)
	}
	if rule.PanelOnly {
		return errorsmod.Wrapf(sdkerrors.ErrUnauthorized, "%s comes in a resolution only; %s", typeURL, askWhom(rule.Panels))
	}
	member, err := d.signs(ctx, signer, rule)
	if err != nil || rule.Suspended || rule.Left && member.Status == consortium.MEMBER_STATUS_LEFT {
		return err
	}
	return member.CheckActive()
}

// signs returns the member that the signer acts for in the rule's role.
func (d membersOnly) signs(ctx context.Context, signer sdk.AccAddress, rule Rule) (consortium.Member, error) {
	if rule.AnyAccount {
		return d.members.MemberOf(ctx, signer)
	}
	return d.members.RequireStanding(ctx, signer, rule.Role)
}
