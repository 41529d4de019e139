package types_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func TestParamsOfSeats(t *testing.T) {
	p := types.DefaultParams()
	require.NoError(t, p.Validate())
	require.EqualValues(t, 1_800, p.MaxMissed())
	for name, spoil := range map[string]func(p *types.Params){
		"no trusting period":   func(p *types.Params) { p.TrustingPeriod = 0 },
		"a long one":           func(p *types.Params) { p.TrustingPeriod = 315_360_001 },
		"no window":            func(p *types.Params) { p.DowntimeWindow = 0 },
		"a wide window":        func(p *types.Params) { p.DowntimeWindow = 100_001 },
		"more than everything": func(p *types.Params) { p.DowntimeMinSigned = 1_001 },
		"a negative wait":      func(p *types.Params) { p.RejoinWait = -1 },
		"no notice":            func(p *types.Params) { p.RotationNotice = 0 },
	} {
		p := types.DefaultParams()
		spoil(&p)
		require.ErrorIs(t, p.Validate(), valid.ErrInvalid, name)
	}
	for minSigned, most := range map[uint32]uint32{0: 10, 1: 9, 500: 5, 501: 4, 999: 0, 1_000: 0} {
		p := types.Params{DowntimeWindow: 10, DowntimeMinSigned: minSigned}
		require.Equal(t, most, p.MaxMissed(), "of 10, %d per mille are to be signed", minSigned)
	}
}

func TestSeatMessagesFailIf(t *testing.T) {
	long := string(bytes.Repeat([]byte("x"), 513))
	for name, msg := range map[string]interface{ Validate() error }{
		"grant: no member":              &types.MsgGrantSeat{Moniker: "a", ConsensusKey: key(1)},
		"grant: no moniker":             &types.MsgGrantSeat{Member: 1, ConsensusKey: key(1)},
		"grant: moniker is Chinese":     &types.MsgGrantSeat{Member: 1, Moniker: "杭州", ConsensusKey: key(1)},
		"grant: moniker is too long":    &types.MsgGrantSeat{Member: 1, Moniker: long[:33], ConsensusKey: key(1)},
		"grant: key is short":           &types.MsgGrantSeat{Member: 1, Moniker: "a", ConsensusKey: key(1)[:31]},
		"revoke: no member":             &types.MsgRevokeSeat{Reason: "left"},
		"revoke: no reason":             &types.MsgRevokeSeat{Member: 1},
		"revoke: reason is too long":    &types.MsgRevokeSeat{Member: 1, Reason: long},
		"rotate: no member":             &types.MsgRotateKey{NewKey: key(1), AtHeight: 1},
		"rotate: key is long":           &types.MsgRotateKey{Member: 1, NewKey: append(key(1), 0), AtHeight: 1},
		"rotate: no height":             &types.MsgRotateKey{Member: 1, NewKey: key(1)},
		"rejoin: no member":             &types.MsgRejoinSeat{},
		"accept: no member":             &types.MsgAcceptSuspension{},
		"admit node: id is short":       &types.MsgAdmitNode{NodeId: make([]byte, 19), Owner: 1, Purpose: 1},
		"admit node: no owner":          &types.MsgAdmitNode{NodeId: make([]byte, 20), Purpose: 1},
		"admit node: no purpose":        &types.MsgAdmitNode{NodeId: make([]byte, 20), Owner: 1},
		"admit node: unknown purpose":   &types.MsgAdmitNode{NodeId: make([]byte, 20), Owner: 1, Purpose: 5},
		"admit node: expiry is before":  &types.MsgAdmitNode{NodeId: make([]byte, 20), Owner: 1, Purpose: 1, ExpiresAt: -1},
		"admit node: moniker is long":   &types.MsgAdmitNode{NodeId: make([]byte, 20), Owner: 1, Purpose: 1, Moniker: long[:33]},
		"admit node: moniker not ASCII": &types.MsgAdmitNode{NodeId: make([]byte, 20), Owner: 1, Purpose: 1, Moniker: "哨兵"},
		"revoke node: id is long":       &types.MsgRevokeNode{NodeId: make([]byte, 21), Reason: "lost"},
		"revoke node: no reason":        &types.MsgRevokeNode{NodeId: make([]byte, 20)},
	} {
		require.ErrorIs(t, msg.Validate(), valid.ErrInvalid, name)
	}
}

