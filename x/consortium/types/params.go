package types

// DefaultParams are the parameters of a new chain, without its authority.
func DefaultParams() Params { return withDefaultQuotas(Params{}) }
