// Command shugud is the Shugu node, its command line, its local network and
// the court's verifier in one binary.
package main

import (
	"os"

	"github.com/shugu-network/shugu/cmd/shugud/cmd"
)

func main() { os.Exit(cmd.Main()) }
