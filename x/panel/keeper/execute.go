package keeper

import (
	"strings"

	errorsmod "cosmossdk.io/errors"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/x/panel/types"
)

// attempt runs an approved resolution and moves it to EXECUTED, or to FAILED
// with what failed. The error is the store's, or an illegal move's, never a message's.
func (k *Keeper) attempt(ctx sdk.Context, r *types.Resolution) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	index, failed := k.execute(ctx, r, params.MaxExecutionGas)
	if failed == nil {
		return k.transition(ctx, r, types.RESOLUTION_STATUS_EXECUTED)
	}
	attempts := uint32(1)
	if r.Failure != nil {
		attempts += r.Failure.Attempts
	}
	codespace, code, _ := errorsmod.ABCIInfo(failed, false)
	r.Failure = &types.Failure{
		Message: uint32(index), Codespace: codespace, Code: code, Height: ctx.BlockHeight(), Attempts: attempts,
	}
	if err := k.transition(ctx, r, types.RESOLUTION_STATUS_FAILED); err != nil {
		return err
	}
	return ctx.EventManager().EmitTypedEvent(&types.EventExecutionFailed{
		Id: r.Id, Panel: r.Panel, Message: uint32(index), Codespace: codespace, Code: code, Error: bounded(failed),
	})
}

// execute runs the messages of a resolution: all have effect, or none. It
// returns the index of the one that failed and its error. Gas up to the limit is used from the
// transaction's; a transaction that has less left fails as a whole, by the
// panic that the SDK uses for that, and can be sent again with more.
func (k *Keeper) execute(ctx sdk.Context, r *types.Resolution, limit uint64) (index int, failed error) {
	left := ctx.GasMeter().GasRemaining()
	cached, write := ctx.CacheContext()
	meter := storetypes.NewGasMeter(min(limit, left))
	index, failed = k.runAll(cached.WithGasMeter(meter), r)
	if left < limit && meter.IsOutOfGas() && failed != nil {
		panic(storetypes.ErrorOutOfGas{Descriptor: "messages of a resolution"})
	}
	ctx.GasMeter().ConsumeGas(meter.GasConsumedToLimit(), "messages of a resolution")
	if failed == nil {
		write()
	}
	return index, failed
}

// runAll runs the messages in their order until one fails. A panic is an error.
func (k *Keeper) runAll(ctx sdk.Context, r *types.Resolution) (index int, failed error) {
	defer func() {
		if p := recover(); p != nil {
			failed = panicked(p)
		}
	}()
	for index = range r.Messages {
		msg, err := k.carried(r.Panel, r.Messages[index])
		if err != nil {
			return index, err
		}
		result, err := k.router.Handler(msg)(ctx, msg)
		if err != nil {
			return index, err
		}
		ctx.EventManager().EmitEvents(result.GetEvents())
	}
	return index, nil
}

// panicked makes an error of what a message panicked with.
func panicked(p any) error {
	switch p := p.(type) {
	case storetypes.ErrorOutOfGas:
		return errorsmod.Wrapf(sdkerrors.ErrOutOfGas, "at %s", p.Descriptor)
	case storetypes.ErrorGasOverflow:
		return errorsmod.Wrapf(sdkerrors.ErrOutOfGas, "overflow at %s", p.Descriptor)
	default:
		return errorsmod.Wrapf(types.ErrPanic, "%v", p)
	}
}

// bounded is an error's text as an event may carry it.
func bounded(err error) string {
	text := strings.ToValidUTF8(err.Error(), "?")
	if len(text) <= types.MaxErrorText {
		return text
	}
	return strings.ToValidUTF8(text[:types.MaxErrorText], "")
}
