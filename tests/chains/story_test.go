// Package chains_test runs whole trades and their recognition on two chains in
// one process, with real proofs.
package chains_test

import (
	"bytes"
	"crypto/sha256"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"

	"github.com/shugu-network/shugu/testutil/chains"
	compliance "github.com/shugu-network/shugu/x/compliance/types"
	product "github.com/shugu-network/shugu/x/product/types"
	recognitionkeeper "github.com/shugu-network/shugu/x/recognition/keeper"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

const (
	hangzhou = "shugu-hangzhou-1"
	shanghai = "shugu-shanghai-1"
)

func digest(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}

// list brings a product of the seller's to the shelf and returns its id.
func list(c *chains.Chain) string {
	seller := c.Address("seller")
	var scenario product.MsgSubmitScenarioResponse
	c.MustSend("seller", &scenario, &product.MsgSubmitScenario{Signer: seller, Exchange: chains.Number("exchange"), Title: "调度", Description: "scheduling"})
	c.MustSend("exchange", nil, &product.MsgDecideScenario{Signer: c.Address("exchange"), Scenario: scenario.Id, Approve: true})
	var registered product.MsgRegisterResponse
	c.MustSend("seller", &registered, &product.MsgRegister{Signer: seller, Scenario: scenario.Id, Content: product.Content{
		Title: "时区规则", ManifestDigest: digest("manifest"), Size_: 400_000, Source: "IANA", Industry: "science",
		Terms: product.Terms{Pricing: product.PRICING_METHOD_FIXED, Price: math.NewInt(120_000), DeliveryMode: product.DELIVERY_MODE_FILE, Licence: "internal use"},
		Split: split(), Zones: []product.Zone{{Kind: product.ZONE_KIND_REGION, Name: "滨江"}},
	}})
	id := registered.Product
	c.MustSend("seller", nil, &compliance.MsgRequest{Signer: seller, Product: id, Version: 1, SubjectDigest: digest("manifest")})
	for _, member := range []string{"committee-1", "committee-2"} {
		c.MustSend(member, nil, &compliance.MsgOpine{Signer: c.Address(member), Product: id, Version: 1, Round: 1, Verdict: compliance.VERDICT_CLEAR})
	}
	c.MustSend("seller", nil, &product.MsgList{Signer: seller, Product: id, Version: 1})
	return id
}

func split() product.Split {
	return product.Split{
		RemainderOwner: chains.Number("seller"),
		Shares: []product.Share{
			{Member: chains.Number("seller"), BasisPoints: 9_700},
			{Member: chains.Number("exchange"), BasisPoints: 300},
		},
	}
}

func deal(productID string) trade.Deal {
	return trade.Deal{
		Seller: chains.Number("seller"), Buyer: chains.Number("buyer"), Product: productID, ProductVersion: 1,
		Lines: []voucher.Line{{What: "时区规则 v1", Units: 1, Amount: math.NewInt(120_000)}}, Total: math.NewInt(120_000),
		DeliveryMode: product.DELIVERY_MODE_FILE, Split: split(),
		FundWithin: 3_600, DeliverWithin: 3_600, AcceptWithin: 3_600,
		TermsRoot: digest("terms"), OrderReference: "HT-1",
	}
}

// sell runs a trade from quote to voucher and returns the voucher's number.
func sell(c *chains.Chain, productID string) (number, contract string) {
	var quoted trade.MsgQuoteResponse
	c.MustSend("seller", &quoted, &trade.MsgQuote{Signer: c.Address("seller"), Deal: deal(productID), ValidUntil: c.ProposedHeader.Time.Unix() + 3_600})
	buyer := c.Address("buyer")
	c.MustSend("buyer", nil, &trade.MsgAgree{Signer: buyer, Contract: quoted.Id, Deal: deal(productID)})
	c.MustSend("buyer", nil, &trade.MsgFund{Signer: buyer, Contract: quoted.Id, Amount: math.NewInt(120_000)})
	c.MustSend("seller", nil, &trade.MsgDeliver{Signer: c.Address("seller"), Contract: quoted.Id, SealedDigest: digest("sealed"), ContentDigest: digest("content")})
	var accepted trade.MsgAcceptResponse
	c.MustSend("buyer", &accepted, &trade.MsgAccept{Signer: buyer, Contract: quoted.Id, ContentDigest: digest("content")})
	return accepted.Voucher, quoted.Id
}

func deposit(c *chains.Chain, member string, fen int64) {
	c.MustSend("bank", nil, &settlement.MsgDeposit{Signer: c.Address("bank"), Member: chains.Number(member), Amount: math.NewInt(fen), Reference: "D-1"})
}

// present presents a voucher and returns the packet that leaves.
func present(t *testing.T, c *chains.Chain, number, to string) channeltypes.Packet {
	t.Helper()
	c.MustSend("seller", nil, &recognition.MsgPresent{Signer: c.Address("seller"), Voucher: number, ChainId: to})
	packets := c.Packets()
	require.Len(t, packets, 1)
	return packets[0]
}

func TestStory(t *testing.T) {
	first := story(t)
	second := story(t)
	require.True(t, bytes.Equal(first, second), "equal runs must reach equal application hashes")
}

func story(t *testing.T) []byte {
	n := chains.New(t, hangzhou, shanghai)
	a, b := n.Chain(hangzhou), n.Chain(shanghai)
	path := chains.Link(a, b).Path
	id := list(a)
	deposit(a, "buyer", 500_000)
	number, contract := sell(a, id)

	packet := present(t, a, number, shanghai)
	require.NoError(t, path.EndpointB.UpdateClient())
	res, err := path.EndpointB.RecvPacketWithResult(packet)
	require.NoError(t, err)
	ack, err := ibctesting.ParseAckFromEvents(res.Events)
	require.NoError(t, err)
	require.NoError(t, path.EndpointA.AcknowledgePacket(packet, ack))

	entry, err := recognitionkeeper.NewQueryServer(a.Shugu.Recognition).OutboxEntry(a.Query(), &recognition.QueryOutboxEntryRequest{
		ChainId: shanghai, Kind: recognition.RECORD_KIND_VOUCHER, Id: number,
	})
	require.NoError(t, err)
	require.Equal(t, recognition.OUTBOX_STATUS_RECOGNISED, entry.Entry.Status)
	got, err := recognitionkeeper.NewQueryServer(b.Shugu.Recognition).Recognised(b.Query(), &recognition.QueryRecognisedRequest{
		ChainId: hangzhou, Kind: recognition.RECORD_KIND_SETTLEMENT, Id: contract,
	})
	require.NoError(t, err)
	raw, err := a.Shugu.Settlement.RecordBytes(a.Query(), contract)
	require.NoError(t, err)
	sum := sha256.Sum256(raw)
	require.Equal(t, sum[:], got.Recognised.Digest)
	checkAll(t, a)
	checkAll(t, b)
	return append(a.Shugu.LastCommitID().Hash, b.Shugu.LastCommitID().Hash...)
}

// checkAll asserts every module's invariants.
func checkAll(t *testing.T, c *chains.Chain) {
	t.Helper()
	require.NoError(t, c.Shugu.Settlement.Check(c.Query()))
	require.NoError(t, c.Shugu.Trade.Check(c.Query()))
	require.NoError(t, c.Shugu.Voucher.Check(c.Query()))
}
