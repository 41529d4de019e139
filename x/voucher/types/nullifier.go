package types

import (
	"crypto/sha256"
	"encoding/binary"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
)

const (
	// nullifierDomain begins what is hashed into a nullifier.
	nullifierDomain = "shugu/nullifier/v1\x00"

	maxOrderReference = 64 // bytes, as in a contract
)

// ToldTrade is what a nullifier (交易唯一码) is made from: what a trade that is told a
// second time, on the same chain or on another, has in common with the first.
type ToldTrade struct {
	// Seller and Buyer are unified social credit codes, 18 characters.
	Seller, Buyer string
	// ProductDigest is the manifest digest of the product's version, 32 bytes.
	ProductDigest []byte
	// Total in fen.
	Total math.Int
	// OrderReference is the one that both parties signed, 1 to 64 bytes.
	OrderReference string
}

// Nullifier is SHA-256 over the domain tag, a zero byte, and seller, buyer, product's
// digest, total in decimal and order reference, each with its length in bytes before it
// (u32, big endian). It wraps valid.ErrInvalid.
func Nullifier(t ToldTrade) ([]byte, error) {
	if err := t.validate(); err != nil {
		return nil, err
	}
	b := []byte(nullifierDomain)
	for _, part := range []string{t.Seller, t.Buyer, string(t.ProductDigest), t.Total.String(), t.OrderReference} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(part)))
		b = append(b, part...)
	}
	sum := sha256.Sum256(b)
	return sum[:], nil
}

func (t ToldTrade) validate() error {
	if err := valid.CreditCode("seller", t.Seller); err != nil {
		return err
	}
	if err := valid.CreditCode("buyer", t.Buyer); err != nil {
		return err
	}
	if err := valid.Digest("product_digest", t.ProductDigest); err != nil {
		return err
	}
	if err := valid.Amount("total", t.Total); err != nil {
		return err
	}
	return valid.Text("order_reference", t.OrderReference, 1, maxOrderReference)
}
