package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// Validate checks the kind of a change, its reason and what that kind tells
// besides. Height and sequence are for the order of the history to check. It
// wraps valid.ErrInvalid.
func (c *MemberChange) Validate() error {
	if err := valid.Text("reason", c.Reason, 0, valid.MaxReason); err != nil {
		return err
	}
	if err := c.checkDetails(); err != nil {
		return err
	}
	rest := *c // what this kind does not tell
	switch c.Kind {
	case CHANGE_KIND_TIER_SET:
		rest.Tier, rest.RuleVersion = 0, ""
	case CHANGE_KIND_ACCOUNT_ADDED:
		rest.Account, rest.Roles = "", nil
	case CHANGE_KIND_ACCOUNT_REVOKED:
		rest.Account = ""
	case CHANGE_KIND_OWNER_REPLACED:
		rest.Account, rest.Replaced = "", ""
	case CHANGE_KIND_UPDATED:
		rest.AgeRecipient, rest.DocumentsDigest = "", nil
	}
	return rest.plain()
}

// checkDetails checks what the kind tells.
func (c *MemberChange) checkDetails() error {
	switch c.Kind {
	case CHANGE_KIND_ADMITTED, CHANGE_KIND_SUSPENDED, CHANGE_KIND_REINSTATED, CHANGE_KIND_LEFT:
		return nil
	case CHANGE_KIND_SEAT_GRANTED, CHANGE_KIND_SEAT_REVOKED, CHANGE_KIND_KEY_ROTATION_ORDERED, CHANGE_KIND_KEY_ROTATED,
		CHANGE_KIND_SEAT_DOWNTIME, CHANGE_KIND_SEAT_EQUIVOCATION, CHANGE_KIND_SEAT_SUSPENSION_PENDING, CHANGE_KIND_SEAT_REJOINED:
		return nil
	case CHANGE_KIND_TIER_SET:
		return tierAndRule("tier", c.Tier, "rule_version", c.RuleVersion)
	case CHANGE_KIND_ACCOUNT_ADDED:
		if err := checkRoles(c.Roles); err != nil {
			return err
		}
	case CHANGE_KIND_ACCOUNT_REVOKED:
	case CHANGE_KIND_OWNER_REPLACED:
		if _, err := accountAddress("replaced", c.Replaced); err != nil {
			return err
		}
	case CHANGE_KIND_UPDATED:
		return checkUpdate(c.AgeRecipient, c.DocumentsDigest)
	default:
		return errorsmod.Wrapf(valid.ErrInvalid, "kind: expected a known kind, got %d", c.Kind)
	}
	_, err := accountAddress("account", c.Account)
	return err
}

// plain wraps valid.ErrInvalid when a detail is left that the kind has none of.
func (c *MemberChange) plain() error {
	details := c.Tier != 0 || c.RuleVersion != "" || c.Account != "" || len(c.Roles) > 0 || c.Replaced != "" ||
		c.AgeRecipient != "" || len(c.DocumentsDigest) > 0
	if details {
		return errorsmod.Wrapf(valid.ErrInvalid, "kind: %s does not tell what else this entry tells", c.Kind)
	}
	return nil
}

// checkUpdate checks what a member may change of itself; one of both at least.
func checkUpdate(ageRecipient string, documentsDigest []byte) error {
	if ageRecipient == "" && len(documentsDigest) == 0 {
		return errorsmod.Wrap(valid.ErrInvalid, "age_recipient, documents_digest: expected one of them at least, got none")
	}
	if err := checkAgeRecipient(ageRecipient); err != nil {
		return err
	}
	return valid.OptionalDigest("documents_digest", documentsDigest)
}
