package types

import (
	"slices"

	errorsmod "cosmossdk.io/errors"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"

	"github.com/shugu-network/shugu/x/internal/valid"
)

const (
	// MaxMessages is how many messages a resolution may carry.
	MaxMessages = 16
	// MaxMessageBytes is how many bytes they may have together, type URLs included.
	MaxMessageBytes = 64 << 10
	// MaxErrorText is the longest error text in an event, in bytes.
	MaxErrorText = 512

	maxTitle     = 128
	maxText      = 2 << 10
	maxCodespace = 64
)

// Outcome is what the votes of a resolution say.
type Outcome int

// Outcomes of votes.
const (
	Undecided Outcome = iota
	Approved
	Rejected
	NoQuorum
)

// HasSeat says whether a member may vote on the resolution.
func (r *Resolution) HasSeat(member uint32) bool {
	_, found := slices.BinarySearch(r.Seats, member)
	return found
}

// Waiting says whether the resolution still waits for its deadline: it is open, or it failed.
func (r *Resolution) Waiting() bool {
	return r.Status == RESOLUTION_STATUS_OPEN || r.Status == RESOLUTION_STATUS_FAILED
}

// Count counts the ballots of a resolution; they ascend by member.
func (r *Resolution) Count(ballots []Ballot) Tally {
	t := Tally{Seats: uint32(len(r.Seats))}
	voted := make(map[uint32]bool, len(ballots))
	for _, b := range ballots {
		voted[b.Member] = true
		switch b.Option {
		case VOTE_OPTION_YES:
			t.Yes++
		case VOTE_OPTION_NO:
			t.No++
		case VOTE_OPTION_ABSTAIN:
			t.Abstain++
		case VOTE_OPTION_RECUSE:
			t.Recused++
		}
	}
	for _, seat := range r.Seats {
		if !voted[seat] {
			t.Waiting = append(t.Waiting, seat)
		}
	}
	t.Needed = uint32(r.Threshold.Needed(int(t.Seats - t.Recused)))
	return t
}

// Outcome decides: without more than half of the seats there is no quorum;
// enough YES approve; YES that can no longer be enough reject.
func (t Tally) Outcome() Outcome {
	left := t.Seats - t.Recused
	switch {
	case 2*left <= t.Seats:
		return NoQuorum
	case t.Yes >= t.Needed:
		return Approved
	case left-t.No-t.Abstain < t.Needed:
		return Rejected
	default:
		return Undecided
	}
}

// Validate checks a resolution with its ballots. It wraps valid.ErrInvalid.
func (r *ResolutionRecord) Validate() error {
	if err := r.Resolution.validateFields(); err != nil {
		return err
	}
	last := uint32(0)
	for i := range r.Ballots {
		b := &r.Ballots[i]
		if b.Member <= last || !r.Resolution.HasSeat(b.Member) {
			return errorsmod.Wrapf(valid.ErrInvalid, "ballots[%d]: expected ascending members with a seat, got %06d", i, b.Member)
		}
		last = b.Member
		if err := checkVote(b.Option, b.Reason); err != nil {
			return errorsmod.Wrapf(err, "ballots[%d]", i)
		}
		if b.Height < r.Resolution.SubmittedHeight {
			return errorsmod.Wrapf(valid.ErrInvalid, "ballots[%d].height: expected %d or more, got %d", i, r.Resolution.SubmittedHeight, b.Height)
		}
	}
	return r.validateStatus()
}

