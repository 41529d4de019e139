package chains

import (
	"fmt"

	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// ExchangeKey is the key of the i-th exchange, counted from 0: the first four
// are in Members, the others come with Exchanges.
func ExchangeKey(i int) string {
	if i == 0 {
		return "exchange"
	}
	return fmt.Sprintf("exchange-%d", i+1)
}

// Exchanges lets a chain have total exchanges, of which the first hold seats.
func Exchanges(total, seated int) func(*app.GenesisSpec) {
	return func(spec *app.GenesisSpec) {
		for i := seats; i < total; i++ {
			key := ExchangeKey(i)
			spec.Members = append(spec.Members, consortium.Member{
				Number: Number(key), Owner: keys.Bech32(Key(spec.ChainID, key)), Name: key,
				CreditCode: fmt.Sprintf("91330109%010d", i), Region: "3301",
				Roles: []consortium.Role{consortium.ROLE_EXCHANGE}, Status: consortium.MEMBER_STATUS_ACTIVE,
			})
		}
		spec.Seats = nil
		for i := range seated {
			key := ExchangeKey(i)
			spec.Seats = append(spec.Seats, consortium.Seat{
				Member: Number(key), Moniker: key, ConsensusKey: keys.Validator(Key(spec.ChainID, key)).PubKey().Bytes(),
			})
		}
	}
}

// signersOf finds the private keys of the first validators, which are exchanges'.
func signersOf(chainID string, set *cmttypes.ValidatorSet) map[string]cmttypes.PrivValidator {
	signers := map[string]cmttypes.PrivValidator{}
	for i := 0; i < consortium.MaxSeats && len(signers) < set.Size(); i++ {
		if key := keys.Validator(Key(chainID, ExchangeKey(i))); set.HasAddress(key.PubKey().Address()) {
			signers[key.PubKey().Address().String()] = cmttypes.NewMockPVWithParams(key, false, false)
		}
	}
	return signers
}

// ConsensusKey is the public consensus key that belongs to a name on the chain,
// which can sign blocks from now on.
func (c *Chain) ConsensusKey(name string) []byte {
	key := keys.Validator(Key(c.ChainID, name))
	c.Signers[key.PubKey().Address().String()] = cmttypes.NewMockPVWithParams(key, false, false)
	return key.PubKey().Bytes()
}

// Equivocates has the next block made by Block prove that the key of a name voted twice at a height.
func (c *Chain) Equivocates(name string, height int64) {
	c.injector.misbehavior = append(c.injector.misbehavior, abci.Misbehavior{
		Type:      abci.MisbehaviorType_DUPLICATE_VOTE,
		Validator: abci.Validator{Address: keys.Validator(Key(c.ChainID, name)).PubKey().Address(), Power: consortium.SeatPower},
		Height:    height, Time: c.ProposedHeader.Time, TotalVotingPower: c.Vals.TotalVotingPower(),
	})
}
