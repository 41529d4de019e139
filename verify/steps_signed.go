package verify

import (
	"bytes"
	"fmt"
)

func (r *run) chain() error {
	if r.bundle.ChainID != r.root.ChainID {
		return fmt.Errorf("expected chain %q of the trust root, got %.60q", r.root.ChainID, r.bundle.ChainID)
	}
	return nil
}

func (r *run) numberForm() error {
	_, err := ParseNumber(r.bundle.Number)
	return err
}

// setChanges follows the trusted set forward, one signed header a step.
func (r *run) setChanges() error {
	if err := r.carriedSet(); err != nil {
		return err
	}
	last := r.root.Height - 1
	for i, step := range r.opened.changes {
		if err := r.setChange(step, r.bundle.SetChanges[i].Validators, last); err != nil {
			return fmt.Errorf("step %d: %w", i, err)
		}
		last = step.header.Height
	}
	if len(r.opened.changes) > 0 && r.opened.signed.header.Height <= last {
		return fmt.Errorf("expected a header after the last change at height %d, got height %d", last, r.opened.signed.header.Height)
	}
	return nil
}

// carriedSet checks the validators that the bundle carries for light clients: they are
// those of its first header. Nothing else here rests on them.
func (r *run) carriedSet() error {
	if r.bundle.Validators == nil {
		return nil
	}
	set, err := newSet(r.named(r.bundle.Validators))
	if err != nil {
		return fmt.Errorf("validators: %w", err)
	}
	first := r.opened.signed
	if len(r.opened.changes) > 0 {
		first = r.opened.changes[0]
	}
	if err := checkValidators(first, set); err != nil {
		return fmt.Errorf("the validators that the bundle carries: %w", err)
	}
	return nil
}

// named gives validators the names of the trust root.
func (r *run) named(validators []BundleValidator) []validator {
	list := make([]validator, len(validators))
	for i, v := range validators {
		list[i] = validator{name: r.names[string(v.PubKey)], key: v.PubKey, power: v.Power}
	}
	return list
}

func (r *run) setChange(step signedHeader, validators []BundleValidator, last int64) error {
	if err := checkHeader(step.header, r.root.ChainID); err != nil {
		return err
	}
	if step.header.Height <= last {
		return fmt.Errorf("expected a height above %d, got %d", last, step.header.Height)
	}
	if _, err := r.signedBySet(step); err != nil {
		return err
	}
	next, err := newSet(r.named(validators))
	if err != nil {
		return err
	}
	if !bytes.Equal(step.header.NextValidatorsHash, next.hash) || bytes.Equal(next.hash, r.set.hash) {
		return fmt.Errorf("expected another set with the hash %X that the header names as next, got %X", step.header.NextValidatorsHash, next.hash)
	}
	r.set = next
	return nil
}

// signedBySet does for a step all that the named checks do for the bundle's header.
func (r *run) signedBySet(s signedHeader) (hash []byte, err error) {
	if hash, err = r.hashOf(s); err != nil {
		return nil, err
	}
	if err := checkValidators(s, r.set); err != nil {
		return nil, err
	}
	if err := checkCommit(s.commit, s.header, hash, r.set); err != nil {
		return nil, err
	}
	if err := checkSignatures(s.commit, r.root.ChainID, r.set); err != nil {
		return nil, err
	}
	return hash, checkPower(s.commit, r.set)
}

// hashOf is the header's hash; at the root's height it must be the root's.
func (r *run) hashOf(s signedHeader) ([]byte, error) {
	hash, err := headerHash(s.header)
	if err != nil {
		return nil, err
	}
	if got := fmt.Sprintf("%X", hash); s.header.Height == r.root.Height && got != r.root.HeaderHash {
		return nil, fmt.Errorf("expected the trust root's header %s at height %d, got %s", r.root.HeaderHash, r.root.Height, got)
	}
	return hash, nil
}

func (r *run) header() (err error) {
	h := r.opened.signed.header
	if err := checkHeader(h, r.root.ChainID); err != nil {
		return err
	}
	if h.Height-1 != r.bundle.Height {
		return fmt.Errorf("expected header %d, which carries the state after block %d, got header %d", r.bundle.Height+1, r.bundle.Height, h.Height)
	}
	r.hash, err = r.hashOf(r.opened.signed)
	return err
}

func (r *run) validators() error { return checkValidators(r.opened.signed, r.set) }

func checkValidators(s signedHeader, set *validatorSet) error {
	if !bytes.Equal(s.header.ValidatorsHash, set.hash) {
		return fmt.Errorf("expected validators with the hash %X, got a header with %X", set.hash, s.header.ValidatorsHash)
	}
	return nil
}

func (r *run) commit() error {
	return checkCommit(r.opened.signed.commit, r.opened.signed.header, r.hash, r.set)
}

func (r *run) signatures() error {
	return checkSignatures(r.opened.signed.commit, r.root.ChainID, r.set)
}

func (r *run) power() error { return checkPower(r.opened.signed.commit, r.set) }

func (r *run) time() error {
	from, to := r.opened.signed.header.Time, medianTime(r.opened.signed.commit, r.set)
	if to.Before(from) {
		return fmt.Errorf("expected the middle of the signers' clocks at or after %s, got %s", from.UTC(), to.UTC())
	}
	return nil
}
