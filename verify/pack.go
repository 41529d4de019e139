package verify

import (
	"bytes"
	"errors"
	"fmt"

	ics23 "github.com/cosmos/ics23/go"
)

// protoMessage is what the embedded protobufs have in common.
type protoMessage interface {
	Marshal() ([]byte, error)
	Unmarshal(b []byte) error
}

// decodeProto reads the one encoding of a message.
func decodeProto(b []byte, m protoMessage) error {
	if len(b) == 0 {
		return errors.New("expected protobuf bytes, got none")
	}
	if err := m.Unmarshal(b); err != nil {
		return fmt.Errorf("%w: %w", errWire, err)
	}
	again, err := m.Marshal()
	if err != nil {
		return fmt.Errorf("%w: %w", errWire, err)
	}
	if !bytes.Equal(again, b) {
		return fmt.Errorf("%w: the bytes differ from the encoding of what they say", errWire)
	}
	return nil
}

// PackProof makes a bundle's proof of an ICS-23 commitment proof as a node answers it
// (the data of a proof operation): without its key and, for presence, its value.
func PackProof(commitmentProof []byte) ([]byte, error) {
	p := new(ics23.CommitmentProof)
	if err := p.Unmarshal(commitmentProof); err != nil {
		return nil, fmt.Errorf("the node's proof is no ICS-23 commitment proof: %w", err)
	}
	switch {
	case p.GetExist() != nil:
		p.GetExist().Key, p.GetExist().Value = nil, nil
	case p.GetNonexist() != nil:
		p.GetNonexist().Key = nil
	default:
		return nil, errors.New("expected an ICS-23 proof of existence or of non-existence")
	}
	return p.Marshal()
}
