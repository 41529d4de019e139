package proc

import (
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
)

// tailBytes bounds what Tail reads.
const tailBytes = 32 << 10

// colour matches the escape sequences with which loggers colour their lines.
var colour = regexp.MustCompile("\x1b\\[[0-9;]*m")

// Tail returns the last lines of a file that stand after the offset from, in
// bytes, without colours. It returns the empty string when there is nothing or
// the file cannot be read.
func Tail(path string, from int64, lines int) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil {
		return ""
	}
	from = max(from, info.Size()-tailBytes)
	b, err := io.ReadAll(io.NewSectionReader(f, from, info.Size()-from))
	if err != nil {
		return ""
	}
	text := strings.TrimRight(colour.ReplaceAllString(string(b), ""), "\n")
	all := strings.Split(text, "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

// LastLines returns the offset at which the last lines of size bytes begin.
func LastLines(r io.ReaderAt, size int64, lines int) (int64, error) {
	chunk := make([]byte, 4<<10)
	for end := size; end > 0; {
		begin := max(0, end-int64(len(chunk)))
		part := chunk[:end-begin]
		if _, err := r.ReadAt(part, begin); err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		for i := len(part) - 1; i >= 0; i-- {
			at := begin + int64(i)
			if part[i] != '\n' || at == size-1 {
				continue // the last line may or may not end with a line feed
			}
			if lines--; lines == 0 {
				return at + 1, nil
			}
		}
		end = begin
	}
	return 0, nil
}
