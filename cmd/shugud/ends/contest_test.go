package ends_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	"github.com/shugu-network/shugu/cmd/shugud/ends"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// nullifierOf is the nullifier of one of the contests below.
func nullifierOf(n byte) []byte { return bytes.Repeat([]byte{n}, 32) }

// decided is a contest that the council decided; one voucher came after that.
func decided() ends.Contest {
	v := func(chain string, n uint32, height int64, decisions uint32, upheld bool) recognition.ContestedVoucher {
		return recognition.ContestedVoucher{Nullifier: nullifierOf(7), ChainId: chain, Number: voucher.Number("3301", "261123", 123, n), Height: height, Decisions: decisions, Upheld: upheld}
	}
	return ends.Contest{
		ChainID: shanghai, Since: noon.Add(-time.Hour),
		Told: &recognition.Contest{Nullifier: nullifierOf(7), Vouchers: 5, Height: 60, Decisions: 1, DecidedHeight: 90, DecidedTime: noon.Unix() - 60, Reason: "系统重复登记"},
		Vouchers: []recognition.ContestedVoucher{
			v(hangzhou, 42, 60, 0, true), v(hangzhou, 43, 60, 0, false), v(shanghai, 44, 95, 1, false),
		},
	}
}

func TestContestInWords(t *testing.T) {
	var out bytes.Buffer
	contest := decided()
	contest.Write(&out)
	open := decided()
	open.Since, open.Told.Decisions, open.Told.Vouchers = time.Time{}, 0, 2
	open.Vouchers = []recognition.ContestedVoucher{open.Vouchers[1], open.Vouchers[1]}
	open.Write(&out)
	once := ends.Contest{ChainID: shanghai, Only: &recognition.VoucherRef{ChainId: hangzhou, Number: number}}
	once.Write(&out)
	golden(t, "contest.txt", out.Bytes())
}

// The JSON form is a public interface.
func TestContestAsJSON(t *testing.T) {
	contest := decided()
	once := ends.Contest{ChainID: shanghai, Only: &recognition.VoucherRef{ChainId: hangzhou, Number: number}}
	raw, err := json.MarshalIndent([]ends.ContestView{contest.View(), once.View()}, "", "  ")
	require.NoError(t, err)
	golden(t, "contest.json", append(raw, '\n'))
}

// contests answers for contests, two vouchers a page.
type contests struct {
	*chain
	told int
}

func (c contests) Contest(_ context.Context, req *recognition.QueryContestRequest, _ ...grpc.CallOption) (*recognition.QueryContestResponse, error) {
	all := decided()
	all.Told.Nullifier = []byte(req.Nullifier)
	if c.told == 0 {
		return &recognition.QueryContestResponse{Only: &recognition.VoucherRef{ChainId: hangzhou, Number: number}}, nil
	}
	from, next := place(req.Pagination, len(all.Vouchers))
	return &recognition.QueryContestResponse{Contest: all.Told, Vouchers: all.Vouchers[from:min(from+2, len(all.Vouchers))], Pagination: next}, nil
}

func (c contests) Contests(_ context.Context, req *recognition.QueryContestsRequest, _ ...grpc.CallOption) (*recognition.QueryContestsResponse, error) {
	from, next := place(req.Pagination, c.told)
	res := &recognition.QueryContestsResponse{Pagination: next}
	for n := from; n < min(from+2, c.told); n++ {
		res.Contests = append(res.Contests, recognition.Contest{Nullifier: nullifierOf(byte(n))})
	}
	return res, nil
}

func contestObserver(told, list int) (ends.Observer, *chain) {
	c := newChain()
	o := c.observer()
	o.Recognition, o.List = contests{c, told}, list
	return o, c
}

func TestContestAsksAllPages(t *testing.T) {
	o, c := contestObserver(1, 10)
	contest, err := o.Contest(t.Context(), fmt.Sprintf("%x", nullifierOf(7)))
	require.NoError(t, err)
	require.Equal(t, shanghai, contest.ChainID)
	require.Len(t, contest.Vouchers, 3)
	require.Equal(t, noon.Add(-71*time.Second), contest.Since)

	c.pruned = true
	o.List = 1
	contest, err = o.Contest(t.Context(), "07")
	require.NoError(t, err)
	require.Len(t, contest.Vouchers, 1, "as many as are to be listed")
	require.True(t, contest.Since.IsZero())
}

func TestContestsCountsAndLists(t *testing.T) {
	o, _ := contestObserver(5, 2)
	listed, more, err := o.Contests(t.Context())
	require.NoError(t, err)
	require.Len(t, listed, 2)
	require.Equal(t, 3, more)

	o, _ = contestObserver(0, 2)
	listed, more, err = o.Contests(t.Context())
	require.NoError(t, err)
	require.Empty(t, listed)
	require.Zero(t, more)
	contest, err := o.Contest(t.Context(), "07")
	require.NoError(t, err)
	require.Equal(t, number, contest.Only.Number)
}
