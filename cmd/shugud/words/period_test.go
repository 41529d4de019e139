package words_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/cmd/shugud/words"
)

func TestPeriod(t *testing.T) {
	for d, want := range map[time.Duration][2]string{
		14 * 24 * time.Hour: {"14 days", "14 天"}, 24 * time.Hour: {"1 day", "1 天"}, 36 * time.Hour: {"36 hours", "36 小时"}, time.Hour: {"1 hour", "1 小时"},
		90 * time.Minute: {"90 minutes", "90 分钟"}, 61 * time.Second: {"61 seconds", "61 秒"}, 1500 * time.Millisecond: {"1.5s", "1.5s"}, 0: {"0s", "0s"},
	} {
		english, chinese := words.Period(d)
		require.Equal(t, want, [2]string{english, chinese})
	}
}

func TestClientStatusInChinese(t *testing.T) {
	for status, want := range map[string]string{"Active": "有效", "Expired": "已过期", "Frozen": "已冻结", "Unknown": "不存在", "Odd": "Odd"} {
		require.Equal(t, want, words.ClientStatusZH(status))
	}
}
