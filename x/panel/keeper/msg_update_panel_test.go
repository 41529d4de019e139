package keeper_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/panel/types"
)

var half = types.Threshold{Numerator: 1, Denominator: 2}

func update(signer, name string, action types.PanelAction, members ...uint32) *types.MsgUpdatePanel {
	m := &types.MsgUpdatePanel{Signer: account(signer), Name: name, Action: action}
	if action != types.PANEL_ACTION_DISSOLVE {
		m.Title, m.Members, m.Threshold = "沙盒小组 Sandbox group", members, half
	}
	return m
}

const (
	create   = types.PANEL_ACTION_CREATE
	change   = types.PANEL_ACTION_CHANGE
	dissolve = types.PANEL_ACTION_DISSOLVE
)

// The council makes a panel, which changes itself, and the council dissolves it.
func TestPanelLives(t *testing.T) {
	w := newWorld(t)
	require.Equal(t, executed, w.resolution(w.decide(update(types.Council, "sandbox", create, lawyerOne, merchant))).Status)
	panel, err := w.k.Panel(w.Ctx, "sandbox")
	require.NoError(t, err)
	require.Equal(t, types.Panel{
		Name: "sandbox", Title: "沙盒小组 Sandbox group", Members: []uint32{lawyerOne, merchant}, Threshold: half, CreatedHeight: 1,
	}, panel)

	own := w.submit(merchant, "sandbox", update("sandbox", "sandbox", change, lawyerOne, lawyerTwo, merchant))
	old := w.submit(merchant, "sandbox", send("sandbox"))
	w.vote(lawyerOne, own, yes)
	require.Equal(t, executed, w.vote(merchant, own, yes))
	panel, err = w.k.Panel(w.Ctx, "sandbox")
	require.NoError(t, err)
	require.Equal(t, []uint32{lawyerOne, lawyerTwo, merchant}, panel.Members)
	require.Equal(t, []uint32{lawyerOne, merchant}, w.resolution(old).Seats, "open resolutions keep their seats")

	require.Equal(t, executed, w.resolution(w.decide(update(types.Council, "sandbox", dissolve))).Status)
	w.refused(types.ErrDissolved, func() error { _, err := w.cast(merchant, old, yes); return err })
	w.refused(types.ErrDissolved, func() error {
		_, err := w.msg.Submit(w.Ctx, w.submission(merchant, "sandbox", send("sandbox")))
		return err
	})
	w.refused(types.ErrPanelExists, func() error {
		_, err := w.msg.UpdatePanel(w.Ctx, update(types.Council, "sandbox", create, one))
		return err
	})
}

// A failed resolution of a dissolved panel is not tried again.
func TestDissolvedPanelExecutesNothing(t *testing.T) {
	w := newWorld(t)
	w.decide(update(types.Council, "sandbox", create, merchant))
	id := w.submit(merchant, "sandbox", update("sandbox", "sandbox", dissolve))
	require.Equal(t, failed, w.vote(merchant, id, yes), "a panel cannot vote itself out of existence")
	w.decide(update(types.Council, "sandbox", dissolve))
	w.refused(types.ErrDissolved, func() error { return w.execute("merchant", id) })
}

// No resolution leaves the chain without its council, or a panel without a way to decide.
func TestPanelCannotVoteItselfOutOfExistence(t *testing.T) {
	for name, msg := range map[string]*types.MsgUpdatePanel{
		"the council dissolves itself":          update(types.Council, types.Council, dissolve),
		"the council dissolves a genesis panel": update(types.Council, types.Committee, dissolve),
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			id := w.decide(msg)
			require.Equal(t, failed, w.resolution(id).Status)
			require.EqualValues(t, 19, w.resolution(id).Failure.Code)
		})
	}
	unreachable := update(types.Council, types.Council, change)
	unreachable.Threshold = types.Threshold{Numerator: 1, Denominator: 1}
	minority := update(types.Council, types.Council, change)
	minority.Threshold = types.Threshold{Numerator: 1, Denominator: 3}
	for name, msg := range map[string]*types.MsgUpdatePanel{
		"a panel gives up its seats":              update(types.Committee, types.Committee, change),
		"the council lists its seats":             update(types.Council, types.Council, change, one),
		"a threshold that nobody reaches":         unreachable,
		"a minority that decides for the council": minority,
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			by, panel := one, types.Council
			if msg.Signer == account(types.Committee) {
				by, panel = lawyerOne, types.Committee
			}
			w.refused(valid.ErrInvalid, func() error { _, err := w.msg.Submit(w.Ctx, w.submission(by, panel, msg)); return err })
		})
	}
}

func TestUpdatePanelFailsIf(t *testing.T) {
	cases := map[string]struct {
		msg  *types.MsgUpdatePanel
		want error
	}{
		"a member signed": {func() *types.MsgUpdatePanel {
			m := update(types.Council, "sandbox", create, one)
			m.Signer = keys.Bech32("one")
			return m
		}(), types.ErrUnauthorized},
		"the signer is no address": {func() *types.MsgUpdatePanel {
			m := update(types.Council, "sandbox", create, one)
			m.Signer = "council"
			return m
		}(), valid.ErrInvalid},
		"another panel makes one":            {update(types.Committee, "sandbox", create, one), types.ErrUnauthorized},
		"another panel changes one":          {update(types.Committee, types.JointMeeting, change, one), types.ErrUnauthorized},
		"the panel itself makes itself":      {update("sandbox", "sandbox", create, one), types.ErrUnauthorized},
		"the panel dissolves itself":         {update(types.Committee, types.Committee, dissolve), types.ErrUnauthorized},
		"the panel exists":                   {update(types.Council, types.Committee, create, one), types.ErrPanelExists},
		"the panel to change is unknown":     {update(types.Council, "sandbox", change, one), types.ErrPanelNotFound},
		"the panel to dissolve is unknown":   {update(types.Council, "sandbox", dissolve), types.ErrPanelNotFound},
		"a seat is nobody's":                 {update(types.Council, types.JointMeeting, change, one, 99), types.ErrNotActive},
		"a seat is a suspended member's":     {update(types.Council, types.JointMeeting, change, one, two), types.ErrNotActive},
		"the action is missing":              {update(types.Council, "sandbox", 0, one), valid.ErrInvalid},
		"the name is bad":                    {update(types.Council, "x", create, one), valid.ErrInvalid},
		"seats are listed twice":             {update(types.Council, "sandbox", create, one, one), valid.ErrInvalid},
		"a genesis panel is to be dissolved": {update(types.Council, types.JointMeeting, dissolve), types.ErrGenesisPanel},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.members.Suspend(two)
			w.refused(c.want, func() error { _, err := w.msg.UpdatePanel(w.Ctx, c.msg); return err })
		})
	}
}

func TestUpdatePanelFailsIfThereAreTooMany(t *testing.T) {
	g := types.DefaultGenesis()
	for i := len(g.Panels); i < types.MaxPanels-1; i++ {
		g.Panels = append(g.Panels, types.Panel{Name: fmt.Sprintf("p%03d", i), Title: "one of many", Threshold: half, Members: []uint32{one}})
	}
	w := startWorld(t, g)
	_, err := w.msg.UpdatePanel(w.Ctx, update(types.Council, "sandbox", create, one))
	require.NoError(t, err)
	w.refused(types.ErrTooManyPanels, func() error {
		_, err := w.msg.UpdatePanel(w.Ctx, update(types.Council, "sandbox-2", create, one))
		return err
	})
}
