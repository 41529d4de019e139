package keeper

import (
	"context"
	"errors"

	abci "github.com/cometbft/cometbft/abci/types"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// InitGenesis writes a genesis into an empty store and returns the first
// validators. Accounts come with the genesis of x/auth.
func (k *Keeper) InitGenesis(ctx context.Context, g *types.GenesisState) ([]abci.ValidatorUpdate, error) {
	if err := g.Validate(); err != nil {
		return nil, err
	}
	if err := k.checkAddresses(g); err != nil {
		return nil, err
	}
	if err := checkSetHeights(ctx, g.Sets); err != nil {
		return nil, err
	}
	if err := k.params.Set(ctx, g.Params); err != nil {
		return nil, err
	}
	if err := k.nextMember.Set(ctx, g.NextMember); err != nil {
		return nil, err
	}
	for _, member := range g.Members {
		if err := k.insert(ctx, member); err != nil {
			return nil, err
		}
	}
	for _, change := range g.History {
		if err := k.putChange(ctx, change); err != nil {
			return nil, err
		}
	}
	for _, used := range g.UsedNonces {
		applicant, err := k.account("used_nonces.address", used.Address)
		if err != nil {
			return nil, err
		}
		if err := k.useNonce(ctx, applicant, used.Nonce, used.ExpiresAt); err != nil {
			return nil, err
		}
	}
	for _, account := range g.Accounts {
		if err := k.putAccount(ctx, account); err != nil {
			return nil, err
		}
	}
	for _, refusal := range g.Refusals {
		if err := k.putRefusal(ctx, refusal); err != nil {
			return nil, err
		}
	}
	for _, use := range g.QuotaUses {
		if err := k.quotaUses.Set(ctx, use.Member, use); err != nil {
			return nil, err
		}
	}
	if err := k.importNodes(ctx, g.Nodes); err != nil {
		return nil, err
	}
	return k.importValidators(ctx, g)
}

// checkAddresses checks that every address is spelled as this chain spells it.
func (k *Keeper) checkAddresses(g *types.GenesisState) error {
	for _, member := range g.Members {
		if err := k.checkSpelling("members.owner", member.Owner); err != nil {
			return err
		}
		if err := k.checkSpelling("members.funds", member.Funds); err != nil {
			return err
		}
	}
	for _, used := range g.UsedNonces {
		if err := k.checkSpelling("used_nonces.address", used.Address); err != nil {
			return err
		}
	}
	for _, account := range g.Accounts {
		if err := k.checkSpelling("accounts.address", account.Address); err != nil {
			return err
		}
	}
	for _, refusal := range g.Refusals {
		if err := k.checkSpelling("refusals.applicant", refusal.Applicant); err != nil {
			return err
		}
	}
	for _, change := range g.History {
		if err := errors.Join(k.checkSpelling("history.account", change.Account), k.checkSpelling("history.replaced", change.Replaced)); err != nil {
			return err
		}
	}
	return nil
}

// checkSpelling checks an address; whether one must be there was checked before.
func (k *Keeper) checkSpelling(field, s string) error {
	if s == "" {
		return nil
	}
	account, err := k.account(field, s)
	if err != nil {
		return err
	}
	if want := k.text(account); s != want {
		return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected %s, got %s", field, want, s)
	}
	return nil
}

// ExportGenesis reads the whole state, in the order that Validate asks for.
func (k *Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	g := &types.GenesisState{}
	var err error
	if g.Params, err = k.params.Get(ctx); err != nil {
		return nil, err
	}
	if g.NextMember, err = k.nextMember.Get(ctx); err != nil {
		return nil, err
	}
	err = k.members.Walk(ctx, nil, func(_ uint32, member types.Member) (stop bool, err error) {
		g.Members = append(g.Members, member)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = k.history.Walk(ctx, nil, func(_ changeKey, change types.MemberChange) (stop bool, err error) {
		g.History = append(g.History, change)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = k.nonceExpiries.Walk(ctx, nil, func(key expiryKey) (stop bool, err error) {
		address, err := k.address.BytesToString(key.K2())
		g.UsedNonces = append(g.UsedNonces, types.UsedNonce{Address: address, Nonce: key.K3(), ExpiresAt: int64(key.K1())})
		return false, err
	})
	if err != nil {
		return nil, err
	}
	err = k.quotaUses.Walk(ctx, nil, func(_ uint32, use types.QuotaUse) (stop bool, err error) {
		g.QuotaUses = append(g.QuotaUses, use)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = k.memberAdded.Walk(ctx, nil, func(key addedKey) (stop bool, err error) {
		account, err := k.added.Get(ctx, key.K2())
		g.Accounts = append(g.Accounts, account)
		return false, err
	})
	if err != nil {
		return nil, err
	}
	err = k.refusals.Walk(ctx, nil, func(_ refusalKey, refusal types.Refusal) (stop bool, err error) {
		g.Refusals = append(g.Refusals, refusal)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	if g.Nodes, err = k.exportNodes(ctx); err != nil {
		return nil, err
	}
	return g, k.exportValidators(ctx, g)
}
