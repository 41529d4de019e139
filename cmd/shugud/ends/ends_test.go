package ends_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"

	"github.com/shugu-network/shugu/cmd/shugud/ends"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

const (
	hangzhou = "shugu-hangzhou-1"
	shanghai = "shugu-shanghai-1"
)

var (
	noon   = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
	number = voucher.Number("3301", "261123", 123, 42)
)

// golden compares text with a file of testdata, or writes it when UPDATE_GOLDEN is set.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}

func agreement(chain, channel string) recognition.Agreement {
	return recognition.Agreement{
		ChainId: chain, ClientId: "07-tendermint-0", ChannelId: channel, Industries: []string{"science", "transport"},
		Kinds:     []recognition.RecordKind{recognition.RECORD_KIND_VOUCHER, recognition.RECORD_KIND_SETTLEMENT, recognition.RECORD_KIND_STATUS},
		MaxAmount: math.NewInt(10_000_000), BeginsAt: noon.Unix() - 86400, EndsAt: noon.Unix() + 365*86400, Freshness: 86400, Revision: 2,
	}
}

func byProof(height, asOf int64) recognition.Evidence {
	return recognition.Evidence{
		ClientId: "07-tendermint-0", ClientHeight: uint64(asOf + 1), Height: height, Time: noon.Unix() - 1000,
		AsOfHeight: asOf, AsOfTime: noon.Unix() - 1005,
	}
}

func standing(usable bool, caveats ...recognition.Caveat) recognition.Standing {
	status := byProof(80, 119)
	return recognition.Standing{
		ChainId: hangzhou, Usable: usable, Caveats: caveats, AgreementLive: true, AsOfHeight: 119, AsOfTime: noon.Unix() - 1005,
		Voucher:    &recognition.Recognised{ChainId: hangzhou, Kind: recognition.RECORD_KIND_VOUCHER, Id: number, Evidence: byProof(55, 90), StatusEvidence: &status},
		Settlement: &recognition.Recognised{ChainId: hangzhou, Kind: recognition.RECORD_KIND_SETTLEMENT, Id: "261123-000123-000042", Evidence: byProof(55, 90)},
	}
}

