package cmd

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What `data check -o json` prints is a public interface.
func TestDataCheckAsJSON(t *testing.T) {
	t.Chdir(t.TempDir())
	run := func(args ...string) (out, errs string, exit int) {
		root := NewRootCmd()
		var o, e bytes.Buffer
		root.SetOut(&o)
		root.SetErr(&e)
		root.SetArgs(append(append([]string{"data"}, args...), "--home", filepath.Join(t.TempDir(), "home")))
		exit = Run(t.Context(), root)
		return o.String(), e.String(), exit
	}
	require.NoError(t, os.WriteFile("rows.csv", []byte("a,b\n1,2\n"), 0o600))
	made, errs, exit := run("manifest", "rows.csv", "-O", "manifest.json")
	require.Zero(t, exit, errs)
	_, digest, found := strings.Cut(strings.TrimSpace(made), "digest ")
	require.True(t, found, made)

	out, errs, exit := run("check", "rows.csv", "--manifest", "manifest.json", "-o", "json")
	require.Zero(t, exit, errs)
	require.Equal(t, `{"path":"rows.csv","manifest_digest":"`+digest+`","contract":"","matches":true,"files":1,"bytes":8,"differences":[]}`+"\n", out)
	out, _, exit = run("check", "rows.csv", "--manifest", "manifest.json")
	require.Zero(t, exit)
	require.Equal(t, "rows.csv is what was promised 与约定一致: 1 files, 8 bytes\n", out)

	require.NoError(t, os.WriteFile("rows.csv", []byte("a,b\n1,2\n3,4\n"), 0o600))
	out, errs, exit = run("check", "rows.csv", "--manifest", "manifest.json", "-o", "json")
	require.Equal(t, 1, exit)
	require.Equal(t, `{"path":"rows.csv","manifest_digest":"`+digest+`","contract":"","matches":false,"files":1,"bytes":8,"differences":["rows.csv: expected 8 bytes, got 12"]}`+"\n", out)
	require.Contains(t, errs, "not what was promised 与约定不符: 1 difference(s)")
	out, _, exit = run("check", "rows.csv", "--manifest", "manifest.json")
	require.Equal(t, 1, exit)
	require.Equal(t, "rows.csv: expected 8 bytes, got 12\n", out)

	out, errs, exit = run("check", "rows.csv", "--manifest", "manifest.json", "--contract", "261123-000012-000001", "--node", "tcp://127.0.0.1:1", "-o", "json")
	require.Equal(t, 1, exit)
	require.Empty(t, out)
	require.Contains(t, errs, nodeHint)
}
