// Package consortium keeps who is a member of the chain, with which roles, and
// who holds the validator seats.
package consortium
