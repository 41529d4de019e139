package types

import (
	"slices"
	"strings"

	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/types/bech32"

	"github.com/shugu-network/shugu/x/internal/valid"
)

const (
	// SeatPower is the voting power of every seat.
	SeatPower int64 = 10
	// MaxSeats is how many seats there may be.
	MaxSeats = 100
	// MaxMemberNumber is the last member number; it has six digits in a voucher's number.
	MaxMemberNumber = 999_999

	maxName          = 96
	maxMoniker       = 32
	maxRuleVersion   = 64
	addressSize      = 20
	consensusKeySize = 32
	ageKeySize       = 32
)

// Has says whether the member has the role; every member has ROLE_UNSPECIFIED.
func (m *Member) Has(role Role) bool {
	return role == ROLE_UNSPECIFIED || slices.Contains(m.Roles, role)
}

// Narrowed is the member as one of its added accounts may act for it.
func (m Member) Narrowed(account Account) Member {
	m.Roles = account.Roles
	return m
}

// CheckRole wraps ErrRoleMissing unless the member has the role.
func (m *Member) CheckRole(role Role) error {
	if !m.Has(role) {
		return errorsmod.Wrapf(ErrRoleMissing, "member %06d: expected %s, got %s", m.Number, role, m.Roles)
	}
	return nil
}

// CheckActive wraps ErrSuspended or ErrLeft unless the member may start something.
func (m *Member) CheckActive() error {
	switch m.Status {
	case MEMBER_STATUS_ACTIVE:
		return nil
	case MEMBER_STATUS_LEFT:
		return errorsmod.Wrapf(ErrLeft, "member %06d can only finish or refund what is open, and withdraw; apply anew with another key", m.Number)
	default:
		return errorsmod.Wrapf(ErrSuspended, "member %06d can only finish or refund what is open; the reason given: %s", m.Number, m.SuspensionReason)
	}
}

// FundsAccount is the Bech32 address of the account that holds the member's fen.
func (m *Member) FundsAccount() string {
	if m.Funds != "" {
		return m.Funds
	}
	return m.Owner
}

// Active says whether the member may start something.
func (m *Member) Active() bool { return m.Status == MEMBER_STATUS_ACTIVE }

// OnlyMerchant says whether roles are what an exchange may admit: merchant and nothing else.
func OnlyMerchant(roles []Role) bool { return len(roles) == 1 && roles[0] == ROLE_MERCHANT }

// Validate checks the fields of a member by themselves. It wraps valid.ErrInvalid.
func (m *Member) Validate() error {
	if err := valid.MemberNumber("number", m.Number); err != nil {
		return err
	}
	if _, err := accountAddress("owner", m.Owner); err != nil {
		return err
	}
	if err := identity(m.Name, m.CreditCode, m.Region, m.Roles, m.AgeRecipient); err != nil {
		return err
	}
	if err := valid.OptionalDigest("documents_digest", m.DocumentsDigest); err != nil {
		return err
	}
	if m.AdmittedBy > MaxMemberNumber {
		return errorsmod.Wrapf(valid.ErrInvalid, "admitted_by: expected a member number or 0, got %d", m.AdmittedBy)
	}
	if m.AdmittedHeight < 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "admitted_height: expected 0 or more, got %d", m.AdmittedHeight)
	}
	if err := valid.Text("conditions", m.Conditions, 0, valid.MaxReason); err != nil {
		return err
	}
	if err := m.checkFunds(); err != nil {
		return err
	}
	if err := m.checkTier(); err != nil {
		return err
	}
	return m.checkStatus()
}

func (m *Member) checkStatus() error {
	switch m.Status {
	case MEMBER_STATUS_ACTIVE, MEMBER_STATUS_LEFT:
		if m.SuspendedBy != 0 {
			return errorsmod.Wrapf(valid.ErrInvalid, "suspended_by: expected 0 with %s, got %d", m.Status, m.SuspendedBy)
		}
		return valid.Text("suspension_reason of a member that is not suspended", m.SuspensionReason, 0, 0)
	case MEMBER_STATUS_SUSPENDED:
		return valid.Text("suspension_reason", m.SuspensionReason, 1, valid.MaxReason)
	default:
		return errorsmod.Wrapf(valid.ErrInvalid, "status: expected active, suspended or left, got %s", m.Status)
	}
}

