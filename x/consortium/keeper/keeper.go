// Package keeper holds the state of x/consortium.
package keeper

import (
	"context"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	corestore "cosmossdk.io/core/store"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// Deps is what a Keeper needs.
type Deps struct {
	Codec    codec.Codec
	Store    corestore.KVStoreService
	Address  address.Codec
	Accounts types.AccountKeeper
	// Authority is the Bech32 address of the council's account: it admits and suspends
	// everybody, and other modules ask for it.
	Authority string
}

type (
	roleKey   = collections.Triple[uint32, uint32, uint32]
	changeKey = collections.Triple[uint32, uint64, uint32]
	nonceKey  = collections.Pair[[]byte, []byte]
	expiryKey = collections.Triple[uint64, []byte, []byte]
	addedKey  = collections.Pair[uint32, []byte]
	// refusalKey is who refused, height and digest; codeKey the credit code, height and digest.
	refusalKey = collections.Triple[uint32, uint64, []byte]
	codeKey    = collections.Triple[[]byte, uint64, []byte]
)

// Keeper keeps members, applications that were used, seats and nodes.
type Keeper struct {
	address   address.Codec
	accounts  types.AccountKeeper
	authority string

	schema        collections.Schema
	members       collections.Map[uint32, types.Member]
	owners        collections.Map[[]byte, uint32]
	creditCodes   collections.Map[string, uint32]
	roles         collections.KeySet[roleKey]
	changes       collections.Map[uint32, uint32]
	history       collections.Map[changeKey, types.MemberChange]
	added         collections.Map[[]byte, types.Account]
	memberAdded   collections.KeySet[addedKey]
	funds         collections.Map[[]byte, uint32]
	refusals      collections.Map[refusalKey, types.Refusal]
	refusedCodes  collections.Map[codeKey, uint32]
	nonces        collections.Map[nonceKey, uint64]
	nonceExpiries collections.KeySet[expiryKey]
	seats         collections.Map[uint32, types.Seat]
	told          collections.Map[[]byte, uint64]
	params        collections.Item[types.Params]
	nextMember    collections.Item[uint32]
	quotaUses     collections.Map[uint32, types.QuotaUse]
	validators    validatorState
	nodes         nodeState
}

// New makes a Keeper. It panics when two collections share a prefix.
func New(d Deps) *Keeper {
	sb := collections.NewSchemaBuilder(d.Store)
	number, word, raw := collections.Uint32Key, collections.Uint64Key, collections.BytesKey
	k := &Keeper{
		address:   d.Address,
		accounts:  d.Accounts,
		authority: d.Authority,

		members:     collections.NewMap(sb, types.MembersPrefix, "members", number, codec.CollValue[types.Member](d.Codec)),
		owners:      collections.NewMap(sb, types.OwnersPrefix, "owners", raw, collections.Uint32Value),
		creditCodes: collections.NewMap(sb, types.CreditCodesPrefix, "credit_codes", collections.StringKey, collections.Uint32Value),
		roles:       collections.NewKeySet(sb, types.RolesPrefix, "roles", collections.TripleKeyCodec(number, number, number)),
		changes:     collections.NewMap(sb, types.ChangesPrefix, "changes", number, collections.Uint32Value),
		history: collections.NewMap(sb, types.HistoryPrefix, "history",
			collections.TripleKeyCodec(number, word, number), codec.CollValue[types.MemberChange](d.Codec)),
		added:       collections.NewMap(sb, types.AccountsPrefix, "accounts", raw, codec.CollValue[types.Account](d.Codec)),
		memberAdded: collections.NewKeySet(sb, types.MemberAccountsPrefix, "member_accounts", collections.PairKeyCodec(number, raw)),
		funds:       collections.NewMap(sb, types.FundsPrefix, "funds", raw, collections.Uint32Value),
		refusals: collections.NewMap(sb, types.RefusalsPrefix, "refusals",
			collections.TripleKeyCodec(number, word, raw), codec.CollValue[types.Refusal](d.Codec)),
		refusedCodes: collections.NewMap(sb, types.RefusedCodesPrefix, "refused_codes",
			collections.TripleKeyCodec(raw, word, raw), collections.Uint32Value),
		nonces:        collections.NewMap(sb, types.NoncesPrefix, "nonces", collections.PairKeyCodec(raw, raw), collections.Uint64Value),
		nonceExpiries: collections.NewKeySet(sb, types.NonceExpiriesPrefix, "nonce_expiries", collections.TripleKeyCodec(word, raw, raw)),
		seats:         collections.NewMap(sb, types.SeatsPrefix, "seats", number, codec.CollValue[types.Seat](d.Codec)),
		told:          collections.NewMap(sb, types.ToldPrefix, "told", raw, collections.Uint64Value),
		params:        collections.NewItem(sb, types.ParamsPrefix, "params", codec.CollValue[types.Params](d.Codec)),
		nextMember:    collections.NewItem(sb, types.NextMemberPrefix, "next_member", collections.Uint32Value),
		quotaUses:     collections.NewMap(sb, types.QuotaUsesPrefix, "quota_uses", number, codec.CollValue[types.QuotaUse](d.Codec)),
		validators:    newValidatorState(sb, d.Codec),
		nodes:         newNodeState(sb, d.Codec),
	}
	schema, err := sb.Build()
	if err != nil {
		panic(err)
	}
	k.schema = schema
	return k
}

// Authority returns the Bech32 address of the council's account.
func (k *Keeper) Authority(context.Context) (string, error) { return k.authority, nil }

// isAuthority says whether signer is the authority's account.
func (k *Keeper) isAuthority(ctx context.Context, signer sdk.AccAddress) (bool, error) {
	authority, err := k.Authority(ctx)
	if err != nil {
		return false, err
	}
	account, err := k.address.StringToBytes(authority)
	return signer.Equals(sdk.AccAddress(account)), err
}

// account reads a Bech32 address that somebody sent.
func (k *Keeper) account(field, s string) (sdk.AccAddress, error) {
	account, err := k.address.StringToBytes(s)
	if err != nil {
		return nil, errorsmod.Wrapf(valid.ErrInvalid, "%s: expected an account's bech32 address, got %q: %s", field, s, err)
	}
	return account, nil
}
