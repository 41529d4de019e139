package ceremony

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/cosmos/gogoproto/jsonpb"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// SignedApplication is what `shugud member apply` writes: the application as
// protobuf's JSON, and the applicant's signature over it in hex.
type SignedApplication struct {
	Application json.RawMessage `json:"application"`
	Signature   string          `json:"signature"`
}

// decode reads the application strictly and checks its fields by themselves.
func (s SignedApplication) decode() (app consortium.Application, err error) {
	if err := jsonpb.Unmarshal(bytes.NewReader(s.Application), &app); err != nil {
		return app, fmt.Errorf("application: %w", err)
	}
	if err := app.Validate(); err != nil {
		return app, fmt.Errorf("application: %w", err)
	}
	return app, nil
}

// open decodes the application strictly and checks that it was signed for this
// chain, to nobody but the genesis (admitting member 0), and holds at the genesis's time.
func (s SignedApplication) open(chainID string, at time.Time) (consortium.Application, error) {
	app, err := s.decode()
	if err != nil {
		return app, err
	}
	if app.ChainId != chainID {
		return app, fmt.Errorf("application of %s: expected chain_id %s, got %s", app.CreditCode, chainID, app.ChainId)
	}
	if app.AdmittingMember != 0 {
		return app, fmt.Errorf("application of %s: expected admitting_member 0, for the genesis, got %d", app.CreditCode, app.AdmittingMember)
	}
	if app.ExpiresAt < at.Unix() {
		return app, fmt.Errorf("application of %s: expired at %s, before the genesis's time; have it signed again with more valid_days",
			app.CreditCode, time.Unix(app.ExpiresAt, 0).UTC().Format(time.RFC3339))
	}
	signature, err := hex.DecodeString(s.Signature)
	if err != nil {
		return app, fmt.Errorf("application of %s: signature: %w", app.CreditCode, err)
	}
	if err := app.Verify(signature); err != nil {
		return app, fmt.Errorf("application of %s: %w", app.CreditCode, err)
	}
	return app, nil
}

// member is the applicant as a member of the first hour.
func member(number uint32, app consortium.Application, bech32Prefix string) (consortium.Member, error) {
	owner, err := sdk.Bech32ifyAddressBytes(bech32Prefix, app.Address())
	return consortium.Member{
		Number: number, Owner: owner, Name: app.Name, CreditCode: app.CreditCode, Region: app.Region, Roles: app.Roles,
		Status: consortium.MEMBER_STATUS_ACTIVE, AgeRecipient: app.AgeRecipient, DocumentsDigest: app.DocumentsDigest,
	}, err
}

// decode reads one JSON document strictly: no unknown field, nothing after it.
func decode(raw []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("expected one JSON document, got more")
	}
	return nil
}

// Hash is what the exchanges compare: the SHA-256 of the genesis file, in hex.
func Hash(genesis []byte) string {
	digest := sha256.Sum256(genesis)
	return hex.EncodeToString(digest[:])
}
