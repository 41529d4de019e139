package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// GrantSeat gives an exchange a validator seat. It validates from the second block after this one on.
func (s msgServer) GrantSeat(ctx context.Context, msg *types.MsgGrantSeat) (*types.MsgGrantSeatResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	if err := s.requireCouncil(ctx, msg.Signer); err != nil {
		return nil, err
	}
	if err := s.checkSeatHolder(ctx, msg.Member); err != nil {
		return nil, err
	}
	seats, err := s.allSeats(ctx)
	if err != nil {
		return nil, err
	}
	if err := checkSeatFree(seats, msg); err != nil {
		return nil, err
	}
	if err := s.checkKeyFree(ctx, msg.ConsensusKey); err != nil {
		return nil, err
	}
	updateClients, err := s.pass(ctx, keysOf(seats).With(msg.ConsensusKey), msg.AcceptUnsafe)
	if err != nil {
		return nil, err
	}
	if err := s.grant(ctx, msg); err != nil {
		return nil, err
	}
	return &types.MsgGrantSeatResponse{UpdateClientsHeight: updateClients}, nil
}

// requireCouncil wraps ErrNotEntitled unless the signer is the council.
func (k *Keeper) requireCouncil(ctx context.Context, signer string) error {
	account, err := k.account("signer", signer)
	if err != nil {
		return err
	}
	council, err := k.isAuthority(ctx, account)
	if err == nil && !council {
		err = errorsmod.Wrapf(types.ErrNotEntitled, "expected the council as signer, got %s; propose it to the council", signer)
	}
	return err
}

// seatForCouncil returns a member's seat, if the signer is the council.
func (k *Keeper) seatForCouncil(ctx context.Context, signer string, member uint32) (types.Seat, error) {
	if err := k.requireCouncil(ctx, signer); err != nil {
		return types.Seat{}, err
	}
	return k.Seat(ctx, member)
}

// checkSeatHolder checks that a member may hold an active seat: an exchange in good standing.
func (k *Keeper) checkSeatHolder(ctx context.Context, number uint32) error {
	member, err := k.Member(ctx, number)
	if err != nil {
		return err
	}
	if !member.Active() {
		return errorsmod.Wrapf(types.ErrSuspended, "member %06d: expected an active exchange, got %s", number, member.Status)
	}
	if !member.Has(types.ROLE_EXCHANGE) {
		return errorsmod.Wrapf(types.ErrRoleMissing, "member %06d: expected %s, got %s", number, types.ROLE_EXCHANGE, member.Roles)
	}
	return nil
}

// checkSeatFree checks that there is room for the seat and that neither member nor moniker has one.
func checkSeatFree(seats []types.Seat, msg *types.MsgGrantSeat) error {
	if len(seats) >= types.MaxSeats {
		return errorsmod.Wrapf(types.ErrSeatsFull, "expected fewer than %d seats; revoke one first", types.MaxSeats)
	}
	for _, seat := range seats {
		if seat.Member == msg.Member {
			return errorsmod.Wrapf(types.ErrSeatExists, "member %06d holds seat %s (%s); a suspended one is brought back by MsgRejoinSeat", msg.Member, seat.Moniker, seat.Status)
		}
		if seat.Moniker == msg.Moniker {
			return errorsmod.Wrapf(types.ErrMonikerInUse, "moniker %s is that of member %06d", msg.Moniker, seat.Member)
		}
	}
	return nil
}

// grant writes what granting a seat changes. All checks are done.
func (k *Keeper) grant(ctx context.Context, msg *types.MsgGrantSeat) error {
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	height := sdkCtx.BlockHeight()
	seat := types.Seat{
		Member: msg.Member, Moniker: msg.Moniker, ConsensusKey: msg.ConsensusKey,
		Status: types.SEAT_STATUS_ACTIVE, Since: height, GrantedHeight: height,
	}
	if err := k.seats.Set(ctx, seat.Member, seat); err != nil {
		return err
	}
	if err := k.useKey(ctx, types.UsedKey{ConsensusKey: seat.ConsensusKey, Member: seat.Member, Height: height}); err != nil {
		return err
	}
	if err := k.record(ctx, types.MemberChange{Member: seat.Member, Kind: types.CHANGE_KIND_SEAT_GRANTED}); err != nil {
		return err
	}
	return sdkCtx.EventManager().EmitTypedEvent(&types.EventSeatGranted{Member: seat.Member, Moniker: seat.Moniker, ConsensusKey: seat.ConsensusKey})
}
