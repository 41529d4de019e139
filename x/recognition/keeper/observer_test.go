package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

func TestIssuedQueuesNothing(t *testing.T) {
	w := world.Joined(t)
	before := w.Dump()
	v := w.Book.Issue()
	require.NoError(t, w.Keeper.Issued(w.Ctx, v))
	// The index by nullifier has it, under 33 bytes and with 26.
	telling, err := (&types.Telling{Number: v.Number}).Marshal()
	require.NoError(t, err)
	require.Len(t, telling, 26)
	before["\x50"+string(v.Nullifier)] = string(telling)
	require.Equal(t, before, w.Dump())
}

func TestStatusChangedQueuesForEveryAgreementWithARoute(t *testing.T) {
	w := world.Joined(t)
	w.Join(t, "shugu-beijing-1")
	early := w.Join(t, "shugu-early-1")
	early.BeginsAt += 60
	w.Agree(t, early)
	unjoined := world.Agreement("shugu-proofs-1", "", "")
	unjoined.ClientId, _ = w.IBC.Open("shugu-proofs-1")
	w.Agree(t, unjoined)
	w.TellTerms(t)
	v := w.Book.Issue()
	w.Book.PutStatus(v.Number, 1, vouchertypes.FlagReversed)
	require.NoError(t, w.Keeper.StatusChanged(w.Ctx, v.Number))
	for chain, want := range map[string]int{world.Away: 1, "shugu-beijing-1": 1, "shugu-early-1": 1, "shugu-proofs-1": 0} {
		res, err := w.Queries.Queue(w.Ctx, &types.QueryQueueRequest{ChainId: chain})
		require.NoError(t, err)
		require.Len(t, res.Entries, want, chain)
	}
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 3)
}

// A counterparty that had a route stands by what it took over it. What changes while it
// has none is told over the next one.
func TestStatusChangedBetweenTwoRoutes(t *testing.T) {
	w := world.Joined(t)
	w.Agree(t, world.Agreement(world.Away, client, ""))
	v := w.Book.Issue()
	w.Book.PutStatus(v.Number, 1, vouchertypes.FlagReversed)
	require.NoError(t, w.Keeper.StatusChanged(w.Ctx, v.Number))
	for range 3 {
		nextBlock(t, w, time.Second)
	}
	require.Empty(t, w.IBC.Sent)
	requireStatus(t, w, statusKind, v.Number, types.OUTBOX_STATUS_QUEUED)

	id, channel := w.IBC.Open(world.Away)
	w.Agree(t, world.Agreement(world.Away, id, channel))
	nextBlock(t, w, time.Second)
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 2, "the terms, and the status")
	requireStatus(t, w, statusKind, v.Number, types.OUTBOX_STATUS_PENDING)
}

// The bytes are read when they are sent, so a later status replaces a queued one.
func TestStatusChangedReplacesAQueuedStatus(t *testing.T) {
	w := world.Joined(t)
	v := w.Book.Issue()
	for version := uint64(1); version <= 3; version++ {
		w.Book.PutStatus(v.Number, version, uint32(version))
		require.NoError(t, w.Keeper.StatusChanged(w.Ctx, v.Number))
	}
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 1)
	data, err := types.DecodePacket(w.IBC.Last().Data)
	require.NoError(t, err)
	require.Equal(t, []types.PacketRecord{world.StatusRecord(v.Number, 3, 3)}, data.Records)
	require.EqualValues(t, 3, w.Entry(t, statusKind, v.Number).StatusVersion)
}

func TestStatusChangedWhileTheOldOneIsUnderWay(t *testing.T) {
	w := world.Joined(t)
	v := w.Book.Issue()
	change := func(version uint64) {
		w.Book.PutStatus(v.Number, version, uint32(version))
		require.NoError(t, w.Keeper.StatusChanged(w.Ctx, v.Number))
	}
	change(1)
	nextBlock(t, w, time.Second)
	first := w.IBC.Last()
	change(2)
	acknowledge(t, w, first, ok)
	requireStatus(t, w, statusKind, v.Number, types.OUTBOX_STATUS_QUEUED)
	nextBlock(t, w, time.Second)
	require.NoError(t, w.Keeper.TimeOut(w.Ctx, world.Sent(first)))
	requireStatus(t, w, statusKind, v.Number, types.OUTBOX_STATUS_PENDING)
	acknowledge(t, w, w.IBC.Last(), ok)
	requireStatus(t, w, statusKind, v.Number, types.OUTBOX_STATUS_RECOGNISED)
	change(3)
	requireStatus(t, w, statusKind, v.Number, types.OUTBOX_STATUS_QUEUED)
}
