package types

import (
	"fmt"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// DefaultGenesis has no agreement.
func DefaultGenesis() *GenesisState { return &GenesisState{Params: DefaultParams()} }

// Validate checks every entry, its order, and that channels, outbox and records belong
// to agreements. It wraps valid.ErrInvalid or ErrInconsistent.
func (g *GenesisState) Validate() error {
	if err := g.Params.Validate(); err != nil {
		return errorsmod.Wrap(err, "params")
	}
	if len(g.Agreements) > MaxAgreements {
		return errorsmod.Wrapf(ErrTooManyAgreements, "expected at most %d, got %d", MaxAgreements, len(g.Agreements))
	}
	if err := each("agreements", g.Agreements, Agreement.Validate, func(a Agreement) string { return a.ChainId }); err != nil {
		return err
	}
	owners, err := g.owners()
	if err != nil {
		return err
	}
	if err := each("outbox", g.Outbox, OutboxEntry.Validate, func(e OutboxEntry) string { return sortKey(e.ChainId, e.Kind, e.Id) }); err != nil {
		return err
	}
	if err := each("recognised", g.Recognised, Recognised.Validate, func(r Recognised) string { return sortKey(r.ChainId, r.Kind, r.Id) }); err != nil {
		return err
	}
	if err := each("statuses", g.Statuses, ForeignStatus.Validate, func(s ForeignStatus) string { return sortKey(s.ChainId, RECORD_KIND_STATUS, s.Number) }); err != nil {
		return err
	}
	if err := each("backoffs", g.Backoffs, Backoff.Validate, func(b Backoff) string { return b.ChainId }); err != nil {
		return err
	}
	if err := each("terms", g.Terms, ToldTerms.Validate, func(t ToldTerms) string { return t.Terms.ChainId }); err != nil {
		return err
	}
	if err := each("doubts", g.Doubts, ClientDoubt.Validate, func(d ClientDoubt) string { return d.ClientId }); err != nil {
		return err
	}
	if err := each("left", g.Left, ChannelOwner.Validate, func(c ChannelOwner) string { return c.ChainId + "\x00" + c.ChannelId }); err != nil {
		return err
	}
	if err := g.checkTold(); err != nil {
		return err
	}
	return g.checkReferences(owners)
}

// owners are the chains of all channels, those of the agreements included.
func (g *GenesisState) owners() (map[string]string, error) {
	if err := each("channels", g.Channels, ChannelOwner.Validate, func(c ChannelOwner) string { return c.ChannelId }); err != nil {
		return nil, err
	}
	owners := make(map[string]string, len(g.Channels)+len(g.Agreements))
	for _, c := range g.Channels {
		owners[c.ChannelId] = c.ChainId
	}
	for _, a := range g.Agreements {
		if a.Revision < 1 {
			return nil, errorsmod.Wrapf(valid.ErrInvalid, "agreements: the one with %s: revision: expected 1 or more, got 0", a.ChainId)
		}
		if !a.HasRoute() {
			continue
		}
		if owner, ok := owners[a.ChannelId]; ok && owner != a.ChainId {
			return nil, errorsmod.Wrapf(ErrChannelTaken, "agreements: %s of %s belongs to %s", a.ChannelId, a.ChainId, owner)
		}
		owners[a.ChannelId] = a.ChainId
	}
	return owners, nil
}

// checkReferences checks that every chain that is named has an agreement, and every
// packet a channel of that chain.
func (g *GenesisState) checkReferences(owners map[string]string) error {
	chains := make(map[string]bool, len(g.Agreements))
	for _, a := range g.Agreements {
		chains[a.ChainId] = true
	}
	check := func(what, chain, channel string) error {
		if !chains[chain] {
			return errorsmod.Wrapf(ErrInconsistent, "%s: no agreement with %s", what, chain)
		}
		if channel != "" && owners[channel] != chain {
			return errorsmod.Wrapf(ErrInconsistent, "%s: %s is no channel of %s", what, channel, chain)
		}
		return nil
	}
	for _, c := range g.Channels {
		if err := check("channels", c.ChainId, ""); err != nil {
			return err
		}
	}
	for _, e := range g.Outbox {
		if err := check("outbox", e.ChainId, e.ChannelId); err != nil {
			return err
		}
	}
	for _, r := range g.Recognised {
		if err := check("recognised", r.ChainId, r.Evidence.ChannelId); err != nil {
			return err
		}
	}
	for _, s := range g.Statuses {
		if err := check("statuses", s.ChainId, s.Evidence.ChannelId); err != nil {
			return err
		}
	}
	for _, b := range g.Backoffs {
		if err := check("backoffs", b.ChainId, ""); err != nil {
			return err
		}
	}
	for _, t := range g.Terms {
		if err := check("terms", t.Terms.ChainId, t.Evidence.ChannelId); err != nil {
			return err
		}
	}
	for _, c := range g.Left {
		if err := check("left", c.ChainId, c.ChannelId); err != nil {
			return err
		}
	}
	if g.LastTried == "" {
		return nil
	}
	return check("last_tried", g.LastTried, "")
}

// each validates items and checks that their keys ascend.
func each[T any](what string, items []T, validate func(T) error, key func(T) string) error {
	for i, item := range items {
		if err := validate(item); err != nil {
			return errorsmod.Wrapf(err, "%s[%d]", what, i)
		}
		if i > 0 && key(item) <= key(items[i-1]) {
			return errorsmod.Wrapf(valid.ErrInvalid, "%s[%d]: expected ascending keys without duplicates, got %q after %q", what, i, key(item), key(items[i-1]))
		}
	}
	return nil
}

// sortKey sorts as the store does.
func sortKey(chain string, kind RecordKind, id string) string {
	return fmt.Sprintf("%s\x00%d\x00%s", chain, kind, id)
}
