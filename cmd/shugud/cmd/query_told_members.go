package cmd

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
)

// toldMembers are the queries for members, seats and the private network.
var toldMembers = map[string]toldQuery{
	"consortium member-by-address": telling(func(w io.Writer, res *consortium.QueryMemberByAddressResponse, _ words.Names) {
		writeMember(w, &res.Member)
		fmt.Fprintln(w, "The roles are those of the account 角色为该账户的角色。")
	}),
	"consortium member-by-credit-code": telling(func(w io.Writer, res *consortium.QueryMemberByCreditCodeResponse, _ words.Names) {
		writeMember(w, &res.Member)
	}),
	"consortium member-history": telling(func(w io.Writer, res *consortium.QueryMemberHistoryResponse, _ words.Names) {
		for i := range res.Changes {
			fmt.Fprintln(w, changeInWords(&res.Changes[i]))
		}
		none(w, len(res.Changes))
	}),
	"consortium accounts": telling(func(w io.Writer, res *consortium.QueryAccountsResponse, _ words.Names) {
		words.Accounts(w, *res)
	}),
	"consortium refusals": telling(func(w io.Writer, res *consortium.QueryRefusalsResponse, names words.Names) {
		words.Refusals(w, res.Refusals, names)
		none(w, len(res.Refusals))
	}),
	"consortium refusals-by-credit-code": telling(func(w io.Writer, res *consortium.QueryRefusalsByCreditCodeResponse, names words.Names) {
		words.Refusals(w, res.Refusals, names)
		none(w, len(res.Refusals))
	}),
	"consortium quota": telling(func(w io.Writer, res *consortium.QueryQuotaResponse, _ words.Names) {
		words.Quota(w, *res)
	}),
	"consortium seat": telling(func(w io.Writer, res *consortium.QuerySeatResponse, _ words.Names) {
		fmt.Fprint(w, seatText(res))
	}),
	"consortium seats": telling(func(w io.Writer, res *consortium.QuerySeatsResponse, names words.Names) {
		words.Seats(w, *res, names)
		none(w, len(res.Seats))
	}),
	"consortium sets": telling(func(w io.Writer, res *consortium.QuerySetHistoryResponse, _ words.Names) {
		words.Sets(w, res.Sets)
		none(w, len(res.Sets))
	}),
	"consortium evidence": telling(func(w io.Writer, res *consortium.QueryEvidenceResponse, names words.Names) {
		words.Misbehaviours(w, res.Evidence, names)
		none(w, len(res.Evidence))
	}),
	"consortium node": telling(func(w io.Writer, res *consortium.QueryNodeResponse, _ words.Names) {
		fmt.Fprint(w, nodeText(res.Node), admittedText(res.Admitted))
	}),
	"consortium nodes": telling(func(w io.Writer, res *consortium.QueryNodesResponse, _ words.Names) {
		for _, node := range res.Nodes {
			fmt.Fprint(w, nodeText(node))
		}
		none(w, len(res.Nodes))
	}),
}

// toldPanels are the queries for panels and what they decide.
var toldPanels = map[string]toldQuery{
	"panel panel": telling(func(w io.Writer, res *panel.QueryPanelResponse, names words.Names) {
		words.Panel(w, *res, names)
	}),
	"panel panels": telling(func(w io.Writer, res *panel.QueryPanelsResponse, names words.Names) {
		words.Panels(w, res.Panels, names)
		none(w, len(res.Panels))
	}),
	"panel resolution":  tellResolution,
	"panel resolutions": tellResolutions,
}

// tellResolutions lists resolutions without what they carry, which a generated query prints
// in a form that the codec does not read.
func tellResolutions(cmd *cobra.Command, ctx client.Context, generated generatedQuery, args []string) error {
	raw, err := answerAsJSON(cmd, generated, args)
	if err != nil {
		return err
	}
	var answer struct {
		Resolutions []map[string]json.RawMessage `json:"resolutions"`
		Pagination  json.RawMessage              `json:"pagination,omitempty"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return err
	}
	for _, resolution := range answer.Resolutions {
		delete(resolution, "messages")
	}
	if raw, err = json.Marshal(answer); err != nil {
		return err
	}
	res := &panel.QueryResolutionsResponse{}
	if err := ctx.Codec.UnmarshalJSON(raw, res); err != nil {
		return err
	}
	words.Resolutions(cmd.OutOrStdout(), res.Resolutions)
	none(cmd.OutOrStdout(), len(res.Resolutions))
	nextPage(cmd.OutOrStdout(), res)
	return nil
}

// tellResolution says the same as `shugud council show`.
func tellResolution(cmd *cobra.Command, ctx client.Context, _ generatedQuery, args []string) error {
	id, err := parseResolution(args[0])
	if err != nil {
		return err
	}
	shown, err := showResolution(cmd.Context(), ctx, id)
	if err != nil {
		return err
	}
	shown.write(cmd.OutOrStdout())
	return nil
}
