package headers_test

import (
	"testing"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/headers"
	"github.com/shugu-network/shugu/headers/types"
	"github.com/shugu-network/shugu/verify/verifytest"
)

// fill writes blocks 3 to 10 with changes after 4 and 7.
func fill(t *testing.T, s *headers.Store) {
	t.Helper()
	require.NoError(t, s.Begin(types.Base{Height: 3, Validators: packed(setA)}))
	for height := int64(3); height <= 10; height++ {
		switch height {
		case 4:
			require.NoError(t, s.Append(change(t, 4, setA, setB)))
		case 7:
			require.NoError(t, s.Append(change(t, 7, setB, setC)))
		default:
			require.NoError(t, s.Advance(height))
		}
	}
}

func TestStoreKeepsTheChainOnDisk(t *testing.T) {
	dir := t.TempDir()
	s, err := headers.Open(dir)
	require.NoError(t, err)
	fill(t, s)
	require.NoError(t, s.Close())

	s, err = headers.Open(dir)
	require.NoError(t, err)
	defer s.Close()
	requireChain(t, s, 3, 10, change(t, 4, setA, setB), change(t, 7, setB, setC))
	for height, want := range map[int64][]verifytest.Validator{3: setA, 4: setA, 5: setB, 7: setB, 8: setC, 11: setC, 1 << 62: setC} {
		got, err := s.SetAt(height)
		require.NoError(t, err)
		require.Equal(t, packed(want), got, "block %d", height)
	}
	_, err = headers.Open(dir)
	require.Error(t, err, "one process at a time")
}

func TestStoreChangesFromTo(t *testing.T) {
	s := headers.NewStore(dbm.NewMemDB())
	fill(t, s)
	for _, c := range []struct {
		from, end int64
		limit     int
		want      []int64
	}{
		{1, 11, 9, []int64{4, 7}},
		{4, 7, 9, []int64{4}},
		{5, 8, 9, []int64{7}},
		{4, 11, 1, []int64{4}},
		{8, 11, 9, nil},
		{7, 7, 9, nil},
		{9, 3, 9, nil},
		{1, 11, 0, nil},
	} {
		changes, err := s.Changes(c.from, c.end, c.limit)
		require.NoError(t, err)
		var heights []int64
		for _, change := range changes {
			heights = append(heights, change.Height)
		}
		require.Equal(t, c.want, heights, "%+v", c)
	}
}

func TestStoreRefusesWhatIsOutOfOrder(t *testing.T) {
	db := dbm.NewMemDB()
	s := headers.NewStore(db)
	_, err := s.Through()
	require.ErrorIs(t, err, headers.ErrEmpty)
	_, err = s.SetAt(1)
	require.ErrorIs(t, err, headers.ErrEmpty)
	require.ErrorIs(t, s.Advance(1), headers.ErrEmpty)
	require.ErrorIs(t, s.Append(change(t, 4, setA, setB)), headers.ErrEmpty)
	require.Empty(t, dump(t, db))

	fill(t, s)
	before := dump(t, db)
	require.ErrorIs(t, s.Advance(10), headers.ErrOrder)
	require.ErrorIs(t, s.Append(change(t, 7, setB, setA)), headers.ErrOrder)
	require.ErrorIs(t, s.Begin(types.Base{Height: 10}), headers.ErrOrder)
	_, err = s.SetAt(2)
	require.ErrorIs(t, err, headers.ErrBefore)
	require.Equal(t, before, dump(t, db), "nothing is written")
}

func TestStoreBegunAnewForgetsTheWayToBefore(t *testing.T) {
	db := dbm.NewMemDB()
	s := headers.NewStore(db)
	fill(t, s)
	require.NoError(t, s.Begin(types.Base{Height: 20, Validators: packed(setA)}))
	requireChain(t, s, 20, 19, []types.SetChange(nil)...)
	got, err := s.SetAt(20)
	require.NoError(t, err)
	require.Equal(t, packed(setA), got)
	_, err = s.SetAt(19)
	require.ErrorIs(t, err, headers.ErrBefore)
}

func TestStoreWithMalformedRecords(t *testing.T) {
	for name, key := range map[string]byte{"mark": 1, "base": 2} {
		t.Run(name, func(t *testing.T) {
			db := dbm.NewMemDB()
			s := headers.NewStore(db)
			fill(t, s)
			require.NoError(t, db.Set([]byte{key}, []byte{0xff}))
			_, through := s.Through()
			_, base := s.Base()
			require.Equal(t, key == 1, through != nil)
			require.Equal(t, key == 2, base != nil)
		})
	}
}
