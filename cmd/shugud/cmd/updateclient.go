package cmd

import (
	"fmt"

	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/cmd/shugud/carry"
	"github.com/shugu-network/shugu/cmd/shugud/prove"
)

// newUpdateClientCmd makes `shugud recognition update-client`.
func newUpdateClientCmd() *cobra.Command {
	var evidence bool
	c := &cobra.Command{
		Use:   "update-client NODE --from KEY",
		Short: "Tell our light client of another chain that chain's latest header, so that it does not expire (更新轻客户端)",
		Long: `Tell the light client that our agreement with another chain names the latest header of
that chain, as one of its nodes shows it; NODE is that node's RPC address. Any active
member may do so: the header proves itself. A relayer does it with every packet, and
shugud recognize with every bundle; this is for when neither has anything to carry.

When the header contradicts what the light client was told before, one of the two was
never true: it is sent all the same, as evidence, and freezes the client.

Exit codes: 0 done; 1 not sent; 2 refused at the door; 3 failed in the block; 4 not seen
in time, or unknown; 5 evidence of misbehaviour was sent.`,
		Example: "  shugud recognition update-client https://rpc.shanghai.example --from merchant",
		Args:    cobra.ExactArgs(1),
	}
	batchCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) ([]sdk.Msg, error) {
		msgs, conflict, err := updateMessages(cmd, ctx, args[0])
		evidence = conflict
		return msgs, err
	})
	return evidenceExits(c, &evidence)
}

// updateMessages makes the updates that lead the client to the node's latest header. It says whether they are
// evidence of misbehaviour.
func updateMessages(cmd *cobra.Command, ctx client.Context, address string) ([]sdk.Msg, bool, error) {
	node, err := rpchttp.NewWithTimeout(address, "/websocket", rpcTimeout)
	if err != nil {
		return nil, false, fmt.Errorf("expected a node's address like tcp://localhost:26657, got %q: %w", address, err)
	}
	signed, err := prove.Latest(cmd.Context(), node)
	if err != nil {
		return nil, false, fmt.Errorf("node %s: %w", address, err)
	}
	here, err := askHere(cmd.Context(), ctx)
	if err != nil {
		return nil, false, err
	}
	agreement, err := here.agreementWith(cmd.Context(), signed.ChainID)
	if err != nil {
		return nil, false, err
	}
	trusted, err := here.client(cmd.Context(), agreement.ClientId)
	if err != nil {
		return nil, false, err
	}
	known := int64(trusted.State.LatestHeight.RevisionHeight)
	if signed.Height <= known {
		return nil, false, fmt.Errorf("%s knows header %d already, and node %s is at %d: ask again later, or another node", trusted.ID, known, address, signed.Height)
	}
	frame, err := prove.Header(cmd.Context(), node, known)
	if err != nil {
		return nil, false, fmt.Errorf("node %s: %w", address, err)
	}
	batch, err := carry.NewHeader(frame)
	if err != nil {
		return nil, false, fmt.Errorf("node %s: %w", address, err)
	}
	plan, err := batch.Updates(cmd.Context(), trusted)
	if err != nil {
		return nil, false, err
	}
	msgs, err := batchMessages(batch, plan, carry.UpdateOnly, agreement.ClientId, ctx.FromAddress.String())
	if err != nil {
		return nil, false, err
	}
	batch.Tell(cmd.ErrOrStderr(), carry.UpdateOnly, agreement.ClientId, plan)
	return msgs, plan.Conflict != "", nil
}
