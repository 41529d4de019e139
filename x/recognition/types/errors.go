package types

import errorsmod "cosmossdk.io/errors"

// Errors of the module.
var (
	// ErrNoAgreement: no live agreement with the chain.
	ErrNoAgreement = errorsmod.Register(ModuleName, 2, "no live agreement")
	// ErrNotParty: the signer is neither seller nor buyer nor exchange of the voucher.
	ErrNotParty = errorsmod.Register(ModuleName, 3, "not a party of the voucher")
	// ErrRecordTooLarge: a record has more than MaxRecordBytes bytes.
	ErrRecordTooLarge = errorsmod.Register(ModuleName, 4, "record too large to send")
	// ErrOwnChain: a counterparty cannot be this chain.
	ErrOwnChain = errorsmod.Register(ModuleName, 5, "own chain")
	// ErrClient: the light client is missing, inactive, or not one of the named chain.
	ErrClient = errorsmod.Register(ModuleName, 6, "unusable light client")
	// ErrChannel: the channel is missing, not open, or not a channel of this module over the agreement's client.
	ErrChannel = errorsmod.Register(ModuleName, 7, "unusable channel")
	// ErrChannelTaken: the channel belongs to another counterparty.
	ErrChannelTaken = errorsmod.Register(ModuleName, 8, "channel belongs to another counterparty")
	// ErrTooManyAgreements: there are MaxAgreements already.
	ErrTooManyAgreements = errorsmod.Register(ModuleName, 9, "too many agreements")
	// ErrUnauthorized: the signer is not the authority.
	ErrUnauthorized = errorsmod.Register(ModuleName, 10, "not the authority")
	// ErrPacket: packet data that do not decode, are not canonical, or hold no record.
	ErrPacket = errorsmod.Register(ModuleName, 11, "malformed packet")
	// ErrPacketTooLarge: more records or bytes than a packet may have.
	ErrPacketTooLarge = errorsmod.Register(ModuleName, 12, "packet too large")
	// ErrUnknownVersion: a packet of another version.
	ErrUnknownVersion = errorsmod.Register(ModuleName, 13, "unknown packet version")
	// ErrAcknowledgement: an acknowledgement that does not answer the packet in its canonical form.
	ErrAcknowledgement = errorsmod.Register(ModuleName, 14, "malformed acknowledgement")
	// ErrHandshake: a channel with another port, order or version.
	ErrHandshake = errorsmod.Register(ModuleName, 15, "channel refused")
	// ErrCloseRefused: channels are not closed from this side.
	ErrCloseRefused = errorsmod.Register(ModuleName, 16, "channels cannot be closed")
	// ErrNotFound: nothing is known under the key.
	ErrNotFound = errorsmod.Register(ModuleName, 17, "not found")
	// ErrInconsistent: outbox, queue, agreements and channels contradict each other.
	ErrInconsistent = errorsmod.Register(ModuleName, 18, "inconsistent state")
	// ErrPanic: what panicked in the end blocker and was set aside.
	ErrPanic = errorsmod.Register(ModuleName, 19, "panic")
	// ErrProof: a proof does not show what the message says, or the client cannot judge it.
	ErrProof = errorsmod.Register(ModuleName, 20, "proof refused")
	// ErrNotFresh: the consensus state of a proof is older than the agreement allows.
	ErrNotFresh = errorsmod.Register(ModuleName, 21, "proof not fresh")
	// ErrRefused: the agreement does not cover a proven record, or another stands in its place.
	ErrRefused = errorsmod.Register(ModuleName, 22, "record refused")
	// ErrNotUsable: a voucher that cannot be used here as a valid one.
	ErrNotUsable = errorsmod.Register(ModuleName, 23, "voucher not usable")
	// ErrNotAnswered: the counterparty refused a packet as a whole.
	ErrNotAnswered = errorsmod.Register(ModuleName, 24, "packet refused by the counterparty")
	// ErrForeignSend: a packet from this module's port that this module does not send.
	ErrForeignSend = errorsmod.Register(ModuleName, 25, "only the module itself sends its packets")
	// ErrNotContested: no other voucher tells the trade, or the voucher is not one that does.
	ErrNotContested = errorsmod.Register(ModuleName, 26, "not contested")
)
