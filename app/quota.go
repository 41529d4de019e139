package app

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	"github.com/cosmos/cosmos-sdk/x/auth/ante"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// updateClient belongs to relaying when a relayer sends it: no packet goes without it.
const updateClient = "/ibc.core.client.v1.MsgUpdateClient"

// namesGas refuses a transaction without a gas limit, which nothing could be
// counted by. One above the block's gas the SDK refuses.
type namesGas struct{}

// AnteHandle implements sdk.AnteDecorator.
func (namesGas) AnteHandle(ctx sdk.Context, tx sdk.Tx, simulate bool, next sdk.AnteHandler) (sdk.Context, error) {
	if limited, ok := tx.(ante.GasTx); !simulate && (!ok || limited.GetGas() == 0) {
		return ctx, errorsmod.Wrap(sdkerrors.ErrInvalidGasLimit, "expected a gas limit above 0, got none; --gas auto asks the node for it")
	}
	return next(ctx, tx, simulate)
}

// quotas is what the door asks of x/consortium about load.
type quotas interface {
	MemberOf(ctx context.Context, addr sdk.AccAddress) (consortium.Member, error)
	ChargeQuota(ctx context.Context, member uint32, relayed bool, gas uint64) error
}

// memberQuota counts a transaction's gas limit on the quota of its first
// signer's member (DESIGN §3). It stands behind the signature checks, so that a
// stranger who names a member as signer spends nothing of the member's.
type memberQuota struct{ quotas quotas }

// AnteHandle implements sdk.AnteDecorator.
func (d memberQuota) AnteHandle(ctx sdk.Context, tx sdk.Tx, simulate bool, next sdk.AnteHandler) (sdk.Context, error) {
	if simulate {
		return next(ctx, tx, simulate)
	}
	if err := d.charge(ctx, tx); err != nil {
		return ctx, err
	}
	return next(ctx, tx, simulate)
}

func (d memberQuota) charge(ctx sdk.Context, tx sdk.Tx) error {
	signed, ok := tx.(interface {
		ante.GasTx
		GetSigners() ([][]byte, error)
	})
	if !ok {
		return errorsmod.Wrapf(sdkerrors.ErrTxDecode, "expected a signed transaction, got %T", tx)
	}
	signers, err := signed.GetSigners()
	if err != nil {
		return err
	}
	if len(signers) == 0 {
		return errorsmod.Wrap(sdkerrors.ErrNoSignatures, "expected a signer, got none")
	}
	// The books cost no gas: a simulation, which does not keep them, finds the right limit.
	ctx = ctx.WithGasMeter(storetypes.NewInfiniteGasMeter())
	if ctx.IsCheckTx() {
		// What waits goes into the next block at the earliest.
		ctx = ctx.WithBlockHeight(ctx.BlockHeight() + 1)
	}
	member, err := d.quotas.MemberOf(ctx, signers[0])
	if err != nil {
		return err
	}
	return d.quotas.ChargeQuota(ctx, member.Number, relays(member, tx), signed.GetGas())
}

// relays says whether all of a transaction is a relayer's work.
func relays(member consortium.Member, tx sdk.Tx) bool {
	if !member.Has(consortium.ROLE_RELAYER) {
		return false
	}
	for _, msg := range tx.GetMsgs() {
		typeURL := sdk.MsgTypeURL(msg)
		if typeURL != updateClient && Messages[typeURL].Role != consortium.ROLE_RELAYER {
			return false
		}
	}
	return true
}
