package cmd

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"

	"github.com/shugu-network/shugu/cmd/shugud/ends"
	"github.com/shugu-network/shugu/cmd/shugud/words"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// toldRecognition are the queries for what stands here of other chains, and of ours there.
var toldRecognition = map[string]toldQuery{
	"recognition agreement": telling(func(w io.Writer, res *recognition.QueryAgreementResponse, _ words.Names) {
		words.Agreement(w, *res)
	}),
	"recognition agreements": telling(func(w io.Writer, res *recognition.QueryAgreementsResponse, _ words.Names) {
		words.Agreements(w, res.Agreements)
		none(w, len(res.Agreements))
	}),
	"recognition outbox-entry": telling(func(w io.Writer, res *recognition.QueryOutboxEntryResponse, _ words.Names) {
		words.Outbox(w, []recognition.OutboxEntry{res.Entry})
	}),
	"recognition outbox": telling(func(w io.Writer, res *recognition.QueryOutboxResponse, _ words.Names) {
		words.Outbox(w, res.Entries)
		none(w, len(res.Entries))
	}),
	"recognition queue": telling(func(w io.Writer, res *recognition.QueryQueueResponse, _ words.Names) {
		words.Backoff(w, res.Backoff)
		words.Outbox(w, res.Entries)
		none(w, len(res.Entries))
	}),
	"recognition recognised": telling(func(w io.Writer, res *recognition.QueryRecognisedResponse, _ words.Names) {
		words.RecognisedRecords(w, []recognition.Recognised{res.Recognised})
	}),
	"recognition recognised-list": telling(func(w io.Writer, res *recognition.QueryRecognisedListResponse, _ words.Names) {
		words.RecognisedRecords(w, res.Recognised)
		none(w, len(res.Recognised))
	}),
	"recognition foreign-status": telling(func(w io.Writer, res *recognition.QueryForeignStatusResponse, _ words.Names) {
		words.ForeignStatus(w, *res)
	}),
	"recognition standing": tellStandings,
}

// tellStandings says how a voucher stands here, for each chain that told something of it.
func tellStandings(cmd *cobra.Command, ctx client.Context, generated generatedQuery, args []string) error {
	res := &recognition.QueryStandingResponse{}
	if err := askAsGenerated(cmd, ctx, generated, args, res); err != nil {
		return err
	}
	w := cmd.OutOrStdout()
	for _, standing := range res.Standings {
		ends.WriteStanding(w, args[0], standing, nil)
	}
	if len(res.Standings) == 0 {
		fmt.Fprintln(w, "nothing is known of it here 此链未获知该凭证")
	}
	return nil
}

// toldParams are the queries for parameters.
var toldParams = map[string]toldQuery{
	"panel params":       tellParams("/shugu.panel.v1.MsgUpdateParams"),
	"consortium params":  tellParams("/shugu.consortium.v1.MsgUpdateParams"),
	"compliance params":  tellParams("/shugu.compliance.v1.MsgUpdateParams"),
	"trade params":       tellParams("/shugu.trade.v1.MsgUpdateParams"),
	"voucher params":     tellParams("/shugu.voucher.v1.MsgUpdateParams"),
	"recognition params": tellParams("/shugu.recognition.v1.MsgUpdateParams"),
}

// tellParams says the parameters that a message sets.
func tellParams(url string) toldQuery {
	return func(cmd *cobra.Command, ctx client.Context, generated generatedQuery, args []string) error {
		_, _, res := paramsQuery(url)
		if err := askAsGenerated(cmd, ctx, generated, args, res); err != nil {
			return err
		}
		params, err := paramsIn(ctx, res)
		if err != nil {
			return err
		}
		return words.Params(cmd.OutOrStdout(), url, params)
	}
}
