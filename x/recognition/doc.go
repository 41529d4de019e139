// Package recognition (跨链互认) presents vouchers, settlement records and statuses to other
// chains and keeps what this chain recognises from them, by IBC packets.
package recognition
