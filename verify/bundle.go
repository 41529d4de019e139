package verify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	ics23 "github.com/cosmos/ics23/go"
)

const (
	// BundleFormat names the format; docs/bundle-format.md describes it.
	BundleFormat = "shugu-bundle-1"
	// MaxBundleBytes is the largest bundle that is read.
	MaxBundleBytes = 1 << 20
)

// Bundle is a court's proof of one voucher. In JSON, bytes are base64.
type Bundle struct {
	Format  string `json:"format"`
	ChainID string `json:"chain_id"`
	// Number is the voucher's, 24 digits. All keys derive from it.
	Number string `json:"number"`
	// Height is H: the bundle shows the state after block H, which header H+1 carries.
	Height     int64        `json:"height"`
	Voucher    Entry        `json:"voucher"`
	Settlement Entry        `json:"settlement"`
	Status     StatusEntry  `json:"status"`
	Stores     StoreProofs  `json:"stores"`
	Signed     SignedHeader `json:"signed"`
	// SetChanges lead from the trust root's validators to those of header H+1. Empty
	// when they are the same.
	SetChanges []SetChange `json:"set_changes"`
	// Validators are those who signed the first header of the bundle: the first set
	// change's, or else header H+1. A court has them in its trust root; another chain's
	// light client has their hash only, and needs them to follow. Nil in bundles of old.
	Validators []BundleValidator `json:"validators,omitempty"`
}

// Entry is a store value and the proof of its presence, as PackProof makes it.
type Entry struct {
	Value []byte `json:"value"`
	Proof []byte `json:"proof"`
}

// StatusEntry is the status with the detail of its last change, or nil Value and
// Detail and a proof of absence.
type StatusEntry struct {
	Value  []byte `json:"value"`
	Detail *Entry `json:"detail"`
	Proof  []byte `json:"proof"`
}

// StoreProofs lead from the stores' roots to the application's hash.
type StoreProofs struct {
	Settlement []byte `json:"settlement"`
	Voucher    []byte `json:"voucher"`
	Status     []byte `json:"voucherstatus"`
}

// SignedHeader is a header and the votes for it: CometBFT's protobuf messages
// tendermint.types.Header and tendermint.types.Commit.
type SignedHeader struct {
	Header []byte `json:"header"`
	Commit []byte `json:"commit"`
}

// SetChange is a header whose block is the last of a validator set, and the next set.
type SetChange struct {
	SignedHeader
	Validators []BundleValidator `json:"validators"`
}

// BundleValidator is a validator without name: names come from the trust root alone.
type BundleValidator struct {
	// PubKey is an ed25519 key, 32 bytes.
	PubKey []byte `json:"pub_key"`
	Power  int64  `json:"power"`
}

// Encode makes the one encoding of a bundle: compact JSON and a newline.
func (b *Bundle) Encode() ([]byte, error) {
	if _, err := b.open(); err != nil {
		return nil, err
	}
	return b.encode()
}

func (b *Bundle) encode() ([]byte, error) {
	c := *b
	if c.SetChanges == nil {
		c.SetChanges = []SetChange{}
	}
	return encodeJSON(c, "")
}

// Decode reads a bundle. It accepts one byte string for one content: what Encode makes.
func Decode(b []byte) (*Bundle, error) {
	bundle, _, err := decode(b)
	return bundle, err
}

func decode(b []byte) (*Bundle, *opened, error) {
	bundle := new(Bundle)
	if err := decodeJSON(b, MaxBundleBytes, bundle); err != nil {
		return nil, nil, fmt.Errorf("not a bundle: %w", err)
	}
	o, err := bundle.open()
	if err != nil {
		return nil, nil, fmt.Errorf("not a bundle: %w", err)
	}
	again, err := bundle.encode()
	if err != nil {
		return nil, nil, fmt.Errorf("not a bundle: %w", err)
	}
	if !bytes.Equal(again, b) {
		return nil, nil, errors.New("not a bundle: the bytes differ from the encoding of what they say; a bundle must not be reformatted")
	}
	return bundle, o, nil
}

