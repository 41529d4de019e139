package types

import (
	"bytes"
	"cmp"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// DefaultGenesis returns a genesis without members and seats. It
// does not validate before those are filled in.
func DefaultGenesis() *GenesisState { return &GenesisState{Params: DefaultParams(), NextMember: 1} }

// Validate checks fields, order, uniqueness and references. It wraps valid.ErrInvalid.
func (g *GenesisState) Validate() error {
	if err := g.Params.Validate(); err != nil {
		return err
	}
	members, err := g.checkMembers()
	if err != nil {
		return err
	}
	if err := g.checkSeats(members); err != nil {
		return err
	}
	if err := g.checkValidators(members); err != nil {
		return err
	}
	if err := g.checkNodes(members); err != nil {
		return err
	}
	if err := g.checkNonces(); err != nil {
		return err
	}
	if err := g.checkQuotaUses(members); err != nil {
		return err
	}
	if err := g.checkHistory(members); err != nil {
		return err
	}
	if err := g.checkAccounts(members); err != nil {
		return err
	}
	return g.checkRefusals(members)
}

// DefaultParams are the parameters of a new chain.
func DefaultParams() Params {
	return Params{
		TrustingPeriod: defaultTrustingPeriod, DowntimeWindow: defaultDowntimeWindow, DowntimeMinSigned: defaultDowntimeMinSigned,
		RejoinWait: defaultRejoinWait, RotationNotice: defaultRotationNotice,
		QuotaWindow: defaultQuotaWindow, QuotaGasMember: defaultQuotaGasMember, QuotaGasRelayer: defaultQuotaGasRelayer,
	}
}

// Validate checks the parameters. It wraps valid.ErrInvalid.
func (p *Params) Validate() error {
	if err := p.validateQuota(); err != nil {
		return err
	}
	return p.checkValidators()
}

// checkMembers returns the members by number.
func (g *GenesisState) checkMembers() (map[uint32]*Member, error) {
	byNumber := make(map[uint32]*Member, len(g.Members))
	codes := map[string]*Member{}
	last := uint32(0)
	for i := range g.Members {
		member := &g.Members[i]
		if err := member.Validate(); err != nil {
			return nil, errorsmod.Wrapf(err, "members[%d]", i)
		}
		if member.Number <= last {
			return nil, errorsmod.Wrapf(valid.ErrInvalid, "members[%d]: expected a number above %d, got %d", i, last, member.Number)
		}
		last = member.Number
		if err := member.checkPrevious(codes[member.CreditCode]); err != nil {
			return nil, errorsmod.Wrapf(err, "members[%d]", i)
		}
		codes[member.CreditCode], byNumber[member.Number] = member, member
	}
	for i, member := range g.Members {
		for _, by := range []uint32{member.AdmittedBy, member.SuspendedBy} {
			if by != 0 && byNumber[by] == nil {
				return nil, errorsmod.Wrapf(valid.ErrInvalid, "members[%d]: admitted or suspended by %06d, whom there is not", i, by)
			}
		}
	}
	if g.NextMember <= last || g.NextMember > MaxMemberNumber+1 {
		return nil, errorsmod.Wrapf(valid.ErrInvalid, "next_member: expected %d to %d, got %d", last+1, MaxMemberNumber+1, g.NextMember)
	}
	return byNumber, nil
}

func (g *GenesisState) checkSeats(members map[uint32]*Member) error {
	if len(g.Seats) == 0 || len(g.Seats) > MaxSeats {
		return errorsmod.Wrapf(valid.ErrInvalid, "seats: expected 1 to %d, got %d", MaxSeats, len(g.Seats))
	}
	monikers, keys := map[string]bool{}, map[string]bool{}
	last := uint32(0)
	for i := range g.Seats {
		seat := &g.Seats[i]
		if err := seat.Validate(); err != nil {
			return errorsmod.Wrapf(err, "seats[%d]", i)
		}
		if seat.Member <= last {
			return errorsmod.Wrapf(valid.ErrInvalid, "seats[%d].member: expected a number above %d (one exchange, one seat), got %d", i, last, seat.Member)
		}
		last = seat.Member
		if holder := members[seat.Member]; holder == nil || !holder.Has(ROLE_EXCHANGE) {
			return errorsmod.Wrapf(valid.ErrInvalid, "seats[%d].member: expected the number of an exchange, got %06d", i, seat.Member)
		}
		if monikers[seat.Moniker] {
			return errorsmod.Wrapf(valid.ErrInvalid, "seats[%d].moniker: %s is another seat's already", i, seat.Moniker)
		}
		if keys[string(seat.ConsensusKey)] {
			return errorsmod.Wrapf(valid.ErrInvalid, "seats[%d].consensus_key: %X is another seat's already", i, seat.ConsensusKey)
		}
		monikers[seat.Moniker], keys[string(seat.ConsensusKey)] = true, true
	}
	return nil
}

func (g *GenesisState) checkNonces() error {
	used := map[string]bool{}
	var lastExpiry int64
	var lastKey []byte
	for i, entry := range g.UsedNonces {
		address, err := accountAddress("address", entry.Address)
		if err != nil {
			return errorsmod.Wrapf(err, "used_nonces[%d]", i)
		}
		if len(entry.Nonce) != NonceSize || entry.ExpiresAt < 1 {
			return errorsmod.Wrapf(valid.ErrInvalid, "used_nonces[%d]: expected a nonce of %d bytes and an expiry above 0, got %d bytes and %d",
				i, NonceSize, len(entry.Nonce), entry.ExpiresAt)
		}
		key := append(address, entry.Nonce...)
		if cmp.Or(cmp.Compare(entry.ExpiresAt, lastExpiry), bytes.Compare(key, lastKey)) <= 0 || used[string(key)] {
			return errorsmod.Wrapf(valid.ErrInvalid, "used_nonces[%d]: expected ascending entries (expiry, address, nonce) and each nonce of an address once", i)
		}
		lastExpiry, lastKey, used[string(key)] = entry.ExpiresAt, key, true
	}
	return nil
}

func (g *GenesisState) checkHistory(members map[uint32]*Member) error {
	var last MemberChange
	for i := range g.History {
		change := &g.History[i]
		if members[change.Member] == nil || change.By != 0 && members[change.By] == nil {
			return errorsmod.Wrapf(valid.ErrInvalid, "history[%d]: expected known members, got %06d changed by %06d", i, change.Member, change.By)
		}
		if err := change.Validate(); err != nil {
			return errorsmod.Wrapf(err, "history[%d]", i)
		}
		next := MemberChange{Member: change.Member, Height: 1, Sequence: 1}
		if change.Member == last.Member {
			next = MemberChange{Member: last.Member, Height: last.Height, Sequence: last.Sequence + 1}
		}
		if change.Member < last.Member || change.Height < next.Height || change.Sequence != next.Sequence {
			return errorsmod.Wrapf(valid.ErrInvalid, "history[%d]: expected ascending members, heights of %d or more and sequence %d, got member %06d, height %d and sequence %d",
				i, next.Height, next.Sequence, change.Member, change.Height, change.Sequence)
		}
		last = *change
	}
	return nil
}
