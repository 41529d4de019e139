package cmd

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"

	"github.com/shugu-network/shugu/cmd/shugud/carry"
	"github.com/shugu-network/shugu/verify"
)

// exitEvidence is the exit code when a header was sent as evidence of misbehaviour:
// it is in a block, and nothing was recognised.
const exitEvidence = 5

// maxBatchBytes of a transaction; CometBFT's max_tx_bytes is 1 MiB here.
const maxBatchBytes = 1_000_000

// newRecognizeCmd makes `shugud recognize`.
func newRecognizeCmd() *cobra.Command {
	var statusOnly, reaffirm, evidence bool
	c := &cobra.Command{
		Use:     "recognize BUNDLE... --from KEY",
		Aliases: []string{"recognise"},
		Short:   "Recognise another chain's vouchers here by their bundles (凭证明包互认): no channel and no relayer is needed",
		Long: `Recognise vouchers of another chain on this one, by the bundles that its nodes write:

  there   shugud query voucher proof NUMBER [NUMBER...] -O bundles
  here    shugud recognize bundles --from merchant

BUNDLE is a file, or a folder of files *.json. Any active member may do so, whoever made
the bundles: they prove themselves. Up to 100 bundles that were made together (they lie
under one header) go in one transaction. It tells our light client of that chain the
bundles' header, step by step where validators have changed, and proves voucher,
settlement and status of each against it. All are recognised, or none. A live agreement
with the chain is needed, and a header no older than it says.

--status-only proves only how the vouchers stand, whether they are recognised here or not:
that refreshes what is STALE. --reaffirm proves vouchers again that stand here and became
SUSPECT, when the light client has been recovered.

When the header contradicts what the light client was told before, one of the two was
never true. Then only the header is sent, as evidence: it freezes the client.

Exit codes: 0 done; 1 not sent; 2 refused at the door; 3 failed in the block; 4 not seen
in time, or unknown; 5 evidence of misbehaviour was sent, and nothing recognised.`,
		Example: "  shugud recognize bundle.json --from merchant\n" +
			"  shugud recognize bundles --from merchant\n" +
			"  shugud recognize bundle.json --status-only --from merchant\n" +
			"  shugud recognize bundles --reaffirm --from merchant",
		Args: cobra.MinimumNArgs(1),
	}
	c.Flags().BoolVar(&statusOnly, "status-only", false, "prove only how the vouchers stand")
	c.Flags().BoolVar(&reaffirm, "reaffirm", false, "prove vouchers again that stand here in doubt")
	c.MarkFlagsMutuallyExclusive("status-only", "reaffirm")
	batchCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) ([]sdk.Msg, error) {
		way := carry.Recognise
		if statusOnly {
			way = carry.StatusOnly
		}
		if reaffirm {
			way = carry.Reaffirm
		}
		msgs, conflict, err := recognizeMessages(cmd, ctx, args, way)
		evidence = conflict
		return msgs, err
	})
	return evidenceExits(c, &evidence)
}

// evidenceExits has a command that sent evidence of misbehaviour end with a code of its own.
func evidenceExits(c *cobra.Command, evidence *bool) *cobra.Command {
	run := c.RunE
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if err := run(cmd, args); err != nil || !*evidence {
			return err
		}
		return &ExitError{Code: exitEvidence, Err: errors.New("the light client is frozen now, and nothing was recognised: tell the council; " + runbook("A client is frozen"))}
	}
	return c
}

// recognizeMessages makes the transaction's messages and tells what they do. It says
// whether they are evidence of misbehaviour instead.
func recognizeMessages(cmd *cobra.Command, ctx client.Context, paths []string, way carry.Way) ([]sdk.Msg, bool, error) {
	bundles, err := readBundles(paths)
	if err != nil {
		return nil, false, err
	}
	batch, err := carry.NewBatch(bundles)
	if err != nil {
		return nil, false, err
	}
	here, err := askHere(cmd.Context(), ctx)
	if err != nil {
		return nil, false, err
	}
	agreement, err := here.agreementWith(cmd.Context(), batch.ChainID)
	if err != nil {
		return nil, false, err
	}
	trusted, err := here.client(cmd.Context(), agreement.ClientId)
	if err != nil {
		return nil, false, err
	}
	plan, err := batch.Updates(cmd.Context(), trusted)
	if err != nil {
		return nil, false, err
	}
	conflict := plan.Conflict != ""
	if age := here.now.Sub(batch.Time); !conflict && age > time.Duration(agreement.Freshness)*time.Second {
		return nil, false, fmt.Errorf("header %d of %s is of %s, %s ago, and the agreement takes proofs of at most %s: take a newer bundle",
			batch.Height, batch.ChainID, batch.Time.UTC().Format(time.RFC3339), age.Round(time.Second), time.Duration(agreement.Freshness)*time.Second)
	}
	msgs, err := batchMessages(batch, plan, way, agreement.ClientId, ctx.FromAddress.String())
	if err != nil {
		return nil, false, err
	}
	batch.Tell(cmd.ErrOrStderr(), way, agreement.ClientId, plan)
	return msgs, conflict, nil
}

// batchMessages are the client's updates and, unless they freeze it, the proofs.
func batchMessages(batch *carry.Batch, plan carry.Updates, way carry.Way, clientID, signer string) ([]sdk.Msg, error) {
	var msgs []sdk.Msg
	for _, header := range plan.Headers {
		update, err := clienttypes.NewMsgUpdateClient(clientID, header, signer)
		if err != nil {
			return nil, err
		}
		msgs = append(msgs, update)
	}
	if plan.Conflict != "" || way == carry.UpdateOnly {
		return msgs, nil
	}
	var proof interface {
		sdk.Msg
		Size() int
	}
	var err error
	switch way {
	case carry.StatusOnly:
		proof, err = batch.ProveStatus(signer)
	case carry.Reaffirm:
		proof, err = batch.Reaffirm(signer)
	default:
		proof, err = batch.Recognize(signer)
	}
	if err != nil {
		return nil, err
	}
	if proof.Size() > maxBatchBytes {
		return nil, fmt.Errorf("the proofs have %d bytes, and a transaction at most %d: carry fewer bundles at once", proof.Size(), maxBatchBytes)
	}
	return append(msgs, proof), nil
}

// readBundles reads files, and all files *.json of folders.
func readBundles(paths []string) ([]*verify.Bundle, error) {
	var files []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			files = append(files, path)
			continue
		}
		found, err := filepath.Glob(filepath.Join(path, "*.json"))
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("%s: expected bundles, files *.json, in the folder", path)
		}
		files = append(files, found...)
	}
	var bundles []*verify.Bundle
	for _, file := range files {
		raw, err := readFile(nil, file, verify.MaxBundleBytes)
		if err != nil {
			return nil, err
		}
		bundle, err := verify.Decode(raw)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		bundles = append(bundles, bundle)
	}
	return bundles, nil
}

// runbook names a section of docs/operators/recognition.md.
func runbook(section string) string {
	return fmt.Sprintf("see %q in docs/operators/recognition.md", section)
}
