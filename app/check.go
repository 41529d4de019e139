package app

import (
	"context"
	"errors"
	"fmt"
)

// Check recounts the invariants of every module on the state of a context: conservation of
// money, counters, indexes. It reads the whole state. The error names each module in
// which something does not add up, and wraps what its Check returned.
func (app *App) Check(ctx context.Context) error {
	var broken []error
	for _, module := range []struct {
		name  string
		check func(context.Context) error
	}{
		{"panel", app.Panel.Check},
		{"consortium", app.Consortium.Check},
		{"compliance", app.Compliance.Check},
		{"product", app.Product.Check},
		{"settlement", app.Settlement.Check},
		{"voucher", app.Voucher.Check},
		{"trade", app.Trade.Check},
		{"recognition", app.Recognition.Check},
	} {
		if err := module.check(ctx); err != nil {
			broken = append(broken, fmt.Errorf("%s: %w", module.name, err))
		}
	}
	return errors.Join(broken...)
}

// ErrNoState is wrapped when the state of a height cannot be read.
var ErrNoState = errors.New("the state cannot be read")

// CheckAt recounts the invariants on the committed state of a height that this node still
// has. It returns what Check returns, or wraps ErrNoState.
func (app *App) CheckAt(height int64) (err error) {
	defer func() {
		// A store whose version is pruned while it is read panics, and so would one that is damaged.
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: height %d: %v", ErrNoState, height, r)
		}
	}()
	ctx, err := app.CreateQueryContextWithCheckHeader(height, false, false)
	if err != nil {
		// As text: wrapped, it would bring the place in the SDK's code along.
		return fmt.Errorf("%w: height %d: %s; this node's last height is %d", ErrNoState, height, err.Error(), app.LastBlockHeight())
	}
	return app.Check(ctx)
}
