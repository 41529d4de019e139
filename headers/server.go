package headers

import (
	"context"
	"encoding/binary"
	"errors"
	"sync"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/headers/types"
)

// MaxPage is the largest number of changes on a page.
const MaxPage = 100

// Server answers queries once it has a store: services are registered before the node runs, the
// store is opened when it does.
type Server struct {
	mu    sync.RWMutex
	store *Store
}

var _ types.QueryServer = (*Server)(nil)

// Serve gives the server its store.
func (s *Server) Serve(store *Store) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.store = store
}

// Close takes the store away and closes it, after the queries that read it.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.store == nil {
		return nil
	}
	store := s.store
	s.store = nil
	return store.Close()
}

// SetChanges lists changes. Its errors are of the codes InvalidArgument, Unavailable (nothing
// is known yet) or OutOfRange (the node's knowledge begins later).
func (s *Server) SetChanges(_ context.Context, req *types.QuerySetChangesRequest) (*types.QuerySetChangesResponse, error) {
	if req == nil || req.FromHeight < 0 {
		return nil, status.Error(codes.InvalidArgument, "from_height: expected 0 or more")
	}
	key, limit, err := page(req.Pagination)
	if err != nil {
		return nil, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.store == nil {
		return nil, status.Error(codes.Unavailable, "this node does not follow a chain now")
	}
	res, err := s.store.answer(req.FromHeight, key, limit)
	switch {
	case errors.Is(err, ErrEmpty):
		return nil, status.Error(codes.Unavailable, err.Error())
	case errors.Is(err, ErrBefore):
		return nil, status.Errorf(codes.OutOfRange, "from_height: %s: ask a node that has run for longer", err)
	}
	return res, err
}

// page reads a pagination: the first height of the page, 0 for the first page, and its length.
func page(req *query.PageRequest) (key int64, limit int, err error) {
	if req == nil {
		return 0, MaxPage, nil
	}
	if req.Offset != 0 || req.CountTotal || req.Reverse || req.Limit > MaxPage {
		return 0, 0, status.Errorf(codes.InvalidArgument, "pagination: expected a limit of at most %d, and a key or none: ask for the next page by its key", MaxPage)
	}
	if limit = int(req.Limit); limit == 0 {
		limit = MaxPage
	}
	if len(req.Key) == 0 {
		return 0, limit, nil
	}
	if len(req.Key) != heightLen || req.Key[0] > 0x7f {
		return 0, 0, status.Error(codes.InvalidArgument, "pagination.key: expected the next_key of the page before")
	}
	return int64(binary.BigEndian.Uint64(req.Key)), limit, nil
}

// answer reads one page. The mark is read before the changes, none of which is above it, so a
// writer at work does not matter.
func (s *Store) answer(from, key int64, limit int) (*types.QuerySetChangesResponse, error) {
	through, err := s.Through()
	if err != nil {
		return nil, err
	}
	base, err := s.Base()
	if err != nil {
		return nil, err
	}
	if from == 0 {
		from = base.Height
	}
	res := &types.QuerySetChangesResponse{FirstHeight: base.Height, ThroughHeight: through, Pagination: &query.PageResponse{}}
	if res.Validators, err = s.SetAt(min(from, through+1)); err != nil {
		return nil, err
	}
	if res.Changes, err = s.Changes(max(from, key), through+1, limit+1); err != nil {
		return nil, err
	}
	if len(res.Changes) > limit {
		res.Pagination.NextKey = encodeHeight(res.Changes[limit].Height)
		res.Changes = res.Changes[:limit]
	}
	return res, nil
}
