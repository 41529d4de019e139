// Package compliance runs the compliance reviews (合规审查): a committee, fixed
// when a review is requested, gives opinions on one version of a product until
// enough of them clear it or too few can.
package compliance
