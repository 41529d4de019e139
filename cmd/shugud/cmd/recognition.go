package cmd

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	recognition "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

var recordKinds = map[string]recognition.RecordKind{
	"voucher": recognition.RECORD_KIND_VOUCHER, "settlement": recognition.RECORD_KIND_SETTLEMENT, "status": recognition.RECORD_KIND_STATUS,
}

// agreementInput is what a resolution says of an agreement.
type agreementInput struct {
	ChainID    string   `yaml:"chain_id"`
	ClientID   string   `yaml:"client_id"`
	ChannelID  string   `yaml:"channel_id"`
	Kinds      []string `yaml:"kinds"`
	Industries []string `yaml:"industries"`
	MaxAmount  string   `yaml:"max_amount"`
	Begins     string   `yaml:"begins"`
	Ends       string   `yaml:"ends"`
	Freshness  string   `yaml:"freshness"`
}

// newRecognitionCmd holds mutual recognition between chains.
func newRecognitionCmd() *cobra.Command {
	c := &cobra.Command{Use: "recognition", Short: "Recognition between chains (跨链互认): present, open-client, update-client; see also: shugud recognize", RunE: client.ValidateCmd}
	c.AddCommand(newPresentCmd(), newOpenClientCmd(), newUpdateClientCmd())
	return c
}

func newPresentCmd() *cobra.Command {
	var to string
	c := &cobra.Command{
		Use: "present VOUCHER --to CHAIN", Short: "Send a voucher, its settlement record and its status to another chain", Args: cobra.ExactArgs(1),
		Example: "  shugud recognition present 3301-261123-000012-000001-24 --to shugu-shanghai-1 --from seller",
	}
	c.Flags().StringVar(&to, "to", "", "chain id of the counterparty")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		number, err := voucher.ParseDisplayed(args[0])
		return &recognition.MsgPresent{Signer: ctx.FromAddress.String(), Voucher: number, ChainId: to}, err
	})
}

func (in agreementInput) agreement() (recognition.Agreement, error) {
	out := recognition.Agreement{ChainId: in.ChainID, ClientId: in.ClientID, ChannelId: in.ChannelID, Industries: in.Industries}
	for _, name := range in.Kinds {
		kind, err := parseChoice("kinds", name, recordKinds)
		if err != nil {
			return out, err
		}
		out.Kinds = append(out.Kinds, kind)
	}
	var err error
	if out.MaxAmount, err = parseMoney("max_amount", in.MaxAmount); err != nil {
		return out, err
	}
	begins, err := time.Parse(time.RFC3339, in.Begins)
	if err != nil {
		return out, fmt.Errorf("begins: expected a time like 2026-01-01T00:00:00Z, got %q", in.Begins)
	}
	ends, err := time.Parse(time.RFC3339, in.Ends)
	if err != nil {
		return out, fmt.Errorf("ends: expected a time like 2036-01-01T00:00:00Z, got %q", in.Ends)
	}
	freshness, err := time.ParseDuration(in.Freshness)
	if err != nil {
		return out, fmt.Errorf("freshness: expected a time like 24h, got %q", in.Freshness)
	}
	out.BeginsAt, out.EndsAt, out.Freshness = begins.Unix(), ends.Unix(), int64(freshness/time.Second)
	return out, nil
}
