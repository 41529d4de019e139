package cmd

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	"github.com/shugu-network/shugu/data"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// newDataCmd holds step 1 and the files' side of step 8. Data never goes on chain, only digests.
func newDataCmd() *cobra.Command {
	c := &cobra.Command{Use: "data", Short: "Files of a product (数据治理): manifest, keygen, seal, open, check", RunE: client.ValidateCmd}
	c.AddCommand(newManifestCmd(), newKeygenCmd(), newSealCmd(), newOpenCmd(), newCheckCmd())
	return c
}

// progress draws how far a long read has come, on a terminal only and after a second.
func progress(w io.Writer, what string) (data.Progress, func()) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, func() {}
	}
	return drawProgress(f, what, time.Now)
}

// drawProgress draws on a terminal, at the clock's pace.
func drawProgress(f io.Writer, what string, clock func() time.Time) (data.Progress, func()) {
	start := clock()
	drawn := time.Time{}
	draw := func(done, total int64) {
		now := clock()
		if now.Sub(start) < time.Second || now.Sub(drawn) < 100*time.Millisecond {
			return
		}
		drawn = now
		fmt.Fprintf(f, "\r%s  %3d%%  %d of %d MiB  %.0f MiB/s ", what, done*100/max(total, 1), done>>20, total>>20,
			float64(done>>20)/now.Sub(start).Seconds())
	}
	return draw, func() {
		if !drawn.IsZero() {
			fmt.Fprint(f, "\r\033[K")
		}
	}
}

func newManifestCmd() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use: "manifest PATH", Short: "Describe a file or folder: digests, sizes, media types, rows and columns", Args: cobra.ExactArgs(1),
		Example: "  shugud data manifest ./dataset -O manifest.json",
	}
	c.Flags().StringVarP(&out, "out", "O", "", "file to write; standard output when not given")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		draw, end := progress(os.Stderr, "reading 读取")
		m, err := data.Describe(cmd.Context(), args[0], draw)
		end()
		if err != nil {
			return err
		}
		raw, err := m.Encode()
		if err != nil {
			return err
		}
		if out == "" {
			_, err = cmd.OutOrStdout().Write(raw)
			return err
		}
		if err := os.WriteFile(out, raw, 0o644); err != nil {
			return err
		}
		digest, err := m.Digest()
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %d files, %d bytes, digest %s\n", out, len(m.Files), m.Size, hex.EncodeToString(digest))
		return nil
	}
	return c
}

func newKeygenCmd() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use: "keygen -O identity.txt", Short: "Make the key pair to which sellers seal files", Args: cobra.NoArgs,
		Long: "Writes the secret identity to a file that only you can read and prints the public recipient,\nwhich belongs into the application for membership (age_recipient).",
	}
	c.Flags().StringVarP(&out, "out", "O", "", "file for the secret identity; must not exist")
	if err := c.MarkFlagRequired("out"); err != nil {
		panic(err)
	}
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		identity, recipient, err := data.Identity()
		if err != nil {
			return err
		}
		f, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(f, "# public key: %s\n%s\n", recipient, identity); err != nil {
			return errors.Join(err, f.Close())
		}
		fmt.Fprintln(cmd.OutOrStdout(), recipient)
		return f.Close()
	}
	return c
}

// sealed is what seal and open print.
type sealed struct {
	File    string `json:"file"`
	Sealed  string `json:"sealed_digest"`
	Content string `json:"content_digest"`
}

func printDigests(cmd *cobra.Command, file string, d data.Digests) error {
	out := sealed{File: file, Sealed: hex.EncodeToString(d.Sealed), Content: hex.EncodeToString(d.Content)}
	if format, _ := cmd.Flags().GetString(flags.FlagOutput); format == flags.OutputFormatJSON {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(out)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s\n  sealed  %s\n  content %s\n", out.File, out.Sealed, out.Content)
	return nil
}

func newSealCmd() *cobra.Command {
	var out, recipient string
	var to uint32
	c := &cobra.Command{
		Use: "seal FILE --to MEMBER", Short: "Encrypt a file to the key that the buyer's member record carries", Args: cobra.ExactArgs(1),
		Example: "  shugud data seal zoneinfo.zip --to 13 -O zoneinfo.zip.age",
	}
	flags.AddQueryFlagsToCmd(c)
	c.Flags().Uint32Var(&to, "to", 0, "member number of the buyer")
	c.Flags().StringVar(&recipient, "recipient", "", "public age key (age1…) instead of --to, without a node")
	c.Flags().StringVarP(&out, "out", "O", "", "file to write; FILE.age when not given")
	c.MarkFlagsMutuallyExclusive("to", "recipient")
	c.MarkFlagsOneRequired("to", "recipient")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if recipient == "" {
			var err error
			if recipient, err = memberRecipient(cmd, to); err != nil {
				return err
			}
		}
		key, err := data.Recipient(recipient)
		if err != nil {
			return err
		}
		if out == "" {
			out = args[0] + ".age"
		}
		draw, end := progress(os.Stderr, "sealing 加密")
		digests, err := data.Seal(cmd.Context(), args[0], out, key, draw)
		end()
		if err != nil {
			return err
		}
		return printDigests(cmd, out, digests)
	}
	return c
}

func memberRecipient(cmd *cobra.Command, number uint32) (string, error) {
	ctx, err := client.GetClientQueryContext(cmd)
	if err != nil {
		return "", err
	}
	res, err := consortium.NewQueryClient(ctx).Member(cmd.Context(), &consortium.QueryMemberRequest{Number: number})
	if err != nil {
		return "", fmt.Errorf("member %06d: %s", number, plain(err))
	}
	if res.Member.AgeRecipient == "" {
		return "", fmt.Errorf("member %06d %s has no key for sealed files; ask it for one and use --recipient", number, words.Quoted(res.Member.Name))
	}
	return res.Member.AgeRecipient, nil
}

func newOpenCmd() *cobra.Command {
	var out, identity string
	c := &cobra.Command{
		Use: "open FILE --identity identity.txt -O OUT", Short: "Decrypt a file that was sealed to you", Args: cobra.ExactArgs(1),
		Example: "  shugud data open zoneinfo.zip.age --identity identity.txt -O zoneinfo.zip",
	}
	c.Flags().StringP(flags.FlagOutput, "o", flags.OutputFormatText, "text or json")
	c.Flags().StringVar(&identity, "identity", "", "file of your secret identity")
	c.Flags().StringVarP(&out, "out", "O", "", "file to write; must not exist")
	for _, name := range []string{"identity", "out"} {
		if err := c.MarkFlagRequired(name); err != nil {
			panic(err)
		}
	}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		draw, end := progress(os.Stderr, "opening 解密")
		digests, err := data.Open(cmd.Context(), args[0], out, identity, draw)
		end()
		if err != nil {
			return err
		}
		return printDigests(cmd, out, digests)
	}
	return c
}
