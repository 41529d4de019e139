package types

import (
	"bytes"
	"cmp"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// checkValidators checks what belongs to the seats, which were checked before.
func (g *GenesisState) checkValidators(members map[uint32]*Member) error {
	seats := make(map[uint32]*Seat, len(g.Seats))
	active := 0
	for i := range g.Seats {
		seats[g.Seats[i].Member] = &g.Seats[i]
		if s := g.Seats[i].Status; s == SEAT_STATUS_UNSPECIFIED || s == SEAT_STATUS_ACTIVE {
			active++
		}
	}
	if active == 0 {
		return errorsmod.Wrap(valid.ErrInvalid, "seats: expected at least one that is active")
	}
	owners, err := g.checkUsedKeys(members)
	if err != nil {
		return err
	}
	if err := g.checkSets(owners); err != nil {
		return err
	}
	if err := g.checkRotations(seats, owners); err != nil {
		return err
	}
	if err := g.checkMisses(members); err != nil {
		return err
	}
	return g.checkEvidence(members)
}

// checkUsedKeys returns the member of every key, those of the seats included.
func (g *GenesisState) checkUsedKeys(members map[uint32]*Member) (map[string]uint32, error) {
	owners := make(map[string]uint32, len(g.UsedKeys)+len(g.Seats))
	for i := range g.UsedKeys {
		used := &g.UsedKeys[i]
		if err := used.Validate(); err != nil {
			return nil, errorsmod.Wrapf(err, "used_keys[%d]", i)
		}
		if i > 0 && bytes.Compare(g.UsedKeys[i-1].ConsensusKey, used.ConsensusKey) >= 0 {
			return nil, errorsmod.Wrapf(valid.ErrInvalid, "used_keys[%d]: expected ascending keys, each once, got %X", i, used.ConsensusKey)
		}
		if members[used.Member] == nil {
			return nil, errorsmod.Wrapf(valid.ErrInvalid, "used_keys[%d].member: there is no member %06d", i, used.Member)
		}
		owners[string(used.ConsensusKey)] = used.Member
	}
	for i, seat := range g.Seats {
		if owner, used := owners[string(seat.ConsensusKey)]; used && owner != seat.Member {
			return nil, errorsmod.Wrapf(valid.ErrInvalid, "seats[%d].consensus_key: %X is a key of member %06d", i, seat.ConsensusKey, owner)
		}
		owners[string(seat.ConsensusKey)] = seat.Member
	}
	return owners, nil
}

func (g *GenesisState) checkSets(owners map[string]uint32) error {
	for i := range g.Sets {
		set := &g.Sets[i]
		if err := set.Validate(); err != nil {
			return errorsmod.Wrapf(err, "sets[%d]", i)
		}
		if i > 0 && (set.Height <= g.Sets[i-1].Height || set.Time < g.Sets[i-1].Time) {
			return errorsmod.Wrapf(valid.ErrInvalid, "sets[%d]: expected ascending heights and times, got %d and %d after %d and %d",
				i, set.Height, set.Time, g.Sets[i-1].Height, g.Sets[i-1].Time)
		}
		for _, key := range set.Keys {
			if owners[string(key)] == 0 {
				return errorsmod.Wrapf(valid.ErrInvalid, "sets[%d].keys: expected used keys, got %X", i, key)
			}
		}
	}
	return nil
}

func (g *GenesisState) checkRotations(seats map[uint32]*Seat, owners map[string]uint32) error {
	for i := range g.Rotations {
		rotation := &g.Rotations[i]
		if err := rotation.Validate(); err != nil {
			return errorsmod.Wrapf(err, "rotations[%d]", i)
		}
		if i > 0 && g.Rotations[i-1].Member >= rotation.Member {
			return errorsmod.Wrapf(valid.ErrInvalid, "rotations[%d]: expected ascending members, each once, got %06d", i, rotation.Member)
		}
		seat := seats[rotation.Member]
		if seat == nil || owners[string(rotation.NewKey)] != rotation.Member || bytes.Equal(seat.ConsensusKey, rotation.NewKey) {
			return errorsmod.Wrapf(valid.ErrInvalid, "rotations[%d]: expected a seat and another used key of its member %06d, got %X", i, rotation.Member, rotation.NewKey)
		}
	}
	return nil
}

func (g *GenesisState) checkMisses(members map[uint32]*Member) error {
	var last Miss
	for i, miss := range g.Misses {
		if miss.Height < 1 || members[miss.Member] == nil {
			return errorsmod.Wrapf(valid.ErrInvalid, "misses[%d]: expected a height of 1 or more and a known member, got %d and %06d", i, miss.Height, miss.Member)
		}
		if cmp.Or(cmp.Compare(miss.Height, last.Height), cmp.Compare(miss.Member, last.Member)) <= 0 {
			return errorsmod.Wrapf(valid.ErrInvalid, "misses[%d]: expected ascending entries (height, member), each once", i)
		}
		last = miss
	}
	return nil
}

func (g *GenesisState) checkEvidence(members map[uint32]*Member) error {
	for i := range g.Evidence {
		e := &g.Evidence[i]
		if err := e.Validate(); err != nil {
			return errorsmod.Wrapf(err, "evidence[%d]", i)
		}
		if e.Member != 0 && members[e.Member] == nil {
			return errorsmod.Wrapf(valid.ErrInvalid, "evidence[%d].member: there is no member %06d", i, e.Member)
		}
		if i == 0 {
			continue
		}
		last := &g.Evidence[i-1]
		if cmp.Or(cmp.Compare(last.Height, e.Height), bytes.Compare(last.Address, e.Address), cmp.Compare(last.Kind, e.Kind)) >= 0 {
			return errorsmod.Wrapf(valid.ErrInvalid, "evidence[%d]: expected ascending entries (height, address, kind), each once", i)
		}
	}
	return nil
}
