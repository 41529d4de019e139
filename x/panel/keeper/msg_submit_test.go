package keeper_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/panel/types"
)

func TestSubmitCopiesSeatsAndThreshold(t *testing.T) {
	w := newWorld(t)
	msg := w.submission(two, types.Council, params(types.Council), send(types.Council))
	msg.DeadlineSeconds = 3600
	res, err := w.msg.Submit(w.Ctx, msg)
	require.NoError(t, err)
	require.Equal(t, &types.MsgSubmitResponse{Id: 1, Deadline: fixture.Start.Unix() + 3600}, res)
	r := w.resolution(1)
	require.Equal(t, []uint32{one, two, three, four}, r.Seats)
	require.Equal(t, types.Threshold{Numerator: 2, Denominator: 3}, r.Threshold)
	require.Equal(t, two, r.Proposer)
	require.Equal(t, types.RESOLUTION_STATUS_OPEN, r.Status)
	require.EqualValues(t, 1, r.SubmittedHeight)
	require.Len(t, r.Messages, 2)
	require.Equal(t, msg.Messages[1].Value, r.Messages[1].Value)
	require.Equal(t, "shugu.panel.v1.EventSubmitted", w.Ctx.EventManager().Events()[0].Type)
	require.False(t, w.marked(urlParams), "nothing runs before it is approved")

	require.EqualValues(t, 2, w.submit(lawyerOne, types.Committee, send(types.Committee)))
	r = w.resolution(2)
	require.Equal(t, []uint32{lawyerOne, lawyerTwo, lawyerThree}, r.Seats)
	require.Equal(t, fixture.Start.Unix()+7*day, r.Deadline)
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestSubmitFailsIf(t *testing.T) {
	many := func(n int, value []byte) (out []*codectypes.Any) {
		for range n {
			out = append(out, &codectypes.Any{TypeUrl: urlCancel, Value: value})
		}
		return out
	}
	cases := map[string]struct {
		spoil func(w *world, m *types.MsgSubmit)
		want  error
	}{
		"the signer is no address":    {func(_ *world, m *types.MsgSubmit) { m.Signer = "one" }, valid.ErrInvalid},
		"the signer is a stranger":    {func(_ *world, m *types.MsgSubmit) { m.Signer = keys.Bech32("stranger") }, consortium.ErrNotMember},
		"the signer is suspended":     {func(w *world, _ *types.MsgSubmit) { w.members.Suspend(one) }, consortium.ErrSuspended},
		"the signer holds no seat":    {func(_ *world, m *types.MsgSubmit) { m.Signer = keys.Bech32("merchant") }, types.ErrNoSeat},
		"the signer has another seat": {func(_ *world, m *types.MsgSubmit) { m.Signer = keys.Bech32("lawyer one") }, types.ErrNoSeat},
		"the signer lost its seat":    {func(w *world, _ *types.MsgSubmit) { w.members.Revoke(one) }, types.ErrNoSeat},
		"there is no such panel":      {func(_ *world, m *types.MsgSubmit) { m.Panel = "senate" }, types.ErrPanelNotFound},
		"the panel has no seats":      {func(_ *world, m *types.MsgSubmit) { m.Panel = types.JointMeeting }, types.ErrNoSeat},
		"the panel's name is bad":     {func(_ *world, m *types.MsgSubmit) { m.Panel = "Council" }, valid.ErrInvalid},
		"the title is missing":        {func(_ *world, m *types.MsgSubmit) { m.Title = "" }, valid.ErrInvalid},
		"the reason is missing":       {func(_ *world, m *types.MsgSubmit) { m.Reason = "" }, valid.ErrInvalid},
		"the reason is too long":      {func(_ *world, m *types.MsgSubmit) { m.Reason = strings.Repeat("x", 2049) }, valid.ErrInvalid},
		"the deadline is too near":    {func(_ *world, m *types.MsgSubmit) { m.DeadlineSeconds = 59 }, valid.ErrInvalid},
		"the deadline is too far":     {func(_ *world, m *types.MsgSubmit) { m.DeadlineSeconds = 90*day + 1 }, valid.ErrInvalid},
		"the deadline is negative":    {func(_ *world, m *types.MsgSubmit) { m.DeadlineSeconds = -1 }, valid.ErrInvalid},
		"it carries nothing":          {func(_ *world, m *types.MsgSubmit) { m.Messages = nil }, valid.ErrInvalid},
		"it carries a hole":           {func(_ *world, m *types.MsgSubmit) { m.Messages = []*codectypes.Any{nil} }, valid.ErrInvalid},
		"a type URL is no URL":        {func(_ *world, m *types.MsgSubmit) { m.Messages[0].TypeUrl = "cosmos" }, valid.ErrInvalid},
		"it carries 17":               {func(_ *world, m *types.MsgSubmit) { m.Messages = many(17, nil) }, valid.ErrInvalid},
		"it carries over 64 KiB":      {func(_ *world, m *types.MsgSubmit) { m.Messages = many(2, make([]byte, 33<<10)) }, valid.ErrInvalid},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			msg := w.submission(one, types.Council, params(types.Council))
			c.spoil(w, msg)
			w.refused(c.want, func() error { _, err := w.msg.Submit(w.Ctx, msg); return err })
		})
	}
}

