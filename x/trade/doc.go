// Package trade is one state machine: a contract from quote to settlement. It
// decides who may move it, when, and what its deadlines do; money and vouchers
// are the business of x/settlement and x/voucher.
package trade
