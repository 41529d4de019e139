package verify

import (
	"encoding/hex"
	"fmt"
	"time"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
)

// Account is what a consistent bundle shows.
type Account struct {
	// Number as people write it: 3301-261123-000123-000042-28.
	Number string `json:"number"`
	// Kind is "blue" or "red".
	Kind    string `json:"kind"`
	ChainID string `json:"chain_id"`
	// Reverses is the blue voucher that a red one takes back.
	Reverses       string        `json:"reverses,omitempty"`
	Seller         Party         `json:"seller"`
	Buyer          Party         `json:"buyer"`
	Exchange       Party         `json:"exchange"`
	Product        string        `json:"product"`
	ProductVersion uint32        `json:"product_version"`
	Industry       string        `json:"industry"`
	Lines          []AccountLine `json:"lines"`
	Total          Money         `json:"total"`
	// DeliveryMode is "file", or the number of a mode that this version does not know.
	DeliveryMode string `json:"delivery_mode"`
	// DeliveryDigest and TermsRoot are SHA-256 in hex.
	DeliveryDigest string `json:"delivery_digest"`
	TermsRoot      string `json:"terms_root"`
	// Nullifier in hex: every voucher that bears it tells the same trade.
	Nullifier string `json:"nullifier"`
	IssuedAt  Moment `json:"issued_at"`
	// RecordedHeight is the block since which the voucher has stood unchanged.
	RecordedHeight int64             `json:"recorded_height"`
	Settlement     AccountSettlement `json:"settlement"`
	// Status is null when nothing stands against the voucher.
	Status *AccountStatus `json:"status"`
	// StateHeight is the block whose state is shown.
	StateHeight int64 `json:"state_height"`
	// HeaderHash is of the header after it, in upper-case hex.
	HeaderHash string   `json:"header_hash"`
	Interval   Interval `json:"interval"`
	Signers    []Signer `json:"signers"`
	// Power is of the votes for the block, TotalPower of all validators.
	Power      int64 `json:"power"`
	TotalPower int64 `json:"total_power"`
	// SetChanges is how many changes of validators lead here from the trust root.
	SetChanges int         `json:"set_changes"`
	NotShown   []Statement `json:"not_shown"`
}

// AccountLine is one line: sold (blue) or taken back (red).
type AccountLine struct {
	// Line is the index of the blue voucher's line, from 0.
	Line   uint32 `json:"line"`
	What   string `json:"what,omitempty"`
	Units  uint64 `json:"units,omitempty"`
	Amount Money  `json:"amount"`
	// Remaining is what red vouchers have left of a blue line; absent without a status.
	Remaining *Money `json:"remaining,omitempty"`
}

// AccountSettlement tells how the trade was paid.
type AccountSettlement struct {
	ID        string          `json:"id"`
	Amount    Money           `json:"amount"`
	Payouts   []AccountPayout `json:"payouts"`
	SettledAt Moment          `json:"settled_at"`
	Height    int64           `json:"height"`
}

// AccountPayout is what one member was paid.
type AccountPayout struct {
	Member uint32 `json:"member"`
	Amount Money  `json:"amount"`
}

// AccountStatus tells what stands against the voucher.
type AccountStatus struct {
	// Number of the blue voucher under which the status stands.
	Number string `json:"number"`
	// Flags are of "partly reversed", "reversed", "preserved", "contested".
	Flags       []string `json:"flags"`
	Version     uint64   `json:"version"`
	FirstHeight int64    `json:"first_height"`
	Height      int64    `json:"height"`
	// RedNumber is the red voucher of the latest change, if that is one.
	RedNumber    string `json:"red_number,omitempty"`
	ReasonDigest string `json:"reason_digest"`
}

// Interval is in which the validators' clocks put the signing.
type Interval struct {
	// From is the header's time: the middle of the clocks that voted for the block before.
	From Moment `json:"from"`
	// To is the middle of the clocks in the votes that were checked.
	To Moment `json:"to"`
}

// Signer is one validator and its vote.
type Signer struct {
	Name string `json:"name"`
	// Address is in upper-case hex, as CometBFT shows it.
	Address string `json:"address"`
	// Vote is "block", "nil" or "absent".
	Vote  string  `json:"vote"`
	At    *Moment `json:"at"`
	Power int64   `json:"power"`
}

