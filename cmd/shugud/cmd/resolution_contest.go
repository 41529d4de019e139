package cmd

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	recognition "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// readDecideContest reads which vouchers of a trade that is told twice are upheld.
// Vouchers are written as printed or as 24 digits, in any order.
func readDecideContest(_ codec.Codec, account string, fields *yaml.Node) (sdk.Msg, error) {
	var in struct {
		Nullifier string `yaml:"nullifier"`
		Upheld    []struct {
			ChainID string `yaml:"chain_id"`
			Voucher string `yaml:"voucher"`
		} `yaml:"upheld"`
		Reason string `yaml:"reason"`
	}
	if err := strict(fields, &in); err != nil {
		return nil, err
	}
	nullifier, err := recognition.ParseNullifier(in.Nullifier)
	if err != nil {
		return nil, err
	}
	msg := &recognition.MsgDecideContest{Signer: account, Nullifier: nullifier, Reason: in.Reason}
	for i, u := range in.Upheld {
		number, err := voucher.ParseDisplayed(u.Voucher)
		if err != nil {
			return nil, fmt.Errorf("upheld[%d]: %w", i, err)
		}
		msg.Upheld = append(msg.Upheld, recognition.VoucherRef{ChainId: u.ChainID, Number: number})
	}
	recognition.SortRefs(msg.Upheld)
	return msg, nil
}
