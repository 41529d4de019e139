package cmd

import (
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// tiers by name, in English and in Chinese.
var tiers = map[string]consortium.Tier{
	"cornerstone": consortium.TIER_CORNERSTONE, "spark": consortium.TIER_SPARK, "galaxy": consortium.TIER_GALAXY,
	"基石": consortium.TIER_CORNERSTONE, "星火": consortium.TIER_SPARK, "星海": consortium.TIER_GALAXY,
}

func newRejectCmd() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use:     "reject application.json --reason TEXT",
		Short:   "Exchange: refuse a merchant's application, on record; it is used up, another one can be signed",
		Example: `  shugud member reject application.json --from exchange --reason "安全承诺书未签署"`,
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&reason, "reason", "", "why, public")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		msg := &consortium.MsgReject{Signer: ctx.FromAddress.String(), Reason: reason}
		var err error
		msg.Signature, err = readApplication(ctx.Codec, args[0], &msg.Application)
		return msg, err
	})
}

func newReinstateCmd() *cobra.Command {
	c := &cobra.Command{
		Use:     "reinstate NUMBER --reason TEXT",
		Short:   "Exchange: make a merchant active again that it suspended itself",
		Example: `  shugud member reinstate 12 --from exchange --reason "整改完成"`,
	}
	return withReason(c, func(signer string, member uint32, reason string) sdk.Msg {
		return &consortium.MsgReinstate{Signer: signer, Member: member, Reason: reason}
	})
}

func newTierCmd() *cobra.Command {
	var rule string
	c := &cobra.Command{
		Use:     "tier NUMBER cornerstone|spark|galaxy --rule VERSION",
		Short:   "Exchange: give a merchant that it admitted a tier (基石、星火、星海)",
		Example: "  shugud member tier 12 spark --rule HZDE-2026-03 --from exchange",
		Args:    cobra.ExactArgs(2),
	}
	c.Flags().StringVar(&rule, "rule", "", "version of the rule that gives the tier")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		number, err := parseNumber("member", args[0])
		if err != nil {
			return nil, err
		}
		tier, err := parseChoice("tier", args[1], tiers)
		return &consortium.MsgSetTier{Signer: ctx.FromAddress.String(), Member: number, Tier: tier, RuleVersion: rule}, err
	})
}
