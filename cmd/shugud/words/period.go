package words

import (
	"fmt"
	"strings"
	"time"
)

var periodUnits = []struct {
	length           time.Duration
	english, chinese string
}{
	{24 * time.Hour, "day", "天"}, {time.Hour, "hour", "小时"}, {time.Minute, "minute", "分钟"}, {time.Second, "second", "秒"},
}

// Period is a duration in the largest unit that it is a whole number of: "14 days", "14 天".
// One that is no whole number of seconds is written as Go does.
func Period(d time.Duration) (english, chinese string) {
	for _, unit := range periodUnits {
		if n := d / unit.length; n != 0 && d%unit.length == 0 {
			plural := "s"
			if n == 1 {
				plural = ""
			}
			return fmt.Sprintf("%d %s%s", n, unit.english, plural), fmt.Sprintf("%d %s", n, unit.chinese)
		}
	}
	return d.String(), d.String()
}

// ClientStatusZH is a light client's status in Chinese alone.
func ClientStatusZH(s string) string {
	_, chinese, found := strings.Cut(ClientStatus(s), " ")
	if !found {
		return s
	}
	return chinese
}
