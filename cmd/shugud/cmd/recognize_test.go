package cmd

import (
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/cmd/shugud/carry"
	"github.com/shugu-network/shugu/cmd/shugud/monitor"
	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// What is in the way of recognising is said with what to do, and the runbook that it
// names is there.
func TestRecognizeSaysWhatIsInTheWay(t *testing.T) {
	now := time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
	raw, err := os.ReadFile("../../../docs/operators/recognition.md")
	require.NoError(t, err)
	good := func() *recognition.QueryAgreementResponse {
		return &recognition.QueryAgreementResponse{Live: true, ClientStatus: "Active", Agreement: recognition.Agreement{
			ChainId: "shugu-hangzhou-1", ClientId: "07-tendermint-0", BeginsAt: now.Unix() - 100, EndsAt: now.Unix() + 100,
		}}
	}
	require.NoError(t, checkLive(good(), now))
	for says, spoil := range map[string]func(r *recognition.QueryAgreementResponse){
		"the council ended it":         func(r *recognition.QueryAgreementResponse) { r.Live, r.Agreement.Ended = false, true },
		"it begins at 2026-11-23T04:0": func(r *recognition.QueryAgreementResponse) { r.Live, r.Agreement.BeginsAt = false, now.Unix()+1 },
		"it was over at 2026-11-23T03": func(r *recognition.QueryAgreementResponse) { r.Live, r.Agreement.EndsAt = false, now.Unix()-1 },
		"has expired":                  func(r *recognition.QueryAgreementResponse) { r.ClientStatus = "Expired" },
		"is frozen":                    func(r *recognition.QueryAgreementResponse) { r.ClientStatus = "Frozen" },
		"is Unknown":                   func(r *recognition.QueryAgreementResponse) { r.ClientStatus = "Unknown" },
	} {
		r := good()
		spoil(r)
		err := checkLive(r, now)
		require.ErrorContains(t, err, says)
		_, section, found := strings.Cut(err.Error(), `see "`)
		require.True(t, found, err)
		section, _, _ = strings.Cut(section, `"`)
		require.Contains(t, string(raw), "\n## "+section+"\n")
	}
}

func TestReadBundlesOfFilesAndFolders(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 3})
	dir := t.TempDir()
	var bundles []*verify.Bundle
	for _, number := range w.Blue {
		b := w.Bundle(t, number)
		b.Validators = verifytest.Bundled(w.Validators)
		bundles = append(bundles, b)
	}
	folder := filepath.Join(dir, "bundles")
	paths, err := writeBundles(folder, bundles)
	require.NoError(t, err)
	require.Equal(t, 3, strings.Count(string(paths), ".json\n"))
	got, err := readBundles([]string{folder})
	require.NoError(t, err)
	require.ElementsMatch(t, bundles, got)
	got, err = readBundles(strings.Fields(string(paths))[:1])
	require.NoError(t, err)
	require.Equal(t, bundles[:1], got)

	_, err = readBundles([]string{dir})
	require.ErrorContains(t, err, "expected bundles")
	_, err = readBundles([]string{filepath.Join(dir, "none.json")})
	require.ErrorIs(t, err, os.ErrNotExist)
	spoilt := filepath.Join(dir, "spoilt.json")
	require.NoError(t, os.WriteFile(spoilt, []byte("{}"), 0o600))
	_, err = readBundles([]string{spoilt})
	require.ErrorContains(t, err, "not a bundle")
}

// A header that contradicts what the client knows goes alone: a message beside it that
// fails with the frozen client would undo the freezing (DESIGN §6).
func TestEvidenceTravelsAlone(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{})
	b := w.Bundle(t, w.Blue[0])
	b.Validators = verifytest.Bundled(w.Validators)
	batch, err := carry.NewBatch([]*verify.Bundle{b})
	require.NoError(t, err)
	for _, way := range []carry.Way{carry.Recognise, carry.StatusOnly, carry.Reaffirm} {
		msgs, err := batchMessages(batch, carry.Updates{Conflict: "another"}, way, "07-tendermint-0", "shugu1x")
		require.NoError(t, err)
		require.Empty(t, msgs, "nothing but the plan's updates")
		msgs, err = batchMessages(batch, carry.Updates{}, way, "07-tendermint-0", "shugu1x")
		require.NoError(t, err)
		require.Len(t, msgs, 1)
	}
}

// Exit codes are a public interface.
func TestRecognitionExitCodes(t *testing.T) {
	require.Equal(t, []int{exitNotUsable, exitNotAsked, exitEvidence}, []int{1, 2, 5})
	code := func(err error) int {
		var exit *ExitError
		require.True(t, errors.As(err, &exit), "%v", err)
		return exit.Code
	}
	require.Equal(t, 2, code(newStandingCmd().Args(nil, nil)))
	bad := filepath.Join(t.TempDir(), "monitor.yaml")
	require.NoError(t, os.WriteFile(bad, []byte("ends: []\n"), 0o600))
	for _, args := range [][]string{{}, {"--config", "nowhere.yaml"}, {"--config", bad, "--once"}} {
		c := newMonitorRecognitionCmd()
		c.SilenceErrors, c.SilenceUsage = true, true
		c.SetArgs(args)
		require.Equal(t, 2, code(c.Execute()), args)
	}
}

func TestMetricsAddressIsServed(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	m := new(monitor.Monitor)
	_, err = serveMetrics(m, taken.Addr().String())
	require.ErrorContains(t, err, "--metrics")
	require.NoError(t, taken.Close())
	stop, err := serveMetrics(m, taken.Addr().String())
	require.NoError(t, err)
	defer stop()
	response, err := http.Get("http://" + taken.Addr().String() + "/metrics")
	require.NoError(t, err)
	defer response.Body.Close()
	require.Equal(t, http.StatusOK, response.StatusCode)
}
