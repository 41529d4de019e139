// Package voucher issues data invoices (数据交易凭证), reverses them with red ones
// (冲红), numbers both, and keeps what stands against each. x/trade issues through the
// keeper; reversals are asked for and confirmed by the parties' messages. The layout of
// two of its three stores is a public interface, described in README.md.
package voucher
