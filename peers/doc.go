// Package peers keeps a private network private while it runs. CometBFT asks the
// application about a peer only when it connects; the Watcher here asks again after
// each block, drops whom the state admits no more, and dials persistent peers that
// the state admits again (docs/adr/0020).
//
// The package imports nothing of the node: a switch, the question and the height
// are handed to it.
package peers
