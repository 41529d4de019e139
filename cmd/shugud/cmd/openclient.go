package cmd

import (
	"fmt"
	"time"

	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/cmd/shugud/prove"
)

// maxClockDrift is how far another chain's clock may be ahead of ours.
const maxClockDrift = 10 * time.Minute

// newOpenClientCmd makes `shugud recognition open-client`.
func newOpenClientCmd() *cobra.Command {
	var trusting time.Duration
	var like string
	c := &cobra.Command{
		Use:   "open-client NODE --from RELAYER",
		Short: "Open a light client of another chain here, that trusts its latest header as NODE shows it",
		Long: `Open a light client of another chain on ours, from the latest header that one of its
nodes shows; NODE is that node's RPC address. The signer's member needs the role relayer.
Opening one gives no rights: before the council binds an agreement to it, or has it stand
in for an expired or frozen one, its members compare it with nodes that they know
themselves (shugud council check-client).

A client that is to stand in for another must be like it: --like copies what has to agree,
and the trusting period unless one is given.`,
		Example: "  shugud recognition open-client https://rpc.shanghai.example --from relayer\n" +
			"  shugud recognition open-client https://rpc.shanghai.example --like 07-tendermint-0 --from relayer",
		Args: cobra.ExactArgs(1),
	}
	c.Flags().DurationVar(&trusting, "trusting-period", 14*24*time.Hour, "how long a header is trusted; an update must come in that time")
	c.Flags().StringVar(&like, "like", "", "client of ours whose settings are copied")
	return txCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		node, err := rpchttp.NewWithTimeout(args[0], "/websocket", rpcTimeout)
		if err != nil {
			return nil, fmt.Errorf("expected a node's address like tcp://localhost:26657, got %q: %w", args[0], err)
		}
		signed, err := prove.Latest(cmd.Context(), node)
		if err != nil {
			return nil, fmt.Errorf("node %s: %w", args[0], err)
		}
		height := clienttypes.NewHeight(clienttypes.ParseChainID(signed.ChainID), uint64(signed.Height))
		state := ibctm.NewClientState(signed.ChainID, ibctm.DefaultTrustLevel, trusting, app.UnbondingTime, maxClockDrift,
			height, commitmenttypes.GetSDKSpecs(), []string{"upgrade", "upgradedIBCState"})
		if like != "" {
			if state, err = likeClient(cmd, ctx, like, state); err != nil {
				return nil, err
			}
			if cmd.Flags().Changed("trusting-period") {
				state.TrustingPeriod = trusting
			}
		}
		if err := state.Validate(); err != nil {
			return nil, err
		}
		consensus := ibctm.NewConsensusState(signed.Time, commitmenttypes.NewMerkleRoot(signed.AppHash), signed.NextValidatorsHash)
		return clienttypes.NewMsgCreateClient(state, consensus, ctx.FromAddress.String())
	})
}

// likeClient is the state of a client of ours, but at another's latest height.
func likeClient(cmd *cobra.Command, ctx client.Context, id string, fresh *ibctm.ClientState) (*ibctm.ClientState, error) {
	known, err := here{ctx: ctx}.client(cmd.Context(), id)
	if err != nil {
		return nil, err
	}
	state := *known.State
	if state.ChainId != fresh.ChainId {
		return nil, fmt.Errorf("--like: %s is a client of %s, the node is of %s", id, state.ChainId, fresh.ChainId)
	}
	state.LatestHeight, state.FrozenHeight = fresh.LatestHeight, clienttypes.ZeroHeight()
	return &state, nil
}
