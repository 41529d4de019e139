package types

import (
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

const maxErrorText = 64

// Insistent kinds are sent until they are answered, though nobody presents them: they
// tell what has changed for everybody. They leave before the others.
func (k RecordKind) Insistent() bool { return k == RECORD_KIND_STATUS || k == RECORD_KIND_TERMS }

// Validate checks that the fields fit the status. It wraps valid.ErrInvalid.
func (e OutboxEntry) Validate() error {
	if err := CheckChainID("chain_id", e.ChainId); err != nil {
		return err
	}
	if err := CheckID(e.Kind, e.Id); err != nil {
		return err
	}
	if e.Height < 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "height: expected 0 or more, got %d", e.Height)
	}
	if e.StatusVersion != 0 && !e.Kind.Insistent() {
		return errorsmod.Wrapf(valid.ErrInvalid, "status_version: expected 0 for a %s, got %d", e.Kind, e.StatusVersion)
	}
	if err := e.validateAnswer(); err != nil {
		return err
	}
	if e.Status == OUTBOX_STATUS_QUEUED || e.Status == OUTBOX_STATUS_SET_ASIDE {
		if e.Sequence != 0 || e.ChannelId != "" || e.StatusVersion != 0 {
			return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected no packet, got sequence %d on %q", e.Status, e.Sequence, e.ChannelId)
		}
		return nil
	}
	if e.Sequence < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected the sequence of a packet, got 0", e.Status)
	}
	return checkChannelID(e.ChannelId)
}

// validateAnswer checks the status, and that a refusal has exactly one code.
func (e OutboxEntry) validateAnswer() error {
	if e.Status < OUTBOX_STATUS_QUEUED || e.Status > OUTBOX_STATUS_SET_ASIDE {
		return errorsmod.Wrapf(valid.ErrInvalid, "status: expected %d to %d, got %d", OUTBOX_STATUS_QUEUED, OUTBOX_STATUS_SET_ASIDE, e.Status)
	}
	byRecord := e.Result > RESULT_CODE_OK && e.Result <= RESULT_CODE_WRONG_NUMBER && e.PacketCode == PACKET_CODE_UNSPECIFIED
	byPacket := e.PacketCode > PACKET_CODE_READ && e.PacketCode <= PACKET_CODE_TOO_LARGE && e.Result == RESULT_CODE_UNSPECIFIED
	none := e.Result == RESULT_CODE_UNSPECIFIED && e.PacketCode == PACKET_CODE_UNSPECIFIED
	if refused := e.Status == OUTBOX_STATUS_REFUSED; refused && !byRecord && !byPacket || !refused && !none {
		return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected one code if refused and none if not, got %s and %s", e.Status, e.Result, e.PacketCode)
	}
	if (e.SetAsideError != "") != (e.Status == OUTBOX_STATUS_SET_ASIDE) {
		return errorsmod.Wrapf(valid.ErrInvalid, "set_aside_error: expected if and only if set aside, got %q", e.SetAsideError)
	}
	return valid.Text("set_aside_error", e.SetAsideError, 0, maxErrorText)
}

// Validate checks a voucher or settlement that was recognised. It wraps valid.ErrInvalid.
func (r Recognised) Validate() error {
	if err := CheckChainID("chain_id", r.ChainId); err != nil {
		return err
	}
	counterpart := RECORD_KIND_SETTLEMENT
	switch r.Kind {
	case RECORD_KIND_VOUCHER:
	case RECORD_KIND_SETTLEMENT:
		counterpart = RECORD_KIND_VOUCHER
	default:
		return errorsmod.Wrapf(valid.ErrInvalid, "kind: expected voucher (1) or settlement (2), got %d", r.Kind)
	}
	if err := CheckID(r.Kind, r.Id); err != nil {
		return err
	}
	if err := CheckID(counterpart, r.Counterpart); err != nil {
		return errorsmod.Wrap(err, "counterpart")
	}
	if err := valid.Digest("digest", r.Digest); err != nil {
		return err
	}
	if len(r.Nullifier) != 0 && r.Kind != RECORD_KIND_VOUCHER {
		return errorsmod.Wrapf(valid.ErrInvalid, "nullifier: expected none of a %s", r.Kind)
	}
	if err := valid.OptionalDigest("nullifier", r.Nullifier); err != nil {
		return err
	}
	if r.StatusEvidence != nil {
		if r.Kind != RECORD_KIND_VOUCHER || !r.StatusEvidence.ByProof() {
			return errorsmod.Wrapf(valid.ErrInvalid, "status_evidence: expected a proof, of a voucher's status, got one of a %s", r.Kind)
		}
		if err := r.StatusEvidence.Validate(); err != nil {
			return errorsmod.Wrap(err, "status_evidence")
		}
	}
	return r.Evidence.Validate()
}

// Validate checks a backoff. It wraps valid.ErrInvalid.
func (b Backoff) Validate() error {
	if b.Failures < 1 || b.UntilHeight < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "failures and until_height: expected 1 or more, got %d and %d", b.Failures, b.UntilHeight)
	}
	return CheckChainID("chain_id", b.ChainId)
}

// Validate checks a channel's owner. It wraps valid.ErrInvalid.
func (c ChannelOwner) Validate() error {
	if err := checkChannelID(c.ChannelId); err != nil {
		return err
	}
	return CheckChainID("chain_id", c.ChainId)
}
