package prove

import (
	"context"

	"github.com/shugu-network/shugu/verify"
)

// Header is a bundle of no voucher: the latest signed header, with the changes of validators
// that lead to it from a height. No court can read it; a light client can be led by it.
func Header(ctx context.Context, node Node, since int64) (*verify.Bundle, error) {
	frame, _, err := newFrame(ctx, node, since)
	if err != nil {
		return nil, err
	}
	return &frame, nil
}
