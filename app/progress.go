package app

import (
	"context"
	"errors"
	"fmt"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/spf13/cast"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/runtime"
	"github.com/cosmos/cosmos-sdk/server"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	"github.com/cosmos/cosmos-sdk/store/v2/rootmulti"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	upgradekeeper "github.com/cosmos/cosmos-sdk/x/upgrade/keeper"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
)

// latest asks for the last state that was committed.
const latest = 0

// progress is how far a state has come with upgrades.
type progress struct {
	// height of the state.
	height int64
	// done is the upgrade that the chain took last, at height doneAt; "" when it took none.
	done   string
	doneAt int64
	// plan of the next one; nil when none is planned.
	plan *upgradetypes.Plan
}

// next is the height at which the plan is carried out: its own, or that of the next block when it is late.
func (s progress) next() int64 { return max(s.plan.Height, s.height+1) }

// isDue says whether the next block is the plan's.
func (s progress) isDue() bool { return s.plan != nil && s.next() == s.height+1 }

// progressOf reads a height's state in a database, without opening any other store than x/upgrade's.
func progressOf(db dbm.DB, height int64) (progress, error) {
	key := storetypes.NewKVStoreKey(upgradetypes.StoreKey)
	ms := rootmulti.NewStore(db, log.NewNopLogger())
	ms.SetIAVLDisableFastNode(true) // with it, opening a store may write
	ms.MountStoreWithDB(key, storetypes.StoreTypeIAVL, nil)
	load := ms.LoadLatestVersion
	if height != latest {
		load = func() error { return ms.LoadVersion(height) }
	}
	if err := load(); err != nil {
		return progress{}, fmt.Errorf("read which upgrades the state has: %w", err)
	}
	height = ms.LastCommitID().Version
	cdc := codec.NewProtoCodec(codectypes.NewInterfaceRegistry())
	keeper := upgradekeeper.NewKeeper(nil, runtime.NewKVStoreService(key), cdc, "", nil, "")
	return progressIn(sdk.NewContext(ms, cmtproto.Header{Height: height}, true, log.NewNopLogger()), keeper, height)
}

// progressIn reads a state of a height.
func progressIn(ctx context.Context, keeper *upgradekeeper.Keeper, height int64) (s progress, err error) {
	s.height = height
	if s.done, s.doneAt, err = keeper.GetLastCompletedUpgrade(ctx); err != nil {
		return s, err
	}
	plan, err := keeper.GetUpgradePlan(ctx)
	if errors.Is(err, upgradetypes.ErrNoUpgradePlanFound) {
		return s, nil
	}
	s.plan = &plan
	return s, err
}

// due is the upgrade that the next block brings, which this release has and does not skip.
func (r Release) due(s progress, skips func(height int64) bool) (Upgrade, bool) {
	if !s.isDue() || skips(s.next()) {
		return Upgrade{}, false
	}
	return r.find(s.plan.Name)
}

// mayRun returns an error when the release must not go on with a state: it is too old or too new for it. x/upgrade
// finds the same at the next block, but where stores were added a binary that is too new does not come so far.
func (r Release) mayRun(s progress, skips func(height int64) bool) error {
	if _, due := r.due(s, skips); due {
		return nil
	}
	if s.plan != nil && !s.isDue() {
		if _, has := r.find(s.plan.Name); has {
			return errors.New(r.todo(s))
		}
	}
	if _, has := r.find(s.done); s.done != "" && !has {
		return fmt.Errorf("the chain took upgrade %q at height %d, and this binary does not have it: start the one that has", s.done, s.doneAt)
	}
	return nil
}

// todo tells people what a plan asks of them with this binary; "" when nothing.
func (r Release) todo(s progress) string {
	if s.plan == nil {
		return ""
	}
	_, has := r.find(s.plan.Name)
	switch {
	case has && !s.isDue():
		return fmt.Sprintf("upgrade %q is planned for height %d, the state is at height %d, and this binary is for the time after it: start the one from before, and let it run to that height",
			s.plan.Name, s.plan.Height, s.height)
	case !has && s.isDue():
		return fmt.Sprintf("this binary does not have upgrade %q, which is due at height %d, and writes nothing of block %d: stop the node, and start the binary that has the upgrade, with the same home",
			s.plan.Name, s.plan.Height, s.next())
	case !has:
		return fmt.Sprintf("upgrade %q is planned for height %d, and this binary does not have it: make the one that has it ready; this one stops there",
			s.plan.Name, s.plan.Height)
	}
	return ""
}

// CheckStart returns an error when this release must not run a node on a database, which it only reads, and tells
// the log when an upgrade is planned that the release does not have.
func (r Release) CheckStart(logger log.Logger, db dbm.DB, options servertypes.AppOptions) error {
	s, err := progressOf(db, latest)
	if err != nil {
		return err
	}
	skipped := skippedHeights(options)
	if err := r.mayRun(s, func(height int64) bool { return skipped[height] }); err != nil {
		return err
	}
	if todo := r.todo(s); todo != "" {
		logger.Warn(todo, "upgrade", s.plan.Name, "height", s.plan.Height, "info", s.plan.Info)
	}
	return nil
}

// CheckExport returns an error when this release must not export a height's state (-1 for the last one) in a
// database: it would leave stores out, or read a state whose form is not its own yet.
func (r Release) CheckExport(db dbm.DB, height int64) error {
	s, err := progressOf(db, max(height, latest))
	if err != nil {
		return err
	}
	if s.plan != nil {
		if _, has := r.find(s.plan.Name); has {
			return fmt.Errorf("the state of height %d comes before upgrade %q, which this binary has: export it with the binary from before", s.height, s.plan.Name)
		}
	}
	return r.mayRun(s, func(int64) bool { return false })
}

// skippedHeights are those at which this node takes no upgrade.
func skippedHeights(options servertypes.AppOptions) map[int64]bool {
	skip := map[int64]bool{}
	for _, height := range cast.ToIntSlice(options.Get(server.FlagUnsafeSkipUpgrades)) {
		skip[int64(height)] = true
	}
	return skip
}
