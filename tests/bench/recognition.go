package main

import (
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"

	"cosmossdk.io/math"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	host "github.com/cosmos/ibc-go/v11/modules/core/24-host"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	"github.com/shugu-network/shugu/testutil/keys"
	recognitiontypes "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

const (
	originID      = "shugu-hangzhou-1"
	destinationID = "shugu-shanghai-1"
	// packetsPerBlock are received in one block, each in a transaction of its own.
	packetsPerBlock = 20
)

// recognition measures how vouchers and their reversals get from chain to chain.
func recognition(rounds int) ([]Figure, error) {
	var figures []Figure
	for _, measure := range []func(int) ([]Figure, error){byPacket, byProof, recognisedBytes, reversalTravels, hubOfTen} {
		measured, err := measure(rounds)
		if err != nil {
			return nil, err
		}
		figures = append(figures, measured...)
	}
	return figures, nil
}

// byPacket measures vouchers received per second, proofs and commit included, by how many
// stand in a packet.
func byPacket(rounds int) ([]Figure, error) {
	n := chains.New(&testing.T{}, originID, destinationID)
	a, b := n.Chain(originID), n.Chain(destinationID)
	link := chains.Link(a, b)
	var figures []Figure
	var single series
	next := uint32(1)
	for _, size := range []int{1, 10, 100} {
		var rates series
		for range rounds {
			var packets []channeltypes.Packet
			for range packetsPerBlock {
				packet, err := sendVouchers(a, link.A, link.B, &next, size)
				if err != nil {
					return nil, err
				}
				packets = append(packets, packet)
			}
			a.NextBlock()
			if err := link.Path.EndpointB.UpdateClient(); err != nil {
				return nil, err
			}
			took, err := receive(a, b, packets)
			if err != nil {
				return nil, err
			}
			rates = append(rates, perSecond(packetsPerBlock*size, took))
		}
		f := rates.figure(fmt.Sprintf("vouchers received, %d in a packet", size), "/s")
		if size == 1 {
			single = rates
		} else {
			f = f.beside("1 in a packet", single)
		}
		if size == 100 {
			f.Aim = "at least 20 times"
		}
		figures = append(figures, f)
	}
	return figures, nil
}

// sendVouchers sends a packet of made-up vouchers of the origin: the receiver
// proves that the origin sent it, and judges each record.
func sendVouchers(a *chains.Chain, from, to string, next *uint32, size int) (channeltypes.Packet, error) {
	records := make([]recognitiontypes.PacketRecord, size)
	for i := range records {
		seq := *next
		*next++
		v := madeUp(originID, seq)
		value, err := voucher.EncodeVoucher(v)
		if err != nil {
			return channeltypes.Packet{}, err
		}
		records[i] = recognitiontypes.PacketRecord{Kind: recognitiontypes.RECORD_KIND_VOUCHER, Id: v.Number, Value: value}
	}
	data, err := recognitiontypes.EncodePacket(records, a.ProposedHeader.Height, a.ProposedHeader.Time.Unix())
	if err != nil {
		return channeltypes.Packet{}, err
	}
	timeout := uint64(a.ProposedHeader.Time.Add(24 * time.Hour).UnixNano())
	sequence, err := a.Shugu.IBC.ChannelKeeper.SendPacket(a.GetContext(), recognitiontypes.PortID, from, clienttypes.ZeroHeight(), timeout, data)
	return channeltypes.NewPacket(data, sequence, recognitiontypes.PortID, from, recognitiontypes.PortID, to, clienttypes.ZeroHeight(), timeout), err
}

// madeUp is a voucher of a chain that never was sold there; seq tells them apart.
func madeUp(chainID string, seq uint32) voucher.Voucher {
	issued := chains.Start
	number := voucher.Number("3301", day(issued), chains.Number("seller"), seq)
	return voucher.Voucher{
		Kind: voucher.KIND_BLUE, Number: number, ChainId: chainID,
		Seller:   voucher.Party{Member: chains.Number("seller"), Name: "云帆数据", CreditCode: "91330108000042016X"},
		Buyer:    voucher.Party{Member: chains.Number("buyer"), Name: "智联软件", CreditCode: "91330108000042024Q"},
		Exchange: voucher.Party{Member: 1, Name: "数据交易所", CreditCode: "91330100330000011M"},
		Product:  "000011-000001", ProductVersion: 1, Industry: "science",
		Lines: []voucher.Line{{What: "时区规则", Units: 1, Amount: math.NewInt(price)}}, Total: math.NewInt(price),
		DeliveryMode: 1, DeliveryDigest: make([]byte, 32), TermsRoot: make([]byte, 32), Nullifier: digestOf(number),
		Settlement: contractID(issued, chains.Number("seller"), seq), IssuedAt: issued.Unix(),
	}
}

// digestOf makes every voucher a trade of its own.
func digestOf(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}

// receive runs one block with a transaction for each packet and tells how long it took.
func receive(a, b *chains.Chain, packets []channeltypes.Packet) (time.Duration, error) {
	relayer := &account{
		key: keys.Account(chains.Key(destinationID, "relayer")), address: b.Address("relayer"),
		number: b.SenderAccount.GetAccountNumber(), sequence: b.SenderAccount.GetSequence(),
	}
	var txs [][]byte
	for _, p := range packets {
		proof, height := a.QueryProof(host.PacketCommitmentKey(p.SourcePort, p.SourceChannel, p.Sequence))
		raw, err := relayer.sign(b.TxConfig, destinationID, 12_000_000, channeltypes.NewMsgRecvPacket(p, proof, height, relayer.address))
		if err != nil {
			return 0, err
		}
		txs = append(txs, raw)
	}
	start := time.Now()
	results := b.Block(txs)
	took := time.Since(start)
	b.As("relayer") // reads the new sequence
	return took, allRecognised(results)
}

// allRecognised makes sure that what was measured was work done.
func allRecognised(results []*abci.ExecTxResult) error {
	for _, r := range results {
		if r.Code != 0 {
			return fmt.Errorf("receive: %s", r.Log)
		}
		ack, err := ibctesting.ParseAckFromEvents(r.Events)
		if err != nil {
			return err
		}
		var answer recognitiontypes.PacketAcknowledgement
		if err := answer.Unmarshal(ack); err != nil {
			return err
		}
		for i, code := range answer.Results {
			if code != recognitiontypes.RESULT_CODE_OK {
				return fmt.Errorf("receive: record %d: %s", i, code)
			}
		}
		if !answer.Success() {
			return fmt.Errorf("receive: %s", answer.Code)
		}
	}
	return nil
}
