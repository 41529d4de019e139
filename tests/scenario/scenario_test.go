// Package scenario_test tells business stories on two chains in one process, with
// signed transactions, whole blocks and real proofs. The stories are in testdata,
// in the small language that tests/README.md describes; what stands below each
// command is what the chains answer.
package scenario_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/chains"
)

// TestStories tells every story of testdata. With -rewrite the answers are written
// into the files: read the difference before you keep it.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 10)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			s := &story{w: newWorld(t)}
			datadriven.RunTest(t, file, s.run)
			require.True(t, s.ended, "a story's last command is end")
		})
	}
}

// story is a file being told.
type story struct {
	w     *world
	told  []told
	ended bool
}

// told is a command and what was answered.
type told struct {
	command datadriven.TestData
	answer  string
}

func (s *story) run(t *testing.T, d *datadriven.TestData) string {
	require.False(t, s.ended, "%s: nothing comes after end", d.Pos)
	if d.Cmd == "end" {
		s.ended = true
		return s.end(t)
	}
	answer := s.w.run(t, d)
	s.told = append(s.told, told{*d, answer})
	return answer
}

// end tells the story again in fresh chains and compares all that both answered.
func (s *story) end(t *testing.T) string {
	again := newWorld(t)
	for _, once := range s.told {
		require.Equal(t, once.answer, again.run(t, &once.command), "%s, told again", once.command.Pos)
	}
	var out strings.Builder
	fmt.Fprintln(&out, "Told twice in fresh chains: equal answers, and equal app hashes after every block.")
	for i, on := range s.w.sides {
		requireSameHashes(t, on.Blocks(), again.sides[i].Blocks())
		fmt.Fprintf(&out, "%s: %d blocks, app hash %X\n", on.name, len(on.Blocks()), on.Shugu.LastCommitID().Hash)
	}
	return out.String()
}

func requireSameHashes(t *testing.T, first, second []chains.Block) {
	t.Helper()
	require.Len(t, second, len(first))
	for i := range first {
		require.True(t, bytes.Equal(first[i].Response.AppHash, second[i].Response.AppHash), "app hash of block %d", first[i].Request.Height)
	}
}
