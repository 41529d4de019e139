package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortiumtypes "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// Present queues a voucher, its settlement record and its status, if any, for a
// counterparty. Presenting again queues only what was refused, timed out or set aside,
// has changed, or whose answer may have been a lie.
func (s msgServer) Present(goCtx context.Context, msg *types.MsgPresent) (*types.MsgPresentResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	voucher, err := s.authorisePresent(ctx, msg)
	if err != nil {
		return nil, err
	}
	agreement, err := s.liveAgreement(ctx, msg.ChainId)
	if err != nil {
		return nil, err
	}
	if !agreement.HasRoute() {
		return nil, errorsmod.Wrapf(types.ErrChannel, "the agreement with %s names none: carry the voucher's bundle there (shugud recognize)", msg.ChainId)
	}
	entries, err := s.toQueue(ctx, agreement, voucher)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if err := s.enqueue(ctx, e.ChainId, e.Kind, e.Id); err != nil {
			return nil, err
		}
	}
	if err := emit(ctx, &types.EventPresented{ChainId: msg.ChainId, Voucher: msg.Voucher, Queued: uint32(len(entries))}); err != nil {
		return nil, err
	}
	return &types.MsgPresentResponse{}, nil
}

// authorisePresent returns the voucher if the signer is one of its parties and active.
func (k *Keeper) authorisePresent(ctx context.Context, msg *types.MsgPresent) (vouchertypes.Voucher, error) {
	signer, err := k.Address.StringToBytes(msg.Signer)
	if err != nil {
		return vouchertypes.Voucher{}, errorsmod.Wrapf(types.ErrUnauthorized, "signer: %s", err)
	}
	member, err := k.Members.RequireActive(ctx, signer, consortiumtypes.ROLE_UNSPECIFIED)
	if err != nil {
		return vouchertypes.Voucher{}, err
	}
	v, err := k.Vouchers.Voucher(ctx, msg.Voucher)
	if err != nil {
		return vouchertypes.Voucher{}, err
	}
	if n := member.Number; n != v.Seller.Member && n != v.Buyer.Member && n != v.Exchange.Member {
		return vouchertypes.Voucher{}, errorsmod.Wrapf(types.ErrNotParty, "expected seller %06d, buyer %06d or exchange %06d of %s, got %06d",
			v.Seller.Member, v.Buyer.Member, v.Exchange.Member, v.Number, n)
	}
	return v, nil
}

// toQueue lists the entries of a voucher that have to be sent. Every record of it is
// made once here, so that one that is too large is refused before anything is queued.
func (k *Keeper) toQueue(ctx context.Context, a types.Agreement, v vouchertypes.Voucher) ([]types.OutboxEntry, error) {
	doubt, _, err := find(ctx, k.doubts, a.ClientId)
	if err != nil {
		return nil, err
	}
	var out []types.OutboxEntry
	for _, record := range []struct {
		kind types.RecordKind
		id   string
	}{
		{types.RECORD_KIND_VOUCHER, v.Number},
		{types.RECORD_KIND_SETTLEMENT, v.Settlement},
		{types.RECORD_KIND_STATUS, v.Number},
	} {
		r, version, err := k.makeRecord(ctx, a.ChainId, record.kind, record.id)
		if err != nil {
			return nil, err
		}
		if r.Kind == types.RECORD_KIND_STATUS && r.Value == nil {
			continue
		}
		e, found, err := find(ctx, k.outbox, keyOf(a.ChainId, record.kind, record.id))
		if err != nil {
			return nil, err
		}
		if !found || needsSending(e, a, version, doubt.LastRecovered()) {
			out = append(out, types.OutboxEntry{ChainId: a.ChainId, Kind: record.kind, Id: record.id})
		}
	}
	return out, nil
}

// needsSending says whether presenting an entry again sends it again. version is the
// status' now, 0 for the other kinds. Answers up to the height recovered came while the
// client may have been deceived; who has the record already says so again.
func needsSending(e types.OutboxEntry, a types.Agreement, version uint64, recovered int64) bool {
	switch e.Status {
	case types.OUTBOX_STATUS_QUEUED:
		return false
	case types.OUTBOX_STATUS_PENDING:
		// No answer can be waited for on a channel that the agreement has given up.
		return e.ChannelId != a.ChannelId || e.StatusVersion != version
	case types.OUTBOX_STATUS_RECOGNISED:
		return e.StatusVersion != version || e.Height <= recovered
	default:
		return true
	}
}
