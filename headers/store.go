package headers

import (
	"encoding/binary"
	"errors"
	"fmt"

	dbm "github.com/cosmos/cosmos-db"

	"github.com/shugu-network/shugu/headers/types"
)

// Name is the name of the database in a node's data folder.
const Name = "setchanges"

// heightLen is the length of an encoded height.
const heightLen = 8

var (
	keyThrough   = []byte{0x01}
	keyBase      = []byte{0x02}
	prefixChange = byte(0x10)
)

var (
	// ErrEmpty says that no block was looked at yet.
	ErrEmpty = errors.New("no block was looked at yet: wait until the node has two blocks")
	// ErrBefore says that a block is before the first that the store knows.
	ErrBefore = errors.New("before the first known block")
	// ErrOrder says that a block was looked at before.
	ErrOrder = errors.New("block out of order")
)

// Store keeps the chain of set changes. One goroutine may write while others read. Errors
// that are not named are the database's.
type Store struct{ db dbm.DB }

// Open opens or makes the store in a node's data folder.
func Open(dataDir string) (*Store, error) {
	db, err := dbm.NewGoLevelDB(Name, dataDir, nil)
	if err != nil {
		return nil, fmt.Errorf("open %s/%s.db: %w", dataDir, Name, err)
	}
	return NewStore(db), nil
}

// NewStore is a store over a database of its own.
func NewStore(db dbm.DB) *Store { return &Store{db: db} }

// Close closes the database. Nobody may read any more.
func (s *Store) Close() error { return s.db.Close() }

// Through is the last block that was looked at; one less than the base's height when none
// was. It wraps ErrEmpty.
func (s *Store) Through() (int64, error) {
	b, err := s.db.Get(keyThrough)
	if err != nil {
		return 0, err
	}
	if b == nil {
		return 0, ErrEmpty
	}
	if len(b) != heightLen {
		return 0, fmt.Errorf("mark: expected %d bytes, got %d", heightLen, len(b))
	}
	return int64(binary.BigEndian.Uint64(b)), nil
}

// Base is where the store's knowledge begins. It wraps ErrEmpty.
func (s *Store) Base() (base types.Base, err error) {
	b, err := s.db.Get(keyBase)
	if err != nil {
		return base, err
	}
	if b == nil {
		return base, ErrEmpty
	}
	return base, base.Unmarshal(b)
}

// SetAt is the set of a block; of the block after Through for any later one. It wraps
// ErrEmpty or ErrBefore.
func (s *Store) SetAt(height int64) ([]types.Validator, error) {
	base, err := s.Base()
	if err != nil {
		return nil, err
	}
	if height < base.Height {
		return nil, fmt.Errorf("%w: the node knows the validators since block %d, got %d", ErrBefore, base.Height, height)
	}
	// The last change below the height made its set. Changes before the base are of
	// another time, and not linked to it.
	it, err := s.db.ReverseIterator(changeKey(base.Height), changeKey(height))
	if err != nil {
		return nil, err
	}
	defer func() { _ = it.Close() }() // closing frees memory only
	if !it.Valid() {
		return base.Validators, it.Error()
	}
	var change types.SetChange
	if err := change.Unmarshal(it.Value()); err != nil {
		return nil, err
	}
	return change.Validators, it.Error()
}

// Changes are the first changes, at most limit of them, with from ≤ height < end.
func (s *Store) Changes(from, end int64, limit int) ([]types.SetChange, error) {
	if from >= end || limit < 1 {
		return nil, nil
	}
	it, err := s.db.Iterator(changeKey(from), changeKey(end))
	if err != nil {
		return nil, err
	}
	defer func() { _ = it.Close() }() // closing frees memory only
	var changes []types.SetChange
	for ; it.Valid() && len(changes) < limit; it.Next() {
		var change types.SetChange
		if err := change.Unmarshal(it.Value()); err != nil {
			return nil, err
		}
		changes = append(changes, change)
	}
	return changes, it.Error()
}

// Begin starts the store, or starts it anew after a gap: blocks from the base's height on
// are to be looked at. It wraps ErrOrder when blocks at or after that height were.
func (s *Store) Begin(base types.Base) error {
	if err := s.after(base.Height); err != nil {
		return err
	}
	b, err := base.Marshal()
	if err != nil {
		return err
	}
	return s.write(keyBase, b, base.Height-1)
}

// Advance notes that a block was looked at, and all before it, and that the set did not
// change. It wraps ErrEmpty or ErrOrder.
func (s *Store) Advance(height int64) error {
	if err := s.next(height); err != nil {
		return err
	}
	return s.db.Set(keyThrough, encodeHeight(height))
}

// Append stores a change and notes that its block was looked at. It wraps ErrEmpty, or
// ErrOrder: a change is stored once.
func (s *Store) Append(change types.SetChange) error {
	if err := s.next(change.Height); err != nil {
		return err
	}
	b, err := change.Marshal()
	if err != nil {
		return err
	}
	return s.write(changeKey(change.Height), b, change.Height)
}

// write sets a key and the mark, both or neither, and waits for the disk.
func (s *Store) write(key, value []byte, through int64) error {
	batch := s.db.NewBatch()
	defer func() { _ = batch.Close() }() // closing frees memory only
	if err := batch.Set(key, value); err != nil {
		return err
	}
	if err := batch.Set(keyThrough, encodeHeight(through)); err != nil {
		return err
	}
	return batch.WriteSync()
}

// next asks that a block was not looked at, in a store that has begun.
func (s *Store) next(height int64) error {
	if _, err := s.Through(); err != nil {
		return err
	}
	return s.after(height)
}

func (s *Store) after(height int64) error {
	through, err := s.Through()
	if errors.Is(err, ErrEmpty) {
		return nil
	}
	if err == nil && height <= through {
		return fmt.Errorf("%w: blocks through %d were looked at, got %d", ErrOrder, through, height)
	}
	return err
}

func changeKey(height int64) []byte { return append([]byte{prefixChange}, encodeHeight(height)...) }

func encodeHeight(height int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(height))
}
