// Command bench measures what the node's users wait for, each figure beside a
// yardstick of the same run: medians of several rounds in one process. It
// prints a table and writes the same as JSON.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"testing"
	"time"
)

// Figure is one measured figure beside its yardstick.
type Figure struct {
	Name string `json:"name"`
	Unit string `json:"unit"`
	// Value is the median of the rounds; Min and Max bound them.
	Value float64 `json:"value"`
	Min   float64 `json:"min"`
	Max   float64 `json:"max"`
	// Yardstick says what it is measured against, with its median.
	Yardstick      string  `json:"yardstick,omitempty"`
	YardstickValue float64 `json:"yardstick_value,omitempty"`
	// Ratio of value to yardstick.
	Ratio float64 `json:"ratio,omitempty"`
	// Aim in words.
	Aim string `json:"aim,omitempty"`
}

// Report is everything that a run measured.
type Report struct {
	Go      string   `json:"go"`
	CPUs    int      `json:"cpus"`
	Rounds  int      `json:"rounds"`
	Figures []Figure `json:"figures"`
}

// groups are the measurements, in the order of the table.
var groups = []struct {
	name    string
	measure func(rounds int) ([]Figure, error)
}{
	{"trades", trades}, {"state", stateBytes}, {"recognition", recognition}, {"verification", verification}, {"signatures", signatures},
	{"panels", panels}, {"permission", permission}, {"reversal", reversal},
}

func main() {
	out := flag.String("o", "build/bench.json", "file for the figures as JSON")
	rounds := flag.Int("rounds", 5, "rounds of each measurement")
	only := flag.String("only", "", "one group of figures: trades, state, recognition, verification, signatures, panels, permission or reversal")
	profile := flag.String("cpuprofile", "", "file for a CPU profile of the whole run")
	testing.Init()
	flag.Parse()
	if *profile != "" {
		stop, err := startProfile(*profile)
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		defer stop()
	}
	report := Report{Go: runtime.Version(), CPUs: runtime.NumCPU(), Rounds: *rounds}
	for _, g := range groups {
		if *only != "" && *only != g.name {
			continue
		}
		figures, err := g.measure(*rounds)
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		report.Figures = append(report.Figures, figures...)
		for _, f := range figures {
			print(f)
		}
	}
	if err := write(*out, report); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// startProfile writes a CPU profile until the returned function is called.
func startProfile(path string) (func(), error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		if err := f.Close(); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
		}
	}, nil
}

func print(f Figure) {
	fmt.Printf("%-52s %12.1f %-10s (%.1f to %.1f)", f.Name, f.Value, f.Unit, f.Min, f.Max)
	if f.Yardstick != "" {
		fmt.Printf("  %.2f x %s (%.1f)", f.Ratio, f.Yardstick, f.YardstickValue)
	}
	if f.Aim != "" {
		fmt.Printf("  aim: %s", f.Aim)
	}
	fmt.Println()
}

func write(path string, report Report) error {
	raw, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, append(raw, '\n'), 0o644)
}

// series are the rounds of one measurement.
type series []float64

func (s series) median() float64 {
	sorted := slices.Sorted(slices.Values(s))
	return sorted[len(sorted)/2]
}

func (s series) figure(name, unit string) Figure {
	return Figure{Name: name, Unit: unit, Value: s.median(), Min: slices.Min(s), Max: slices.Max(s)}
}

// beside puts a yardstick beside a figure.
func (f Figure) beside(name string, s series) Figure {
	f.Yardstick, f.YardstickValue = name, s.median()
	f.Ratio = f.Value / f.YardstickValue
	return f
}

// perSecond is how many of n things were done in a second.
func perSecond(n int, d time.Duration) float64 { return float64(n) / d.Seconds() }
