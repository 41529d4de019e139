package app

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Permitted returns nil when an account may sign a message of this type now. It is what the
// door asks for every message of a transaction and every signer; its error tells what is missing.
func (app *App) Permitted(ctx context.Context, typeURL string, signer sdk.AccAddress) error {
	return membersOnly{app.Consortium}.check(ctx, typeURL, signer)
}
