package chains_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/chains"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
	product "github.com/shugu-network/shugu/x/product/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
)

// accountApplication is signed by the key of a party that is to act for a member.
func accountApplication(c *chains.Chain, party, member string, roles ...consortium.Role) (consortium.AccountApplication, []byte) {
	c.TB.Helper()
	key := keys.Account(chains.Key(c.ChainID, party))
	application := consortium.AccountApplication{
		ChainId: c.ChainID, Member: chains.Number(member), PublicKey: key.PubKey().Bytes(), Roles: roles,
		Nonce: digest(party)[:16], ExpiresAt: c.Coordinator.CurrentTime.Unix() + 3_600,
	}
	signed, err := consortium.AccountSignBytes(application)
	require.NoError(c.TB, err)
	signature, err := key.Sign(signed)
	require.NoError(c.TB, err)
	return application, signature
}

// addAccount lets a party act for a member.
func addAccount(c *chains.Chain, party, member string, roles ...consortium.Role) {
	c.TB.Helper()
	application, signature := accountApplication(c, party, member, roles...)
	c.MustSend(member, nil, &consortium.MsgAddAccount{Signer: c.Address(member), Application: application, Signature: signature})
}

// withRelaying gives the sellers the role of a relayer besides.
func withRelaying(spec *app.GenesisSpec) {
	for i, m := range chains.Members {
		if m.Key == "seller" {
			spec.Members[i].Roles = append(spec.Members[i].Roles, consortium.ROLE_RELAYER)
		}
	}
}

// Added accounts trade for their members: the owners' accounts pay and are paid, the added ones never hold a fen.
func TestAddedAccountsTradeForTheirMembers(t *testing.T) {
	c := chains.NewWith(t, []func(*app.GenesisSpec){withRelaying}, hangzhou).Chain(hangzhou)
	p := newPair(c, "seller", "buyer")
	deposit(c, "buyer", 2*price)
	addAccount(c, "seller-clerk", "seller", consortium.ROLE_MERCHANT)
	addAccount(c, "buyer-clerk", "buyer", consortium.ROLE_MERCHANT)

	by := func(party string) string { return c.Address(party) }
	quote := p.quote(c)
	quote.Signer = by("seller-clerk")
	var quoted trade.MsgQuoteResponse
	c.MustSend("seller-clerk", &quoted, quote)
	agree := p.agree(c, quoted.Id)
	agree.Signer = by("buyer-clerk")
	c.MustSend("buyer-clerk", nil, agree)
	fund := p.fund(c, quoted.Id)
	fund.Signer = by("buyer-clerk")
	c.MustSend("buyer-clerk", nil, fund)
	require.EqualValues(t, price, has(c, "buyer"), "the owner's account is debited")
	require.EqualValues(t, price, inEscrow(c))
	deliver := p.deliver(c, quoted.Id)
	deliver.Signer = by("seller-clerk")
	c.MustSend("seller-clerk", nil, deliver)
	accept := p.accept(c, quoted.Id)
	accept.Signer = by("buyer-clerk")
	c.MustSend("buyer-clerk", nil, accept)

	settled := contract(c, quoted.Id)
	require.Equal(t, trade.STATUS_SETTLED, settled.Status)
	require.Equal(t, chains.Number("seller"), settled.Deal.Seller)
	require.EqualValues(t, sellersShare, has(c, "seller"), "the owner's account is credited")
	require.Zero(t, has(c, "seller-clerk")+has(c, "buyer-clerk"))
	checkAll(t, c)
}

// A relayer's key, stolen, neither trades nor withdraws nor changes its member, and ends when it is revoked.
func TestAddedAccountKeepsToItsRoles(t *testing.T) {
	n := chains.NewWith(t, []func(*app.GenesisSpec){withRelaying}, hangzhou, shanghai)
	c := n.Chain(hangzhou)
	end := chains.Open(c, n.Chain(shanghai)).Path.EndpointA
	p := newPair(c, "seller", "buyer")
	deposit(c, "seller", price)
	addAccount(c, "carrier", "seller", consortium.ROLE_RELAYER)
	carrier := c.Address("carrier")

	quote := p.quote(c)
	quote.Signer = carrier
	requireRefused(t, c, sign(c, "carrier", 0, quote), consortium.ErrRoleMissing, "expected ROLE_MERCHANT, got [ROLE_RELAYER]")
	withdrawal := &settlement.MsgRequestWithdrawal{Signer: carrier, Bank: chains.Number("bank"), Amount: math.NewInt(1), Reference: "W-1"}
	requireRefused(t, c, sign(c, "carrier", 0, withdrawal), consortium.ErrRoleMissing, "expected ROLE_MERCHANT")
	requireRefused(t, c, sign(c, "carrier", 0, &consortium.MsgLeave{Signer: carrier}), consortium.ErrRoleMissing, "expected ROLE_MERCHANT")
	c.As("carrier")
	require.NoError(t, end.UpdateClient(), "to carry a header takes no role")

	c.MustSend("seller", nil, &consortium.MsgRevokeAccount{Signer: c.Address("seller"), Account: carrier})
	c.As("carrier")
	require.ErrorContains(t, end.UpdateClient(), "acts for no member")
	checkAll(t, c)
}

