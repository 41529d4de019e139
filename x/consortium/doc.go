// Package consortium keeps who is a member of the chain, with which roles, who
// holds the validator seats, and which nodes may connect.
package consortium
