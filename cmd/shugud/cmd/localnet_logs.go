package cmd

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/shugu-network/shugu/testnet/proc"
)

const (
	flagFollow = "follow"
	flagLines  = "lines"
)

func localnetLogsCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "logs NODE|relayer|link", Short: "Show the log of a node, of the relayer, or of the handshakes", Args: cobra.ExactArgs(1),
		Example: "  shugud localnet logs hangzhou/node0\n  shugud localnet logs relayer -f",
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := openLocalnet(cmd)
			if err != nil {
				return err
			}
			path, err := n.LogFile(args[0])
			if err != nil {
				return err
			}
			follow, err := cmd.Flags().GetBool(flagFollow)
			if err != nil {
				return err
			}
			lines, err := cmd.Flags().GetInt(flagLines)
			if err != nil {
				return err
			}
			return showLog(cmd.Context(), cmd.OutOrStdout(), path, lines, follow)
		},
	}
	c.Flags().BoolP(flagFollow, "f", false, "go on until ctrl-C")
	c.Flags().IntP(flagLines, "n", 50, "how many of the last lines to begin with")
	return c
}

// showLog writes the last lines of a file, and with follow what is added to it.
func showLog(ctx context.Context, w io.Writer, path string, lines int, follow bool) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("log: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	begin, err := proc.LastLines(f, size, lines)
	if err != nil {
		return err
	}
	if _, err := f.Seek(begin, io.SeekStart); err != nil {
		return err
	}
	for {
		if _, err := io.Copy(w, f); err != nil {
			return err
		}
		if !follow {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(200 * time.Millisecond):
		}
	}
}
