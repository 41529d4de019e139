package keeper

import (
	"time"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types/v2"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	settlementtypes "github.com/shugu-network/shugu/x/settlement/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// proofs judges proofs of one chain's state at one height that our light client knows.
// Stores and keys derive from what is to be proven, never from the message.
type proofs struct {
	*Keeper
	arrival
	height clienttypes.Height
}

// proofsOf prepares to judge proofs under the live agreement with a chain. It wraps
// ErrNoAgreement, ErrOwnChain, ErrClient, ErrProof for a height that the client does not
// know, or ErrNotFresh.
func (k *Keeper) proofsOf(ctx sdk.Context, chain string, height uint64) (proofs, error) {
	a, err := k.liveAgreement(ctx, chain)
	if err != nil {
		return proofs{}, err
	}
	if err := k.checkClient(ctx, a); err != nil {
		return proofs{}, err
	}
	if status := k.Clients.GetClientStatus(ctx, a.ClientId); status != exported.Active {
		return proofs{}, errorsmod.Wrapf(types.ErrClient, "%s: expected status %s, got %s: see the runbook of expired and frozen clients", a.ClientId, exported.Active, status)
	}
	p := proofs{Keeper: k, height: clienttypes.NewHeight(clienttypes.ParseChainID(chain), height)}
	nanos, err := k.Clients.GetClientTimestampAtHeight(ctx, a.ClientId, p.height)
	if err != nil {
		return proofs{}, errorsmod.Wrapf(types.ErrProof, "%s knows no height %s: update the client with that header in the same transaction: %s", a.ClientId, p.height, err)
	}
	seen := time.Unix(0, int64(nanos))
	if age := ctx.BlockTime().Sub(seen); age > time.Duration(a.Freshness)*time.Second {
		return proofs{}, errorsmod.Wrapf(types.ErrNotFresh, "the header of height %s is of %s: expected at most %d seconds before this block, got %d: take a newer bundle",
			p.height, seen.UTC().Format(time.RFC3339), a.Freshness, int64(age/time.Second))
	}
	now := ctx.BlockTime().Unix()
	p.arrival = arrival{agreement: a, evidence: types.Evidence{
		ClientId: a.ClientId, ClientHeight: height, Height: ctx.BlockHeight(), Time: now,
		// The header of H + 1 proves the state after block H, which lasted until its own time.
		AsOfHeight: int64(height) - 1, AsOfTime: min(seen.Unix(), now),
	}}
	return p, nil
}

// requireMember checks that the signer is an account of an active member.
func (k *Keeper) requireMember(ctx sdk.Context, signer string) error {
	addr, err := k.Address.StringToBytes(signer)
	if err != nil {
		return errorsmod.Wrapf(types.ErrUnauthorized, "signer: %s", err)
	}
	_, err = k.Members.ActiveMember(ctx, addr)
	return err
}

// takeVoucher judges the proofs of a voucher, its settlement and its status, and takes
// them. It wraps ErrProof, ErrRefused or what decoding says.
func (p proofs) takeVoucher(ctx sdk.Context, v types.ProvenVoucher) error {
	number := v.Status.Number
	voucher, err := vouchertypes.DecodeVoucher(v.Voucher)
	if err != nil {
		return errorsmod.Wrapf(err, "voucher %s", number)
	}
	if err := p.present(ctx, vouchertypes.StoreKey, vouchertypes.VoucherKey(number), v.Voucher, v.VoucherProof); err != nil {
		return errorsmod.Wrapf(err, "voucher %s", number)
	}
	if err := p.present(ctx, settlementtypes.StoreKey, settlementtypes.RecordKey(voucher.Settlement), v.Settlement, v.SettlementProof); err != nil {
		return errorsmod.Wrapf(err, "settlement %s of voucher %s", voucher.Settlement, number)
	}
	if err := p.status(ctx, v.Status); err != nil {
		return err
	}
	// The settlement must tell the same trade: a proof alone says that it exists.
	settlement, err := settlementtypes.DecodeRecord(v.Settlement)
	if err != nil {
		return errorsmod.Wrapf(err, "settlement %s", voucher.Settlement)
	}
	if told := toldNumber(voucher); settlement.Voucher != told {
		return errorsmod.Wrapf(types.ErrRefused, "settlement %s: expected that of voucher %s, got %s", voucher.Settlement, told, settlement.Voucher)
	}
	for _, r := range []types.PacketRecord{
		{Kind: types.RECORD_KIND_VOUCHER, Id: number, Value: v.Voucher},
		{Kind: types.RECORD_KIND_SETTLEMENT, Id: voucher.Settlement, Value: v.Settlement},
	} {
		if err := p.accept(ctx, r); err != nil {
			return err
		}
	}
	return p.takeStanding(ctx, v.Status)
}

// toldNumber is the voucher that a settlement names: the blue one.
func toldNumber(v vouchertypes.Voucher) string {
	if v.Kind == vouchertypes.KIND_RED {
		return v.Reverses
	}
	return v.Number
}

// status judges the proof of a voucher's status, or of its absence. It wraps ErrProof.
func (p proofs) status(ctx sdk.Context, s types.ProvenStatus) error {
	key := vouchertypes.StatusKey(s.Number)
	if len(s.Value) > 0 {
		return errorsmod.Wrapf(p.present(ctx, vouchertypes.StatusStoreKey, key, s.Value, s.Proof), "status of %s", s.Number)
	}
	path := commitmenttypes.NewMerklePath([]byte(vouchertypes.StatusStoreKey), key)
	if err := types.CheckAbsenceProof(s.Proof, key); err != nil {
		return errorsmod.Wrapf(err, "status of %s", s.Number)
	}
	if err := p.Clients.VerifyNonMembership(ctx, p.agreement.ClientId, p.height, 0, 0, s.Proof, path); err != nil {
		return errorsmod.Wrapf(types.ErrProof, "status of %s: expected a proof at height %s that there is none: %s", s.Number, p.height, err)
	}
	return nil
}

// present judges the proof that a value stands under a key of a store. It wraps ErrProof.
func (p proofs) present(ctx sdk.Context, store string, key, value, proof []byte) error {
	path := commitmenttypes.NewMerklePath([]byte(store), key)
	if err := types.CheckPresenceProof(proof); err != nil {
		return err
	}
	if err := p.Clients.VerifyMembership(ctx, p.agreement.ClientId, p.height, 0, 0, proof, path, value); err != nil {
		return errorsmod.Wrapf(types.ErrProof, "expected a proof at height %s that these %d bytes stand in store %s: %s", p.height, len(value), store, err)
	}
	return nil
}

// accept takes a record that was proven. It wraps ErrRefused.
func (p proofs) accept(ctx sdk.Context, r types.PacketRecord) error {
	code, err := p.take(ctx, p.arrival, r)
	if err != nil {
		return err
	}
	if code != types.RESULT_CODE_OK {
		return errorsmod.Wrapf(types.ErrRefused, "%s %s: %s", r.Kind, r.Id, code)
	}
	return nil
}

// takeStanding takes a status that was proven, or that there is none, and notes with the
// voucher, if it stands here, until when it is known to stand so. It wraps ErrRefused.
func (p proofs) takeStanding(ctx sdk.Context, s types.ProvenStatus) error {
	if len(s.Value) > 0 {
		if err := p.accept(ctx, types.PacketRecord{Kind: types.RECORD_KIND_STATUS, Id: s.Number, Value: s.Value, Detail: s.Detail}); err != nil {
			return err
		}
	} else if err := p.forgetStatus(ctx, s.Number); err != nil {
		return err
	}
	key := keyOf(p.agreement.ChainId, types.RECORD_KIND_VOUCHER, s.Number)
	held, found, err := find(ctx, p.recognised, key)
	if err != nil || !found {
		return err
	}
	last := held.Evidence
	if held.StatusEvidence != nil && held.StatusEvidence.Newer(last) {
		last = *held.StatusEvidence
	}
	suspect, err := p.suspect(ctx, last)
	if err != nil || !suspect && !p.evidence.Newer(last) {
		return err
	}
	held.StatusEvidence = &p.evidence
	if err := p.recognised.Set(ctx, key, held); err != nil {
		return err
	}
	return emit(ctx, &types.EventReaffirmed{ChainId: p.agreement.ChainId, Kind: types.RECORD_KIND_STATUS, Id: s.Number, AsOfTime: p.evidence.AsOfTime})
}
