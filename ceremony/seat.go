package ceremony

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"slices"
	"strconv"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"

	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

const (
	// SeatFormat names the version of a seat proposal's layout.
	SeatFormat = "shugu-seat-proposal-1"
	// seatDomain separates signatures of proposals from all others.
	seatDomain = "shugu/genesis/seat/v1"
	nodeIDSize = 20
)

// Seat is what an exchange proposes to validate with.
type Seat struct {
	// Moniker is the seat's name, ASCII, 1 to 32 characters.
	Moniker string `json:"moniker"`
	// ConsensusKey is the ed25519 key that signs blocks, 64 hex digits.
	ConsensusKey string `json:"consensus_key"`
	// NodeID is the CometBFT id of the node that carries the seat, 40 hex digits.
	NodeID string `json:"node_id"`
	// Address is host:port at which the other nodes reach it; it stands in no state.
	Address string `json:"address"`
}

// SeatProposal is one exchange's document: who it is, signed by its account,
// and its seat, signed by its account and by the consensus key, so that nobody
// can propose a key that is not theirs.
type SeatProposal struct {
	Format string `json:"format"`
	SignedApplication
	Seat Seat `json:"seat"`
	// OwnerSignature is the account's, secp256k1 over SHA-256, 128 hex digits.
	OwnerSignature string `json:"owner_signature"`
	// ConsensusSignature is the consensus key's, ed25519, 128 hex digits.
	ConsensusSignature string `json:"consensus_signature"`
}

// Signer signs the bytes of a proposal with one of its two keys.
type Signer func(message []byte) ([]byte, error)

// Propose puts a proposal together and has both keys sign it.
func Propose(app SignedApplication, seat Seat, owner, consensus Signer) (*SeatProposal, error) {
	p := &SeatProposal{Format: SeatFormat, SignedApplication: app, Seat: seat}
	application, err := app.decode()
	if err != nil {
		return nil, err
	}
	message, err := signBytes(application, seat)
	if err != nil {
		return nil, err
	}
	signature, err := owner(message)
	if err != nil {
		return nil, fmt.Errorf("sign with the account's key: %w", err)
	}
	p.OwnerSignature = hex.EncodeToString(signature)
	if signature, err = consensus(message); err != nil {
		return nil, fmt.Errorf("sign with the consensus key: %w", err)
	}
	p.ConsensusSignature = hex.EncodeToString(signature)
	return p, nil
}

// DecodeSeatProposal reads a proposal strictly. Verify checks it.
func DecodeSeatProposal(raw []byte) (*SeatProposal, error) {
	p := new(SeatProposal)
	if err := decode(raw, p); err != nil {
		return nil, fmt.Errorf("expected the output of `shugud genesis propose-seat`: %w", err)
	}
	if p.Format != SeatFormat {
		return nil, fmt.Errorf("expected format %s, got %q", SeatFormat, p.Format)
	}
	return p, nil
}

// signBytes are the domain tag, a zero byte, SHA-256 of what the applicant
// signed, and the seat as JSON with the fields in their order.
func signBytes(app consortium.Application, seat Seat) ([]byte, error) {
	signed, err := consortium.ApplicationSignBytes(app)
	if err != nil {
		return nil, err
	}
	encoded, err := json.Marshal(seat)
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(signed)
	message := append([]byte(seatDomain), 0)
	return append(append(message, digest[:]...), encoded...), nil
}

// Verify checks a proposal for the chain and its genesis's time, and returns
// the exchange's application and its seat, still without a member number.
func (p *SeatProposal) Verify(chainID string, at time.Time) (consortium.Application, consortium.Seat, error) {
	app, err := p.open(chainID, at)
	if err != nil {
		return app, consortium.Seat{}, err
	}
	if !slices.Contains(app.Roles, consortium.ROLE_EXCHANGE) {
		return app, consortium.Seat{}, fmt.Errorf("seat of %s: expected an applicant with %s, got %s", app.CreditCode, consortium.ROLE_EXCHANGE, app.Roles)
	}
	seat, err := p.Seat.open()
	if err != nil {
		return app, seat, fmt.Errorf("seat of %s: %w", app.CreditCode, err)
	}
	message, err := signBytes(app, p.Seat)
	if err != nil {
		return app, seat, err
	}
	signature, err := hex.DecodeString(p.OwnerSignature)
	if err != nil || !(&secp256k1.PubKey{Key: app.PublicKey}).VerifySignature(message, signature) {
		return app, seat, fmt.Errorf("seat of %s: owner_signature is not the account's over this proposal; propose the seat again", app.CreditCode)
	}
	signature, err = hex.DecodeString(p.ConsensusSignature)
	if err != nil || !ed25519.PubKey(seat.ConsensusKey).VerifySignature(message, signature) {
		return app, seat, fmt.Errorf("seat of %s: consensus_signature is not the consensus key's over this proposal; propose the seat again", app.CreditCode)
	}
	return app, seat, nil
}

// open checks the fields of a seat.
func (s Seat) open() (seat consortium.Seat, err error) {
	seat.Moniker = s.Moniker
	if seat.ConsensusKey, err = hex.DecodeString(s.ConsensusKey); err != nil || len(seat.ConsensusKey) != ed25519.PubKeySize {
		return seat, fmt.Errorf("consensus_key: expected an ed25519 key of %d hex digits, got %q", 2*ed25519.PubKeySize, s.ConsensusKey)
	}
	if id, err := hex.DecodeString(s.NodeID); err != nil || len(id) != nodeIDSize {
		return seat, fmt.Errorf("node_id: expected %d hex digits, got %q", 2*nodeIDSize, s.NodeID)
	}
	host, port, err := net.SplitHostPort(s.Address)
	if err != nil || host == "" {
		return seat, fmt.Errorf("address: expected host:port, got %q", s.Address)
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return seat, fmt.Errorf("address: expected a port from 1 to 65535, got %q", port)
	}
	return seat, nil
}
