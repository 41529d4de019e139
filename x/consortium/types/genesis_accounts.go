package types

import (
	"bytes"
	"cmp"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// checkPrevious checks that no other member, but for one that left, has this
// one's credit code. before is the last one before it with the same code, or nil.
func (m *Member) checkPrevious(before *Member) error {
	previous := uint32(0)
	if before != nil {
		if before.Status != MEMBER_STATUS_LEFT {
			return errorsmod.Wrapf(valid.ErrInvalid, "credit_code: %s is member %06d's already", m.CreditCode, before.Number)
		}
		previous = before.Number
	}
	if m.Previous != previous {
		return errorsmod.Wrapf(valid.ErrInvalid, "previous: expected %06d (the last member with this credit code; 0 for none), got %06d", previous, m.Previous)
	}
	return nil
}

// checkAccounts checks the added accounts, and that every address is one
// member's only: as owner, as added account, or as what holds its fen.
func (g *GenesisState) checkAccounts(members map[uint32]*Member) error {
	taken := map[string]bool{}
	take := func(field, bech32 string) ([]byte, error) {
		address, err := accountAddress(field, bech32)
		if err == nil && taken[string(address)] {
			err = errorsmod.Wrapf(valid.ErrInvalid, "%s: %s is a member's already", field, bech32)
		}
		taken[string(address)] = true
		return address, err
	}
	for _, member := range g.Members {
		if _, err := take("owner", member.Owner); err != nil {
			return errorsmod.Wrapf(err, "member %06d", member.Number)
		}
		if member.Funds == "" {
			continue
		}
		if _, err := take("funds", member.Funds); err != nil {
			return errorsmod.Wrapf(err, "member %06d", member.Number)
		}
	}
	counts := map[uint32]int{}
	var lastMember uint32
	var lastAddress []byte
	for i := range g.Accounts {
		account := &g.Accounts[i]
		if err := account.checkMember(members[account.Member]); err != nil {
			return errorsmod.Wrapf(err, "accounts[%d]", i)
		}
		address, err := take("address", account.Address)
		if err != nil {
			return errorsmod.Wrapf(err, "accounts[%d]", i)
		}
		if cmp.Or(cmp.Compare(account.Member, lastMember), bytes.Compare(address, lastAddress)) <= 0 {
			return errorsmod.Wrapf(valid.ErrInvalid, "accounts[%d]: expected ascending members and addresses", i)
		}
		lastMember, lastAddress = account.Member, address
		counts[account.Member]++
		if counts[account.Member] >= MaxAccounts {
			return errorsmod.Wrapf(valid.ErrInvalid, "accounts[%d]: expected at most %d for member %06d besides its owner's", i, MaxAccounts-1, account.Member)
		}
	}
	return nil
}

// checkMember checks the account, and that its roles are the member's.
func (a *Account) checkMember(member *Member) error {
	if err := a.Validate(); err != nil {
		return err
	}
	if member == nil {
		return errorsmod.Wrapf(valid.ErrInvalid, "member: there is no member %06d", a.Member)
	}
	for _, role := range a.Roles {
		if !member.Has(role) {
			return errorsmod.Wrapf(valid.ErrInvalid, "roles: expected some of %s, got %s", member.Roles, role)
		}
	}
	return nil
}

func (g *GenesisState) checkRefusals(members map[uint32]*Member) error {
	last, seen := &Refusal{}, map[string]bool{}
	for i := range g.Refusals {
		refusal := &g.Refusals[i]
		if err := refusal.Validate(); err != nil {
			return errorsmod.Wrapf(err, "refusals[%d]", i)
		}
		if refusal.By != 0 && members[refusal.By] == nil {
			return errorsmod.Wrapf(valid.ErrInvalid, "refusals[%d].by: there is no member %06d", i, refusal.By)
		}
		order := cmp.Or(cmp.Compare(refusal.By, last.By), cmp.Compare(refusal.Height, last.Height),
			bytes.Compare(refusal.ApplicationDigest, last.ApplicationDigest))
		if order <= 0 {
			return errorsmod.Wrapf(valid.ErrInvalid, "refusals[%d]: expected ascending entries (by, height, digest)", i)
		}
		if seen[string(refusal.ApplicationDigest)] {
			return errorsmod.Wrapf(valid.ErrInvalid, "refusals[%d]: expected each application once, got %X again", i, refusal.ApplicationDigest)
		}
		last, seen[string(refusal.ApplicationDigest)] = refusal, true
	}
	return nil
}