func (m *Member) checkFunds() error {
	if m.Funds == "" {
		return nil
	}
	if _, err := accountAddress("funds", m.Funds); err != nil {
		return err
	}
	if m.Funds == m.Owner {
		return errorsmod.Wrap(valid.ErrInvalid, "funds: expected another address than the owner's, or none")
	}
	return nil
}

func (m *Member) checkTier() error {
	if m.Tier == TIER_UNSPECIFIED {
		return valid.Text("tier_rule without a tier", m.TierRule, 0, 0)
	}
	if !m.Has(ROLE_MERCHANT) {
		return errorsmod.Wrapf(valid.ErrInvalid, "tier: expected %s, got %s", ROLE_MERCHANT, m.Roles)
	}
	return tierAndRule("tier", m.Tier, "tier_rule", m.TierRule)
}

// tierAndRule checks a tier and the version of the rule that gives it.
func tierAndRule(tierField string, tier Tier, ruleField, rule string) error {
	if _, known := Tier_name[int32(tier)]; !known || tier == TIER_UNSPECIFIED {
		return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected a known tier, got %d", tierField, tier)
	}
	return valid.Text(ruleField, rule, 1, maxRuleVersion)
}

// Validate checks the fields of a seat by themselves. It wraps valid.ErrInvalid.
func (s *Seat) Validate() error {
	if err := valid.MemberNumber("member", s.Member); err != nil {
		return err
	}
	if err := checkMoniker(s.Moniker, 1); err != nil {
		return err
	}
	if err := checkConsensusKey("consensus_key", s.ConsensusKey); err != nil {
		return err
	}
	return s.checkStatus()
}

// identity checks what an application and a member have in common.
func identity(name, creditCode, region string, roles []Role, ageRecipient string) error {
	if err := valid.Text("name", name, 1, maxName); err != nil {
		return err
	}
	if err := valid.CreditCode("credit_code", creditCode); err != nil {
		return err
	}
	if err := valid.Region("region", region); err != nil {
		return err
	}
	if err := checkRoles(roles); err != nil {
		return err
	}
	return checkAgeRecipient(ageRecipient)
}

// checkRoles checks that roles are known, ascending, without duplicates and at least one.
func checkRoles(roles []Role) error {
	if len(roles) == 0 {
		return errorsmod.Wrap(valid.ErrInvalid, "roles: expected at least one, got none")
	}
	last := ROLE_UNSPECIFIED
	for _, role := range roles {
		if _, known := Role_name[int32(role)]; !known {
			return errorsmod.Wrapf(valid.ErrInvalid, "roles: expected known roles, got %d", role)
		}
		if role <= last {
			return errorsmod.Wrapf(valid.ErrInvalid, "roles: expected ascending roles without duplicates, got %s after %s", role, last)
		}
		last = role
	}
	return nil
}

// checkAgeRecipient checks the form of an age X25519 recipient, as
// https://age-encryption.org/v1 defines it; empty is allowed.
func checkAgeRecipient(s string) error {
	if s == "" {
		return nil
	}
	prefix, key, err := bech32.DecodeAndConvert(s)
	if err != nil || prefix != "age" || len(key) != ageKeySize || !strings.HasPrefix(s, "age1") {
		return errorsmod.Wrapf(valid.ErrInvalid, "age_recipient: expected an age X25519 recipient (age1…), got %q", s)
	}
	return nil
}

// accountAddress reads the bytes of an account's Bech32 address. Which prefix
// is right is for the address codec to say.
func accountAddress(field, s string) ([]byte, error) {
	_, address, err := bech32.DecodeAndConvert(s)
	if err != nil {
		return nil, errorsmod.Wrapf(valid.ErrInvalid, "%s: expected a bech32 address, got %q: %s", field, s, err)
	}
	if len(address) != addressSize {
		return nil, errorsmod.Wrapf(valid.ErrInvalid, "%s: expected an address of %d bytes, got %d", field, addressSize, len(address))
	}
	return address, nil
}
