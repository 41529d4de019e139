package cmd

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Progress is drawn after a second and ten times a second, and wiped at the end.
func TestProgressIsDrawnAfterASecond(t *testing.T) {
	var screen bytes.Buffer
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	draw, end := drawProgress(&screen, "sealing 加密", func() time.Time { return now })
	const total = 100 << 20
	for done := int64(0); done <= total; done += total / 100 { // 1 % in 50 ms: 5 s in all
		draw(done, total)
		now = now.Add(50 * time.Millisecond)
	}
	end()
	drawn := strings.Split(strings.TrimSuffix(screen.String(), "\r\033[K"), "\r")[1:]
	require.Len(t, drawn, 41)
	require.Equal(t, "sealing 加密   20%  20 of 100 MiB  20 MiB/s ", drawn[0])
	require.Equal(t, "sealing 加密  100%  100 of 100 MiB  20 MiB/s ", drawn[40])
	require.True(t, strings.HasSuffix(screen.String(), "\r\033[K"))
}

func TestProgressIsNotDrawnIntoAFile(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "log"))
	require.NoError(t, err)
	defer f.Close()
	draw, end := progress(f, "reading 读取")
	require.Nil(t, draw)
	end()
}
