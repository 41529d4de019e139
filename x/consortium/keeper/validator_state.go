package keeper

import (
	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/shugu-network/shugu/x/consortium/types"
)

type (
	heightKey   = collections.Pair[uint64, uint32]
	evidenceKey = collections.Triple[uint64, []byte, uint32]
)

// validatorState is what stands behind the seats.
type validatorState struct {
	usedKeys      collections.Map[[]byte, types.UsedKey]
	sets          collections.Map[uint64, types.SetRecord]
	rotations     collections.Map[uint32, types.Rotation]
	rotationQueue collections.KeySet[heightKey]
	pending       collections.KeySet[uint32]
	misses        collections.KeySet[heightKey]
	missed        collections.Map[uint32, uint32]
	evidence      collections.Map[evidenceKey, types.Evidence]
}

func newValidatorState(sb *collections.SchemaBuilder, cdc codec.Codec) validatorState {
	number, word, raw := collections.Uint32Key, collections.Uint64Key, collections.BytesKey
	byHeight := collections.PairKeyCodec(word, number)
	return validatorState{
		usedKeys:      collections.NewMap(sb, types.UsedKeysPrefix, "used_keys", raw, codec.CollValue[types.UsedKey](cdc)),
		sets:          collections.NewMap(sb, types.SetsPrefix, "sets", word, codec.CollValue[types.SetRecord](cdc)),
		rotations:     collections.NewMap(sb, types.RotationsPrefix, "rotations", number, codec.CollValue[types.Rotation](cdc)),
		rotationQueue: collections.NewKeySet(sb, types.RotationQueuePrefix, "rotation_queue", byHeight),
		pending:       collections.NewKeySet(sb, types.PendingPrefix, "pending", number),
		misses:        collections.NewKeySet(sb, types.MissesPrefix, "misses", byHeight),
		missed:        collections.NewMap(sb, types.MissedPrefix, "missed", number, collections.Uint32Value),
		evidence: collections.NewMap(sb, types.EvidencePrefix, "evidence",
			collections.TripleKeyCodec(word, raw, number), codec.CollValue[types.Evidence](cdc)),
	}
}
