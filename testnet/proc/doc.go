// Package proc runs the processes of a local network: it starts a program with
// its output in a log file, tells at once when it ends, stops it for certain,
// and finds it again from another process without ever taking a stranger that
// got the same process id for it. It knows nothing of chains.
package proc
