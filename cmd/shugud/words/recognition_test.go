package words_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// Every code that a person can meet has words of its own, so that none is shown as its name.
func TestRecognitionsCodesHaveWords(t *testing.T) {
	seen := map[string]string{}
	once := func(name, text string) {
		require.NotContains(t, text, name, "%s has no words", name)
		require.NotContains(t, seen, text, "%s and %s have the same", name, seen[text])
		seen[text] = name
	}
	for code, name := range recognition.Caveat_name {
		if code != 0 {
			english, chinese := words.Caveat(recognition.Caveat(code))
			once(name, english)
			once(name, chinese)
		}
	}
	for code, name := range recognition.OutboxStatus_name {
		if code != 0 {
			once(name, words.OutboxStatus(recognition.OutboxStatus(code)))
		}
	}
	for code, name := range recognition.RecordKind_name {
		if code != 0 {
			once(name, words.RecordKind(recognition.RecordKind(code)))
		}
	}
	for code, name := range recognition.ResultCode_name {
		if recognition.ResultCode(code) > recognition.RESULT_CODE_OK {
			once(name, words.Refusal(recognition.OutboxEntry{Result: recognition.ResultCode(code)}))
		}
	}
	for code, name := range recognition.PacketCode_name {
		if recognition.PacketCode(code) > recognition.PACKET_CODE_READ {
			once(name, words.Refusal(recognition.OutboxEntry{PacketCode: recognition.PacketCode(code)}))
		}
	}
	require.Contains(t, words.Refusal(recognition.OutboxEntry{SetAsideError: "voucher/3"}), "voucher/3")
	require.Equal(t, "CAVEAT_UNSPECIFIED", recognition.Caveat(0).String())
	require.Contains(t, words.ClientStatus("Frozen"), "已冻结")
	require.Equal(t, "Odd", words.ClientStatus("Odd"))
}

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		24 * time.Hour: "24h", 90 * time.Minute: "1h30m", time.Minute: "1m", 90 * time.Second: "1m30s", 10 * time.Minute: "10m", 0: "0s", 20 * time.Hour: "20h",
	} {
		require.Equal(t, want, words.Span(d))
	}
}
