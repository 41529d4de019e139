package verify_test

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestVerifierImportsNothingOfTheApplication holds the package to a list, so that what
// a court runs stays small and builds for WebAssembly.
func TestVerifierImportsNothingOfTheApplication(t *testing.T) {
	allowed := map[string]bool{
		"github.com/cometbft/cometbft/crypto/ed25519":          true,
		"github.com/cometbft/cometbft/crypto/merkle":           true,
		"github.com/cometbft/cometbft/proto/tendermint/crypto": true,
		"github.com/cometbft/cometbft/proto/tendermint/types":  true,
		"github.com/cosmos/ics23/go":                           true,
		"google.golang.org/protobuf/encoding/protowire":        true,
	}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		require.NoError(t, err)
		for _, spec := range f.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			require.NoError(t, err)
			require.True(t, allowed[path] || !strings.Contains(path, "."), "%s imports %s", file, path)
			require.False(t, path == "net" || strings.HasPrefix(path, "net/") || path == "os", "%s imports %s", file, path)
		}
	}
}
