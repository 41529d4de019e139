package types

import (
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/address"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// Panels of every genesis.
const (
	// Council (理事会) is the exchanges that validate: the authority of the chain.
	Council = "council"
	// Committee is the compliance committee (合规委员会).
	Committee = "committee"
	// JointMeeting is the departments that decide on the sandbox (联席会议).
	JointMeeting = "joint-meeting"
)

const (
	// MaxListed is how many seats a panel may list.
	MaxListed = 100
	// MaxPanels is how many panels there may be, dissolved ones included.
	MaxPanels = 256

	maxSeats       = 128 // as many validator seats as there may be
	maxPanelTitle  = 96
	minName        = 2
	maxName        = 32
	maxDenominator = 100
)

// Account is the account of the panel with a name, 32 bytes. Nobody has a key to it.
func Account(name string) sdk.AccAddress { return address.Module(ModuleName, []byte(name)) }

// CheckName checks a panel's name: 2 to 32 characters a-z, 0-9 and -. It wraps valid.ErrInvalid.
func CheckName(field, name string) error {
	ok := len(name) >= minName && len(name) <= maxName
	for i := 0; ok && i < len(name); i++ {
		c := name[i]
		ok = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-'
	}
	if !ok {
		return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected %d to %d characters a-z, 0-9 and -, got %q", field, minName, maxName, name)
	}
	return nil
}

// Validate checks that any number of seats can reach the threshold, and that
// none does without a YES. It wraps valid.ErrInvalid.
func (t Threshold) Validate() error {
	if t.Denominator < 1 || t.Denominator > maxDenominator {
		return errorsmod.Wrapf(valid.ErrInvalid, "threshold.denominator: expected 1 to %d, got %d", maxDenominator, t.Denominator)
	}
	if t.Numerator > t.Denominator || t.Numerator == t.Denominator && !t.OrEqual {
		return errorsmod.Wrapf(valid.ErrInvalid, "threshold: no votes can reach %s; expected less than all, or at least all", t.Words())
	}
	if t.Numerator == 0 && t.OrEqual {
		return errorsmod.Wrapf(valid.ErrInvalid, "threshold: %s needs no vote at all; expected more", t.Words())
	}
	return nil
}

// Majority says whether only more than half of the seats reach the threshold,
// so that no two decisions can contradict each other.
func (t Threshold) Majority() bool {
	if t.OrEqual {
		return 2*t.Numerator > t.Denominator
	}
	return 2*t.Numerator >= t.Denominator
}

// Needed is how many of so many seats must say YES, at least 1.
func (t Threshold) Needed(seats int) int {
	share := uint64(t.Numerator) * uint64(seats)
	if t.OrEqual {
		return max(1, int((share+uint64(t.Denominator)-1)/uint64(t.Denominator)))
	}
	return int(share/uint64(t.Denominator)) + 1
}

// Validate checks a panel by itself. It wraps valid.ErrInvalid.
func (p *Panel) Validate() error {
	if err := CheckName("name", p.Name); err != nil {
		return err
	}
	if p.ValidatorSeats != (p.Name == Council) {
		return errorsmod.Wrapf(valid.ErrInvalid, "validator_seats: expected true for %s and for no other panel, got %t for %s", Council, p.ValidatorSeats, p.Name)
	}
	if p.CreatedHeight < 0 || p.Dissolved && p.CreatedHeight == 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "created_height: expected 0 or more, and more than 0 for a dissolved panel, got %d", p.CreatedHeight)
	}
	if p.CreatedHeight > 0 || len(p.Members) > 0 {
		return checkTerms(p.Name, p.Title, p.Members, p.Threshold)
	}
	return checkTitleAndThreshold(p.Name, p.Title, p.Threshold)
}

// checkTerms checks what CREATE and CHANGE set: the council lists no seats,
// every other panel 1 to 100.
func checkTerms(name, title string, members []uint32, threshold Threshold) error {
	if err := checkTitleAndThreshold(name, title, threshold); err != nil {
		return err
	}
	if name == Council {
		if len(members) > 0 {
			return errorsmod.Wrapf(valid.ErrInvalid, "members: expected none for %s, whose seats are the validators', got %d", Council, len(members))
		}
		return nil
	}
	if len(members) < 1 || len(members) > MaxListed {
		return errorsmod.Wrapf(valid.ErrInvalid, "members: expected 1 to %d seats, got %d; without a seat a panel cannot decide", MaxListed, len(members))
	}
	return checkNumbers("members", members)
}

func checkTitleAndThreshold(name, title string, threshold Threshold) error {
	if err := valid.Text("title", title, 1, maxPanelTitle); err != nil {
		return err
	}
	if err := threshold.Validate(); err != nil {
		return err
	}
	if name == Council && !threshold.Majority() {
		return errorsmod.Wrapf(valid.ErrInvalid, "threshold: expected more than half of the seats for %s, got %s", Council, threshold.Words())
	}
	return nil
}

// checkNumbers checks that member numbers ascend.
func checkNumbers(field string, numbers []uint32) error {
	last := uint32(0)
	for _, number := range numbers {
		if err := valid.MemberNumber(field, number); err != nil {
			return err
		}
		if number <= last {
			return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected ascending member numbers without duplicates, got %06d after %06d", field, number, last)
		}
		last = number
	}
	return nil
}
