package cmd

import (
	"context"
	"fmt"

	"github.com/cosmos/cosmos-sdk/client"
)

// checkChain says when the chain that is signed for is not the node's. The chain itself
// would only say that a signature does not verify. A node that does not answer is told of
// by whoever asks it next.
func checkChain(goCtx context.Context, ctx client.Context) error {
	if ctx.Offline || ctx.GenerateOnly {
		return nil
	}
	node, err := ctx.GetNode()
	if err != nil {
		return err
	}
	status, err := node.Status(goCtx)
	if err != nil {
		return nil
	}
	if chain := status.NodeInfo.Network; chain != ctx.ChainID {
		return fmt.Errorf("--chain-id: expected %q, the chain of the node at %s, got %q 链标识应为 %s（节点所在链），给出的是 %q; name that chain, or another node with --node; nothing was signed 未签名",
			chain, ctx.NodeURI, ctx.ChainID, chain, ctx.ChainID)
	}
	return nil
}
