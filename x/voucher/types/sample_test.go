package types_test

import (
	"crypto/sha256"
	"time"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/voucher/types"
)

const (
	blueNumber = "330126112300012300004228"
	redNumber  = "330126112300012300004325"
)

// issuedAt is 23 November 2026, 10:00 in UTC+8.
var issuedAt = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)

func digest(s string) []byte {
	d := sha256.Sum256([]byte(s))
	return d[:]
}

// blue is a valid blue voucher of two lines.
func blue() types.Voucher {
	return types.Voucher{
		Kind:           types.KIND_BLUE,
		Number:         blueNumber,
		ChainId:        "shugu-hangzhou-1",
		Seller:         types.Party{Member: 123, Name: "杭州甲数据有限公司", CreditCode: "91330100MA0000001A"},
		Buyer:          types.Party{Member: 456, Name: "Shanghai Buyer Ltd", CreditCode: "91310000MA0000002B"},
		Exchange:       types.Party{Member: 1, Name: "杭州数据交易所", CreditCode: "91330100MA0000000X"},
		Product:        "000123-000007",
		ProductVersion: 2,
		Industry:       "transport",
		Lines: []types.Line{
			{What: "时区数据库 2026a", Units: 1, Amount: math.NewInt(1_000_000)},
			{What: "更新服务", Units: 12, Amount: math.NewInt(345_678)},
		},
		Total:          math.NewInt(1_345_678),
		DeliveryMode:   1,
		DeliveryDigest: digest("delivery"),
		Settlement:     "261123-000123-000042",
		TermsRoot:      digest("terms"),
		IssuedAt:       issuedAt.Unix(),
		Nullifier:      digest("nullifier"),
	}
}

// red takes back part of the first line of blue and all of the second.
func red() types.Voucher {
	v := blue()
	v.Kind = types.KIND_RED
	v.Number = redNumber
	v.Lines = nil
	v.Total = math.NewInt(445_678)
	v.IssuedAt = issuedAt.Add(time.Hour).Unix()
	v.Reverses = blueNumber
	v.ReversedLines = []types.ReversedLine{
		{Line: 0, Amount: math.NewInt(100_000)},
		{Line: 1, Amount: math.NewInt(345_678)},
	}
	return v
}

// detail is the change of status that red makes.
func detail() types.StatusDetail {
	return types.StatusDetail{
		Number:         blueNumber,
		Version:        1,
		Remaining:      []math.Int{math.NewInt(900_000), math.ZeroInt()},
		RedNumber:      redNumber,
		Flags:          types.FlagPartlyReversed,
		ReasonDigest:   digest("reason"),
		Height:         77,
		PreviousDigest: make([]byte, sha256.Size),
	}
}

// status commits to encoded, the bytes of detail.
func status(encoded []byte) types.Status {
	return types.Status{
		Version: 1, FirstHeight: 77, Height: 77, Flags: types.FlagPartlyReversed, DetailDigest: digest(string(encoded)),
	}
}
