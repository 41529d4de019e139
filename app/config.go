package app

import (
	"os"
	"path/filepath"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

const (
	// Name of the application and of the binary.
	Name = "shugud"
	// Bech32Prefix of account addresses.
	Bech32Prefix = "shugu"
	// CoinType is the SLIP-44 number of the key derivation path: Cosmos's, which stock wallets and relayers use.
	CoinType = 118
	// MaxBlockBytes bounds a block: about 4,000 trade messages.
	MaxBlockBytes = 4 << 20
	// MaxBlockGas bounds the gas that transactions may want together when the
	// mempool gives them to a proposer, and each of them alone.
	MaxBlockGas = 300_000_000
)

// DefaultHome is where a node keeps its files unless --home says otherwise.
func DefaultHome() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ".shugud"
	}
	return filepath.Join(home, ".shugud")
}

// init sets what the SDK keeps in package variables, once, for every program
// that links the application.
func init() {
	// The SDK looks up its configuration under this name; unset, every address
	// call reads the host name and the executable's path.
	if os.Getenv("COSMOS_SDK_CONFIG_SCOPE") == "" {
		if err := os.Setenv("COSMOS_SDK_CONFIG_SCOPE", Name); err != nil {
			panic(err)
		}
	}
	config := sdk.GetConfig()
	config.SetBech32PrefixForAccount(Bech32Prefix, Bech32Prefix+sdk.PrefixPublic)
	config.SetBech32PrefixForValidator(Bech32Prefix+"valoper", Bech32Prefix+"valoperpub")
	config.SetBech32PrefixForConsensusNode(Bech32Prefix+"valcons", Bech32Prefix+"valconspub")
	config.SetCoinType(CoinType)
	config.Seal()
	sdk.DefaultBondDenom = "fen"
}
