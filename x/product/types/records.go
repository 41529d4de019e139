package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// Validate checks a stored scenario by itself. Errors wrap valid.ErrInvalid.
func (s Scenario) Validate() error {
	owner, _, err := ParseScenarioID("id", s.Id)
	if err != nil {
		return err
	}
	if err := valid.MemberNumber("owner", s.Owner); err != nil {
		return err
	}
	if s.Owner != owner || s.Exchange == owner {
		return errorsmod.Wrapf(valid.ErrInvalid, "scenario %s: expected owner %06d and another member as exchange, got %06d and %06d", s.Id, owner, s.Owner, s.Exchange)
	}
	submitted := MsgSubmitScenario{Exchange: s.Exchange, Title: s.Title, Description: s.Description, DocumentDigest: s.DocumentDigest}
	if err := submitted.Validate(); err != nil {
		return errorsmod.Wrapf(err, "scenario %s", s.Id)
	}
	switch s.Status {
	case SCENARIO_STATUS_SUBMITTED:
		err = valid.Text("reasons", s.Reasons, 0, 0)
	case SCENARIO_STATUS_APPROVED:
		err = valid.Text("reasons", s.Reasons, 0, MaxReasons)
	case SCENARIO_STATUS_RETURNED:
		err = valid.Text("reasons", s.Reasons, 1, MaxReasons)
	default:
		err = errorsmod.Wrapf(valid.ErrInvalid, "status: expected submitted, approved or returned, got %s", s.Status)
	}
	return errorsmod.Wrapf(err, "scenario %s", s.Id)
}

// Validate checks a stored product by itself. Errors wrap valid.ErrInvalid.
func (p Product) Validate() error {
	owner, _, err := ids.ParseOwned("id", p.Id)
	if err != nil {
		return err
	}
	if err := valid.MemberNumber("owner", p.Owner); err != nil {
		return err
	}
	scenarioOwner, _, err := ParseScenarioID("scenario", p.Scenario)
	if err != nil {
		return err
	}
	if p.Owner != owner || scenarioOwner != owner {
		return errorsmod.Wrapf(valid.ErrInvalid, "product %s: expected owner %06d and a scenario of its own, got %06d and %s", p.Id, owner, p.Owner, p.Scenario)
	}
	if p.Version < 1 || p.Version > MaxVersion {
		return errorsmod.Wrapf(valid.ErrInvalid, "product %s: expected a latest version of 1 to %d, got %d", p.Id, MaxVersion, p.Version)
	}
	listed := p.ListedVersion != 0
	if p.Status < PRODUCT_STATUS_REGISTERED || p.Status > PRODUCT_STATUS_DELISTED ||
		listed != (p.Status == PRODUCT_STATUS_LISTED) || p.ListedVersion > p.Version {
		return errorsmod.Wrapf(valid.ErrInvalid, "product %s: expected a listed version of 1 to %d exactly when it is LISTED, got %d when it is %s",
			p.Id, p.Version, p.ListedVersion, p.Status)
	}
	return p.validateDelisting()
}

func (p Product) validateDelisting() error {
	if p.Status != PRODUCT_STATUS_DELISTED {
		if p.DelistedBy != 0 || p.DelistReason != "" {
			return errorsmod.Wrapf(valid.ErrInvalid, "product %s: expected no trace of a delisting when it is %s", p.Id, p.Status)
		}
		return nil
	}
	if p.DelistedBy != p.Owner && p.DelistedBy != p.Exchange {
		return errorsmod.Wrapf(valid.ErrInvalid, "product %s: expected it delisted by %06d or %06d, got %06d", p.Id, p.Owner, p.Exchange, p.DelistedBy)
	}
	return errorsmod.Wrapf(valid.Text("delist_reason", p.DelistReason, 1, valid.MaxReason), "product %s", p.Id)
}

// MaxVersion is the highest version of a product.
const MaxVersion = ids.MaxSequence

// NewVersion makes the version of a product that content describes.
func NewVersion(product string, version uint32, c Content, height int64) Version {
	return Version{
		Product: product, Version: version, Title: c.Title, ManifestDigest: c.ManifestDigest, Size_: c.Size_, Source: c.Source,
		Industry: c.Industry, Terms: c.Terms, Split: c.Split, Zones: c.Zones, RegisteredHeight: height,
	}
}

// Content is what the version says of the product.
func (v Version) Content() Content {
	return Content{
		Title: v.Title, ManifestDigest: v.ManifestDigest, Size_: v.Size_, Source: v.Source,
		Industry: v.Industry, Terms: v.Terms, Split: v.Split, Zones: v.Zones,
	}
}

// Validate checks a stored version by itself. Errors wrap valid.ErrInvalid.
func (v Version) Validate() error {
	if _, _, err := ids.ParseOwned("product", v.Product); err != nil {
		return err
	}
	if v.Version < 1 || v.Version > MaxVersion || v.RegisteredHeight < 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "product %s: expected a version of 1 to %d and a height of 0 or more, got %d and %d",
			v.Product, MaxVersion, v.Version, v.RegisteredHeight)
	}
	return errorsmod.Wrapf(v.Content().Validate(), "product %s version %d", v.Product, v.Version)
}
