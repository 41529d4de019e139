package cmd

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// A person reads of a seat how it stands and what is to come, in both languages.
func TestSeatIsTold(t *testing.T) {
	text := seatText(&consortium.QuerySeatResponse{
		Seat:   consortium.Seat{Member: 1, Moniker: "exchange-1", ConsensusKey: []byte{0xab}, Status: consortium.SEAT_STATUS_SUSPENDED_DOWNTIME, Since: 900},
		Missed: 3, MaxMissed: 1_800, RejoinHeight: 1_500,
		Rotation: &consortium.Rotation{NewKey: []byte{0xcd}, AtHeight: 2_000},
	})
	for _, want := range []string{
		"000001  「exchange-1」  suspended for downtime 离线停任", "key 公钥: AB", "missed 缺块: 3, at most 至多 1800",
		"since height 自高度: 900", "可恢复自高度: 1500", "新公钥: CD, at height 于高度 2000",
	} {
		require.Contains(t, text, want)
	}
	pending := seatText(&consortium.QuerySeatResponse{Seat: consortium.Seat{
		Status: consortium.SEAT_STATUS_ACTIVE, Pending: consortium.SEAT_STATUS_SUSPENDED_EQUIVOCATION, PendingSince: 7,
	}})
	require.Contains(t, pending, "to be 待: suspended for equivocation 双签停任, since height 自高度 7")
}

const peerID = "0123456789abcdef0123456789abcdef01234567"

func TestNodeAdmissionIsRead(t *testing.T) {
	msg, err := admission(peerID+"@10.0.0.1:26656", "Sentry", "2027-12-31T16:00:00Z", "sentry-1")
	require.NoError(t, err)
	require.Equal(t, consortium.NODE_PURPOSE_SENTRY, msg.Purpose)
	require.EqualValues(t, 1_830_268_800, msg.ExpiresAt)
	require.Len(t, msg.NodeId, consortium.NodeIDSize)
	msg, err = admission(peerID, "full", "", "")
	require.NoError(t, err)
	require.Zero(t, msg.ExpiresAt)

	_, err = admission("0123", "full", "", "")
	require.ErrorContains(t, err, "40 hex digits")
	_, err = admission(peerID, "miner", "", "")
	require.ErrorContains(t, err, "archive, full, sentry, validator")
	for _, expires := range []string{"tomorrow", "1969-12-31T00:00:00Z"} {
		_, err = admission(peerID, "full", expires, "")
		require.ErrorContains(t, err, "--expires")
	}
	require.Len(t, nodePurposes, len(consortium.NodePurpose_name)-1)
}

func TestNodeIsTold(t *testing.T) {
	id, err := consortium.ParseNodeID(peerID)
	require.NoError(t, err)
	node := consortium.Node{Id: id, Owner: 12, Purpose: consortium.NODE_PURPOSE_ARCHIVE, AdmittedBy: 1, ExpiresAt: 1_830_268_800, Moniker: "archive-1"}
	text := nodeText(node)
	for _, want := range []string{peerID + "  「archive-1」", "owner 所属: 000012", "archive 归档", "准入方: 000001", "2028-01-01 00:00:00 UTC+8 (2027-12-31T16:00:00Z)"} {
		require.Contains(t, text, want)
	}
	node.AdmittedBy, node.ExpiresAt = 0, 0
	require.Contains(t, nodeText(node), "council 理事会  expires 到期: never 长期")
	require.True(t, strings.Contains(admittedText(true), "可连接") && strings.Contains(admittedText(false), "不可连接"))
}

// The commands are there, with examples, and refuse bad arguments before they ask anybody.
func TestSeatAndNodeCommands(t *testing.T) {
	for _, args := range [][]string{{"seat", "rejoin", "1"}, {"seat", "show", "1", "2"}, {"node", "admit"}, {"node", "revoke"}} {
		root := NewRootCmd()
		found, _, err := root.Find(args[:2])
		require.NoError(t, err)
		require.Equal(t, args[1], found.Name())
		require.NotEmpty(t, found.Example)
		var out bytes.Buffer
		root.SetOut(&out)
		root.SetErr(&out)
		root.SetArgs(append(args, "--home", t.TempDir()))
		require.Equal(t, 1, Run(t.Context(), root), "%v", args)
		require.Contains(t, out.String(), "shugud: ")
	}
}
