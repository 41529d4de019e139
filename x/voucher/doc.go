// Package voucher issues data invoices (数据交易凭证), reverses them with red ones
// (冲红), numbers both, and keeps what stands against each. It has no messages:
// x/trade issues through the keeper. The layout of its two stores is a public
// interface, described in README.md.
package voucher
