package chains_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	cmttypes "github.com/cometbft/cometbft/types"

	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/chains"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
)

// followed is a chain whose validators change, and one with a light client of it.
type followed struct {
	*chains.Network
	t       *testing.T
	a, b    *chains.Chain
	client  string
	headers map[int64]*ibctm.Header
	since   clienttypes.Height
}

// follow makes a chain of seated exchanges among total and a client of it.
func follow(t *testing.T, total, seated int) *followed {
	t.Helper()
	n := chains.NewWith(t, []func(*app.GenesisSpec){func(spec *app.GenesisSpec) {
		if spec.ChainID == hangzhou {
			chains.Exchanges(total, seated)(spec)
		}
	}}, hangzhou, shanghai)
	f := &followed{Network: n, t: t, a: n.Chain(hangzhou), b: n.Chain(shanghai), headers: map[int64]*ibctm.Header{}}
	path := ibctesting.NewPath(f.a.TestChain, f.b.TestChain)
	path.DisableUniqueChannelIDs()
	require.NoError(t, path.EndpointB.CreateClient())
	f.client = path.EndpointB.ClientID
	f.since = f.latest()
	return f
}

func (f *followed) latest() clienttypes.Height {
	return f.b.GetClientLatestHeight(f.client).(clienttypes.Height)
}

// blocks lets the chain go on and keeps the headers.
func (f *followed) blocks(count int) {
	for range count {
		f.a.Block(nil)
		f.keep()
	}
}

func (f *followed) keep() {
	f.headers[f.a.LatestCommittedHeader.Header.Height] = f.a.LatestCommittedHeader
}

// decide runs what the council decides, in one block.
func (f *followed) decide(msgs ...sdk.Msg) {
	f.t.Helper()
	f.a.Decide(panel.Council, msgs...)
	f.keep()
}

// update brings a header to the client, which trusts another height; the header is
// signed by as few validators as CometBFT takes, those first that are new since.
func (f *followed) update(height int64, trusted clienttypes.Height) error {
	f.t.Helper()
	header := *f.headers[height]
	signed, commit := *header.SignedHeader, *header.SignedHeader.Commit
	known := f.a.TrustedValidators[trusted.RevisionHeight]
	enough := 2*len(commit.Signatures)/3 + 1
	commit.Signatures = append(commit.Signatures[:0:0], commit.Signatures...)
	for _, old := range []bool{false, true} {
		for i, v := range header.ValidatorSet.Validators {
			if known.HasAddress(v.Address) != old {
				continue
			}
			if enough--; enough < 0 {
				absent := cmttypes.NewCommitSigAbsent()
				commit.Signatures[i] = *absent.ToProto()
			}
		}
	}
	signed.Commit, header.SignedHeader = &commit, &signed
	filled, err := f.a.IBCClientHeader(&header, trusted)
	require.NoError(f.t, err)
	msg, err := clienttypes.NewMsgUpdateClient(f.client, filled, f.b.Address("relayer"))
	require.NoError(f.t, err)
	_, err = f.b.Send("relayer", msg)
	return err
}

func (f *followed) grant(i int, accept bool) sdk.Msg {
	key := chains.ExchangeKey(i)
	return &consortium.MsgGrantSeat{
		Signer: chains.Council(), Member: chains.Number(key), Moniker: key, ConsensusKey: f.a.ConsensusKey(key), AcceptUnsafe: accept,
	}
}

func (f *followed) revoke(i int, accept bool) sdk.Msg {
	return &consortium.MsgRevokeSeat{
		Signer: chains.Council(), Member: chains.Number(chains.ExchangeKey(i)), Reason: "left", AcceptUnsafe: accept,
	}
}

// warned is the height that the chain's last block warns of; 0 when it does not.
func (f *followed) warned() int64 {
	for _, event := range f.a.LastBlock().Events {
		if event.Type != sdk.MsgTypeURL(&consortium.EventUpdateClients{})[1:] {
			continue
		}
		height, err := strconv.ParseInt(strings.Trim(event.Attributes[0].Value, `"`), 10, 64)
		require.NoError(f.t, err)
		return height
	}
	return 0
}

// replace is a change in one block that keeps so few of the validators that no client can follow it.
func (f *followed) replace(seated int, accept bool) (msgs []sdk.Msg) {
	for i := seated / 3; i < seated; i++ {
		msgs = append(msgs, f.grant(seated+i, accept))
	}
	for i := seated / 3; i < seated; i++ {
		msgs = append(msgs, f.revoke(i, accept))
	}
	return msgs
}

// An unsafe change is refused. Accepted, it strands a client that misses the
// header that the chain warns of, and one that takes it goes on.
func TestUnsafeChangeNeedsTheUpdateAtItsHeight(t *testing.T) {
	for _, seated := range []int{1, 2, 3, 4, 7} {
		t.Run(fmt.Sprintf("%d seats", seated), func(t *testing.T) {
			f := follow(t, 2*seated+1, seated)
			f.blocks(2)
			err := f.a.Approve(panel.Council, f.replace(seated, false)...)
			require.ErrorContains(t, err, consortium.ErrUnsafeChange.Error())
			f.blocks(2)
			require.Len(t, f.a.NextVals.Validators, seated)

			f.decide(f.replace(seated, true)...)
			warned := f.warned()
			require.Equal(t, f.a.Shugu.LastBlockHeight()+1, warned)
			f.blocks(1)
			require.Equal(t, warned, f.a.Shugu.LastBlockHeight())
			require.Zero(t, f.warned())
			f.blocks(3)

			for _, later := range []int64{warned + 1, warned + 3} {
				require.ErrorContains(t, f.update(later, f.since), "cant trust new val set",
					"without the header of height %d, height %d is out of reach", warned, later)
			}
			require.NoError(t, f.update(warned, f.since))
			require.NoError(t, f.update(warned+3, f.latest()))
			// From here on the past counts no more: the next change is an ordinary one.
			f.decide(f.grant(2*seated, false))
			f.blocks(3)
			require.NoError(t, f.update(f.a.Shugu.LastBlockHeight(), f.latest()))
		})
	}
}

