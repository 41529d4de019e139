package cmd

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// newSeatCmd holds what an exchange does with its validator seat. Seats are
// granted, revoked and get new keys by the council.
func newSeatCmd() *cobra.Command {
	c := &cobra.Command{Use: "seat", Short: "Validator seats (验证席位): show, rejoin", RunE: client.ValidateCmd}
	c.AddCommand(newSeatShowCmd(), newSeatRejoinCmd())
	return c
}

func newSeatRejoinCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "rejoin",
		Short: "Exchange: bring its own seat back after downtime",
		Long: `Bring the seat of the signing exchange back, which was suspended because its validator
missed too many blocks. Start the validator and let it catch up first. A wait must be
over (` + "`shugud seat show`" + ` tells from which height on), and other chains' light clients must
be able to follow; else ask the council. After equivocation only the council decides.`,
		Example: "  shugud seat rejoin --from exchange",
		Args:    cobra.NoArgs,
	}
	return txCommand(c, func(cmd *cobra.Command, ctx client.Context, _ []string) (sdk.Msg, error) {
		member, err := ownNumber(cmd.Context(), ctx)
		return &consortium.MsgRejoinSeat{Signer: ctx.FromAddress.String(), Member: member}, err
	})
}

// ownNumber asks the chain which member the signing account acts for.
func ownNumber(goCtx context.Context, ctx client.Context) (uint32, error) {
	res, err := consortium.NewQueryClient(ctx).MemberByAddress(goCtx, &consortium.QueryMemberByAddressRequest{Address: ctx.FromAddress.String()})
	if err != nil {
		return 0, errors.New(plain(err))
	}
	return res.Member.Number, nil
}

func newSeatShowCmd() *cobra.Command {
	c := &cobra.Command{
		Use:     "show [MEMBER]",
		Short:   "Show the validator seats, or one, with missed blocks and what is to come",
		Example: "  shugud seat show\n  shugud seat show 1 -o json",
		Args:    cobra.MaximumNArgs(1),
	}
	return answeringCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) ([]answer, error) {
		q := consortium.NewQueryClient(ctx)
		if len(args) == 1 {
			number, err := parseNumber("member", args[0])
			if err != nil {
				return nil, err
			}
			res, err := q.Seat(cmd.Context(), &consortium.QuerySeatRequest{Member: number})
			if err != nil {
				return nil, errors.New(plain(err))
			}
			return []answer{{res, seatText(res)}}, nil
		}
		all, err := q.Seats(cmd.Context(), &consortium.QuerySeatsRequest{})
		if err != nil {
			return nil, errors.New(plain(err))
		}
		var answers []answer
		for _, seat := range all.Seats {
			res, err := q.Seat(cmd.Context(), &consortium.QuerySeatRequest{Member: seat.Member})
			if err != nil {
				return nil, errors.New(plain(err))
			}
			answers = append(answers, answer{res, seatText(res)})
		}
		return answers, nil
	})
}

// seatText tells a seat to a person.
func seatText(res *consortium.QuerySeatResponse) string {
	seat := res.Seat
	var b strings.Builder
	fmt.Fprintf(&b, "%06d  %s  %s\n", seat.Member, words.Quoted(seat.Moniker), words.SeatStatus(seat.Status))
	fmt.Fprintf(&b, "  key 公钥: %X\n", seat.ConsensusKey)
	fmt.Fprintf(&b, "  missed 缺块: %d, at most 至多 %d\n", res.Missed, res.MaxMissed)
	if seat.Since > 0 {
		fmt.Fprintf(&b, "  since height 自高度: %d\n", seat.Since)
	}
	if seat.Pending != consortium.SEAT_STATUS_UNSPECIFIED {
		fmt.Fprintf(&b, "  to be 待: %s, since height 自高度 %d, as soon as other chains' light clients can follow\n", words.SeatStatus(seat.Pending), seat.PendingSince)
	}
	if res.RejoinHeight > 0 {
		fmt.Fprintf(&b, "  may rejoin from height 可恢复自高度: %d\n", res.RejoinHeight)
	}
	if r := res.Rotation; r != nil {
		fmt.Fprintf(&b, "  new key 新公钥: %X, at height 于高度 %d\n", r.NewKey, r.AtHeight)
	}
	return b.String()
}
