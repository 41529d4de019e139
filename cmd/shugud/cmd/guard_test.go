package cmd

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// The guard takes members' numbers, any number of times, before it asks anybody.
func TestGuardCommandReadsItsFlags(t *testing.T) {
	for _, tc := range []struct {
		args []string
		says string
	}{
		{[]string{"--revoke", "3", "--rotate", "1", "--rotate", "2", "--rejoin", "4,5"}, "127.0.0.1:1"}, // where no node is
		{[]string{"--grant", "1"}, "127.0.0.1:1"},
		{[]string{"--revoke", "0"}, "--revoke: expected a member number, 1 to 999999, got \"0\""},
		{[]string{"--rejoin", "x"}, "--rejoin: expected a member number"},
		{[]string{"--grant", "-1"}, "grant"},
		{nil, "expected a change"},
	} {
		root := NewRootCmd()
		var out bytes.Buffer
		root.SetOut(&out)
		root.SetErr(&out)
		root.SetArgs(append([]string{"query", "consortium", "guard", "--home", t.TempDir(), "--node", "tcp://127.0.0.1:1"}, tc.args...))
		require.Equal(t, 1, Run(t.Context(), root), "%v", tc.args)
		require.Contains(t, out.String(), tc.says)
	}
}