// Safe changes, one after the other: a client that trusts nothing but the first
// header follows each, however few sign.
func TestSafeChangesNeedNoSpecialUpdate(t *testing.T) {
	for _, c := range []struct{ seated, grant, revoke int }{{4, 1, 1}, {7, 2, 2}} {
		t.Run(fmt.Sprintf("%d seats", c.seated), func(t *testing.T) {
			f := follow(t, c.seated+c.grant+1, c.seated)
			follow := func(msg sdk.Msg) {
				f.decide(msg)
				require.Zero(t, f.warned())
				f.blocks(3)
				require.NoError(t, f.update(f.a.Shugu.LastBlockHeight(), f.since))
			}
			for i := range c.grant {
				follow(f.grant(c.seated+i, false))
			}
			for i := range c.revoke {
				follow(f.revoke(i, false))
			}
			require.Len(t, f.a.Vals.Validators, c.seated+c.grant-c.revoke)
			if c.seated == 4 {
				// One change too many for one trusting period; afterwards it passes.
				err := f.a.Approve(panel.Council, f.grant(5, false), f.revoke(2, false))
				require.ErrorContains(t, err, "this passes from")
				f.IncrementTimeBy(15 * 24 * time.Hour)
				f.blocks(1)
				f.decide(f.grant(5, false), f.revoke(2, false))
			}
			checkAll(t, f.a)
		})
	}
}

// A key rotates at its height, old and new in one set of updates; blocks and clients go on.
func TestKeyRotatesWithoutAGap(t *testing.T) {
	f := follow(t, 4, 4)
	at := f.a.Shugu.LastBlockHeight() + 10 + consortium.DefaultParams().RotationNotice
	next := f.a.ConsensusKey("exchange-2/next")
	f.decide(&consortium.MsgRotateKey{Signer: chains.Council(), Member: chains.Number("exchange-2"), NewKey: next, AtHeight: at})
	for f.a.Shugu.LastBlockHeight() < at-1 {
		f.a.Block(nil)
		require.Empty(t, f.a.LastBlock().ValidatorUpdates)
	}
	f.blocks(1)
	require.Len(t, f.a.LastBlock().ValidatorUpdates, 2)
	f.blocks(3)
	require.Len(t, f.a.Vals.Validators, 4)
	require.NoError(t, f.update(f.a.Shugu.LastBlockHeight(), f.since))
}

// Equivocation takes a validator out two blocks later; the others go on, also
// from an export, and clients follow.
func TestEquivocatorLeavesAndClientsFollow(t *testing.T) {
	f := follow(t, 4, 4)
	f.blocks(3)
	f.a.Equivocates("exchange-3", f.a.Shugu.LastBlockHeight())
	f.blocks(3)
	require.Len(t, f.a.Vals.Validators, 3)
	require.NoError(t, f.update(f.a.Shugu.LastBlockHeight(), f.since))
	restart(t, f.a)
	f.keep()
	f.blocks(1)
	require.NoError(t, f.update(f.a.Shugu.LastBlockHeight(), f.since))
	_, err := f.a.Send("exchange-3", &consortium.MsgRejoinSeat{Signer: f.a.Address("exchange-3"), Member: chains.Number("exchange-3")})
	require.ErrorContains(t, err, "the council decides")
	f.decide(&consortium.MsgRejoinSeat{Signer: chains.Council(), Member: chains.Number("exchange-3")})
	f.blocks(3)
	require.Len(t, f.a.Vals.Validators, 4)
	require.NoError(t, f.update(f.a.Shugu.LastBlockHeight(), f.since))
}

// A chain that is exported in the very block of a change, safe or not, goes on
// with the validators that would have signed its next block; clients follow it.
func TestRestartInTheBlockOfAChange(t *testing.T) {
	f := follow(t, 9, 4)
	f.blocks(2)
	f.decide(f.grant(4, false))
	f.a.Restart(exported(f.a))
	f.keep()
	f.blocks(3)
	require.Len(t, f.a.Vals.Validators, 5)
	require.NoError(t, f.update(f.a.Shugu.LastBlockHeight(), f.since))

	f.decide(f.replace4()...)
	f.a.Restart(exported(f.a))
	f.keep()
	warned := f.warned()
	require.Equal(t, f.a.Shugu.LastBlockHeight()+1, warned, "the new chain's first block warns")
	f.blocks(3)
	require.Error(t, f.update(f.a.Shugu.LastBlockHeight(), f.since))
	require.NoError(t, f.update(warned, f.since))
	require.NoError(t, f.update(f.a.Shugu.LastBlockHeight(), f.latest()))
	checkAll(t, f.a)
}

// replace4 takes the first four seats' place.
func (f *followed) replace4() (msgs []sdk.Msg) {
	for i := range 4 {
		msgs = append(msgs, f.grant(5+i, true), f.revoke(i, true))
	}
	return msgs
}
