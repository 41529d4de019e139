package cmd

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// newGuardCmd makes `shugud query consortium guard`. AutoCLI cannot: its flags for lists of
// uint32 panic.
func newGuardCmd() *cobra.Command {
	var grant uint32
	c := &cobra.Command{
		Use:   "guard",
		Short: "Say whether a change of the validator set, made in one block, would pass now, and else when",
		Example: "  shugud query consortium guard --grant 1\n" +
			"  shugud query consortium guard --revoke 3 --rotate 1 --rotate 2 -o json",
		Args: cobra.NoArgs,
	}
	c.Flags().Uint32Var(&grant, "grant", 0, "how many seats are granted")
	revoke := c.Flags().StringSlice("revoke", nil, "member whose seat is revoked or suspended; may be given several times")
	rotate := c.Flags().StringSlice("rotate", nil, "member whose seat gets a new key; may be given several times")
	rejoin := c.Flags().StringSlice("rejoin", nil, "member whose suspended seat comes back; may be given several times")
	return answeringCommand(c, func(cmd *cobra.Command, ctx client.Context, _ []string) ([]answer, error) {
		req := &consortium.QueryGuardRequest{Grant: grant}
		for _, list := range []struct {
			flag  string
			given []string
			into  *[]uint32
		}{{"--revoke", *revoke, &req.Revoke}, {"--rotate", *rotate, &req.Rotate}, {"--rejoin", *rejoin, &req.Rejoin}} {
			for _, s := range list.given {
				number, err := parseNumber(list.flag, s)
				if err != nil {
					return nil, err
				}
				*list.into = append(*list.into, number)
			}
		}
		if req.Grant == 0 && len(req.Revoke)+len(req.Rotate)+len(req.Rejoin) == 0 {
			return nil, errors.New("expected a change: --grant, --revoke, --rotate or --rejoin")
		}
		res, err := consortium.NewQueryClient(ctx).Guard(cmd.Context(), req)
		if err != nil {
			return nil, errors.New(plain(err))
		}
		return []answer{{res, res.Message + "\n"}}, nil
	})
}
