package verify_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	ics23 "github.com/cosmos/ics23/go"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
)

func TestBundleHasOneEncoding(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 100, Reversed: 10})
	for _, number := range append(w.Blue, w.Red...) {
		b := w.Bundle(t, number)
		encoded, err := b.Encode()
		require.NoError(t, err)
		decoded, err := verify.Decode(encoded)
		require.NoError(t, err)
		require.Equal(t, b, decoded)
		require.Less(t, len(encoded), 6*1024)
	}
}

// TestEveryChangedByteIsRefused changes each byte of a bundle in several ways. A change
// is refused by the decoder, or a check fails.
func TestEveryChangedByteIsRefused(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 5, Reversed: 2})
	changed := verifytest.Sorted(append(verifytest.Validators("wuxi-dex"), w.Validators...))
	first := verifytest.Change(t, w.ChainID, 1, w.Validators, changed, nil)
	second := verifytest.Change(t, w.ChainID, 2, changed, w.Validators, nil)
	for name, tc := range map[string]struct {
		number  string
		changes []verify.SetChange
		ways    int
	}{
		"no status":              {w.Blue[3], nil, 4},
		"status and set changes": {w.Red[1], []verify.SetChange{first, second}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, root := w.Bundle(t, tc.number), w.Root()
			b.Validators = verifytest.Bundled(w.Validators)
			if tc.changes != nil {
				b.SetChanges = tc.changes
				h := verifytest.Header(w.ChainID, 1, verifytest.Digest("some state"), w.Validators, changed)
				root.Height, root.HeaderHash = 1, fmt.Sprintf("%X", []byte(h.Hash()))
			}
			requireHolds(t, b, root)
			good, err := b.Encode()
			require.NoError(t, err)
			inconsistent := 0
			for i := range good {
				for _, bad := range changedAt(good, i)[:tc.ways] {
					report, err := verify.VerifyEncoded(bad, root)
					require.Error(t, err, "byte %d changed to make %q", i, bad[max(0, i-20):i+1])
					if report != nil {
						inconsistent++
					}
				}
			}
			require.NotZero(t, inconsistent, "some changes must reach the checks")
		})
	}
}

// changedAt are the spoilt copies: two flips, one byte left out, a space put in.
func changedAt(good []byte, i int) [][]byte {
	flip := func(mask byte) []byte {
		c := bytes.Clone(good)
		c[i] ^= mask
		return c
	}
	without := append(bytes.Clone(good[:i]), good[i+1:]...)
	with := append(append(bytes.Clone(good[:i]), ' '), good[i:]...)
	return [][]byte{flip(1), flip(0x80), without, with}
}

func TestDecodeRefusesOtherSpellings(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 5, Reversed: 1})
	good, err := w.Bundle(t, w.Blue[0]).Encode()
	require.NoError(t, err)
	replace := func(old, new string) []byte {
		require.True(t, bytes.Contains(good, []byte(old)), old)
		return bytes.Replace(good, []byte(old), []byte(new), 1)
	}
	var indented bytes.Buffer
	require.NoError(t, json.Indent(&indented, good, "", " "))
	for name, bad := range map[string][]byte{
		"nothing":             {},
		"null":                []byte("null\n"),
		"an array":            []byte("[]\n"),
		"no newline":          good[:len(good)-1],
		"two newlines":        append(bytes.Clone(good), '\n'),
		"two values":          append(bytes.Clone(good), good...),
		"byte order mark":     append([]byte("\xef\xbb\xbf"), good...),
		"CRLF":                replace("}\n", "}\r\n"),
		"indented":            indented.Bytes(),
		"unknown field":       replace(`{"format"`, `{"note":"x","format"`),
		"field twice":         replace(`{"format"`, `{"format":"shugu-bundle-1","format"`),
		"other case":          replace(`"height"`, `"Height"`),
		"other order":         replace(`"format":"shugu-bundle-1","chain_id":"shugu-hangzhou-1"`, `"chain_id":"shugu-hangzhou-1","format":"shugu-bundle-1"`),
		"escaped character":   replace(`"shugu-hangzhou-1"`, `"\u0073hugu-hangzhou-1"`),
		"height with a point": replace(`"height":2`, `"height":2.0`),
		"height in exponent":  replace(`"height":2`, `"height":2e0`),
		"height 0":            replace(`"height":2`, `"height":0`),
		"another format":      replace("shugu-bundle-1", "shugu-bundle-2"),
		"null changes":        replace(`"set_changes":[]`, `"set_changes":null`),
		"left-out changes":    replace(`,"set_changes":[]`, ``),
		"padding bits":        replace(`2w=="`, `2x=="`),
		"newline in base64":   replace(`"value":"C`, `"value":"\nC`),
		"over the limit":      append(bytes.Clone(good), bytes.Repeat([]byte{' '}, verify.MaxBundleBytes)...),
	} {
		_, err := verify.Decode(bad)
		require.Error(t, err, name)
	}
}

