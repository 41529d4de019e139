package chains

import (
	"errors"
	"strconv"

	"github.com/stretchr/testify/require"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/app"
	panel "github.com/shugu-network/shugu/x/panel/types"
)

// Council is the Bech32 account of every chain's council: the signer of what it decides.
func Council() string { return app.PanelAddress(panel.Council) }

// Decide lets a panel approve and carry out messages whose signer is the panel's
// account: its first active seat holder submits, and they vote yes until it is decided.
func (c *Chain) Decide(name string, msgs ...sdk.Msg) {
	c.TB.Helper()
	r := c.Resolve(name, msgs...)
	require.Equal(c.TB, panel.RESOLUTION_STATUS_EXECUTED, r.Status, "%s", c.Failure())
}

// Resolve is Decide that returns how it ended, for messages that fail.
func (c *Chain) Resolve(name string, msgs ...sdk.Msg) panel.Resolution {
	c.TB.Helper()
	var packed []*codectypes.Any
	for _, msg := range msgs {
		one, err := codectypes.NewAnyWithValue(msg)
		require.NoError(c.TB, err)
		packed = append(packed, one)
	}
	voters := c.voters(name)
	var submitted panel.MsgSubmitResponse
	c.MustSend(voters[0], &submitted, &panel.MsgSubmit{
		Signer: c.Address(voters[0]), Panel: name, Title: "test", Reason: "a test decides", Messages: packed,
	})
	var vote panel.MsgVoteResponse
	for _, voter := range voters {
		c.MustSend(voter, &vote, &panel.MsgVote{Signer: c.Address(voter), Resolution: submitted.Id, Option: panel.VOTE_OPTION_YES})
		if vote.Status != panel.RESOLUTION_STATUS_OPEN {
			break
		}
	}
	r, err := c.Shugu.Panel.Resolution(c.Query(), submitted.Id)
	require.NoError(c.TB, err)
	return r
}

// voters are the keys of the active members that hold seats of a panel.
func (c *Chain) voters(name string) []string {
	c.TB.Helper()
	ctx := c.Query()
	p, err := c.Shugu.Panel.Panel(ctx, name)
	require.NoError(c.TB, err)
	seats := p.Members
	if p.ValidatorSeats {
		seats, err = c.Shugu.Consortium.SeatHolders(ctx)
		require.NoError(c.TB, err)
	}
	var voters []string
	for _, number := range seats {
		active, err := c.Shugu.Consortium.IsActive(ctx, number)
		require.NoError(c.TB, err)
		if active {
			voters = append(voters, Holder(number))
		}
	}
	require.NotEmpty(c.TB, voters)
	return voters
}

// Failure is what the last block tells of an execution that failed.
func (c *Chain) Failure() string {
	for _, tx := range c.LastBlock().TxResults {
		for _, event := range tx.Events {
			if event.Type == "shugu.panel.v1.EventExecutionFailed" {
				return event.String()
			}
		}
	}
	return ""
}

// Approve is Decide that returns the error of an execution that failed.
func (c *Chain) Approve(name string, msgs ...sdk.Msg) error {
	c.TB.Helper()
	if c.Resolve(name, msgs...).Status == panel.RESOLUTION_STATUS_EXECUTED {
		return nil
	}
	for _, tx := range c.LastBlock().TxResults {
		for _, event := range tx.Events {
			for _, attribute := range event.Attributes {
				if event.Type == "shugu.panel.v1.EventExecutionFailed" && attribute.Key == "error" {
					text, err := strconv.Unquote(attribute.Value)
					require.NoError(c.TB, err)
					return errors.New(text)
				}
			}
		}
	}
	return errors.New("the resolution was not carried out")
}
