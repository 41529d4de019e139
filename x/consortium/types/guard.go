package types

import (
	"bytes"
	"fmt"
	"slices"
	"time"
)

// MaxSets is how many sets of one trusting period the guard looks at. Once
// there are as many, every further change is unsafe until the oldest is out of
// trust.
const MaxSets = 256

// Keys is a validator set: consensus keys, ascending, each once. All have equal power.
type Keys [][]byte

// NewKeys makes a set of keys, which have to differ.
func NewKeys(keys ...[]byte) Keys {
	return Keys(slices.SortedFunc(slices.Values(keys), bytes.Compare))
}

// Has says whether key is in the set.
func (k Keys) Has(key []byte) bool {
	_, found := slices.BinarySearchFunc(k, key, bytes.Compare)
	return found
}

// With returns the set and key.
func (k Keys) With(key []byte) Keys {
	at, found := slices.BinarySearchFunc(k, key, bytes.Compare)
	if found {
		return k
	}
	return slices.Insert(slices.Clone(k), at, key)
}

// Without returns the set but for key.
func (k Keys) Without(key []byte) Keys {
	return slices.DeleteFunc(slices.Clone(k), func(other []byte) bool { return bytes.Equal(other, key) })
}

// Equal says whether both are the same set.
func (k Keys) Equal(other Keys) bool { return slices.EqualFunc(k, other, bytes.Equal) }

// SafeChange says whether light clients that trust any of the sets can follow
// the chain to next, whoever of next signs (DESIGN §3). CometBFT's light client
// takes a header that more than 2/3 of its own set signed, and among them more
// than 1/3 of the trusted set. Of n1 validators at least ⌊2·n1/3⌋+1 sign; the
// worst choice contains all the a that are not in the trusted set of n0, and
// leaves it ⌊2·n1/3⌋+1−a.
func SafeChange(sets []Keys, next Keys) bool {
	return !slices.ContainsFunc(sets, func(set Keys) bool { return !follows(set, next) })
}

// follows is SafeChange for one set.
func follows(set, next Keys) bool {
	if len(next) == 0 {
		return false
	}
	added := 0
	for i, j := 0, 0; i < len(next); i++ {
		for j < len(set) && bytes.Compare(set[j], next[i]) < 0 {
			j++
		}
		if j == len(set) || !bytes.Equal(set[j], next[i]) {
			added++
		}
	}
	return 3*(2*len(next)/3+1-added) > len(set)
}

// Verdict is what the guard says of a change of the validator set.
type Verdict struct {
	// Safe: it may happen now.
	Safe bool
	// Never: it cannot become safe as long as the present set stays.
	Never bool
	// At is the Unix second from which on it is safe if nothing else changes; 0 when Safe or Never.
	At int64
	// Height at which the set was told whose followers would be stranded
	// longest, and how many validators that has; 0 when Safe.
	Height     int64
	Validators int
}

// JudgeChange is SafeChange over time: at now, in Unix seconds, over a history
// of sets that ascends by height. The last set is trusted as long as it stays;
// each other one until trustingPeriod seconds after the next was told, whose
// block still named it as the set to come. Fractions of seconds were cut off,
// so the last second counts in full. Sets from before one that began anew do
// not count.
func JudgeChange(history []SetRecord, next Keys, now, trustingPeriod int64) Verdict {
	v := Verdict{Safe: true}
	var trusted []int
	for i := range history {
		if history[i].Anew {
			trusted, v = nil, Verdict{Safe: true}
		}
		last := i == len(history)-1
		if !last && trustedUntil(history, i, trustingPeriod) < now {
			continue
		}
		trusted = append(trusted, i)
		if follows(history[i].Keys, next) {
			continue
		}
		v = Verdict{Never: last, Height: history[i].Height, Validators: len(history[i].Keys)}
		if !last {
			v.At = trustedUntil(history, i, trustingPeriod) + 1
		}
	}
	if excess := len(trusted) - MaxSets; excess >= 0 && !v.Never {
		i := trusted[excess]
		if at := trustedUntil(history, i, trustingPeriod) + 1; at > v.At {
			v = Verdict{At: at, Height: history[i].Height, Validators: len(history[i].Keys)}
		}
	}
	return v
}

// trustedUntil is the last Unix second in which a client may trust set i, which is not the last.
func trustedUntil(history []SetRecord, i int, trustingPeriod int64) int64 {
	return history[i+1].Time + trustingPeriod
}

// Explain tells the verdict to a person.
func (v Verdict) Explain() string {
	switch {
	case v.Safe:
		return "safe: light clients of other chains can follow the change"
	case v.Never:
		return fmt.Sprintf("light clients that trust the present set of %d validators (told at height %d) could not follow, and this can never pass in one step: "+
			"change fewer validators at a time, or accept it as unsafe and have all clients updated at the height that EventUpdateClients names", v.Validators, v.Height)
	default:
		return fmt.Sprintf("light clients that trust the set of %d validators told at height %d could not follow; this passes from %s (%s) on if nothing else changes, "+
			"or accept it as unsafe and have all clients updated at the height that EventUpdateClients names",
			v.Validators, v.Height, inBeijing(v.At), inUTC(v.At))
	}
}

var beijing = time.FixedZone("UTC+8", 8*60*60)

func inBeijing(seconds int64) string {
	return time.Unix(seconds, 0).In(beijing).Format("2006-01-02 15:04:05 UTC+8")
}

func inUTC(seconds int64) string {
	return time.Unix(seconds, 0).UTC().Format("2006-01-02 15:04:05 UTC")
}
