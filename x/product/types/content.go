package types

import (
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// Longest texts in bytes, and most zones of a version.
const (
	MaxTitle       = 128
	MaxDescription = 2048
	MaxReasons     = 1024
	MaxSource      = 256
	MaxLicence     = 256
	MaxZoneName    = 64
	MaxZones       = 8
)

// Validate checks what needs no state; whether the split's members exist is
// the keeper's to check. Errors wrap valid.ErrInvalid.
func (c Content) Validate() error {
	if err := valid.Text("title", c.Title, 1, MaxTitle); err != nil {
		return err
	}
	if err := valid.Digest("manifest_digest", c.ManifestDigest); err != nil {
		return err
	}
	if c.Size_ < 1 {
		return errorsmod.Wrap(valid.ErrInvalid, "size: expected the data to have at least 1 byte, got 0")
	}
	if err := valid.Text("source", c.Source, 1, MaxSource); err != nil {
		return err
	}
	if err := valid.Industry("industry", c.Industry); err != nil {
		return err
	}
	if err := c.Terms.Validate(); err != nil {
		return err
	}
	if err := c.Split.Validate(); err != nil {
		return err
	}
	return validateZones(c.Zones)
}

// Validate checks the terms of a registration; for a listing there must be a
// pricing method as well. Errors wrap valid.ErrInvalid.
func (t Terms) Validate() error {
	switch t.Pricing {
	case PRICING_METHOD_FIXED:
		if err := valid.Amount("terms.price", t.Price); err != nil {
			return err
		}
	case PRICING_METHOD_NEGOTIATED, PRICING_METHOD_UNSPECIFIED:
		if t.Price.IsNil() || !t.Price.IsZero() {
			return errorsmod.Wrapf(valid.ErrInvalid, "terms.price: expected 0, as the pricing is not fixed, got %s", t.Price)
		}
	default:
		return errorsmod.Wrapf(valid.ErrInvalid, "terms.pricing: expected a known pricing method, got %d", t.Pricing)
	}
	if t.DeliveryMode != DELIVERY_MODE_FILE {
		return errorsmod.Wrapf(valid.ErrInvalid, "terms.delivery_mode: expected DELIVERY_MODE_FILE, got %s", t.DeliveryMode)
	}
	return valid.Text("terms.licence", t.Licence, 1, MaxLicence)
}

// Validate checks the kind and the name. Errors wrap valid.ErrInvalid.
func (z Zone) Validate() error {
	if z.Kind < ZONE_KIND_INDUSTRY || z.Kind > ZONE_KIND_FEATURE {
		return errorsmod.Wrapf(valid.ErrInvalid, "zones.kind: expected industry, region, lead firm or feature, got %s", z.Kind)
	}
	return valid.Text("zones.name", z.Name, 1, MaxZoneName)
}

func validateZones(zones []Zone) error {
	if len(zones) < 1 || len(zones) > MaxZones {
		return errorsmod.Wrapf(valid.ErrInvalid, "zones: expected 1 to %d zones, got %d", MaxZones, len(zones))
	}
	for i, z := range zones {
		if err := z.Validate(); err != nil {
			return err
		}
		if slices.Contains(zones[:i], z) {
			return errorsmod.Wrapf(valid.ErrInvalid, "zones: expected each zone once, got %s %q twice", z.Kind, z.Name)
		}
	}
	return nil
}