// A member whose key is lost goes on under a new one with all its fen and open trades; the lost key can do nothing.
func TestReplacedOwnerKeepsTheFen(t *testing.T) {
	c, p := market(t)
	funded := p.reach(c, trade.STATUS_FUNDED)
	application, signature := accountApplication(c, "heir", "buyer", consortium.ROLE_MERCHANT)
	c.Decide(panel.Council, &consortium.MsgReplaceOwner{
		Signer: chains.Council(), Application: application, Signature: signature, Reason: "key lost",
	})
	requireRefused(t, c, sign(c, "buyer", 0, &settlement.MsgRequestWithdrawal{
		Signer: c.Address("buyer"), Bank: chains.Number("bank"), Amount: math.NewInt(1), Reference: "W-1",
	}), consortium.ErrNotMember, "acts for no member")

	c.MustSend("seller", nil, p.deliver(c, funded.Id))
	accept := p.accept(c, funded.Id)
	accept.Signer = c.Address("heir")
	c.MustSend("heir", nil, accept)
	require.Equal(t, trade.STATUS_SETTLED, contract(c, funded.Id).Status)

	dropped := p.quote(c)
	var quoted trade.MsgQuoteResponse
	c.MustSend("seller", &quoted, dropped)
	agree, fund := p.agree(c, quoted.Id), p.fund(c, quoted.Id)
	agree.Signer, fund.Signer = c.Address("heir"), c.Address("heir")
	c.MustSend("heir", nil, agree)
	c.MustSend("heir", nil, fund)
	require.EqualValues(t, price, has(c, "buyer"), "the first account still pays")
	c.MustSend("seller", nil, p.cancel(c, quoted.Id))
	require.EqualValues(t, 2*price, has(c, "buyer"), "and is still refunded")
	require.Zero(t, has(c, "heir"))

	c.MustSend("heir", nil, &settlement.MsgRequestWithdrawal{
		Signer: c.Address("heir"), Bank: chains.Number("bank"), Amount: math.NewInt(2 * price), Reference: "W-1",
	})
	require.Zero(t, has(c, "buyer"))
	checkAll(t, c)
	restart(t, c)
}

// A member that left finishes what is open, takes its fen out, and starts nothing.
func TestMemberThatLeftFinishesAndWithdraws(t *testing.T) {
	c, p := market(t)
	funded := p.reach(c, trade.STATUS_FUNDED)
	for _, party := range []string{"seller", "buyer"} {
		c.MustSend(party, nil, &consortium.MsgLeave{Signer: c.Address(party), Reason: "merged"})
	}
	requireRefused(t, c, sign(c, "seller", 0, p.quote(c)), consortium.ErrLeft, "apply anew")
	requireRefused(t, c, sign(c, "seller", 0, &product.MsgList{Signer: c.Address("seller"), Product: p.product, Version: 1}), consortium.ErrLeft, "can only finish")

	c.MustSend("seller", nil, p.deliver(c, funded.Id))
	c.MustSend("buyer", nil, p.accept(c, funded.Id))
	require.EqualValues(t, sellersShare, has(c, "seller"))
	for party, fen := range map[string]int64{"seller": sellersShare, "buyer": 2 * price} {
		c.MustSend(party, nil, &settlement.MsgRequestWithdrawal{
			Signer: c.Address(party), Bank: chains.Number("bank"), Amount: math.NewInt(fen), Reference: "W-1",
		})
		require.Zero(t, has(c, party))
	}
	checkAll(t, c)
	restart(t, c)
}
