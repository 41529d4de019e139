// Package product keeps the catalogue: scenarios (场景) that an exchange
// approves, products registered under them (产品登记) in versions that never
// change, and which version is listed in which zones (专区).
package product
