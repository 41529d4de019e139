package keeper

import (
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/product/types"
)

// change of a status.
type change[S comparable] struct{ from, to S }

// The changes of status that there are; UNSPECIFIED is what does not exist yet.
var (
	legalScenario = []change[types.ScenarioStatus]{
		{types.SCENARIO_STATUS_UNSPECIFIED, types.SCENARIO_STATUS_SUBMITTED},
		{types.SCENARIO_STATUS_SUBMITTED, types.SCENARIO_STATUS_APPROVED},
		{types.SCENARIO_STATUS_SUBMITTED, types.SCENARIO_STATUS_RETURNED},
	}
	legalProduct = []change[types.ProductStatus]{
		{types.PRODUCT_STATUS_UNSPECIFIED, types.PRODUCT_STATUS_REGISTERED},
		{types.PRODUCT_STATUS_REGISTERED, types.PRODUCT_STATUS_LISTED},
		{types.PRODUCT_STATUS_LISTED, types.PRODUCT_STATUS_LISTED}, // another version takes the listed one's place
		{types.PRODUCT_STATUS_LISTED, types.PRODUCT_STATUS_DELISTED},
		{types.PRODUCT_STATUS_DELISTED, types.PRODUCT_STATUS_LISTED},
	}
)

// moveScenario is the only place where a scenario's status changes. ErrIllegalMove
func moveScenario(s *types.Scenario, to types.ScenarioStatus) error {
	if !slices.Contains(legalScenario, change[types.ScenarioStatus]{s.Status, to}) {
		return errorsmod.Wrapf(types.ErrIllegalMove, "scenario %s: from %s to %s", s.Id, s.Status, to)
	}
	s.Status = to
	return nil
}

// moveProduct is the only place where a product's status changes. ErrIllegalMove
func moveProduct(p *types.Product, to types.ProductStatus) error {
	if !slices.Contains(legalProduct, change[types.ProductStatus]{p.Status, to}) {
		return errorsmod.Wrapf(types.ErrIllegalMove, "product %s: from %s to %s", p.Id, p.Status, to)
	}
	p.Status = to
	return nil
}
