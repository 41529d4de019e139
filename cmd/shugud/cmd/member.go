package cmd

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

var roles = map[string]consortium.Role{
	"exchange": consortium.ROLE_EXCHANGE, "merchant": consortium.ROLE_MERCHANT,
	"committee-member": consortium.ROLE_COMMITTEE_MEMBER, "court": consortium.ROLE_COURT, "bank": consortium.ROLE_BANK,
	"authority": consortium.ROLE_AUTHORITY, "operator": consortium.ROLE_OPERATOR, "relayer": consortium.ROLE_RELAYER,
}

// newMemberCmd holds step 2 of a trade: onboarding.
func newMemberCmd() *cobra.Command {
	c := &cobra.Command{Use: "member", Short: "Onboarding (平台入驻): apply, admit, suspend", RunE: client.ValidateCmd}
	c.AddCommand(newApplyCmd(), newAdmitCmd(), newSuspendCmd())
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

// signedApplication is the file that an applicant hands to the admitting member.
type signedApplication struct {
	Application json.RawMessage `json:"application"`
	Signature   string          `json:"signature"`
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
	c.Flags().StringVarP(&file, "file", "f", "", "the application, YAML or JSON; - for standard input")
	c.Flags().String(flags.FlagFrom, "", "name of the key of the applicant's account")
	c.Flags().String(flags.FlagChainID, "", "chain that the application is for")
	flags.AddKeyringFlags(c.Flags())
	_ = c.MarkFlagRequired("file")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		ctx, err := client.GetClientTxContext(cmd)
		if err != nil {
			return err
		}
		signed, err := apply(ctx, file)
		if err != nil {
			return err
		}
		enc := json.NewEncoder(cmd.OutOrStdout())
		enc.SetIndent("", "  ")
		return enc.Encode(signed)
	}
	return c
}

func apply(ctx client.Context, file string) (*signedApplication, error) {
	var in applicationInput
	if err := readInput(file, &in); err != nil {
		return nil, err
	}
	if ctx.ChainID == "" {
		return nil, fmt.Errorf("--chain-id: expected the chain that the application is for")
	}
	record, err := ctx.Keyring.Key(ctx.FromName)
	if err != nil {
		return nil, fmt.Errorf("--from: %w; `shugud keys list` shows your keys", err)
	}
	key, err := record.GetPubKey()
	if err != nil {
		return nil, err
	}
	application := consortium.Application{
		ChainId: ctx.ChainID, AdmittingMember: in.AdmittingMember, PublicKey: key.Bytes(),
		Name: in.Name, CreditCode: in.CreditCode, Region: in.Region, AgeRecipient: in.AgeRecipient,
		Nonce:     make([]byte, 16),
		ExpiresAt: time.Now().Add(time.Duration(in.ValidDays) * 24 * time.Hour).Unix(),
	}
	if _, err := rand.Read(application.Nonce); err != nil {
		return nil, err
	}
	for _, name := range in.Roles {
		role, err := parseChoice("roles", name, roles)
		if err != nil {
			return nil, err
		}
		application.Roles = append(application.Roles, role)
	}
	slices.Sort(application.Roles)
	if application.DocumentsDigest, err = fileOrDigest("documents", in.Documents, in.DocumentsDigest); err != nil {
		return nil, err
	}
	if err := application.Validate(); err != nil {
		return nil, err
	}
	bytes, err := consortium.ApplicationSignBytes(application)
	if err != nil {
		return nil, err
	}
	signature, _, err := ctx.Keyring.Sign(ctx.FromName, bytes, signing.SignMode_SIGN_MODE_DIRECT)
	if err != nil {
		return nil, err
	}
	raw, err := ctx.Codec.MarshalJSON(&application)
	if err != nil {
		return nil, err
	}
	return &signedApplication{Application: raw, Signature: hex.EncodeToString(signature)}, nil
}

func newAdmitCmd() *cobra.Command {
	var conditions string
	c := &cobra.Command{
		Use:     "admit application.json",
		Short:   "Admit an applicant: an exchange admits merchants; the council all others, by `council propose`",
		Example: `  shugud member admit application.json --from exchange --conditions "首年每季度复核"`,
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&conditions, "conditions", "", "conditions of admission, public")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		msg, err := readAdmission(ctx.Codec, args[0])
		if err != nil {
			return nil, err
		}
		msg.Signer, msg.Conditions = ctx.FromAddress.String(), conditions
		return msg, nil
	})
}

// readAdmission reads the file that an applicant signed.
func readAdmission(cdc codec.Codec, path string) (*consortium.MsgAdmit, error) {
	raw, err := readBounded(path)
	if err != nil {
		return nil, err
	}
	var signed signedApplication
	if err := json.Unmarshal(raw, &signed); err != nil {
		return nil, fmt.Errorf("%s: expected the output of `shugud member apply`: %w", path, err)
	}
	msg := &consortium.MsgAdmit{}
	if err := cdc.UnmarshalJSON(signed.Application, &msg.Application); err != nil {
		return nil, fmt.Errorf("%s: application: %w", path, err)
	}
	if msg.Signature, err = hex.DecodeString(signed.Signature); err != nil {
		return nil, fmt.Errorf("%s: signature: expected hex digits: %w", path, err)
	}
	return msg, nil
}

func newSuspendCmd() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use:     "suspend NUMBER --reason TEXT",
		Short:   "Suspend a member: it can finish or refund what is open and start nothing",
		Example: `  shugud member suspend 12 --from exchange --reason "未通过年度审计"`,
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&reason, "reason", "", "why, public")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		number, err := parseNumber("member", args[0])
		return &consortium.MsgSuspend{Signer: ctx.FromAddress.String(), Member: number, Reason: reason}, err
	})
}
