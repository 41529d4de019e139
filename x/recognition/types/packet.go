package types

import (
	"bytes"
	"errors"

	"github.com/cosmos/gogoproto/proto"

	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/ibc-go/v11/modules/core/exported"
)

const (
	// PacketVersion is the version of packets and acknowledgements on channels of version recognition-1.
	PacketVersion = 1
	// MaxRecords is the most records of a packet.
	MaxRecords = 100
	// MaxPacketBytes is the most bytes of a packet's data: 128 KiB.
	MaxPacketBytes = 128 * 1024
	// MaxRecordBytes is the most bytes of a record, and of a status' detail: 8 KiB.
	MaxRecordBytes = 8 * 1024
	// MaxProofBytes is the most bytes of one proof: 32 KiB. A tree of 2^60 leaves needs some 10.
	MaxProofBytes = 32 * 1024
	// MaxAcknowledgementBytes is more than any acknowledgement of MaxRecords results needs.
	MaxAcknowledgementBytes = 256
)

var _ exported.Acknowledgement = (*PacketAcknowledgement)(nil)

// EncodePacket makes the data of a packet that a block sends, at its height and at its
// time in Unix seconds. It wraps ErrPacket or ErrPacketTooLarge.
func EncodePacket(records []PacketRecord, height, time int64) ([]byte, error) {
	b, err := proto.Marshal(&PacketData{Version: PacketVersion, Records: records, Height: height, Time: time})
	if err != nil {
		return nil, errorsmod.Wrap(ErrPacket, err.Error())
	}
	if err := checkSizes(len(b), len(records)); err != nil {
		return nil, err
	}
	return b, nil
}

// PacketSize is how many bytes a record adds to a packet's data.
func (r *PacketRecord) PacketSize() int {
	n := r.Size()
	return 1 + sovRecognition(uint64(n)) + n
}

// PacketOverhead is at least the bytes of a packet's data without records: the version,
// and two numbers of at most ten bytes with their tags.
const PacketOverhead = 2 + 2*11

// DecodePacket reads the data of a packet. Each packet has one byte string: unknown
// fields, other orders of fields, long varints and the like are refused. It checks no
// record. It wraps ErrPacketTooLarge, ErrUnknownVersion or ErrPacket.
func DecodePacket(b []byte) (PacketData, error) {
	if len(b) > MaxPacketBytes {
		return PacketData{}, checkSizes(len(b), 1)
	}
	var data PacketData
	if err := proto.Unmarshal(b, &data); err != nil {
		return PacketData{}, errorsmod.Wrap(ErrPacket, err.Error())
	}
	// The version comes before the comparison: a later version may have fields that we do not know.
	if data.Version != PacketVersion {
		return PacketData{}, errorsmod.Wrapf(ErrUnknownVersion, "expected %d, got %d", PacketVersion, data.Version)
	}
	if err := checkCanonical(b, &data); err != nil {
		return PacketData{}, errorsmod.Wrap(ErrPacket, err.Error())
	}
	if err := checkSizes(len(b), len(data.Records)); err != nil {
		return PacketData{}, err
	}
	if data.Height < 1 || data.Time < 0 || data.Time > lastSecond {
		return PacketData{}, errorsmod.Wrapf(ErrPacket, "height and time: expected from 1 and from 0, got %d and %d", data.Height, data.Time)
	}
	return data, nil
}

// PacketCodeOf is the code with which an error of DecodePacket is answered.
func PacketCodeOf(err error) PacketCode {
	switch {
	case errors.Is(err, ErrPacketTooLarge):
		return PACKET_CODE_TOO_LARGE
	case errors.Is(err, ErrUnknownVersion):
		return PACKET_CODE_UNKNOWN_VERSION
	default:
		return PACKET_CODE_MALFORMED
	}
}

// Refusal answers a packet that is refused as a whole.
func Refusal(code PacketCode) *PacketAcknowledgement {
	return &PacketAcknowledgement{Version: PacketVersion, Code: code}
}

// Success says whether the packet was read. What was written while it was received is kept only then.
func (a *PacketAcknowledgement) Success() bool { return a.Code == PACKET_CODE_READ }

// Acknowledgement is the canonical encoding.
func (a *PacketAcknowledgement) Acknowledgement() []byte {
	b, err := proto.Marshal(a)
	if err != nil {
		panic(err) // three numbers always encode
	}
	return b
}

// DecodeAcknowledgement reads the answer to a packet of so many records: canonical, with
// known codes, and with one result per record exactly if the packet was read. It wraps
// ErrAcknowledgement.
func DecodeAcknowledgement(b []byte, records int) (PacketAcknowledgement, error) {
	if len(b) > MaxAcknowledgementBytes {
		return PacketAcknowledgement{}, errorsmod.Wrapf(ErrAcknowledgement, "expected at most %d bytes, got %d", MaxAcknowledgementBytes, len(b))
	}
	var ack PacketAcknowledgement
	if err := proto.Unmarshal(b, &ack); err != nil {
		return PacketAcknowledgement{}, errorsmod.Wrap(ErrAcknowledgement, err.Error())
	}
	if err := checkCanonical(b, &ack); err != nil {
		return PacketAcknowledgement{}, errorsmod.Wrap(ErrAcknowledgement, err.Error())
	}
	if ack.Version != PacketVersion {
		return PacketAcknowledgement{}, errorsmod.Wrapf(ErrAcknowledgement, "expected version %d, got %d", PacketVersion, ack.Version)
	}
	if ack.Code < PACKET_CODE_READ || ack.Code > PACKET_CODE_TOO_LARGE {
		return PacketAcknowledgement{}, errorsmod.Wrapf(ErrAcknowledgement, "expected a packet code %d to %d, got %d", PACKET_CODE_READ, PACKET_CODE_TOO_LARGE, ack.Code)
	}
	if ack.Code != PACKET_CODE_READ {
		records = 0
	}
	if len(ack.Results) != records {
		return PacketAcknowledgement{}, errorsmod.Wrapf(ErrAcknowledgement, "expected %d results, got %d", records, len(ack.Results))
	}
	for i, result := range ack.Results {
		if result < RESULT_CODE_OK || result > RESULT_CODE_WRONG_NUMBER {
			return PacketAcknowledgement{}, errorsmod.Wrapf(ErrAcknowledgement, "result %d: expected a code %d to %d, got %d", i, RESULT_CODE_OK, RESULT_CODE_WRONG_NUMBER, result)
		}
	}
	return ack, nil
}

func checkSizes(size, records int) error {
	if size > MaxPacketBytes {
		return errorsmod.Wrapf(ErrPacketTooLarge, "expected at most %d bytes, got %d", MaxPacketBytes, size)
	}
	if records > MaxRecords {
		return errorsmod.Wrapf(ErrPacketTooLarge, "expected at most %d records, got %d", MaxRecords, records)
	}
	if records == 0 {
		return errorsmod.Wrap(ErrPacket, "expected at least one record")
	}
	return nil
}

// checkCanonical refuses bytes that are not the encoding of what they say.
func checkCanonical(b []byte, m proto.Message) error {
	again, err := proto.Marshal(m)
	if err != nil {
		return err
	}
	if !bytes.Equal(again, b) {
		return errors.New("the bytes differ from the encoding of what they say")
	}
	return nil
}
