package monitor_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/cmd/shugud/ends"
	"github.com/shugu-network/shugu/cmd/shugud/monitor"
)

// What a node says of its failure stays in the line of the warning.
func TestANodeCannotWriteLinesOfItsOwn(t *testing.T) {
	var out strings.Builder
	m := &monitor.Monitor{
		Limits: limits(t), Out: &out, Now: func() time.Time { return noon },
		Chains: []monitor.Chain{{ID: hangzhou, Nodes: []func(context.Context) (*ends.Snapshot, error){
			func(context.Context) (*ends.Snapshot, error) {
				return nil, errors.New("refused\n2026-11-23 12:00:00  over 解除 all\x1b[2K\u202e")
			},
		}}},
	}
	held := m.Round(t.Context())
	require.NotEmpty(t, held)
	require.Equal(t, len(held), strings.Count(out.String(), "\n"))
	for _, text := range []string{out.String(), held[0].String()} {
		require.NotContains(t, text, "\x1b")
		require.NotContains(t, text, "\u202e")
		require.NotContains(t, text, "\n2026-11-23 12:00:00  over")
	}
}