// opened is a bundle whose proofs, header and commits were read.
type opened struct {
	voucher, settlement               *ics23.ExistenceProof
	status, detail                    *ics23.ExistenceProof
	absence                           *ics23.NonExistenceProof
	inSettlement, inVoucher, inStatus *ics23.ExistenceProof
	signed                            signedHeader
	changes                           []signedHeader
}

type signedHeader struct {
	header *cmtproto.Header
	commit *cmtproto.Commit
}

// open reads all that is embedded. An error says that the bundle is malformed, not that
// it is wrong.
func (b *Bundle) open() (*opened, error) {
	if b.Format != BundleFormat {
		return nil, fmt.Errorf("format: expected %q, got %.40q", BundleFormat, b.Format)
	}
	// The report names them even when no check passes.
	if err := showable(b.ChainID, b.Number); err != nil {
		return nil, fmt.Errorf("chain_id and number: %w", err)
	}
	if b.Height < 1 {
		return nil, fmt.Errorf("height: expected 1 or more, got %d", b.Height)
	}
	if err := b.checkValues(); err != nil {
		return nil, err
	}
	o := new(opened)
	presences := []struct {
		field  string
		proof  []byte
		target **ics23.ExistenceProof
	}{
		{"voucher.proof", b.Voucher.Proof, &o.voucher},
		{"settlement.proof", b.Settlement.Proof, &o.settlement},
		{"stores.settlement", b.Stores.Settlement, &o.inSettlement},
		{"stores.voucher", b.Stores.Voucher, &o.inVoucher},
		{"stores.voucherstatus", b.Stores.Status, &o.inStatus},
	}
	var err error
	for _, p := range presences {
		if *p.target, err = decodePresence(p.proof); err != nil {
			return nil, fmt.Errorf("%s: %w", p.field, err)
		}
	}
	if b.Status.Value == nil {
		o.absence, err = decodeAbsence(b.Status.Proof)
	} else if o.status, err = decodePresence(b.Status.Proof); err == nil {
		o.detail, err = decodePresence(b.Status.Detail.Proof)
	}
	if err != nil {
		return nil, fmt.Errorf("status: %w", err)
	}
	return o, b.openHeaders(o)
}

// checkValues refuses empty values, which no store holds and which could be spelt twice.
func (b *Bundle) checkValues() error {
	if len(b.Voucher.Value) == 0 || len(b.Settlement.Value) == 0 {
		return errors.New("expected the values of voucher and settlement, got an empty one")
	}
	if b.Status.Value == nil && b.Status.Detail == nil {
		return nil
	}
	if len(b.Status.Value) == 0 || b.Status.Detail == nil || len(b.Status.Detail.Value) == 0 {
		return errors.New("status: expected value and detail both, or null for both")
	}
	return nil
}

func (b *Bundle) openHeaders(o *opened) (err error) {
	if o.signed, err = b.Signed.open(); err != nil {
		return fmt.Errorf("signed: %w", err)
	}
	o.changes = make([]signedHeader, len(b.SetChanges))
	for i, c := range b.SetChanges {
		if o.changes[i], err = c.SignedHeader.open(); err != nil {
			return fmt.Errorf("set_changes %d: %w", i, err)
		}
	}
	return nil
}

func (s SignedHeader) open() (signedHeader, error) {
	o := signedHeader{header: new(cmtproto.Header), commit: new(cmtproto.Commit)}
	if err := decodeProto(s.Header, o.header); err != nil {
		return o, fmt.Errorf("header: %w", err)
	}
	if err := decodeProto(s.Commit, o.commit); err != nil {
		return o, fmt.Errorf("commit: %w", err)
	}
	return o, nil
}

// decodeJSON reads one JSON value with known fields only.
func decodeJSON(b []byte, limit int, into any) error {
	if len(b) > limit {
		return fmt.Errorf("expected at most %d bytes, got %d", limit, len(b))
	}
	if len(b) == 0 {
		return errors.New("the file is empty")
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("expected nothing after the JSON value")
	}
	return nil
}

func encodeJSON(v any, indent string) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	err := e.Encode(v)
	return out.Bytes(), err
}
