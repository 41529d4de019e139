package cmd

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// signedApplication is the file that an applicant hands to the member that is
// to carry it: an application for membership, or to act for a member.
type signedApplication struct {
	Application json.RawMessage `json:"application"`
	Signature   string          `json:"signature"`
}

// signCommand makes a command that signs an application and prints it, without sending anything.
func signCommand(c *cobra.Command, build func(cmd *cobra.Command, ctx client.Context) (*signedApplication, error)) *cobra.Command {
	c.Flags().String(flags.FlagFrom, "", "name of the key of the applicant's account")
	c.Flags().String(flags.FlagChainID, "", "chain that the application is for")
	flags.AddKeyringFlags(c.Flags())
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		ctx, err := client.GetClientTxContext(cmd)
		if err != nil {
			return err
		}
		signed, err := build(cmd, ctx)
		if err != nil {
			return err
		}
		enc := json.NewEncoder(cmd.OutOrStdout())
		enc.SetIndent("", "  ")
		return enc.Encode(signed)
	}
	return c
}

// once is what every application says of its key and its one use.
type once struct {
	key, nonce []byte
	expiresAt  int64
}

func newOnce(ctx client.Context, validDays int) (once, error) {
	if ctx.ChainID == "" {
		return once{}, errors.New("--chain-id: expected the chain that the application is for")
	}
	record, err := ctx.Keyring.Key(ctx.FromName)
	if err != nil {
		return once{}, fmt.Errorf("--from: %w; `shugud keys list` shows your keys", err)
	}
	key, err := record.GetPubKey()
	if err != nil {
		return once{}, err
	}
	o := once{
		key: key.Bytes(), nonce: make([]byte, consortium.NonceSize),
		expiresAt: time.Now().Add(time.Duration(validDays) * 24 * time.Hour).Unix(),
	}
	_, err = rand.Read(o.nonce)
	return o, err
}

// signApplication signs the bytes of an application with the command's key.
func signApplication(ctx client.Context, application proto.Message, signed []byte) (*signedApplication, error) {
	signature, _, err := ctx.Keyring.Sign(ctx.FromName, signed, signing.SignMode_SIGN_MODE_DIRECT)
	if err != nil {
		return nil, err
	}
	raw, err := ctx.Codec.MarshalJSON(application)
	if err != nil {
		return nil, err
	}
	return &signedApplication{Application: raw, Signature: hex.EncodeToString(signature)}, nil
}

// readApplication reads what signApplication made and returns the signature.
func readApplication(cdc codec.Codec, path string, into proto.Message) ([]byte, error) {
	raw, err := readBounded(path)
	if err != nil {
		return nil, err
	}
	var signed signedApplication
	if err := json.Unmarshal(raw, &signed); err != nil {
		return nil, fmt.Errorf("%s: expected the output of `shugud member apply` or `shugud member account apply`: %w", path, err)
	}
	if err := cdc.UnmarshalJSON(signed.Application, into); err != nil {
		return nil, fmt.Errorf("%s: application: %w", path, err)
	}
	signature, err := hex.DecodeString(signed.Signature)
	if err != nil {
		return nil, fmt.Errorf("%s: signature: expected hex digits: %w", path, err)
	}
	return signature, nil
}

// parseRoles reads the names of roles, in whatever order.
func parseRoles(names []string) ([]consortium.Role, error) {
	var out []consortium.Role
	for _, name := range names {
		role, err := parseChoice("roles", name, roles)
		if err != nil {
			return nil, err
		}
		out = append(out, role)
	}
	slices.Sort(out)
	return out, nil
}
