package verify

import (
	"bytes"
	"errors"
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// errWire is what every refusal of record bytes wraps.
var errWire = errors.New("not the canonical encoding")

// maxRecordBytes is the longest store value that is read.
const maxRecordBytes = 8192

// field ties a protobuf field number to the place of its value: *uint32, *uint64,
// *int64, *string, *[]byte, *Fen, message or list. Messages and Fen are always
// written; of the others, zero values are not. This is how the chain encodes.
type field struct {
	num protowire.Number
	val any
}

// message lists its fields, ascending by number.
type message interface{ fields() []field }

// list is a repeated field of messages or Fen.
type list interface {
	len() int
	at(i int) any
	grow() any
}

type repeated[T any] struct{ items *[]T }

func (r repeated[T]) len() int     { return len(*r.items) }
func (r repeated[T]) at(i int) any { return &(*r.items)[i] }
func (r repeated[T]) grow() any {
	var zero T
	*r.items = append(*r.items, zero)
	return r.at(len(*r.items) - 1)
}

// decodeRecord reads a store value into m. It accepts only the one encoding of a
// content: what was read is written again, and the bytes must be equal.
func decodeRecord(b []byte, m message) error {
	if len(b) == 0 || len(b) > maxRecordBytes {
		return fmt.Errorf("%w: expected 1 to %d bytes, got %d", errWire, maxRecordBytes, len(b))
	}
	if err := readMessage(b, m); err != nil {
		return err
	}
	if !bytes.Equal(appendMessage(make([]byte, 0, len(b)), m), b) {
		return fmt.Errorf("%w: the bytes differ from the encoding of what they say", errWire)
	}
	return nil
}

// readMessage reads fields in ascending order; an unknown or repeated one is an error.
func readMessage(b []byte, m message) error {
	fields := m.fields()
	for len(b) > 0 {
		num, typ, n := protowire.ConsumeTag(b)
		if n < 0 {
			return fmt.Errorf("%w: %w", errWire, protowire.ParseError(n))
		}
		b = b[n:]
		for len(fields) > 0 && fields[0].num != num {
			fields = fields[1:]
		}
		if len(fields) == 0 {
			return fmt.Errorf("%w: field %d is unknown, out of order or there twice", errWire, num)
		}
		target := fields[0].val
		if l, ok := target.(list); ok {
			target = l.grow()
		} else {
			fields = fields[1:]
		}
		n, err := readValue(b, typ, target)
		if err != nil {
			return fmt.Errorf("field %d: %w", num, err)
		}
		b = b[n:]
	}
	return nil
}

// readValue reads one value and returns its length in bytes.
func readValue(b []byte, typ protowire.Type, target any) (int, error) {
	switch target.(type) {
	case *uint32, *uint64, *int64:
		if typ != protowire.VarintType {
			return 0, fmt.Errorf("%w: expected a varint", errWire)
		}
		v, n := protowire.ConsumeVarint(b)
		if n < 0 {
			return 0, fmt.Errorf("%w: %w", errWire, protowire.ParseError(n))
		}
		return n, setVarint(v, target)
	default:
		if typ != protowire.BytesType {
			return 0, fmt.Errorf("%w: expected length-delimited bytes", errWire)
		}
		v, n := protowire.ConsumeBytes(b)
		if n < 0 {
			return 0, fmt.Errorf("%w: %w", errWire, protowire.ParseError(n))
		}
		return n, setBytes(v, target)
	}
}

func setVarint(v uint64, target any) error {
	switch t := target.(type) {
	case *uint32:
		if v > math.MaxUint32 {
			return fmt.Errorf("%w: %d does not fit into 32 bits", errWire, v)
		}
		*t = uint32(v)
	case *uint64:
		*t = v
	case *int64:
		*t = int64(v)
	}
	return nil
}

func setBytes(v []byte, target any) (err error) {
	switch t := target.(type) {
	case *string:
		*t = string(v)
	case *[]byte:
		*t = bytes.Clone(v)
	case *Fen:
		*t, err = ParseFen(string(v))
	case message:
		err = readMessage(v, t)
	}
	return err
}

// appendMessage writes m as the chain does.
func appendMessage(b []byte, m message) []byte {
	for _, f := range m.fields() {
		if l, ok := f.val.(list); ok {
			for i := range l.len() {
				b = appendField(b, f.num, l.at(i))
			}
			continue
		}
		b = appendField(b, f.num, f.val)
	}
	return b
}

func appendField(b []byte, num protowire.Number, val any) []byte {
	switch v := val.(type) {
	case *uint32:
		return appendVarint(b, num, uint64(*v))
	case *uint64:
		return appendVarint(b, num, *v)
	case *int64:
		return appendVarint(b, num, uint64(*v))
	case *string:
		if *v == "" {
			return b
		}
		return protowire.AppendString(protowire.AppendTag(b, num, protowire.BytesType), *v)
	case *[]byte:
		if len(*v) == 0 {
			return b
		}
		return protowire.AppendBytes(protowire.AppendTag(b, num, protowire.BytesType), *v)
	case *Fen:
		return protowire.AppendString(protowire.AppendTag(b, num, protowire.BytesType), v.String())
	case message:
		return protowire.AppendBytes(protowire.AppendTag(b, num, protowire.BytesType), appendMessage(nil, v))
	default:
		return b
	}
}

func appendVarint(b []byte, num protowire.Number, v uint64) []byte {
	if v == 0 {
		return b
	}
	return protowire.AppendVarint(protowire.AppendTag(b, num, protowire.VarintType), v)
}
