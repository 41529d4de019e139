package chains

import (
	"math/rand"

	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/keys"
)

// Sign makes a transaction of a party for the next block, in which it comes after so
// many others of the party. Equal calls make equal bytes.
func (c *Chain) Sign(party string, before, gas uint64, msgs ...sdk.Msg) ([]byte, error) {
	key := keys.Account(Key(c.ChainID, party))
	var number, sequence uint64
	if account := c.Shugu.Account.GetAccount(c.Query(), sdk.AccAddress(key.PubKey().Address())); account != nil {
		number, sequence = account.GetAccountNumber(), account.GetSequence()
	}
	tx, err := simtestutil.GenSignedMockTx(rand.New(rand.NewSource(1)), c.TxConfig, msgs, nil, gas, c.ChainID,
		[]uint64{number}, []uint64{sequence + before}, key)
	if err != nil {
		return nil, err
	}
	return c.TxConfig.TxEncoder()(tx)
}
