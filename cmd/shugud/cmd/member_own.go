package cmd

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// newAccountCmd holds the accounts that act for a member besides its owner's.
func newAccountCmd() *cobra.Command {
	c := &cobra.Command{Use: "account", Short: "Further accounts of a member (成员账户): apply, add, revoke", RunE: client.ValidateCmd}
	c.AddCommand(newAccountApplyCmd(), newAccountAddCmd(), newAccountRevokeCmd())
	return c
}

func newAccountApplyCmd() *cobra.Command {
	var names []string
	var days int
	c := &cobra.Command{
		Use:   "apply NUMBER --roles ROLE,… --from KEY --chain-id CHAIN",
		Short: "Holder of a new key: sign to act for a member in some of its roles, without sending anything",
		Long: `Sign, with a new key, that its account is to act for a member within some of the member's
roles. The member's owner carries it in ` + "`shugud member account add`" + `. Trading, paying and
withdrawing take the role merchant; only the owner changes the member itself.

With all roles of the member, the council can carry it to replace a lost owner's key.`,
		Example: `  shugud keys add carrier
  shugud member account apply 12 --roles relayer --from carrier --chain-id shugu-hangzhou-1 > account.json`,
		Args: cobra.ExactArgs(1),
	}
	c.Flags().StringSliceVar(&names, "roles", nil, "what the account may do")
	c.Flags().IntVar(&days, "valid-days", 30, "days that the signature is good for, at most 90")
	if err := c.MarkFlagRequired("roles"); err != nil {
		panic(err)
	}
	return signCommand(c, func(cmd *cobra.Command, ctx client.Context) (*signedApplication, error) {
		number, err := parseNumber("member", cmd.Flags().Arg(0))
		if err != nil {
			return nil, err
		}
		return applyAccount(ctx, number, names, days)
	})
}

func applyAccount(ctx client.Context, number uint32, names []string, days int) (*signedApplication, error) {
	once, err := newOnce(ctx, days)
	if err != nil {
		return nil, err
	}
	application := consortium.AccountApplication{
		ChainId: ctx.ChainID, Member: number, PublicKey: once.key, Nonce: once.nonce, ExpiresAt: once.expiresAt,
	}
	if application.Roles, err = parseRoles(names); err != nil {
		return nil, err
	}
	if err := application.Validate(); err != nil {
		return nil, err
	}
	signed, err := consortium.AccountSignBytes(application)
	if err != nil {
		return nil, err
	}
	return signApplication(ctx, &application, signed)
}

func newAccountAddCmd() *cobra.Command {
	c := &cobra.Command{
		Use:     "add account.json",
		Short:   "Owner: let the account that signed act for your member",
		Example: "  shugud member account add account.json --from seller",
		Args:    cobra.ExactArgs(1),
	}
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		msg := &consortium.MsgAddAccount{Signer: ctx.FromAddress.String()}
		var err error
		msg.Signature, err = readApplication(ctx.Codec, args[0], &msg.Application)
		return msg, err
	})
}

func newAccountRevokeCmd() *cobra.Command {
	c := &cobra.Command{
		Use:     "revoke ADDRESS",
		Short:   "Owner: an account acts for your member no more, from the next message on",
		Example: "  shugud member account revoke shugu1… --from seller",
		Args:    cobra.ExactArgs(1),
	}
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		return &consortium.MsgRevokeAccount{Signer: ctx.FromAddress.String(), Account: args[0]}, nil
	})
}

func newUpdateMemberCmd() *cobra.Command {
	var recipient, documents, digest string
	c := &cobra.Command{
		Use:   "update --age-recipient KEY --documents FILE",
		Short: "Owner: change your member's age recipient, its documents, or both; name and credit code never change",
		Example: `  shugud data keygen -O identity-2.txt
  shugud member update --age-recipient age1… --from seller
  shugud member update --documents licence-2027.pdf --from seller`,
		Args: cobra.NoArgs,
	}
	c.Flags().StringVar(&recipient, "age-recipient", "", "public key to which files are sealed from now on")
	c.Flags().StringVar(&documents, "documents", "", "file of new documents; its SHA-256 goes on chain")
	c.Flags().StringVar(&digest, "documents-digest", "", "the SHA-256 instead of the file, 64 hex digits")
	c.MarkFlagsOneRequired("age-recipient", "documents", "documents-digest")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, _ []string) (sdk.Msg, error) {
		sum, err := fileOrDigest("documents", documents, digest)
		return &consortium.MsgUpdateMember{Signer: ctx.FromAddress.String(), AgeRecipient: recipient, DocumentsDigest: sum}, err
	})
}

func newLeaveCmd() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use:   "leave NUMBER",
		Short: "Owner: end your membership for good; NUMBER is your own, as a confirmation",
		Long: `End a membership for good. What is open can still be finished or refunded, and fen withdrawn.
The credit code is free for a new application, with another key and under a new number.
A member that holds a validator seat cannot leave before the council has revoked the seat.`,
		Example: `  shugud member leave 12 --from seller --reason "公司合并"`,
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&reason, "reason", "", "why, public")
	return txCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		number, err := parseNumber("member", args[0])
		if err != nil {
			return nil, err
		}
		signer := ctx.FromAddress.String()
		res, err := consortium.NewQueryClient(ctx).MemberByAddress(cmd.Context(), &consortium.QueryMemberByAddressRequest{Address: signer})
		if err != nil {
			return nil, fmt.Errorf("the member of %s: %s", signer, plain(err))
		}
		if res.Member.Number != number {
			return nil, fmt.Errorf("member: %s acts for member %06d (%s), got %06d", signer, res.Member.Number, words.Quoted(res.Member.Name), number)
		}
		return &consortium.MsgLeave{Signer: signer, Reason: reason}, nil
	})
}