func (r *Resolution) validateFields() error {
	if r.Id < 1 || r.SubmittedHeight < 1 || r.Deadline < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "expected id, submitted_height and deadline above 0, got %d, %d and %d", r.Id, r.SubmittedHeight, r.Deadline)
	}
	if err := CheckName("panel", r.Panel); err != nil {
		return err
	}
	if err := checkProposal(r.Title, r.Reason, r.Messages); err != nil {
		return err
	}
	if len(r.Seats) < 1 || len(r.Seats) > maxSeats {
		return errorsmod.Wrapf(valid.ErrInvalid, "seats: expected 1 to %d, got %d", maxSeats, len(r.Seats))
	}
	if err := checkNumbers("seats", r.Seats); err != nil {
		return err
	}
	if !r.HasSeat(r.Proposer) {
		return errorsmod.Wrapf(valid.ErrInvalid, "proposer: expected a member with a seat, got %06d", r.Proposer)
	}
	if err := r.Threshold.Validate(); err != nil {
		return err
	}
	f := r.Failure
	if f == nil {
		return nil
	}
	if int(f.Message) >= len(r.Messages) || f.Code == 0 || f.Attempts == 0 || f.Height < r.SubmittedHeight {
		return errorsmod.Wrapf(valid.ErrInvalid, "failure: expected a message below %d, a code, attempts and a height of %d or more, got %d, %d, %d and %d",
			len(r.Messages), r.SubmittedHeight, f.Message, f.Code, f.Attempts, f.Height)
	}
	return valid.Text("failure.codespace", f.Codespace, 1, maxCodespace)
}

// validateStatus checks that the status is what ballots, heights and failure say.
func (r *ResolutionRecord) validateStatus() error {
	res := &r.Resolution
	tally := res.Count(r.Ballots)
	outcome := tally.Outcome()
	decided, ended, failed := res.DecidedHeight > 0, res.EndedHeight > 0, res.Failure != nil
	var ok bool
	switch res.Status {
	case RESOLUTION_STATUS_OPEN:
		ok = outcome == Undecided && !decided && !ended && !failed
	case RESOLUTION_STATUS_EXECUTED:
		ok = outcome == Approved && decided && ended
	case RESOLUTION_STATUS_FAILED:
		ok = outcome == Approved && decided && ended && failed
	case RESOLUTION_STATUS_REJECTED:
		ok = outcome == Rejected && decided && ended && !failed
	case RESOLUTION_STATUS_NO_QUORUM:
		ok = outcome == NoQuorum && decided && ended && !failed
	case RESOLUTION_STATUS_WITHDRAWN:
		ok = outcome == Undecided && !decided && ended && !failed
	case RESOLUTION_STATUS_EXPIRED:
		ok = ended && (outcome == Undecided && !decided && !failed || outcome == Approved && decided && failed)
	}
	ok = ok && (!decided || res.DecidedHeight >= res.SubmittedHeight) && (!ended || res.EndedHeight >= max(res.DecidedHeight, res.SubmittedHeight))
	if !ok {
		return errorsmod.Wrapf(valid.ErrInvalid, "status: %s does not go with the votes, the heights %d, %d and %d, and failure %t",
			res.Status, res.SubmittedHeight, res.DecidedHeight, res.EndedHeight, failed)
	}
	return nil
}

// checkProposal checks what a proposer writes. It wraps valid.ErrInvalid.
func checkProposal(title, reason string, messages []*codectypes.Any) error {
	if err := valid.Text("title", title, 1, maxTitle); err != nil {
		return err
	}
	if err := valid.Text("reason", reason, 1, maxText); err != nil {
		return err
	}
	if len(messages) < 1 || len(messages) > MaxMessages {
		return errorsmod.Wrapf(valid.ErrInvalid, "messages: expected 1 to %d, got %d", MaxMessages, len(messages))
	}
	size := 0
	for i, packed := range messages {
		if packed == nil || len(packed.TypeUrl) < 2 || packed.TypeUrl[0] != '/' {
			return errorsmod.Wrapf(valid.ErrInvalid, "messages[%d]: expected a type URL that starts with /", i)
		}
		size += len(packed.TypeUrl) + len(packed.Value)
	}
	if size > MaxMessageBytes {
		return errorsmod.Wrapf(valid.ErrInvalid, "messages: expected at most %d bytes together, got %d", MaxMessageBytes, size)
	}
	return nil
}

// checkVote checks what a seat says. It wraps valid.ErrInvalid.
func checkVote(option VoteOption, reason string) error {
	if option < VOTE_OPTION_YES || option > VOTE_OPTION_RECUSE {
		return errorsmod.Wrapf(valid.ErrInvalid, "option: expected yes, no, abstain or recuse, got %s", option)
	}
	return valid.Text("reason", reason, 0, valid.MaxReason)
}
