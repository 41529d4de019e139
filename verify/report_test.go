package verify_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
)

var update = flag.Bool("update", false, "write the golden files")

// TestReportText compares what people read with golden files.
func TestReportText(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 3, Reversed: 2})
	inconsistent := w.Bundle(t, w.Blue[2])
	inconsistent.Settlement = w.Bundle(t, w.Blue[0]).Settlement
	votes := w.Bundle(t, w.Blue[2])
	votes.Signed = verifytest.Signed(t, w.Header, verifytest.Sign(w.Header, w.Validators, map[int]verifytest.Vote{
		1: {Flag: cmttypes.BlockIDFlagAbsent},
	}))
	unnamed := w.Root()
	unnamed.Validators[0].Name = ""
	for _, tc := range []struct {
		golden string
		bundle *verify.Bundle
		root   *verify.TrustRoot
	}{
		{"blue.txt", votes, unnamed},
		{"reversed.txt", w.Bundle(t, w.Blue[1]), w.Root()},
		{"red.txt", w.Bundle(t, w.Red[1]), w.Root()},
		{"inconsistent.txt", inconsistent, w.Root()},
	} {
		report, _ := verify.Verify(tc.bundle, tc.root)
		var out strings.Builder
		require.NoError(t, report.WriteText(&out))
		path := filepath.Join("testdata", tc.golden)
		if *update {
			require.NoError(t, os.MkdirAll("testdata", 0o755))
			require.NoError(t, os.WriteFile(path, []byte(out.String()), 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, string(want), out.String(), "run with -update when the change is meant")
	}
}

func TestReportJSON(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{})
	report, err := verify.Verify(w.Bundle(t, w.Blue[0]), w.Root())
	require.NoError(t, err)
	b, err := report.JSON()
	require.NoError(t, err)
	var got struct {
		Consistent bool
		Account    struct {
			Total    struct{ Fen, CNY string }
			IssuedAt struct{ UTC8, UTC string } `json:"issued_at"`
			Status   *struct{}
			NotShown []struct{ EN, ZH string } `json:"not_shown"`
		}
	}
	require.NoError(t, json.Unmarshal(b, &got))
	require.True(t, got.Consistent)
	require.Equal(t, "20123456", got.Account.Total.Fen)
	require.Equal(t, "2026-11-23T10:00:01+08:00", got.Account.IssuedAt.UTC8)
	require.Equal(t, "2026-11-23T02:00:01Z", got.Account.IssuedAt.UTC)
	require.Nil(t, got.Account.Status)
	require.NotEmpty(t, got.Account.NotShown[0].ZH)
}
