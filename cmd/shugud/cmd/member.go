package cmd

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

var roles = map[string]consortium.Role{
	"exchange": consortium.ROLE_EXCHANGE, "merchant": consortium.ROLE_MERCHANT,
	"committee-member": consortium.ROLE_COMMITTEE_MEMBER, "court": consortium.ROLE_COURT, "bank": consortium.ROLE_BANK,
	"authority": consortium.ROLE_AUTHORITY, "operator": consortium.ROLE_OPERATOR, "relayer": consortium.ROLE_RELAYER,
}

// newMemberCmd holds step 2 of a trade, onboarding, and what comes after it in a member's life.
func newMemberCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "member", Short: "Members (联盟成员): apply, admit, reject, suspend, reinstate, tier, accounts, update, leave, show", RunE: client.ValidateCmd,
	}
	c.AddCommand(
		newApplyCmd(), newAdmitCmd(), newRejectCmd(), newSuspendCmd(), newReinstateCmd(), newTierCmd(),
		newAccountCmd(), newUpdateMemberCmd(), newLeaveCmd(), newShowMemberCmd(),
	)
	return c
}

type applicationInput struct {
	Name            string   `yaml:"name"`
	CreditCode      string   `yaml:"credit_code"`
	Region          string   `yaml:"region"`
	Roles           []string `yaml:"roles"`
	AgeRecipient    string   `yaml:"age_recipient"`
	Documents       string   `yaml:"documents"`
	DocumentsDigest string   `yaml:"documents_digest"`
	AdmittingMember uint32   `yaml:"admitting_member"`
	ValidDays       int      `yaml:"valid_days"`
}

func newApplyCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "apply -f application.yaml --from KEY --chain-id CHAIN",
		Short: "Write and sign an application for membership, without sending anything",
		Example: `  shugud example application > application.yaml
  shugud member apply -f application.yaml --from me --chain-id shugu-hangzhou-1 > application.json`,
		Args: cobra.NoArgs,
	}
	var file string
	fileFlag(c, &file)
	return signCommand(c, func(cmd *cobra.Command, ctx client.Context) (*signedApplication, error) {
		var in applicationInput
		if err := readInput(file, &in); err != nil {
			return nil, err
		}
		signed, err := apply(ctx, in)
		if warning := consortium.WarnOfCreditCode(in.CreditCode); err == nil && warning != "" {
			fmt.Fprintf(cmd.ErrOrStderr(), "warning 提醒: credit_code: %s; compare it with the licence 请核对营业执照\n", warning)
		}
		return signed, err
	})
}

func apply(ctx client.Context, in applicationInput) (*signedApplication, error) {
	once, err := newOnce(ctx, in.ValidDays)
	if err != nil {
		return nil, err
	}
	application := consortium.Application{
		ChainId: ctx.ChainID, AdmittingMember: in.AdmittingMember, PublicKey: once.key,
		Name: in.Name, CreditCode: in.CreditCode, Region: in.Region, AgeRecipient: in.AgeRecipient,
		Nonce: once.nonce, ExpiresAt: once.expiresAt,
	}
	if application.Roles, err = parseRoles(in.Roles); err != nil {
		return nil, err
	}
	if application.DocumentsDigest, err = fileOrDigest("documents", in.Documents, in.DocumentsDigest); err != nil {
		return nil, err
	}
	if err := application.Validate(); err != nil {
		return nil, err
	}
	signed, err := consortium.ApplicationSignBytes(application)
	if err != nil {
		return nil, err
	}
	return signApplication(ctx, &application, signed)
}

func newAdmitCmd() *cobra.Command {
	var conditions string
	c := &cobra.Command{
		Use:     "admit application.json",
		Short:   "Admit an applicant: an exchange admits merchants; the council admits all others, by `council propose`",
		Example: `  shugud member admit application.json --from exchange --conditions "首年每季度复核"`,
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&conditions, "conditions", "", "conditions of admission, public")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		msg, err := readAdmission(ctx.Codec, args[0])
		msg.Signer, msg.Conditions = ctx.FromAddress.String(), conditions
		return msg, err
	})
}

// readAdmission reads the file that an applicant signed.
func readAdmission(cdc codec.Codec, path string) (*consortium.MsgAdmit, error) {
	msg := &consortium.MsgAdmit{}
	var err error
	msg.Signature, err = readApplication(cdc, path, &msg.Application)
	return msg, err
}

func newSuspendCmd() *cobra.Command {
	c := &cobra.Command{
		Use:     "suspend NUMBER --reason TEXT",
		Short:   "Suspend a member: it can finish or refund what is open and start nothing",
		Example: `  shugud member suspend 12 --from exchange --reason "未通过年度审计"`,
	}
	return withReason(c, func(signer string, member uint32, reason string) sdk.Msg {
		return &consortium.MsgSuspend{Signer: signer, Member: member, Reason: reason}
	})
}

// withReason makes a command that takes a member's number and, for the public, a reason.
func withReason(c *cobra.Command, message func(signer string, member uint32, reason string) sdk.Msg) *cobra.Command {
	var reason string
	c.Args = cobra.ExactArgs(1)
	c.Flags().StringVar(&reason, "reason", "", "why, public")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		number, err := parseNumber("member", args[0])
		return message(ctx.FromAddress.String(), number, reason), err
	})
}
