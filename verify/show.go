package verify

import (
	"encoding/json"
	"fmt"
	"time"
)

// Money is an amount; in JSON {"fen":"123456","cny":"1,234.56"}.
type Money struct {
	Fen Fen    `json:"fen"`
	CNY string `json:"cny"`
}

func money(f Fen) Money { return Money{Fen: f, CNY: f.CNY()} }

func (m Money) String() string { return fmt.Sprintf("%s CNY (%s fen)", m.CNY, m.Fen) }

// Moment is a time, shown in UTC+8 first and then in UTC.
type Moment struct{ time.Time }

func moment(t time.Time) Moment { return Moment{t.Truncate(time.Millisecond)} }

// MarshalJSON makes {"utc8":"2026-11-23T10:00:05+08:00","utc":"2026-11-23T02:00:05Z"}.
func (m Moment) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		UTC8 string `json:"utc8"`
		UTC  string `json:"utc"`
	}{m.In(utc8).Format(time.RFC3339Nano), m.UTC().Format(time.RFC3339Nano)})
}

func (m Moment) String() string {
	layout := "2006-01-02 15:04:05"
	if m.Nanosecond() != 0 {
		layout += ".000"
	}
	return fmt.Sprintf("%s UTC+8 (%s UTC)", m.In(utc8).Format(layout), m.UTC().Format(layout))
}