// What a resolution may not carry is refused when it is submitted.
func TestSubmitRefusesWhatCannotBeCarried(t *testing.T) {
	one := func(msgs ...sdk.Msg) func(*world) []*codectypes.Any {
		return func(w *world) []*codectypes.Any { return pack(w.t, msgs...) }
	}
	raw := func(url string, value ...byte) func(*world) []*codectypes.Any {
		return func(*world) []*codectypes.Any { return []*codectypes.Any{{TypeUrl: url, Value: value}} }
	}
	council := account(types.Council)
	cases := map[string]struct {
		messages func(w *world) []*codectypes.Any
		want     error
	}{
		"a message the panel may not send": {one(&banktypes.MsgMultiSend{}), types.ErrNotCarriable},
		"a submission":                     {one(&types.MsgSubmit{Signer: council}), types.ErrNested},
		"a vote":                           {one(&types.MsgVote{Signer: council}), types.ErrNested},
		"a withdrawal":                     {one(&types.MsgWithdraw{Signer: council}), types.ErrNested},
		"an execution":                     {one(&types.MsgExecute{Signer: council}), types.ErrNested},
		"one after a good one":             {one(params(types.Council), &types.MsgVote{Signer: council}), types.ErrNested},
		"a type that nobody knows":         {raw("/shugu.nowhere.v1.MsgGo"), types.ErrNotCarriable},
		"a type that is no message":        {one(&banktypes.Metadata{}), types.ErrBadMessage},
		"bytes that do not decode":         {raw(urlCancel, 0xff), types.ErrBadMessage},
		"an unknown field":                 {raw(urlCancel, 0x7a, 0), types.ErrBadMessage},
		"a default that is spelled out":    {raw(urlCancel, 0x0a, 0), types.ErrBadMessage},
		"another panel's signature":        {one(params(types.Committee)), types.ErrWrongSigner},
		"a member's signature":             {one(&banktypes.MsgUpdateParams{Authority: keys.Bech32("one")}), types.ErrWrongSigner},
		"no signature":                     {one(&banktypes.MsgUpdateParams{}), types.ErrBadMessage},
		"one without a handler":            {one(&banktypes.MsgSend{FromAddress: council, ToAddress: council}), types.ErrNoRoute},
		"a malformed one":                  {one(&types.MsgUpdatePanel{Signer: council, Name: "sandbox"}), valid.ErrInvalid},
		"a message inside a message": {func(w *world) []*codectypes.Any {
			return pack(w.t, &upgradetypes.MsgSoftwareUpgrade{Authority: council, Plan: upgradetypes.Plan{
				Name: "v2", Height: 9, UpgradedClientState: pack(w.t, cancel(types.Council))[0],
			}})
		}, types.ErrNested},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			msg := w.submission(1, types.Council, params(types.Council))
			msg.Messages = c.messages(w)
			w.refused(c.want, func() error { _, err := w.msg.Submit(w.Ctx, msg); return err })
		})
	}
	w := newWorld(t)
	w.refused(types.ErrNotCarriable, func() error {
		_, err := w.msg.Submit(w.Ctx, w.submission(lawyerOne, types.Committee, params(types.Committee)))
		return err
	})
}

// Where the table says that a message holds another one, it may: one level deep.
func TestSubmitAllowsOneMessageInside(t *testing.T) {
	w := newWorld(t)
	w.holders[urlPlan] = true
	plan := func(inside *codectypes.Any) *types.MsgSubmit {
		return w.submission(one, types.Council, &upgradetypes.MsgSoftwareUpgrade{Authority: account(types.Council), Plan: upgradetypes.Plan{
			Name: "v2", Height: 9, UpgradedClientState: inside,
		}})
	}
	_, err := w.msg.Submit(w.Ctx, plan(pack(t, cancel(types.Council))[0]))
	require.NoError(t, err)
	for name, c := range map[string]struct {
		inside *codectypes.Any
		want   error
	}{
		"two levels":               {pack(t, &types.MsgSubmit{Messages: pack(t, cancel(types.Council))})[0], types.ErrNested},
		"a type that nobody knows": {&codectypes.Any{TypeUrl: "/nowhere"}, types.ErrBadMessage},
		"bytes that do not decode": {&codectypes.Any{TypeUrl: urlCancel, Value: []byte{0xff}}, types.ErrBadMessage},
	} {
		t.Run(name, func(t *testing.T) {
			w.refused(c.want, func() error { _, err := w.msg.Submit(w.Ctx, plan(c.inside)); return err })
		})
	}
}
