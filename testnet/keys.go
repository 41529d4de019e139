package testnet

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/cosmos/go-bip39"

	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	cryptocodec "github.com/cosmos/cosmos-sdk/crypto/codec"
	"github.com/cosmos/cosmos-sdk/crypto/hd"
	"github.com/cosmos/cosmos-sdk/crypto/keyring"
	sdk "github.com/cosmos/cosmos-sdk/types"
)

const (
	bech32Prefix = "shugu"
	// coinType 118 is the Cosmos one, which the relayer derives its key with, too.
	coinType     = 118
	accountsFile = "accounts.json"
)

// Account is a test account of a chain.
type Account struct {
	// Key is its name in the chain's keyring.
	Key string `json:"key"`
	// Address in Bech32.
	Address string `json:"address"`
	// Member is the member's number; 0 for an account of no member.
	Member uint32 `json:"member,omitempty"`
	// Name is the member's legal name.
	Name string `json:"name,omitempty"`
	// Mnemonic is the BIP-39 phrase behind the key (path m/44'/118'/0'/0/0).
	Mnemonic string `json:"mnemonic"`
}

// secret is 32 bytes for a purpose: random, or derived from the seed.
func secret(seed string, purpose ...string) ([]byte, error) {
	b := make([]byte, sha256.Size)
	if seed == "" {
		_, err := rand.Read(b)
		return b, err
	}
	sum := sha256.Sum256([]byte("shugu/testnet\x00" + seed + "\x00" + strings.Join(purpose, "\x00")))
	copy(b, sum[:])
	return b, nil
}

// makeAccounts creates the chain's accounts in a keyring in its folder, which
// serves as home of the command line, and lists them in accounts.json.
func makeAccounts(folder, seed string, spec ChainSpec) ([]Account, error) {
	ring, err := openKeyring(folder)
	if err != nil {
		return nil, err
	}
	var accounts []Account
	seen := map[string]bool{}
	for _, name := range spec.keyNames() {
		if seen[name] {
			continue
		}
		seen[name] = true
		account, err := makeAccount(ring, seed, spec.ID, name)
		if err != nil {
			return nil, fmt.Errorf("key %s: %w", name, err)
		}
		for i, m := range spec.Members {
			if m.Key == name {
				account.Member, account.Name = uint32(i+1), m.Name
			}
		}
		accounts = append(accounts, account)
	}
	out, err := json.MarshalIndent(accounts, "", "  ")
	if err != nil {
		return nil, err
	}
	return accounts, os.WriteFile(filepath.Join(folder, accountsFile), append(out, '\n'), 0o600)
}

// openKeyring opens the unencrypted test keyring in a folder.
func openKeyring(folder string) (keyring.Keyring, error) {
	registry := codectypes.NewInterfaceRegistry()
	cryptocodec.RegisterInterfaces(registry)
	ring, err := keyring.New("shugud", keyring.BackendTest, folder, nil, codec.NewProtoCodec(registry))
	if err != nil {
		return nil, fmt.Errorf("keyring %s: %w", folder, err)
	}
	return ring, nil
}

func addKey(ring keyring.Keyring, name, mnemonic string) (*keyring.Record, error) {
	path := hd.CreateHDPath(coinType, 0, 0).String()
	return ring.NewAccount(name, mnemonic, keyring.DefaultBIP39Passphrase, path, hd.Secp256k1)
}

func makeAccount(ring keyring.Keyring, seed, chainID, name string) (Account, error) {
	entropy, err := secret(seed, chainID, "account", name)
	if err != nil {
		return Account{}, err
	}
	mnemonic, err := bip39.NewMnemonic(entropy)
	if err != nil {
		return Account{}, err
	}
	record, err := addKey(ring, name, mnemonic)
	if err != nil {
		return Account{}, err
	}
	raw, err := record.GetAddress()
	if err != nil {
		return Account{}, err
	}
	address, err := sdk.Bech32ifyAddressBytes(bech32Prefix, raw)
	return Account{Key: name, Address: address, Mnemonic: mnemonic}, err
}

// readAccounts reads what makeAccounts listed.
func readAccounts(folder string) ([]Account, error) {
	b, err := os.ReadFile(filepath.Join(folder, accountsFile))
	if err != nil {
		return nil, err
	}
	var accounts []Account
	if err := json.Unmarshal(b, &accounts); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(folder, accountsFile), err)
	}
	return accounts, nil
}
