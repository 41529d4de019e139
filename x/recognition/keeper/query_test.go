package keeper_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

func TestQueryParams(t *testing.T) {
	w := world.New(t, world.Home)
	res, err := w.Queries.Params(w.Ctx, &types.QueryParamsRequest{})
	require.NoError(t, err)
	require.Equal(t, types.DefaultParams(), res.Params)
}

func TestQueryAgreements(t *testing.T) {
	w := world.New(t, world.Home)
	for i := range 3 {
		w.Join(t, chainName(2-i))
	}
	first, err := w.Queries.Agreements(w.Ctx, &types.QueryAgreementsRequest{Pagination: &query.PageRequest{Limit: 2}})
	require.NoError(t, err)
	require.Len(t, first.Agreements, 2)
	require.Equal(t, chainName(0), first.Agreements[0].ChainId)
	second, err := w.Queries.Agreements(w.Ctx, &types.QueryAgreementsRequest{Pagination: &query.PageRequest{Key: first.Pagination.NextKey}})
	require.NoError(t, err)
	require.Len(t, second.Agreements, 1)
	require.Equal(t, chainName(2), second.Agreements[0].ChainId)
}

func TestQueryOutboxAndQueue(t *testing.T) {
	w := world.Joined(t)
	w.Join(t, "shugu-beijing-1")
	w.Join(t, world.Away+"0") // begins as Away does
	sent, _, _ := presented(t, w)
	v := w.Book.Issue()
	require.NoError(t, w.Present(v.Number))
	w.Book.PutStatus(v.Number, 1, vouchertypes.FlagReversed)
	require.NoError(t, w.Keeper.StatusChanged(w.Ctx, v.Number))

	out, err := w.Queries.Outbox(w.Ctx, &types.QueryOutboxRequest{ChainId: world.Away})
	require.NoError(t, err)
	require.Len(t, out.Entries, 6)
	require.Equal(t, sent, out.Entries[0].Id)

	first, err := w.Queries.Queue(w.Ctx, &types.QueryQueueRequest{ChainId: world.Away, Pagination: &query.PageRequest{Limit: 2}})
	require.NoError(t, err)
	second, err := w.Queries.Queue(w.Ctx, &types.QueryQueueRequest{ChainId: world.Away, Pagination: &query.PageRequest{Key: first.Pagination.NextKey}})
	require.NoError(t, err)
	entries := append(first.Entries, second.Entries...)
	require.Len(t, entries, 3)
	for i, kind := range []types.RecordKind{statusKind, voucherKind, settlementKind} {
		require.Equal(t, kind, entries[i].Kind)
		require.Equal(t, world.Away, entries[i].ChainId)
	}
}

func TestQueryRecognisedList(t *testing.T) {
	w := world.Joined(t)
	for nth := uint32(1); nth <= 3; nth++ {
		receive(t, w, world.VoucherRecord(world.Voucher(world.Away, nth)))
	}
	first, err := w.Queries.RecognisedList(w.Ctx, &types.QueryRecognisedListRequest{ChainId: world.Away, Pagination: &query.PageRequest{Limit: 2}})
	require.NoError(t, err)
	require.Len(t, first.Recognised, 2)
	second, err := w.Queries.RecognisedList(w.Ctx, &types.QueryRecognisedListRequest{ChainId: world.Away, Pagination: &query.PageRequest{Key: first.Pagination.NextKey}})
	require.NoError(t, err)
	require.Len(t, second.Recognised, 1)
	none, err := w.Queries.RecognisedList(w.Ctx, &types.QueryRecognisedListRequest{ChainId: "shugu-shanghai"})
	require.NoError(t, err)
	require.Empty(t, none.Recognised)
}

func TestQueryStanding(t *testing.T) {
	w := world.Joined(t)
	v := world.Voucher(world.Away, 1)
	ask := func(number string) types.QueryStandingResponse {
		res, err := w.Queries.Standing(w.Ctx, &types.QueryStandingRequest{Number: number})
		require.NoError(t, err)
		return *res
	}
	require.Empty(t, ask(v.Number).Standings)

	receive(t, w, world.StatusRecord(v.Number, 4, vouchertypes.FlagReversed))
	s := ask(v.Number).Standings
	require.Len(t, s, 1)
	require.Nil(t, s[0].Voucher)
	require.EqualValues(t, 4, s[0].Detail.Version)

	receive(t, w, world.VoucherRecord(v))
	require.Nil(t, ask(v.Number).Standings[0].Settlement)
	receive(t, w, world.SettlementRecord(world.Settlement(v)))
	s = ask(vouchertypes.FormatNumber(v.Number)).Standings
	require.Equal(t, v.Settlement, s[0].Settlement.Id)
	require.Equal(t, v.Number, s[0].Settlement.Counterpart)
	require.True(t, s[0].AgreementLive)
	w.Advance(366 * 24 * time.Hour)
	require.False(t, ask(v.Number).Standings[0].AgreementLive)
}

func TestQueriesFailIf(t *testing.T) {
	w := world.Joined(t)
	number := world.Voucher(world.Away, 1).Number
	for name, c := range map[string]struct {
		ask func(context.Context) error
		err error
	}{
		"no such agreement": {func(ctx context.Context) error {
			_, err := w.Queries.Agreement(ctx, &types.QueryAgreementRequest{ChainId: "x"})
			return err
		}, types.ErrNotFound},
		"never presented": {func(ctx context.Context) error {
			_, err := w.Queries.OutboxEntry(ctx, &types.QueryOutboxEntryRequest{ChainId: world.Away, Kind: voucherKind, Id: number})
			return err
		}, types.ErrNotFound},
		"not recognised": {func(ctx context.Context) error {
			_, err := w.Queries.Recognised(ctx, &types.QueryRecognisedRequest{ChainId: world.Away, Kind: voucherKind, Id: number})
			return err
		}, types.ErrNotFound},
		"no status heard": {func(ctx context.Context) error {
			_, err := w.Queries.ForeignStatus(ctx, &types.QueryForeignStatusRequest{ChainId: world.Away, Number: number})
			return err
		}, types.ErrNotFound},
		"wrong check digits": {func(ctx context.Context) error {
			_, err := w.Queries.Standing(ctx, &types.QueryStandingRequest{Number: number[:23] + "0"})
			return err
		}, vouchertypes.ErrNumber},
	} {
		t.Run(name, func(t *testing.T) { require.ErrorIs(t, c.ask(w.Ctx), c.err) })
	}
}
