package verify

// Kind of a voucher.
const (
	KindBlue uint32 = 1
	KindRed  uint32 = 2
)

// Party of a trade.
type Party struct {
	// Member is the member number on the chain of origin.
	Member uint32 `json:"member"`
	Name   string `json:"name"`
	// CreditCode is the unified social credit code.
	CreditCode string `json:"credit_code"`
}

func (p *Party) fields() []field {
	return []field{{1, &p.Member}, {2, &p.Name}, {3, &p.CreditCode}}
}

// Line of a blue voucher.
type Line struct {
	What  string
	Units uint64
	// Amount is for the whole line.
	Amount Fen
}

func (l *Line) fields() []field {
	return []field{{1, &l.What}, {2, &l.Units}, {3, &l.Amount}}
}

// ReversedLine is what a red voucher takes back of one line of the blue one.
type ReversedLine struct {
	// Line is the index of the blue line, from 0.
	Line   uint32
	Amount Fen
}

func (l *ReversedLine) fields() []field {
	return []field{{1, &l.Line}, {2, &l.Amount}}
}

// Voucher is the value in the store "voucher" (shugu.voucher.v1.Voucher).
type Voucher struct {
	Kind                    uint32
	Number, ChainID         string
	Seller, Buyer, Exchange Party
	Product                 string
	ProductVersion          uint32
	Industry                string
	Lines                   []Line
	Total                   Fen
	DeliveryMode            uint32
	// DeliveryDigest and TermsRoot are SHA-256 digests.
	DeliveryDigest []byte
	Settlement     string
	TermsRoot      []byte
	// IssuedAt is in Unix seconds.
	IssuedAt int64
	// Reverses is the number of the blue voucher that a red one takes back.
	Reverses      string
	ReversedLines []ReversedLine
	// Nullifier is the same in all vouchers that tell the same trade.
	Nullifier []byte
}

func (v *Voucher) fields() []field {
	return []field{
		{1, &v.Kind}, {2, &v.Number}, {3, &v.ChainID},
		{4, &v.Seller}, {5, &v.Buyer}, {6, &v.Exchange},
		{7, &v.Product}, {8, &v.ProductVersion}, {9, &v.Industry},
		{10, repeated[Line]{&v.Lines}},
		{11, &v.Total}, {12, &v.DeliveryMode}, {13, &v.DeliveryDigest},
		{14, &v.Settlement}, {15, &v.TermsRoot}, {16, &v.IssuedAt},
		{17, &v.Reverses},
		{18, repeated[ReversedLine]{&v.ReversedLines}},
		{19, &v.Nullifier},
	}
}

// StatusNumber is the number under which status stands: the blue voucher's.
func (v *Voucher) StatusNumber() string {
	if v.Kind == KindRed {
		return v.Reverses
	}
	return v.Number
}

// Payout is what one member was paid.
type Payout struct {
	Member uint32
	Amount Fen
}

func (p *Payout) fields() []field {
	return []field{{1, &p.Member}, {2, &p.Amount}}
}

// Settlement is the value in the store "settlement" (shugu.settlement.v1.Record).
type Settlement struct {
	ID, ChainID   string
	Seller, Buyer uint32
	Amount        Fen
	Payouts       []Payout
	// Voucher is the number of the blue voucher that was issued with it.
	Voucher string
	// SettledAt is in Unix seconds.
	SettledAt, Height int64
}

func (s *Settlement) fields() []field {
	return []field{
		{1, &s.ID}, {2, &s.ChainID}, {3, &s.Seller}, {4, &s.Buyer}, {5, &s.Amount},
		{6, repeated[Payout]{&s.Payouts}},
		{7, &s.Voucher}, {8, &s.SettledAt}, {9, &s.Height},
	}
}

// StatusDetail is one change of status (shugu.voucher.v1.StatusDetail).
type StatusDetail struct {
	// Number is the blue voucher's.
	Number  string
	Version uint64
	// Remaining is by line of the blue voucher.
	Remaining []Fen
	// RedNumber is the red voucher of this change, if there is one.
	RedNumber string
	Flags     uint32
	// ReasonDigest and PreviousDigest are SHA-256 digests.
	ReasonDigest   []byte
	Height         int64
	PreviousDigest []byte
}

func (d *StatusDetail) fields() []field {
	return []field{
		{1, &d.Number}, {2, &d.Version},
		{3, repeated[Fen]{&d.Remaining}},
		{4, &d.RedNumber}, {5, &d.Flags}, {6, &d.ReasonDigest}, {7, &d.Height}, {8, &d.PreviousDigest},
	}
}
