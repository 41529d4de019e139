// Package events puts together by hand the events of the paths that every
// trade and every record takes. The SDK's TypedEventToEvent makes the same by
// way of JSON and reflection, at up to half of the cost of handling a message;
// tests compare the two.
package events

import (
	"encoding/base64"
	"encoding/json"
	"strconv"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Make makes the event of a message from pairs of field name and JSON value,
// ascending by name, no field left out.
func Make(message proto.Message, pairs ...string) sdk.Event {
	attributes := make([]abci.EventAttribute, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		attributes = append(attributes, abci.EventAttribute{Key: pairs[i], Value: pairs[i+1]})
	}
	return sdk.Event{Type: proto.MessageName(message), Attributes: attributes}
}

// Quoted is the JSON of a string that needs no escapes: ids, numbers, names of enums.
func Quoted(s string) string { return `"` + s + `"` }

// Text is the JSON of any string.
func Text(s string) string {
	if s == "" {
		return `""`
	}
	raw, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(raw)
}

// Uint32 is the JSON of a uint32 field, a bare number.
func Uint32(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

// Uint64 is the JSON of a uint64 field, quoted as protobuf's JSON has it.
func Uint64(n uint64) string { return Quoted(strconv.FormatUint(n, 10)) }

// Int64 is the JSON of an int64 field, quoted as protobuf's JSON has it.
func Int64(n int64) string { return Quoted(strconv.FormatInt(n, 10)) }

// Bytes is the JSON of a bytes field.
func Bytes(b []byte) string {
	if b == nil {
		return "null"
	}
	return Quoted(base64.StdEncoding.EncodeToString(b))
}
