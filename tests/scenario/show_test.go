package scenario_test

import (
	"fmt"
	"strings"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/app"
	productkeeper "github.com/shugu-network/shugu/x/product/keeper"
	product "github.com/shugu-network/shugu/x/product/types"
	recognitionkeeper "github.com/shugu-network/shugu/x/recognition/keeper"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucherkeeper "github.com/shugu-network/shugu/x/voucher/keeper"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// show tells how something stands: show contract=A, show balances, and so on.
func (w *world) show(a *args) string {
	for _, s := range []struct {
		what string
		say  func(*args) string
	}{
		{"contract", w.showContract}, {"balances", w.showBalances}, {"voucher", w.showVoucher}, {"settlement", w.showSettlement},
		{"recognition", w.showRecognition}, {"queue", w.showQueue}, {"product", w.showProduct}, {"member", w.showMember},
		{"debts", w.showDebts}, {"request", w.showRequest},
	} {
		if a.has(s.what) {
			return s.say(a)
		}
	}
	a.fail("expected contract=, balances, voucher=, settlement=, recognition=, queue, product=, member=, debts or request=")
	return ""
}

func (w *world) showContract(a *args) string {
	c := w.named(a, a.text("contract"))
	return fmt.Sprintf("Contract %s (%s), %s to %s, %s: %s", c.name, c.id,
		c.on.called(c.goods.seller), c.on.called(c.buyer), cny(c.deal.Total), w.standing(c.name))
}

// showBalances tells what every member has that has something.
func (w *world) showBalances(a *args) string {
	on := w.on(a)
	genesis, err := on.Shugu.Consortium.ExportGenesis(on.Query())
	require.NoError(a.t, err)
	coins := func(addr sdk.AccAddress) string {
		return cny(on.Shugu.Bank.GetBalance(on.Query(), addr, app.Denom).Amount)
	}
	var lines []string
	for _, m := range genesis.Members {
		owner, err := sdk.AccAddressFromBech32(m.Owner)
		require.NoError(a.t, err)
		if has := coins(owner); has != "0.00 CNY" {
			lines = append(lines, fmt.Sprintf("%06d %s: %s", m.Number, m.Name, has))
		}
	}
	lines = append(lines, "in escrow and withdrawals: "+coins(on.Shugu.Account.GetModuleAddress(settlement.ModuleName)),
		"owed by the bank: "+cny(on.Shugu.Bank.GetSupply(on.Query(), app.Denom).Amount))
	return strings.Join(lines, "\n")
}

func (w *world) showVoucher(a *args) string {
	c := w.named(a, a.text("voucher"))
	number := w.voucher(a, c)
	v, err := c.on.Shugu.Voucher.Voucher(c.on.Query(), number)
	require.NoError(a.t, err)
	lines := []string{
		fmt.Sprintf("Voucher %s of %s, issued %s (非税务发票)", voucher.FormatNumber(number), v.ChainId, unix(v.IssuedAt)),
		fmt.Sprintf("%s sells to %s through %s: %s", v.Seller.Name, v.Buyer.Name, v.Exchange.Name, cny(v.Total)),
	}
	for i, l := range v.Lines {
		lines = append(lines, fmt.Sprintf("line %d: %s, %s", i+1, l.What, cny(l.Amount)))
	}
	standing, err := voucherkeeper.NewQueryServer(c.on.Shugu.Voucher).Status(c.on.Query(), &voucher.QueryStatusRequest{Number: number})
	require.NoError(a.t, err)
	if standing.Status == nil {
		return strings.Join(append(lines, "Nothing stands against it."), "\n")
	}
	for _, d := range standing.Details {
		lines = append(lines, tellDetail(d))
	}
	return strings.Join(lines, "\n")
}

// tellDetail tells one change of a voucher's status.
func tellDetail(d voucher.StatusDetail) string {
	var remain []string
	for i, fen := range d.Remaining {
		remain = append(remain, fmt.Sprintf("%s of line %d", cny(fen), i+1))
	}
	return fmt.Sprintf("status version %d: %s by red voucher %s; what remains: %s", d.Version,
		strings.Join(voucher.FlagNames(d.Flags), ", "), voucher.FormatNumber(d.RedNumber), strings.Join(remain, ", "))
}

func (w *world) showSettlement(a *args) string {
	c := w.named(a, a.text("settlement"))
	record, err := c.on.Shugu.Settlement.Record(c.on.Query(), c.id)
	if err != nil {
		return refusal(err)
	}
	lines := []string{fmt.Sprintf("Settlement %s: %s paid %s", record.Id, c.on.member(record.Buyer).Name, cny(record.Amount))}
	for _, p := range record.Payouts {
		lines = append(lines, fmt.Sprintf("to %s: %s", c.on.member(p.Member).Name, cny(p.Amount)))
	}
	return strings.Join(lines, "\n")
}

// showRecognition tells how a voucher stands in the origin's book, and what the other chain holds.
func (w *world) showRecognition(a *args) string {
	c := w.named(a, a.text("recognition"))
	number, there := w.voucher(a, c), c.on.other
	var book []string
	for _, r := range []struct {
		kind recognition.RecordKind
		id   string
	}{
		{recognition.RECORD_KIND_VOUCHER, number}, {recognition.RECORD_KIND_SETTLEMENT, c.id}, {recognition.RECORD_KIND_STATUS, number},
	} {
		res, err := recognitionkeeper.NewQueryServer(c.on.Shugu.Recognition).OutboxEntry(c.on.Query(),
			&recognition.QueryOutboxEntryRequest{ChainId: there.ChainID, Kind: r.kind, Id: r.id})
		if err == nil {
			book = append(book, tellEntry(res.Entry))
		}
	}
	if book == nil {
		book = []string{"never presented"}
	}
	lines := []string{fmt.Sprintf("%s's book: %s", c.on.name, strings.Join(book, ", "))}
	res, err := recognitionkeeper.NewQueryServer(there.Shugu.Recognition).Standing(there.Query(), &recognition.QueryStandingRequest{Number: number})
	require.NoError(a.t, err)
	for _, s := range res.Standings {
		lines = append(lines, fmt.Sprintf("%s holds: %s", there.name, tellStanding(s)))
	}
	if len(res.Standings) == 0 {
		lines = append(lines, there.name+" holds: nothing")
	}
	return strings.Join(lines, "\n")
}

func tellEntry(e recognition.OutboxEntry) string {
	says := words(e.Kind.String(), "RECORD_KIND_") + " " + words(e.Status.String(), "OUTBOX_STATUS_")
	if e.PacketCode != recognition.PACKET_CODE_UNSPECIFIED {
		says += " (" + words(e.PacketCode.String(), "PACKET_CODE_") + ")"
	}
	if e.Result != recognition.RESULT_CODE_UNSPECIFIED {
		says += " (" + words(e.Result.String(), "RESULT_CODE_") + ")"
	}
	return says
}

func tellStanding(s recognition.Standing) string {
	var holds []string
	if s.Voucher != nil {
		holds = append(holds, "voucher")
	}
	if s.Settlement != nil {
		holds = append(holds, "settlement")
	}
	if s.Detail != nil {
		holds = append(holds, tellDetail(*s.Detail))
	}
	if !s.AgreementLive {
		holds = append(holds, "(the agreement has ended)")
	}
	return strings.Join(holds, ", ")
}

// showQueue tells what waits to be sent to the other chain.
func (w *world) showQueue(a *args) string {
	on := w.on(a)
	res, err := recognitionkeeper.NewQueryServer(on.Shugu.Recognition).Queue(on.Query(), &recognition.QueryQueueRequest{ChainId: on.other.ChainID})
	require.NoError(a.t, err)
	says := fmt.Sprintf("Records that wait to be sent to %s: %d", on.other.ChainID, len(res.Entries))
	if res.Backoff != nil {
		says += fmt.Sprintf("; attempts in vain: %d", res.Backoff.Failures)
	}
	return says + "."
}

func (w *world) showProduct(a *args) string {
	g := w.product(a)
	res, err := productkeeper.NewQueryServer(g.on.Shugu.Product).Product(g.on.Query(), &product.QueryProductRequest{Id: g.id})
	require.NoError(a.t, err)
	p := res.Product
	says := fmt.Sprintf("Product %s of %s through %s: %s, latest version %d", p.Id,
		g.on.member(p.Owner).Name, g.on.member(p.Exchange).Name, words(p.Status.String(), "PRODUCT_STATUS_"), p.Version)
	if p.ListedVersion != 0 {
		says += fmt.Sprintf(", version %d listed", p.ListedVersion)
	}
	return says + "."
}

func (w *world) showMember(a *args) string {
	on := w.on(a)
	m := on.member(on.number(a.text("member")))
	says := fmt.Sprintf("%s, member %06d: %s", m.Name, m.Number, words(m.Status.String(), "MEMBER_STATUS_"))
	if m.AdmittedBy != 0 {
		says += ", admitted by " + on.member(m.AdmittedBy).Name
	}
	if m.SuspensionReason != "" {
		says += ", for this reason: " + m.SuspensionReason
	}
	return says + "."
}