// troubled is a chain with everything that a person may have to be told.
func troubled() *ends.Snapshot {
	refused := recognition.OutboxEntry{Kind: recognition.RECORD_KIND_VOUCHER, Id: number, Status: recognition.OUTBOX_STATUS_REFUSED}
	byRecord, byPacket, aside := refused, refused, refused
	byRecord.Result, byPacket.PacketCode = recognition.RESULT_CODE_AMOUNT_NOT_COVERED, recognition.PACKET_CODE_NO_AGREEMENT
	aside.Status, aside.SetAsideError = recognition.OUTBOX_STATUS_SET_ASIDE, "voucher/3"
	pending := recognition.OutboxEntry{Kind: recognition.RECORD_KIND_STATUS, Id: number, Status: recognition.OUTBOX_STATUS_PENDING, Height: 40}
	queued := recognition.OutboxEntry{Kind: recognition.RECORD_KIND_SETTLEMENT, Id: "261123-000123-000042", Status: recognition.OUTBOX_STATUS_QUEUED, Height: 60}
	ended := agreement("shugu-beijing-1", "channel-7")
	ended.Ended, ended.Industries = true, nil
	told := agreement(hangzhou, "channel-0").Terms(hangzhou)
	over := told
	over.Ended = true
	packet := byProof(70, 100)
	packet.ChannelId, packet.Sequence = "channel-3", 12
	byPacketHere := standing(true)
	byPacketHere.Voucher.Evidence = packet
	return &ends.Snapshot{ChainID: shanghai, Height: 131, Time: noon, Sides: []ends.Side{
		{
			Agreement: ended, Told: &recognition.ToldTerms{Terms: over, Evidence: byProof(20, 30)},
			Client: ends.Client{Status: "Expired", Latest: clienttypes.NewHeight(1, 9), Told: noon.Add(-15 * 24 * time.Hour), TrustingPeriod: 14 * 24 * time.Hour},
			Route:  ends.Route{State: "STATE_CLOSED"}, Ours: ends.Ours{},
		},
		{
			Agreement: agreement(hangzhou, "channel-3"), Live: true, Told: &recognition.ToldTerms{Terms: told},
			Client: ends.Client{Status: "Frozen", Latest: clienttypes.NewHeight(1, 121), Told: noon.Add(-time.Hour), TrustingPeriod: 14 * 24 * time.Hour},
			Doubt: &recognition.ClientDoubt{ClientId: "07-tendermint-0", Ranges: []recognition.DoubtRange{
				{AboveHeight: 20, Height: 25, Time: noon.Unix() - 9000, RecoveredHeight: 33}, {AboveHeight: 90, Height: 120, Time: noon.Unix() - 60},
			}},
			Route: ends.Route{State: ends.RouteOpen, Far: "channel-0"},
			Ours: ends.Ours{
				Count: map[recognition.OutboxStatus]int{
					recognition.OUTBOX_STATUS_RECOGNISED: 12, recognition.OUTBOX_STATUS_PENDING: 2, recognition.OUTBOX_STATUS_QUEUED: 1,
					recognition.OUTBOX_STATUS_REFUSED: 4, recognition.OUTBOX_STATUS_SET_ASIDE: 1, recognition.OUTBOX_STATUS_TIMED_OUT: 3,
				},
				Vouchers: []ends.Waiting{
					{Entry: recognition.OutboxEntry{Kind: recognition.RECORD_KIND_VOUCHER, Id: number, Status: recognition.OUTBOX_STATUS_RECOGNISED, Height: 77}, Since: noon.Add(-time.Hour)},
					{Entry: recognition.OutboxEntry{Kind: recognition.RECORD_KIND_VOUCHER, Id: number, Status: recognition.OUTBOX_STATUS_TIMED_OUT, Height: 12}},
				},
				OldestPending: &ends.Waiting{Entry: pending, Since: noon.Add(-90 * time.Minute)}, OldestQueued: &ends.Waiting{Entry: queued},
				Refused: []recognition.OutboxEntry{byRecord, byPacket, aside}, Backoff: &recognition.Backoff{Failures: 3, UntilHeight: 140},
			},
			Theirs: ends.Theirs{Vouchers: 4, ByProof: 1, Settlements: 3, Standings: []recognition.Standing{
				standing(false, recognition.CAVEAT_SUSPECT, recognition.CAVEAT_STALE), byPacketHere,
			}},
		},
		{
			Agreement: agreement("shugu-wenzhou-1", ""), Live: true, Client: ends.Client{Status: "Active", Told: noon, TrustingPeriod: time.Hour},
			Route: ends.Route{State: ends.RouteNone}, Ours: ends.Ours{},
		},
	}}
}

func TestOverviewInWords(t *testing.T) {
	var out bytes.Buffer
	troubled().Write(&out)
	golden(t, "overview.txt", out.Bytes())
	out.Reset()
	(&ends.Snapshot{ChainID: shanghai, Height: 3, Time: noon}).Write(&out)
	require.Contains(t, out.String(), "no agreement with any chain")
}

// The JSON form is a public interface.
func TestOverviewAsJSON(t *testing.T) {
	raw, err := json.MarshalIndent(troubled().View(), "", "  ")
	require.NoError(t, err)
	golden(t, "overview.json", append(raw, '\n'))
}

func TestStandingInWords(t *testing.T) {
	var out bytes.Buffer
	whole := standing(true)
	ends.WriteStanding(&out, number, whole, nil)
	partly := standing(false, recognition.CAVEAT_NO_AGREEMENT, recognition.CAVEAT_STALE, recognition.CAVEAT_PARTLY_REVERSED)
	partly.Status = &recognition.ForeignStatus{ChainId: hangzhou, Number: number, Evidence: byProof(81, 119)}
	partly.Detail = &voucher.StatusDetail{Number: number, Version: 2, Height: 110, Remaining: []math.Int{math.NewInt(123_456), math.ZeroInt()}}
	partly.StatusTravels = true
	ends.WriteStanding(&out, number, partly, nil)
	ends.WriteStanding(&out, number, recognition.Standing{
		ChainId: hangzhou, Status: partly.Status, Detail: partly.Detail, Caveats: []recognition.Caveat{recognition.CAVEAT_NOT_RECOGNISED},
	}, nil)
	contested := standing(false, recognition.CAVEAT_CONTESTED)
	contest := decided()
	ends.WriteStanding(&out, number, contested, &contest)
	golden(t, "standing.txt", out.Bytes())
}
