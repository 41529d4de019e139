package data_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/data"
)

// A row of a CSV file without an end is read to its end, but not kept.
func TestMemoryIsBoundedWhateverTheCSV(t *testing.T) {
	const size, bound = 96 << 20, 128 << 20
	for name, unit := range map[string]string{"a line without end": "a", "columns without end": ",", "a quoted field without end": "a\n"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.csv")
			f, err := os.Create(path)
			require.NoError(t, err)
			w := bufio.NewWriter(f)
			if unit == "a\n" {
				_, err = w.WriteString("a,b\n1,2\n3,\"")
			}
			require.NoError(t, err)
			for range size >> 10 {
				_, err := w.WriteString(strings.Repeat(unit, 1<<10/len(unit)))
				require.NoError(t, err)
			}
			require.NoError(t, w.Flush())
			require.NoError(t, f.Close())
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			m, err := data.Describe(context.Background(), path, nil)
			runtime.ReadMemStats(&after)
			require.NoError(t, err)
			require.Nil(t, m.Files[0].Rows)
			require.Less(t, after.HeapSys-min(before.HeapSys, after.HeapSys), uint64(bound))
			require.GreaterOrEqual(t, m.Size, uint64(size))
		})
	}
}

func TestRowsWithLongFieldsAreCounted(t *testing.T) {
	long := strings.Repeat("数\n\"\"", 100_000) // 600,000 bytes in quotes
	m := describe(t, write(t, filepath.Join(t.TempDir(), "x.csv"), "a,b\n"+strings.Repeat("1,\""+long+"\"\n", 5)))
	require.NotNil(t, m.Files[0].Rows)
	require.EqualValues(t, 5, *m.Files[0].Rows)
}

// What a seller calls a file is printed on the buyer's terminal.
func TestFileNamesThatDisguiseThemselvesAreRefused(t *testing.T) {
	for name, path := range map[string]string{
		"a line of its own": "a.csv\nzoneinfo.zip is what was promised", "terminal escape": "a\x1b[2Kb", "C1 control": "a\u009bb",
		"right-to-left override": "a\u202efdp.exe", "line separator": "a\u2028b", "zero-width space": "a\u200bb",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "plain"), "x")
			m := describe(t, dir)
			m.Files[0].Path = path
			raw, err := m.Encode()
			require.NoError(t, err)
			_, err = data.Decode(raw)
			require.ErrorContains(t, err, "file 1")
			require.NotContains(t, err.Error(), path)

			write(t, filepath.Join(dir, path), "x")
			_, err = data.Describe(context.Background(), dir, nil)
			require.ErrorContains(t, err, "invisible characters")
			require.NotContains(t, err.Error(), path)
		})
	}
}

func TestDecodeRefusesSizesThatOverflow(t *testing.T) {
	const digest = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
	file := func(path string, size uint64) string {
		return fmt.Sprintf(`{"path":%q,"size":%d,"sha256":%q,"media_type":"text/plain"}`, path, size, digest)
	}
	_, err := data.Decode([]byte(`{"format":"shugu-manifest-1","size":1,"files":[` + file("a", 1<<63) + "," + file("b", 1<<63+1) + "]}\n"))
	require.ErrorContains(t, err, "sum")
	_, err = data.Decode([]byte(`{"format":"shugu-manifest-1","size":1,"files":[` + strings.Replace(file("a", 1), "6b86b", "6B86B", 1) + "]}\n"))
	require.ErrorContains(t, err, "lower case")
}