// TestDecodeRefusesOtherProtobufSpellings puts other encodings of the same content into
// the fields that hold protobuf.
func TestDecodeRefusesOtherProtobufSpellings(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 5, Reversed: 1})
	unknown := func(b []byte) []byte { return append(bytes.Clone(b), 0xF8, 0x07, 0x01) }
	proof := func(change func(p *ics23.CommitmentProof)) func([]byte) []byte {
		return func(b []byte) []byte {
			p := new(ics23.CommitmentProof)
			require.NoError(t, p.Unmarshal(b))
			change(p)
			out, err := p.Marshal()
			require.NoError(t, err)
			return out
		}
	}
	onPresence := func(f func(b *verify.Bundle)) *verify.Bundle {
		b := w.Bundle(t, w.Blue[0])
		f(b)
		return b
	}
	onAbsence := func(f func(b *verify.Bundle)) *verify.Bundle {
		b := w.Bundle(t, w.Blue[1])
		f(b)
		return b
	}
	absence := w.Bundle(t, w.Blue[1]).Status.Proof
	presence := w.Bundle(t, w.Blue[0]).Voucher.Proof
	key := proof(func(p *ics23.CommitmentProof) { p.GetExist().Key = []byte("k") })
	value := proof(func(p *ics23.CommitmentProof) { p.GetExist().Value = []byte("v") })
	absentKey := proof(func(p *ics23.CommitmentProof) { p.GetNonexist().Key = []byte("k") })
	oneSide := proof(func(p *ics23.CommitmentProof) { p.GetNonexist().Left = nil })
	noLeaf := proof(func(p *ics23.CommitmentProof) { p.GetExist().Leaf = nil })
	batch := proof(func(p *ics23.CommitmentProof) {
		p.Proof = &ics23.CommitmentProof_Batch{Batch: &ics23.BatchProof{Entries: []*ics23.BatchEntry{
			{Proof: &ics23.BatchEntry_Exist{Exist: p.GetExist()}},
		}}}
	})
	for name, b := range map[string]*verify.Bundle{
		"unknown field in a proof":  onPresence(func(b *verify.Bundle) { b.Voucher.Proof = unknown(b.Voucher.Proof) }),
		"unknown field in a header": onPresence(func(b *verify.Bundle) { b.Signed.Header = unknown(b.Signed.Header) }),
		"unknown field in a commit": onPresence(func(b *verify.Bundle) { b.Signed.Commit = unknown(b.Signed.Commit) }),
		"proof with its key":        onPresence(func(b *verify.Bundle) { b.Voucher.Proof = key(b.Voucher.Proof) }),
		"proof with its value":      onPresence(func(b *verify.Bundle) { b.Stores.Status = value(b.Stores.Status) }),
		"proof without leaf":        onPresence(func(b *verify.Bundle) { b.Voucher.Proof = noLeaf(b.Voucher.Proof) }),
		"batch proof":               onPresence(func(b *verify.Bundle) { b.Voucher.Proof = batch(b.Voucher.Proof) }),
		"absence for presence":      onPresence(func(b *verify.Bundle) { b.Voucher.Proof = absence }),
		"no proof":                  onPresence(func(b *verify.Bundle) { b.Voucher.Proof = nil }),
		"no voucher":                onPresence(func(b *verify.Bundle) { b.Voucher.Value = nil }),
		"empty status":              onPresence(func(b *verify.Bundle) { b.Status.Value = []byte{} }),
		"no detail":                 onPresence(func(b *verify.Bundle) { b.Status.Detail = nil }),
		"detail alone":              onPresence(func(b *verify.Bundle) { b.Status.Value = nil }),
		"empty detail":              onPresence(func(b *verify.Bundle) { b.Status.Detail.Value = nil }),
		"status unproved":           onPresence(func(b *verify.Bundle) { b.Status.Proof = nil }),
		"absence with its key":      onAbsence(func(b *verify.Bundle) { b.Status.Proof = absentKey(b.Status.Proof) }),
		"absence with one side":     onAbsence(func(b *verify.Bundle) { b.Status.Proof = oneSide(b.Status.Proof) }),
		"presence for absence":      onAbsence(func(b *verify.Bundle) { b.Status.Proof = presence }),
		"absence unproved":          onAbsence(func(b *verify.Bundle) { b.Status.Proof = []byte{} }),
		"set change without header": onAbsence(func(b *verify.Bundle) { b.SetChanges = []verify.SetChange{{}} }),
	} {
		_, err := b.Encode()
		require.Error(t, err, name)
		encoded, err := json.Marshal(b)
		require.NoError(t, err, name)
		_, err = verify.Decode(append(encoded, '\n'))
		require.Error(t, err, name)
	}
}

func TestPackProofRefusesOtherProofs(t *testing.T) {
	for _, bad := range [][]byte{nil, {0xFF}, {0x1A, 0x00}} {
		_, err := verify.PackProof(bad)
		require.Error(t, err)
	}
}
