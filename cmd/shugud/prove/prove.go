// Package prove asks a node for what a court needs: bundles and trust roots. It is
// apart from the verifier, which has no network.
package prove

import (
	"context"
	"errors"
	"fmt"

	cmtbytes "github.com/cometbft/cometbft/libs/bytes"
	rpcclient "github.com/cometbft/cometbft/rpc/client"
	ctypes "github.com/cometbft/cometbft/rpc/core/types"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/shugu-network/shugu/verify"
	consortiumtypes "github.com/shugu-network/shugu/x/consortium/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

const (
	// firstHeight is the lowest state that a node proves.
	firstHeight = 2
	seatsPath   = "/shugu.consortium.v1.Query/Seats"
	perPage     = 100
)

// Node is what is asked of a node's RPC.
type Node interface {
	Status(ctx context.Context) (*ctypes.ResultStatus, error)
	ABCIQueryWithOptions(ctx context.Context, path string, data cmtbytes.HexBytes, opts rpcclient.ABCIQueryOptions) (*ctypes.ResultABCIQuery, error)
	Commit(ctx context.Context, height *int64) (*ctypes.ResultCommit, error)
	Validators(ctx context.Context, height *int64, page, perPage *int) (*ctypes.ResultValidators, error)
}

// ErrNoVoucher says that the chain has no voucher of that number.
var ErrNoVoucher = errors.New("no such voucher")

// Bundle proves one voucher, as Bundles does several.
func Bundle(ctx context.Context, node Node, number string, since int64) (*verify.Bundle, error) {
	bundles, err := Bundles(ctx, node, []string{number}, since)
	if err != nil {
		return nil, err
	}
	return bundles[0], nil
}

// Bundles proves vouchers in the latest state whose header is signed: all under this one
// header. A number is 24 digits, or as printed. since is the height of the trust root that
// they are for: the bundles have the changes of validators from there on; 0 is for any root
// with the latest validators, and needs none. Each bundle has passed the verifier, with
// the node's own validators as trust root. Errors wrap ErrNoVoucher or say what the node lacks.
func Bundles(ctx context.Context, node Node, numbers []string, since int64) ([]*verify.Bundle, error) {
	parsed := make([]string, len(numbers))
	for i, number := range numbers {
		var err error
		if parsed[i], err = verify.ParseDisplayed(number); err != nil {
			return nil, err
		}
	}
	frame, root, err := newFrame(ctx, node, since)
	if err != nil {
		return nil, err
	}
	var bundles []*verify.Bundle
	for _, number := range parsed {
		b := frame
		b.Number = number
		if err := fill(ctx, state{node: node, height: b.Height}, &b); err != nil {
			return nil, err
		}
		if _, err := verify.Verify(&b, root); err != nil {
			return nil, fmt.Errorf("the node's own answers do not agree: %w", err)
		}
		if encoded, err := b.Encode(); err != nil || len(encoded) > verify.MaxBundleBytes {
			return nil, errors.Join(err, fmt.Errorf("expected a bundle of at most %d bytes, got %d with %d changes of validators: use a later trust root", verify.MaxBundleBytes, len(encoded), len(b.SetChanges)))
		}
		bundles = append(bundles, &b)
	}
	return bundles, nil
}

// newFrame is a bundle of no voucher yet under the latest header, and a trust root to check
// it with.
func newFrame(ctx context.Context, node Node, since int64) (verify.Bundle, *verify.TrustRoot, error) {
	signed, set, err := latest(ctx, node)
	if err != nil {
		return verify.Bundle{}, nil, err
	}
	b := verify.Bundle{
		Format: verify.BundleFormat, ChainID: signed.ChainID, Height: signed.Height - 1, SetChanges: []verify.SetChange{},
	}
	if b.Height < firstHeight {
		return b, nil, fmt.Errorf("expected block %d or more, the chain is at %d: wait for the next block", firstHeight+1, signed.Height)
	}
	if b.Signed.Header, err = signed.Header.ToProto().Marshal(); err != nil {
		return b, nil, err
	}
	if b.Signed.Commit, err = signed.Commit.ToProto().Marshal(); err != nil {
		return b, nil, err
	}
	root := rootOf(signed, set)
	if since != 0 {
		if root, err = addSetChanges(ctx, node, &b, signed, since); err != nil {
			return b, nil, err
		}
	}
	for _, v := range root.Validators {
		b.Validators = append(b.Validators, verify.BundleValidator{PubKey: v.PubKey, Power: v.Power})
	}
	return b, root, nil
}

// fill asks for the voucher, for what it names, and for their proofs.
func fill(ctx context.Context, s state, b *verify.Bundle) (err error) {
	if b.Voucher, b.Stores.Voucher, err = s.entry(ctx, vouchertypes.StoreKey, verify.VoucherKey(b.Number)); err != nil {
		return err
	}
	if b.Voucher.Value == nil {
		return fmt.Errorf("%w: %s on chain %s at height %d: compare the number with the voucher, and the chain", ErrNoVoucher, verify.FormatNumber(b.Number), b.ChainID, b.Height)
	}
	v, err := verify.DecodeVoucher(b.Voucher.Value)
	if err != nil {
		return fmt.Errorf("voucher: %w", err)
	}
	if b.Settlement, b.Stores.Settlement, err = s.entry(ctx, "settlement", verify.SettlementKey(v.Settlement)); err != nil {
		return err
	}
	status, proof, err := s.entry(ctx, vouchertypes.StatusStoreKey, verify.StatusKey(v.StatusNumber()))
	if err != nil {
		return err
	}
	b.Status, b.Stores.Status = verify.StatusEntry{Value: status.Value, Proof: status.Proof}, proof
	if status.Value == nil {
		return nil
	}
	standing, err := verify.DecodeStatus(status.Value)
	if err != nil {
		return err
	}
	detail, _, err := s.entry(ctx, vouchertypes.StoreKey, verify.DetailKey(v.StatusNumber(), standing.Version))
	b.Status.Detail = &detail
	return err
}

// TrustRoot is the node's chain at its latest height, with the names of the seats. The
// header is signed by the validators; whether they are the right ones, only a
// comparison with other nodes can tell.
func TrustRoot(ctx context.Context, node Node) (*verify.TrustRoot, error) {
	signed, set, err := latest(ctx, node)
	if err != nil {
		return nil, err
	}
	root := rootOf(signed, set)
	names, err := seatNames(ctx, node)
	if err != nil {
		return nil, err
	}
	for i := range root.Validators {
		root.Validators[i].Name = names[string(root.Validators[i].PubKey)]
	}
	return root, nil
}

// latest is the latest signed header and its validators, who signed it.
func latest(ctx context.Context, node Node) (*cmttypes.SignedHeader, *cmttypes.ValidatorSet, error) {
	status, err := node.Status(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("ask for the node's status: %w", err)
	}
	height := status.SyncInfo.LatestBlockHeight
	if height < 1 {
		return nil, nil, errors.New("the node has no blocks yet: wait until it has joined the chain")
	}
	commit, err := node.Commit(ctx, &height)
	if err != nil {
		return nil, nil, fmt.Errorf("ask for the commit of block %d: %w", height, err)
	}
	if commit.Header == nil || commit.Commit == nil || commit.Height != height {
		return nil, nil, fmt.Errorf("the node has no commit of block %d", height)
	}
	set, err := validators(ctx, node, height)
	if err != nil {
		return nil, nil, err
	}
	signed := commit.SignedHeader
	if err := set.VerifyCommit(signed.ChainID, signed.Commit.BlockID, height, signed.Commit); err != nil {
		return nil, nil, fmt.Errorf("the validators that the node names have not signed block %d: %w", height, err)
	}
	return &signed, set, nil
}

func validators(ctx context.Context, node Node, height int64) (*cmttypes.ValidatorSet, error) {
	var list []*cmttypes.Validator
	for page := 1; ; page++ {
		size := perPage
		res, err := node.Validators(ctx, &height, &page, &size)
		if err != nil {
			return nil, fmt.Errorf("ask for the validators of block %d: %w", height, err)
		}
		list = append(list, res.Validators...)
		if len(list) >= res.Total || len(res.Validators) == 0 {
			break
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("the node names no validators of block %d", height)
	}
	return cmttypes.NewValidatorSet(list), nil
}

func rootOf(signed *cmttypes.SignedHeader, set *cmttypes.ValidatorSet) *verify.TrustRoot {
	root := &verify.TrustRoot{
		Format: verify.RootFormat, ChainID: signed.ChainID, Height: signed.Height,
		HeaderHash:     fmt.Sprintf("%X", []byte(signed.Hash())),
		ValidatorsHash: fmt.Sprintf("%X", set.Hash()),
	}
	for _, v := range set.Validators {
		root.Validators = append(root.Validators, verify.RootValidator{PubKey: v.PubKey.Bytes(), Power: v.VotingPower})
	}
	return root
}

// seatNames are the monikers of the seats, by consensus key.
func seatNames(ctx context.Context, node Node) (map[string]string, error) {
	res, err := node.ABCIQueryWithOptions(ctx, seatsPath, nil, rpcclient.ABCIQueryOptions{})
	if err != nil {
		return nil, fmt.Errorf("ask for the seats: %w", err)
	}
	if !res.Response.IsOK() {
		return nil, fmt.Errorf("ask for the seats: %s", res.Response.Log)
	}
	var seats consortiumtypes.QuerySeatsResponse
	if err := seats.Unmarshal(res.Response.Value); err != nil {
		return nil, fmt.Errorf("read the seats: %w", err)
	}
	names := make(map[string]string, len(seats.Seats))
	for _, seat := range seats.Seats {
		names[string(seat.ConsensusKey)] = seat.Moniker
	}
	return names, nil
}

// Latest is the node's latest signed header, checked with the validators that the node names.
func Latest(ctx context.Context, node Node) (*cmttypes.SignedHeader, error) {
	signed, _, err := latest(ctx, node)
	return signed, err
}
