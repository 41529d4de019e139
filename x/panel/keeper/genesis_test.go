package keeper_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/panel/types"
)

// everyState makes resolutions in every state.
func (w *world) everyState() {
	w.t.Helper()
	w.act[urlParams] = func(sdk.Context) error { return errEffect }
	short := w.submission(two, types.Council, send(types.Council), send(types.Council))
	short.DeadlineSeconds = 60
	_, err := w.msg.Submit(w.Ctx, short)
	require.NoError(w.t, err)
	w.vote(two, 1, abstain)
	w.Advance(2 * time.Minute)
	require.NoError(w.t, w.k.BeginBlock(w.Ctx))

	w.submit(one, types.Council, send(types.Council)) // stays open
	w.vote(one, 2, yes)
	w.decide(update(types.Council, "sandbox", create, lawyerOne, merchant))
	w.decide(params(types.Council)) // fails
	refusedOne := w.submit(one, types.Council, send(types.Council))
	w.vote(two, refusedOne, no)
	w.vote(three, refusedOne, no)
	taken := w.submit(three, types.Council, send(types.Council))
	_, err = w.msg.Withdraw(w.Ctx, &types.MsgWithdraw{Signer: keys.Bech32("three"), Resolution: taken})
	require.NoError(w.t, err)
	alone := w.submit(lawyerOne, types.Committee, send(types.Committee))
	w.vote(lawyerOne, alone, recuse)
	w.vote(lawyerTwo, alone, recuse)
	w.decide(update(types.Council, "sandbox", dissolve))
	seen := map[types.ResolutionStatus]bool{}
	for id := uint64(1); id <= 8; id++ {
		seen[w.resolution(id).Status] = true
	}
	require.Len(w.t, seen, len(types.ResolutionStatus_name)-1)
}

// A world with resolutions in every state, exported, imported and exported
// again, is the same to the byte, in the export and in the store.
func TestGenesisRoundTrip(t *testing.T) {
	w := newWorld(t)
	w.everyState()
	first, err := w.k.ExportGenesis(w.Ctx)
	require.NoError(t, err)
	raw := w.Codec.MustMarshalJSON(first)

	var read types.GenesisState
	w.Codec.MustUnmarshalJSON(raw, &read)
	require.NoError(t, read.Validate())
	again := startWorld(t, &read)
	second, err := again.k.ExportGenesis(again.Ctx)
	require.NoError(t, err)
	require.Equal(t, string(raw), string(again.Codec.MustMarshalJSON(second)))
	effects := func(dump string) string { return strings.ReplaceAll(dump, fmt.Sprintf("%X=01\n", urlSend), "") }
	require.Equal(t, effects(w.dump()), effects(again.dump()))
	require.NoError(t, again.k.Check(again.Ctx))

	// It goes on there: the open one is decided, the failed one tried again.
	again.Ctx = again.Ctx.WithBlockHeight(w.Ctx.BlockHeight()).WithBlockTime(w.Ctx.BlockTime())
	again.vote(two, 2, yes)
	require.Equal(t, executed, again.vote(three, 2, yes))
	require.NoError(t, again.execute("one", 4))
	require.Equal(t, executed, again.resolution(4).Status)
}

func TestInitGenesisFailsIfItDoesNotValidate(t *testing.T) {
	w := emptyWorld(t)
	g := types.DefaultGenesis()
	g.Panels = g.Panels[:2]
	require.ErrorIs(t, w.k.InitGenesis(w.Ctx, g), valid.ErrInvalid)
	require.Empty(t, w.dump())
}

// Layout of the store, as the README has it.
func TestStoreLayoutGolden(t *testing.T) {
	w := newWorld(t)
	id := w.submit(one, types.Council, cancel(types.Council))
	w.vote(two, id, no)
	deadline := fmt.Sprintf("%016X", fixture.Start.Unix()+7*day)
	for _, entry := range []string{
		"10636F756E63696C=0A07636F756E63696C",
		"200000000000000001=08011207636F756E63696C1801",
		"21000000000000000100000002=08021002",
		"22636F756E63696C000000000000000001=\n",
		"23" + deadline + "0000000000000001=\n",
		"40=0880F524103C18",
		"41=0000000000000002\n",
	} {
		require.Contains(t, "\n"+w.dump(), "\n"+entry)
	}
}
