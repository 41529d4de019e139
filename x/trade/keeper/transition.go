package keeper

import (
	"context"
	"slices"
	"strings"
	"time"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/trade/types"
)

// step is what moves a contract: a message, or its deadline.
type step string

const (
	stepQuote    step = "quote"
	stepAgree    step = "agree"
	stepFund     step = "fund"
	stepDeliver  step = "deliver"
	stepAccept   step = "accept"
	stepCancel   step = "cancel"
	stepDeadline step = "deadline"
)

// party is who may take a step.
type party uint8

const (
	nobody party = iota // the deadline only
	seller
	buyer
	either
)

// timing is when a step may be taken.
type timing uint8

const (
	always timing = iota
	before        // block time < deadline
	after         // block time ≥ deadline
)

// effect is what a move does to money and vouchers, and to the contract with it: a method of Keeper.
type effect func(k *Keeper, ctx context.Context, c *types.Contract, s step) error

// move is one legal move.
type move struct {
	from   types.Status
	step   step
	to     types.Status // unspecified: the contract is forgotten
	by     party
	when   timing
	effect effect // nil for none
}

// moves are all the legal moves. Accepting and cancelling stay possible after
// the deadline, for a contract whose turn in the queue has not come: they do
// what the deadline would do.
var moves = []move{
	{types.STATUS_UNSPECIFIED, stepQuote, types.STATUS_QUOTED, seller, always, nil},
	{types.STATUS_QUOTED, stepAgree, types.STATUS_AGREED, buyer, before, nil},
	{types.STATUS_QUOTED, stepCancel, types.STATUS_CANCELLED, seller, always, nil},
	{types.STATUS_QUOTED, stepDeadline, types.STATUS_UNSPECIFIED, nobody, after, nil},
	{types.STATUS_AGREED, stepFund, types.STATUS_FUNDED, buyer, before, (*Keeper).escrow},
	{types.STATUS_AGREED, stepCancel, types.STATUS_CANCELLED, either, always, nil},
	{types.STATUS_AGREED, stepDeadline, types.STATUS_CANCELLED, nobody, after, nil},
	{types.STATUS_FUNDED, stepDeliver, types.STATUS_DELIVERED, seller, before, nil},
	{types.STATUS_FUNDED, stepCancel, types.STATUS_REFUNDED, seller, always, (*Keeper).refund},
	{types.STATUS_FUNDED, stepDeadline, types.STATUS_REFUNDED, nobody, after, (*Keeper).refund},
	{types.STATUS_DELIVERED, stepAccept, types.STATUS_SETTLED, buyer, always, (*Keeper).settle},
	{types.STATUS_DELIVERED, stepDeadline, types.STATUS_SETTLED, nobody, after, (*Keeper).settle},
}

// request asks for a step of a contract.
type request struct {
	step step
	// Member that asks; 0 for the deadline.
	by uint32
	// Why, told in the event.
	reason string
	// What only this message can get wrong, and what it brings into the contract;
	// it writes nothing. Nil for nothing.
	prepare func(c *types.Contract) error
}

// transition is the only place where a contract's status changes. It checks the
// table, the party, the deadline and the holds, in this order, then what the
// message itself asks; then money and vouchers move, the contract is written, and
// the events tell it. Errors: ErrIllegalMove, ErrWrongParty, ErrDeadlinePassed,
// ErrNotDue, what the holds say, and what prepare and the effect return.
func (k *Keeper) transition(ctx context.Context, was types.Contract, r request) (types.Contract, error) {
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	now := sdkCtx.BlockTime().Unix()
	m, err := legal(was, r, now)
	if err != nil {
		return was, err
	}
	if k.holds != nil {
		if err := k.holds.MayMove(ctx, types.HoldsKind, was.Id); err != nil {
			return was, errorsmod.Wrapf(err, "contract %s", was.Id)
		}
	}
	c := was
	if r.prepare != nil {
		if err := r.prepare(&c); err != nil {
			return was, err
		}
	}
	if m.effect != nil {
		if err := m.effect(k, ctx, &c, r.step); err != nil {
			return was, err
		}
	}
	c.Status, c.Height = m.to, sdkCtx.BlockHeight()
	c.Deadline = nextDeadline(c, now)
	if err := k.write(ctx, was, c, now); err != nil {
		return was, err
	}
	emitMoved(sdkCtx, was.Status, c, r.reason)
	return c, nil
}

