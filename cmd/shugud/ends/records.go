package ends

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cosmos/cosmos-sdk/types/query"

	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// perPage is how many records are asked for at once.
const perPage = 500

// prunedBlock is what CometBFT says of a height below its first block.
const prunedBlock = "is not available, lowest height is"

// ours counts the outbox. Work grows with it, page by page.
func (o Observer) ours(ctx context.Context, chain string) (Ours, error) {
	out := Ours{Count: map[recognition.OutboxStatus]int{}}
	var pending, queued *recognition.OutboxEntry
	var there []recognition.OutboxEntry
	err := pages(func(page *query.PageRequest) (*query.PageResponse, error) {
		res, err := o.Recognition.Outbox(ctx, &recognition.QueryOutboxRequest{ChainId: chain, Pagination: page})
		if err != nil {
			return nil, err
		}
		for i := range res.Entries {
			e := res.Entries[i]
			out.Count[e.Status]++
			switch e.Status {
			case recognition.OUTBOX_STATUS_PENDING:
				pending = older(pending, &e)
			case recognition.OUTBOX_STATUS_QUEUED:
				queued = older(queued, &e)
			case recognition.OUTBOX_STATUS_RECOGNISED, recognition.OUTBOX_STATUS_TIMED_OUT:
				if e.Kind == recognition.RECORD_KIND_VOUCHER {
					there = append(there, e)
				}
			case recognition.OUTBOX_STATUS_REFUSED, recognition.OUTBOX_STATUS_SET_ASIDE:
				if len(out.Refused) < o.List {
					out.Refused = append(out.Refused, e)
				}
			}
		}
		there = latest(there, o.List)
		return res.Pagination, nil
	})
	if err != nil {
		return out, err
	}
	for i := range there {
		since, err := o.waiting(ctx, &there[i])
		if err != nil {
			return out, err
		}
		out.Vouchers = append(out.Vouchers, *since)
	}
	res, err := o.Recognition.Queue(ctx, &recognition.QueryQueueRequest{ChainId: chain, Pagination: &query.PageRequest{Limit: 1}})
	if err != nil {
		return out, err
	}
	out.Backoff = res.Backoff
	if out.OldestPending, err = o.waiting(ctx, pending); err != nil {
		return out, err
	}
	out.OldestQueued, err = o.waiting(ctx, queued)
	return out, err
}

// latest are the entries that changed last, at most so many.
func latest(entries []recognition.OutboxEntry, most int) []recognition.OutboxEntry {
	slices.SortFunc(entries, func(a, b recognition.OutboxEntry) int {
		return cmp.Or(cmp.Compare(b.Height, a.Height), cmp.Compare(a.Id, b.Id))
	})
	return entries[:min(len(entries), most)]
}

func older(a, b *recognition.OutboxEntry) *recognition.OutboxEntry {
	if a != nil && a.Height <= b.Height {
		return a
	}
	return b
}

// waiting finds the time of the block that an entry waits since.
func (o Observer) waiting(ctx context.Context, e *recognition.OutboxEntry) (*Waiting, error) {
	if e == nil {
		return nil, nil
	}
	since, err := o.timeOf(ctx, e.Height)
	if err != nil {
		return nil, err
	}
	return &Waiting{*e, since}, nil
}

// timeOf is the time of a block; the zero time when the node has pruned it.
func (o Observer) timeOf(ctx context.Context, height int64) (time.Time, error) {
	height = max(height, 1) // 0 is genesis
	res, err := o.Node.Header(ctx, &height)
	if err != nil && !strings.Contains(err.Error(), prunedBlock) {
		return time.Time{}, fmt.Errorf("header %d: %w", height, err)
	}
	if err != nil || res.Header == nil {
		return time.Time{}, nil
	}
	return res.Header.Time, nil
}

func (o Observer) theirs(ctx context.Context, chain string) (Theirs, error) {
	var out Theirs
	var numbers []string
	err := pages(func(page *query.PageRequest) (*query.PageResponse, error) {
		res, err := o.Recognition.RecognisedList(ctx, &recognition.QueryRecognisedListRequest{ChainId: chain, Pagination: page})
		if err != nil {
			return nil, err
		}
		for _, r := range res.Recognised {
			if at := time.Unix(r.Evidence.Time, 0); at.After(out.Latest) {
				out.Latest = at
			}
			if r.Kind != recognition.RECORD_KIND_VOUCHER {
				out.Settlements++
				continue
			}
			out.Vouchers++
			if r.Evidence.ByProof() {
				out.ByProof++
			}
			if len(numbers) < o.List {
				numbers = append(numbers, r.Id)
			}
		}
		return res.Pagination, nil
	})
	if err != nil {
		return out, err
	}
	for _, number := range numbers {
		res, err := o.Recognition.Standing(ctx, &recognition.QueryStandingRequest{Number: number})
		if err != nil {
			return out, err
		}
		for _, s := range res.Standings {
			if s.ChainId == chain {
				out.Standings = append(out.Standings, s)
			}
		}
	}
	return out, nil
}

// pages asks for one page after the other.
func pages(ask func(page *query.PageRequest) (*query.PageResponse, error)) error {
	page := &query.PageRequest{Limit: perPage}
	for {
		res, err := ask(page)
		if err != nil || res == nil || len(res.NextKey) == 0 {
			return err
		}
		page = &query.PageRequest{Limit: perPage, Key: res.NextKey}
	}
}
