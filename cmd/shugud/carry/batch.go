// Package carry turns courts' bundles of one chain into the messages by which another
// chain recognises what they show: updates of its light client, and proofs. It is apart
// from the verifier, which imports no application.
package carry

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/shugu-network/shugu/verify"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// Batch is bundles of one chain that lie under one header.
type Batch struct {
	ChainID string
	// Height and Time of the header, which proves the state after block Height-1.
	Height int64
	Time   time.Time
	// Shown is what each bundle shows, ascending by number.
	Shown []Shown

	// steps are signed headers, ascending: one for each change of validators, and the
	// header. sets[i] signs steps[i].
	steps []*cmttypes.SignedHeader
	sets  []*cmttypes.ValidatorSet
}

// Shown is one bundle with what it shows.
type Shown struct {
	Bundle  *verify.Bundle
	Account *verify.Account
	voucher *verify.Voucher
}

// StatusNumber is the voucher under which the bundle's status stands: of a red voucher
// that is the blue one.
func (s Shown) StatusNumber() string { return s.voucher.StatusNumber() }

// Red says whether the bundle is of a red voucher.
func (s Shown) Red() bool { return s.voucher.Kind == verify.KindRed }

// NewBatch reads bundles and checks them as a court does, with the validators that they
// carry. Whether these are the right ones, the light client judges.
func NewBatch(bundles []*verify.Bundle) (*Batch, error) {
	if len(bundles) == 0 {
		return nil, errors.New("expected at least one bundle: shugud query voucher proof NUMBER > bundle.json")
	}
	if len(bundles) > recognition.MaxRecords {
		return nil, fmt.Errorf("expected at most %d bundles in one transaction, got %d", recognition.MaxRecords, len(bundles))
	}
	// The one with most set changes leads from furthest back.
	most := slices.MaxFunc(bundles, func(a, b *verify.Bundle) int { return cmp.Compare(len(a.SetChanges), len(b.SetChanges)) })
	batch, err := NewHeader(most)
	if err != nil {
		return nil, fmt.Errorf("bundle of %s: %w", verify.FormatNumber(most.Number), err)
	}
	for _, b := range bundles {
		if b.ChainID != batch.ChainID || !bytes.Equal(b.Signed.Header, most.Signed.Header) {
			return nil, fmt.Errorf("expected bundles under one header, got %s under header %d of %s and %s under header %d of %s: make them together, shugud query voucher proof NUMBER NUMBER... -O FOLDER",
				verify.FormatNumber(most.Number), batch.Height, batch.ChainID, verify.FormatNumber(b.Number), b.Height+1, b.ChainID)
		}
		shown, err := batch.show(b)
		if err != nil {
			return nil, fmt.Errorf("bundle of %s: %w", verify.FormatNumber(b.Number), err)
		}
		batch.Shown = append(batch.Shown, shown)
	}
	return batch, batch.sort()
}

// NewHeader reads nothing but a bundle's header and what leads to it: enough to update a
// light client, which checks it.
func NewHeader(bundle *verify.Bundle) (*Batch, error) {
	batch := &Batch{ChainID: bundle.ChainID}
	if err := batch.readSteps(bundle); err != nil {
		return nil, err
	}
	last := batch.steps[len(batch.steps)-1]
	batch.Height, batch.Time = last.Height, last.Time
	return batch, nil
}

// sort puts the bundles into the order that messages have, and refuses one that is there twice.
func (b *Batch) sort() error {
	slices.SortFunc(b.Shown, func(x, y Shown) int { return cmp.Compare(x.Bundle.Number, y.Bundle.Number) })
	for i := 1; i < len(b.Shown); i++ {
		if n := b.Shown[i].Bundle.Number; n == b.Shown[i-1].Bundle.Number {
			return fmt.Errorf("expected each voucher once, got two bundles of %s", verify.FormatNumber(n))
		}
	}
	return nil
}

// readSteps reads the headers of a bundle, and the sets that sign them.
func (b *Batch) readSteps(bundle *verify.Bundle) error {
	if len(bundle.Validators) == 0 {
		return errors.New("it carries no validators, for it was made by an older shugud: make it again")
	}
	set, err := readSet(bundle.Validators)
	if err != nil {
		return err
	}
	b.sets = append(b.sets, set)
	for i, change := range bundle.SetChanges {
		if err := b.addStep(change.SignedHeader); err != nil {
			return fmt.Errorf("set change %d: %w", i, err)
		}
		if set, err = readSet(change.Validators); err != nil {
			return fmt.Errorf("set change %d: %w", i, err)
		}
		b.sets = append(b.sets, set)
	}
	return b.addStep(bundle.Signed)
}

func (b *Batch) addStep(s verify.SignedHeader) error {
	p := cmtproto.SignedHeader{Header: new(cmtproto.Header), Commit: new(cmtproto.Commit)}
	if err := errors.Join(p.Header.Unmarshal(s.Header), p.Commit.Unmarshal(s.Commit)); err != nil {
		return err
	}
	signed, err := cmttypes.SignedHeaderFromProto(&p)
	if err != nil {
		return err
	}
	b.steps = append(b.steps, signed)
	return nil
}

func readSet(list []verify.BundleValidator) (*cmttypes.ValidatorSet, error) {
	validators := make([]*cmttypes.Validator, len(list))
	seen := make(map[string]bool, len(list))
	for i, v := range list {
		if len(v.PubKey) != ed25519.PubKeySize || v.Power < 1 || v.Power > cmttypes.MaxTotalVotingPower/int64(len(list)) {
			return nil, fmt.Errorf("validator %d: expected an ed25519 key of %d bytes with a power, got %d bytes and power %d", i, ed25519.PubKeySize, len(v.PubKey), v.Power)
		}
		if seen[string(v.PubKey)] { // CometBFT panics then
			return nil, fmt.Errorf("validator %d: expected each key once, got %X twice", i, v.PubKey)
		}
		seen[string(v.PubKey)] = true
		validators[i] = cmttypes.NewValidator(ed25519.PubKey(v.PubKey), v.Power)
	}
	return cmttypes.NewValidatorSet(validators), nil
}

// show checks a bundle by the header's own validators and tells what it shows.
func (b *Batch) show(bundle *verify.Bundle) (Shown, error) {
	last, set := b.steps[len(b.steps)-1], b.sets[len(b.sets)-1]
	root := &verify.TrustRoot{
		Format: verify.RootFormat, ChainID: b.ChainID, Height: last.Height,
		HeaderHash: fmt.Sprintf("%X", []byte(last.Hash())), ValidatorsHash: fmt.Sprintf("%X", set.Hash()),
	}
	for _, v := range set.Validators {
		root.Validators = append(root.Validators, verify.RootValidator{PubKey: v.PubKey.Bytes(), Power: v.VotingPower})
	}
	alone := *bundle
	alone.SetChanges, alone.Validators = nil, nil
	report, err := verify.Verify(&alone, root)
	if err != nil {
		return Shown{}, err
	}
	voucher, err := verify.DecodeVoucher(bundle.Voucher.Value)
	if err != nil {
		return Shown{}, err
	}
	return Shown{Bundle: bundle, Account: report.Account, voucher: voucher}, nil
}