var flagNames = []string{"partly reversed", "reversed", "preserved", "contested"}

func (r *run) account() *Account {
	v, signed := r.voucher, r.opened.signed
	return &Account{
		Number:         FormatNumber(v.Number),
		Kind:           map[uint32]string{KindBlue: "blue", KindRed: "red"}[v.Kind],
		ChainID:        v.ChainID,
		Reverses:       FormatNumber(v.Reverses),
		Seller:         v.Seller,
		Buyer:          v.Buyer,
		Exchange:       v.Exchange,
		Product:        v.Product,
		ProductVersion: v.ProductVersion,
		Industry:       v.Industry,
		Lines:          r.accountLines(),
		Total:          money(v.Total),
		DeliveryMode:   deliveryMode(v.DeliveryMode),
		DeliveryDigest: hex.EncodeToString(v.DeliveryDigest),
		TermsRoot:      hex.EncodeToString(v.TermsRoot),
		Nullifier:      hex.EncodeToString(v.Nullifier),
		IssuedAt:       moment(time.Unix(v.IssuedAt, 0)),
		RecordedHeight: r.recorded,
		Settlement:     r.accountSettlement(),
		Status:         r.accountStatus(),
		StateHeight:    r.bundle.Height,
		HeaderHash:     fmt.Sprintf("%X", r.hash),
		Interval:       Interval{From: moment(signed.header.Time), To: moment(medianTime(signed.commit, r.set))},
		Signers:        r.signers(),
		Power:          powerFor(signed.commit, r.set),
		TotalPower:     r.set.total,
		SetChanges:     len(r.opened.changes),
		NotShown:       notShown,
	}
}

func (r *run) accountLines() []AccountLine {
	var lines []AccountLine
	for i, l := range r.voucher.Lines {
		line := AccountLine{Line: uint32(i), What: l.What, Units: l.Units, Amount: money(l.Amount)}
		if r.detail != nil {
			rest := money(r.detail.Remaining[i])
			line.Remaining = &rest
		}
		lines = append(lines, line)
	}
	for _, l := range r.voucher.ReversedLines {
		lines = append(lines, AccountLine{Line: l.Line, Amount: money(l.Amount)})
	}
	return lines
}

func (r *run) accountSettlement() AccountSettlement {
	s := r.settlement
	payouts := make([]AccountPayout, len(s.Payouts))
	for i, p := range s.Payouts {
		payouts[i] = AccountPayout{Member: p.Member, Amount: money(p.Amount)}
	}
	return AccountSettlement{
		ID: s.ID, Amount: money(s.Amount), Payouts: payouts,
		SettledAt: moment(time.Unix(s.SettledAt, 0)), Height: s.Height,
	}
}

func (r *run) accountStatus() *AccountStatus {
	if r.status == nil {
		return nil
	}
	flags := []string{}
	for i, name := range flagNames {
		if r.status.Flags&(1<<i) != 0 {
			flags = append(flags, name)
		}
	}
	return &AccountStatus{
		Number: FormatNumber(r.detail.Number), Flags: flags, Version: r.status.Version,
		FirstHeight: r.status.FirstHeight, Height: r.status.Height,
		RedNumber: FormatNumber(r.detail.RedNumber), ReasonDigest: hex.EncodeToString(r.detail.ReasonDigest),
	}
}

func (r *run) signers() []Signer {
	signers := make([]Signer, len(r.set.list))
	for i, v := range r.set.list {
		vote := &r.opened.signed.commit.Signatures[i]
		signers[i] = Signer{Name: v.name, Address: fmt.Sprintf("%X", v.address), Vote: "absent", Power: v.power}
		if vote.BlockIdFlag == cmtproto.BlockIDFlagAbsent {
			continue
		}
		at := moment(vote.Timestamp)
		signers[i].At, signers[i].Vote = &at, "block"
		if vote.BlockIdFlag == cmtproto.BlockIDFlagNil {
			signers[i].Vote = "nil"
		}
	}
	return signers
}

func deliveryMode(mode uint32) string {
	if mode == 1 {
		return "file"
	}
	return fmt.Sprintf("mode %d", mode)
}
