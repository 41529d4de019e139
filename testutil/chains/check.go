package chains

import (
	"context"
	"fmt"
)

// Check recounts every module's invariants on the committed state, and names the
// module in which one is broken.
func (c *Chain) Check() error {
	for _, module := range []struct {
		name  string
		check func(context.Context) error
	}{
		{"consortium", c.Shugu.Consortium.Check},
		{"compliance", c.Shugu.Compliance.Check},
		{"product", c.Shugu.Product.Check},
		{"settlement", c.Shugu.Settlement.Check},
		{"voucher", c.Shugu.Voucher.Check},
		{"trade", c.Shugu.Trade.Check},
		{"recognition", c.Shugu.Recognition.Check},
	} {
		if err := module.check(c.Query()); err != nil {
			return fmt.Errorf("%s: %w", module.name, err)
		}
	}
	return nil
}