// legal finds the move that a request asks for.
func legal(c types.Contract, r request, now int64) (move, error) {
	i := slices.IndexFunc(moves, func(m move) bool { return m.from == c.Status && m.step == r.step })
	if i < 0 {
		return move{}, errorsmod.Wrapf(types.ErrIllegalMove, "%s is %s: cannot %s; %s", c.Id, c.Status, r.step, possible(c.Status))
	}
	m := moves[i]
	switch {
	case !m.by.is(c.Deal, r.by):
		return m, errorsmod.Wrapf(types.ErrWrongParty, "%s: %s is for %s (seller %06d, buyer %06d), got member %06d",
			c.Id, r.step, m.by, c.Deal.Seller, c.Deal.Buyer, r.by)
	case m.when == before && now >= c.Deadline:
		return m, errorsmod.Wrapf(types.ErrDeadlinePassed, "%s: expected %s before %s, got block time %s: ask for a new quote",
			c.Id, r.step, clock(c.Deadline), clock(now))
	case m.when == after && now < c.Deadline:
		return m, errorsmod.Wrapf(types.ErrNotDue, "%s: due at %s, got block time %s", c.Id, clock(c.Deadline), clock(now))
	}
	return m, nil
}

// possible says what a party can do with a contract of a status.
func possible(status types.Status) string {
	var steps []string
	for _, m := range moves {
		if m.from == status && m.by != nobody {
			steps = append(steps, string(m.step))
		}
	}
	if len(steps) == 0 {
		return "nothing more can happen to it"
	}
	return "possible now: " + strings.Join(steps, ", ")
}

// is says whether a member is this party of a deal.
func (p party) is(d types.Deal, member uint32) bool {
	switch p {
	case seller:
		return member == d.Seller
	case buyer:
		return member == d.Buyer
	case either:
		return member == d.Seller || member == d.Buyer
	default:
		return member == 0
	}
}

func (p party) String() string {
	return [...]string{nobody: "the deadline", seller: "the seller", buyer: "the buyer", either: "either party"}[p]
}

// nextDeadline is the deadline of a contract that has just got its status. A
// quote's is the offer's own.
func nextDeadline(c types.Contract, now int64) int64 {
	switch c.Status {
	case types.STATUS_QUOTED:
		return c.Deadline
	case types.STATUS_AGREED:
		return now + c.Deal.FundWithin
	case types.STATUS_FUNDED:
		return now + c.Deal.DeliverWithin
	case types.STATUS_DELIVERED:
		return now + c.Deal.AcceptWithin
	default:
		return 0
	}
}

func emitMoved(ctx sdk.Context, from types.Status, c types.Contract, reason string) {
	moved := types.EventMoved{
		Contract: c.Id, From: from, To: c.Status, Seller: c.Deal.Seller, Buyer: c.Deal.Buyer, Deadline: c.Deadline, Reason: reason,
	}
	ctx.EventManager().EmitEvent(moved.SDKEvent())
	if c.Status == types.STATUS_SETTLED {
		settled := types.EventSettled{Contract: c.Id, Voucher: c.Voucher, Amount: c.Deal.Total, BySilence: c.BySilence}
		ctx.EventManager().EmitEvent(settled.SDKEvent())
	}
}

// clock shows Unix seconds in UTC.
func clock(seconds int64) string { return time.Unix(seconds, 0).UTC().Format(time.DateTime + " UTC") }