func TestNodeLapses(t *testing.T) {
	node := types.Node{ExpiresAt: 100}
	require.False(t, node.Lapsed(time.Unix(100, 999)), "in the second of its expiry it is good")
	require.True(t, node.Lapsed(time.Unix(101, 0)))
	node.ExpiresAt = 0
	require.False(t, node.Lapsed(time.Unix(1<<40, 0)))
}

func TestParseNodeID(t *testing.T) {
	id, err := types.ParseNodeID("0123456789abcdef0123456789abcdef01234567")
	require.NoError(t, err)
	require.Len(t, id, types.NodeIDSize)
	for _, bad := range []string{"", "0123", "zz23456789abcdef0123456789abcdef01234567", "0123456789abcdef0123456789abcdef0123456789"} {
		_, err := types.ParseNodeID(bad)
		require.ErrorIs(t, err, valid.ErrInvalid)
	}
}

// validatorsGenesis is a genesis with everything that stands behind the seats, and nodes.
func validatorsGenesis() *types.GenesisState {
	g := genesis()
	first := g.Seats[0]
	g.Seats[0].Status = types.SEAT_STATUS_ACTIVE
	g.UsedKeys = []types.UsedKey{{ConsensusKey: first.ConsensusKey, Member: first.Member}, {ConsensusKey: key(1), Member: first.Member, Height: 5}}
	if bytes.Compare(first.ConsensusKey, key(1)) > 0 {
		g.UsedKeys[0], g.UsedKeys[1] = g.UsedKeys[1], g.UsedKeys[0]
	}
	g.Sets = []types.SetRecord{record(0, 0, types.NewKeys(first.ConsensusKey)), record(3, 9, types.NewKeys(first.ConsensusKey))}
	g.Rotations = []types.Rotation{{Member: first.Member, NewKey: key(1), AtHeight: 500}}
	g.Misses = []types.Miss{{Height: 2, Member: first.Member}, {Height: 3, Member: first.Member}}
	g.Evidence = []types.Evidence{
		{Height: 2, Address: types.ConsensusAddress(key(1)), Kind: 1, ConsensusKey: key(1), Member: first.Member, RecordedHeight: 3, Outcome: 1},
		{Height: 4, Address: types.ConsensusAddress(key(2)), Kind: 2, RecordedHeight: 5, Outcome: 1},
	}
	g.Nodes = []types.Node{
		{Id: make([]byte, 20), Owner: first.Member, Purpose: types.NODE_PURPOSE_VALIDATOR},
		{Id: bytes.Repeat([]byte{1}, 20), Owner: first.Member, Purpose: types.NODE_PURPOSE_SENTRY, ExpiresAt: 9, AdmittedBy: first.Member},
	}
	return g
}

