package data

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// maxRow is the longest row of a CSV file in bytes that is parsed: the parser keeps a whole
// row, and a quoted field that does not end is a row as long as the file.
const maxRow = 1 << 20

var errLongRow = errors.New("a row is too long")

// shape counts the rows of a CSV stream and names its columns; nothing when it is not
// well-formed or a row is longer than maxRow.
func shape(in io.Reader) (*uint64, []string) {
	reader := csv.NewReader(&rowReader{r: in})
	reader.ReuseRecord = true
	header, err := reader.Read()
	if err != nil {
		return nil, nil
	}
	columns := slices.Clone(header)
	if len(columns) > 0 {
		columns[0] = strings.TrimPrefix(columns[0], "\ufeff") // a byte order mark, as spreadsheets write it
	}
	for i, column := range columns {
		columns[i] = strings.ToValidUTF8(column, "\ufffd")
	}
	var rows uint64
	for {
		switch _, err := reader.Read(); {
		case err == nil:
			rows++
		case errors.Is(err, io.EOF):
			return &rows, columns
		default:
			return nil, nil
		}
	}
}

// rowReader fails in a row longer than maxRow. In well-formed CSV a line feed ends a row
// when an even number of quotes stands before it.
type rowReader struct {
	r      io.Reader
	length int
	quoted bool
}

func (r *rowReader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	for _, b := range p[:n] {
		r.length++
		switch b {
		case '"':
			r.quoted = !r.quoted
		case '\n':
			if !r.quoted {
				r.length = 0
			}
		}
		if r.length > maxRow {
			return 0, errLongRow
		}
	}
	return n, err
}
