package keeper_test

import (
	"fmt"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
)

func update(name string, power int64) abci.ValidatorUpdate {
	return abci.Ed25519ValidatorUpdate(keys.Validator(name).PubKey().Bytes(), power)
}

func TestInitGenesisReturnsTheSeats(t *testing.T) {
	w := newWorld(t)
	require.Equal(t, []abci.ValidatorUpdate{update("hangzhou", 10), update("ningbo", 10)}, w.updates)
	again, err := w.k.ValidatorUpdates(w.Ctx)
	require.NoError(t, err)
	require.Empty(t, again, "CometBFT is told once")
}

func TestValidatorUpdatesAreTheDifference(t *testing.T) {
	w := newWorld(t)
	steps := []struct {
		name   string
		change func()
		want   []abci.ValidatorUpdate
	}{
		{"nothing", func() {}, nil},
		{"one joins", func() { w.put(closed, "closed") }, []abci.ValidatorUpdate{update("closed", 10)}},
		{"one leaves", func() { w.drop(ningbo) }, []abci.ValidatorUpdate{update("ningbo", 0)}},
		{"a key is changed", func() { w.put(closed, "closed-2") }, []abci.ValidatorUpdate{update("closed-2", 10), update("closed", 0)}},
		{"one joins and leaves within a block", func() { w.put(ningbo, "ningbo"); w.drop(ningbo) }, nil},
		{"one leaves and joins within a block", func() { w.drop(hangzhou); w.put(hangzhou, "hangzhou") }, nil},
		{"all but one leave", func() { w.drop(closed) }, []abci.ValidatorUpdate{update("closed-2", 0)}},
		{"the last leaves", func() { w.drop(hangzhou) }, nil},
		{"another takes over", func() { w.put(ningbo, "ningbo") }, []abci.ValidatorUpdate{update("ningbo", 10), update("hangzhou", 0)}},
	}
	for _, step := range steps {
		step.change()
		got, err := w.k.ValidatorUpdates(w.Ctx)
		require.NoError(t, err, step.name)
		require.Equal(t, step.want, got, step.name)
	}
}

func (w *world) put(member uint32, name string) {
	w.t.Helper()
	require.NoError(w.t, w.k.PutSeat(w.Ctx, newSeat(member, name)))
}

func (w *world) drop(member uint32) {
	w.t.Helper()
	require.NoError(w.t, w.k.DropSeat(w.Ctx, member))
}

// Whatever the seats do, CometBFT's own set takes every update and ends equal
// to the seats, and is never empty.
func TestValidatorUpdatesModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := newWorld(t)
		seats := map[uint32]string{hangzhou: "hangzhou", ningbo: "ningbo"}
		changes, err := cmttypes.PB2TM.ValidatorUpdates(w.updates)
		require.NoError(r, err)
		comet := cmttypes.NewValidatorSet(changes)
		r.Repeat(map[string]func(*rapid.T){
			"put": func(r *rapid.T) {
				member := uint32(rapid.IntRange(1, 5).Draw(r, "member"))
				seats[member] = fmt.Sprintf("v%d-%d", member, rapid.IntRange(0, 2).Draw(r, "key"))
				w.put(member, seats[member])
			},
			"drop": func(r *rapid.T) {
				member := uint32(rapid.IntRange(1, 5).Draw(r, "member"))
				delete(seats, member)
				w.drop(member)
			},
			"end block": func(r *rapid.T) {
				updates, err := w.k.ValidatorUpdates(w.Ctx)
				require.NoError(r, err)
				changes, err := cmttypes.PB2TM.ValidatorUpdates(updates)
				require.NoError(r, err)
				require.NoError(r, comet.UpdateWithChangeSet(changes))
				require.NotEmpty(r, comet.Validators)
				if len(seats) == 0 {
					require.Empty(r, updates)
					return
				}
				require.Len(r, comet.Validators, len(seats))
				for _, name := range seats {
					_, validator := comet.GetByAddress(keys.Validator(name).PubKey().Address())
					require.NotNil(r, validator, name)
					require.Equal(r, types.SeatPower, validator.VotingPower)
				}
			},
		})
	})
}

func TestGenesisValidators(t *testing.T) {
	w := newWorld(t)
	validators, err := w.k.GenesisValidators(w.Ctx)
	require.NoError(t, err)
	require.Len(t, validators, 2)
	key := keys.Validator("hangzhou").PubKey()
	require.Equal(t, cmttypes.GenesisValidator{Address: key.Address(), PubKey: key, Power: 10, Name: "hangzhou"}, validators[0])
	doc := cmttypes.GenesisDoc{ChainID: "c", Validators: validators}
	require.NoError(t, doc.ValidateAndComplete(), "CometBFT takes them")
}