func TestGenesisOfValidatorsFailsIf(t *testing.T) {
	require.NoError(t, validatorsGenesis().Validate())
	nobody := uint32(999_999)
	for name, spoil := range map[string]func(g *types.GenesisState){
		"no seat is active": func(g *types.GenesisState) {
			for i := range g.Seats {
				g.Seats[i].Status = types.SEAT_STATUS_SUSPENDED_DOWNTIME
			}
		},
		"a status is unknown":         func(g *types.GenesisState) { g.Seats[0].Status = 4 },
		"a status has a bad height":   func(g *types.GenesisState) { g.Seats[0].Since = -1 },
		"a pending has no height":     func(g *types.GenesisState) { g.Seats[0].Pending = types.SEAT_STATUS_SUSPENDED_DOWNTIME },
		"pending is no suspension":    func(g *types.GenesisState) { g.Seats[0].Pending, g.Seats[0].PendingSince = types.SEAT_STATUS_ACTIVE, 1 },
		"there are 101 seats":         func(g *types.GenesisState) { g.Seats = make([]types.Seat, 101) },
		"a used key is short":         func(g *types.GenesisState) { g.UsedKeys[0].ConsensusKey = nil },
		"a used key is before zero":   func(g *types.GenesisState) { g.UsedKeys[0].Height = -1 },
		"used keys descend":           func(g *types.GenesisState) { g.UsedKeys[0], g.UsedKeys[1] = g.UsedKeys[1], g.UsedKeys[0] },
		"a used key is nobody's":      func(g *types.GenesisState) { g.UsedKeys[0].Member = nobody },
		"a seat's key is another's":   func(g *types.GenesisState) { g.UsedKeys[0].Member, g.UsedKeys[1].Member = 2, 2 },
		"a set is empty":              func(g *types.GenesisState) { g.Sets[0].Keys = nil },
		"a set's keys repeat":         func(g *types.GenesisState) { g.Sets[0].Keys = append(g.Sets[0].Keys, g.Sets[0].Keys[0]) },
		"a set's key is short":        func(g *types.GenesisState) { g.Sets[0].Keys = [][]byte{{1}} },
		"a set's key is unknown":      func(g *types.GenesisState) { g.Sets[0].Keys = [][]byte{key(9)} },
		"sets descend":                func(g *types.GenesisState) { g.Sets[1].Height = 0 },
		"times of sets descend":       func(g *types.GenesisState) { g.Sets[1].Time = -1 },
		"a rotation has no height":    func(g *types.GenesisState) { g.Rotations[0].AtHeight = 0 },
		"rotations repeat":            func(g *types.GenesisState) { g.Rotations = append(g.Rotations, g.Rotations[0]) },
		"a rotation has no seat":      func(g *types.GenesisState) { g.Rotations[0].Member = nobody },
		"a rotation's key is unknown": func(g *types.GenesisState) { g.Rotations[0].NewKey = key(9) },
		"a rotation changes nothing":  func(g *types.GenesisState) { g.Rotations[0].NewKey = g.Seats[0].ConsensusKey },
		"a miss has no height":        func(g *types.GenesisState) { g.Misses[0].Height = 0 },
		"a miss is nobody's":          func(g *types.GenesisState) { g.Misses[0].Member = nobody },
		"misses repeat":               func(g *types.GenesisState) { g.Misses[1] = g.Misses[0] },
		"evidence has no address":     func(g *types.GenesisState) { g.Evidence[0].Address = nil },
		"evidence is of no kind":      func(g *types.GenesisState) { g.Evidence[0].Kind = 3 },
		"evidence led to nothing":     func(g *types.GenesisState) { g.Evidence[0].Outcome = 0 },
		"evidence has half a member":  func(g *types.GenesisState) { g.Evidence[0].Member = 0 },
		"evidence is of another key":  func(g *types.GenesisState) { g.Evidence[0].ConsensusKey = key(2) },
		"evidence is nobody's":        func(g *types.GenesisState) { g.Evidence[0].Member = nobody },
		"evidence repeats":            func(g *types.GenesisState) { g.Evidence[1] = g.Evidence[0] },
		"a node is malformed":         func(g *types.GenesisState) { g.Nodes[0].Purpose = 0 },
		"nodes repeat":                func(g *types.GenesisState) { g.Nodes[1].Id = g.Nodes[0].Id },
		"a node is nobody's":          func(g *types.GenesisState) { g.Nodes[0].Owner = nobody },
		"a node's admitter is nobody": func(g *types.GenesisState) { g.Nodes[0].AdmittedBy = nobody },
		"a member has 65 nodes": func(g *types.GenesisState) {
			owner := g.Nodes[0].Owner
			g.Nodes = nil
			for i := range byte(65) {
				g.Nodes = append(g.Nodes, types.Node{Id: bytes.Repeat([]byte{i}, 20), Owner: owner, Purpose: 1})
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := validatorsGenesis()
			spoil(g)
			require.ErrorIs(t, g.Validate(), valid.ErrInvalid)
		})
	}
}
