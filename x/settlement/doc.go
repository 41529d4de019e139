// Package settlement issues fen against money that banks received, keeps the
// price of each open trade in escrow, pays it out by the split and writes the
// settlement record. README.md describes it.
package settlement
