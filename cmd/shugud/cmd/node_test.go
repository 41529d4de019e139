package cmd

import (
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	cmtconfig "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/privval"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmtstore "github.com/cometbft/cometbft/store"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/spf13/viper"
	"github.com/stretchr/testify/require"
)

// signedNode is a validator's home whose chain shows that its key signed height 1.
func signedNode(t *testing.T) (*cmtconfig.Config, *privval.FilePV) {
	t.Helper()
	cfg := cmtconfig.DefaultConfig().SetRoot(t.TempDir())
	cmtconfig.EnsureRoot(cfg.RootDir)
	signer := privval.GenFilePV(cfg.PrivValidatorKeyFile(), cfg.PrivValidatorStateFile())
	signer.Save()

	block := cmttypes.MakeBlock(1, nil, &cmttypes.Commit{}, nil)
	parts, err := block.MakePartSet(cmttypes.BlockPartSizeBytes)
	require.NoError(t, err)
	id := cmttypes.BlockID{Hash: block.Hash(), PartSetHeader: parts.Header()}
	vote := cmtproto.Vote{Type: cmtproto.PrecommitType, Height: 1, BlockID: id.ToProto(), Timestamp: time.Unix(1, 0), ValidatorAddress: signer.GetAddress()}
	require.NoError(t, signer.SignVote("shugu-test-1", &vote))
	db, err := cmtconfig.DefaultDBProvider(&cmtconfig.DBContext{ID: "blockstore", Config: cfg})
	require.NoError(t, err)
	store := cmtstore.NewBlockStore(db)
	store.SaveBlock(block, parts, &cmttypes.Commit{Height: 1, BlockID: id, Signatures: []cmttypes.CommitSig{{
		BlockIDFlag: cmttypes.BlockIDFlagCommit, ValidatorAddress: signer.GetAddress(), Timestamp: vote.Timestamp, Signature: vote.Signature,
	}}})
	require.NoError(t, store.Close())
	return cfg, signer
}

// A validator starts only with its own record of what it signed: lost or old, it could sign twice.
func TestRule19StartNeedsTheSignersMark(t *testing.T) {
	cfg, signer := signedNode(t)
	require.NoError(t, checkSignState(cfg), "the mark that belongs to the chain")

	signer.LastSignState.Height = 0
	signer.LastSignState.Save()
	require.ErrorContains(t, checkSignState(cfg), "signed height 1: the file is old")

	require.NoError(t, os.Remove(cfg.PrivValidatorStateFile()))
	require.ErrorContains(t, checkSignState(cfg), "no record of what it signed")

	require.NoError(t, os.RemoveAll(cfg.DBDir()))
	require.NoError(t, checkSignState(cfg), "a node without blocks has signed nothing")
}

// A new home makes a block about every second, for which the windows of x/consortium are meant.
func TestNewHomeMakesABlockASecond(t *testing.T) {
	home := t.TempDir()
	root := NewRootCmd()
	root.SetArgs([]string{"init", "ningbo-1", "--chain-id", "shugu-test-1", "--home", home})
	root.SetOut(io.Discard)
	root.SetErr(io.Discard)
	require.Zero(t, Run(t.Context(), root))
	file := viper.New()
	file.SetConfigFile(filepath.Join(home, "config", "config.toml"))
	require.NoError(t, file.ReadInConfig())
	require.InDelta(t, time.Second, file.GetDuration("consensus.timeout_commit"), float64(time.Millisecond))
	require.True(t, file.GetBool("filter_peers"))
	require.False(t, file.GetBool("p2p.pex"))
}
