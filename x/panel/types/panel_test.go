package types_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/panel/types"
)

func TestNeeded(t *testing.T) {
	more := types.Threshold{Numerator: 2, Denominator: 3}
	atLeast := types.Threshold{Numerator: 2, Denominator: 3, OrEqual: true}
	one := types.Threshold{Numerator: 0, Denominator: 1}
	all := types.Threshold{Numerator: 1, Denominator: 1, OrEqual: true}
	for seats, want := range map[int][4]int{1: {1, 1, 1, 1}, 2: {2, 2, 1, 2}, 3: {3, 2, 1, 3}, 4: {3, 3, 1, 4}, 6: {5, 4, 1, 6}, 7: {5, 5, 1, 7}, 100: {67, 67, 1, 100}} {
		require.Equal(t, want, [4]int{more.Needed(seats), atLeast.Needed(seats), one.Needed(seats), all.Needed(seats)}, "%d seats", seats)
	}
}

// A threshold that validates can be reached by any number of seats, and not without a YES.
func TestThresholdThatValidatesCanBeReached(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := types.Threshold{
			Numerator: rapid.Uint32Range(0, 101).Draw(t, "numerator"), Denominator: rapid.Uint32Range(0, 101).Draw(t, "denominator"),
			OrEqual: rapid.Bool().Draw(t, "or equal"),
		}
		seats := rapid.IntRange(1, 128).Draw(t, "seats")
		if th.Validate() != nil {
			return
		}
		needed := th.Needed(seats)
		reached := func(n int) bool {
			left, right := uint64(n)*uint64(th.Denominator), uint64(th.Numerator)*uint64(seats)
			return n > 0 && (left > right || th.OrEqual && left == right)
		}
		if needed < 1 || needed > seats || !reached(needed) || needed > 1 && reached(needed-1) {
			t.Fatalf("%s of %d seats: %d", th.Words(), seats, needed)
		}
		if th.Majority() && 2*needed <= seats {
			t.Fatalf("%s is no majority of %d seats", th.Words(), seats)
		}
	})
}

func TestThresholdFailsIf(t *testing.T) {
	for name, bad := range map[string]types.Threshold{
		"it is empty": {}, "more than all": {Numerator: 3, Denominator: 2}, "strictly more than all": {Numerator: 2, Denominator: 2},
		"at least none": {Denominator: 2, OrEqual: true}, "the denominator is too large": {Numerator: 1, Denominator: 101},
	} {
		require.ErrorIs(t, bad.Validate(), valid.ErrInvalid, name)
	}
}

func TestCheckName(t *testing.T) {
	for _, good := range []string{"ab", "joint-meeting", "zone-3301", strings.Repeat("a", 32)} {
		require.NoError(t, types.CheckName("name", good))
	}
	for _, bad := range []string{"", "a", "Council", "理事会", "a b", "a_b", strings.Repeat("a", 33)} {
		require.ErrorIs(t, types.CheckName("name", bad), valid.ErrInvalid, bad)
	}
}

// The panels' accounts are part of the state of other modules and of other chains' tools.
func TestAccountsAreGolden(t *testing.T) {
	require.Equal(t, "C35189F040D4D59194D9C176AECD6A1257EFCF06C78EA6B6B7C704FB2428D48A", fmt.Sprintf("%X", []byte(types.Account(types.Council))))
	require.Len(t, types.Account("sandbox"), 32)
	require.NotEqual(t, types.Account(types.Committee), types.Account(types.JointMeeting))
}

func TestPanelFailsIf(t *testing.T) {
	base := func() types.Panel {
		return types.Panel{Name: "sandbox", Title: "Sandbox", Members: []uint32{1, 2}, Threshold: types.Threshold{Numerator: 1, Denominator: 2}, CreatedHeight: 4}
	}
	good := base()
	require.NoError(t, good.Validate())
	for name, spoil := range map[string]func(*types.Panel){
		"the name is bad":               func(p *types.Panel) { p.Name = "S" },
		"the title is missing":          func(p *types.Panel) { p.Title = "" },
		"its seats are the validators'": func(p *types.Panel) { p.ValidatorSeats = true },
		"the council's are not":         func(p *types.Panel) { p.Name, p.Members = types.Council, nil },
		"the council lists seats":       func(p *types.Panel) { p.Name, p.ValidatorSeats = types.Council, true },
		"it has no seats":               func(p *types.Panel) { p.Members = nil },
		"it has 101 seats":              func(p *types.Panel) { p.Members = make([]uint32, 101) },
		"seats descend":                 func(p *types.Panel) { p.Members = []uint32{2, 1} },
		"a seat is no member's":         func(p *types.Panel) { p.Members = []uint32{0} },
		"the threshold is impossible":   func(p *types.Panel) { p.Threshold.Numerator = 2 },
		"the height is negative":        func(p *types.Panel) { p.CreatedHeight = -1 },
		"one of genesis is dissolved":   func(p *types.Panel) { p.CreatedHeight, p.Dissolved = 0, true },
		"a minority decides for the council": func(p *types.Panel) {
			p.Name, p.ValidatorSeats, p.Members, p.Threshold.Numerator = types.Council, true, nil, 0
		},
		"a threshold that needs no vote at all": func(p *types.Panel) { p.Threshold = types.Threshold{Denominator: 1, OrEqual: true} },
	} {
		p := base()
		spoil(&p)
		require.ErrorIs(t, p.Validate(), valid.ErrInvalid, name)
	}
}
