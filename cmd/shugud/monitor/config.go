// Package monitor follows recognition from both ends: it asks each chain again and again,
// says what has changed, and warns of what people must look after.
package monitor

import (
	"errors"
	"fmt"
	"time"
)

// Config is the file of `shugud monitor recognition`.
type Config struct {
	// Ends are the chains to follow.
	Ends []End `yaml:"ends"`
	// Every is how long to wait between two looks.
	Every string `yaml:"every"`
	// ClientFraction of its trusting period: less left, and the client nears its expiry.
	ClientFraction float64 `yaml:"client_fraction"`
	// QueueLength is how many records may wait to be sent.
	QueueLength int `yaml:"queue_length"`
	// QueueAge is how long a record may wait to be sent.
	QueueAge string `yaml:"queue_age"`
	// RelayerSilence is how long a packet may wait for its answer.
	RelayerSilence string `yaml:"relayer_silence"`
	// BlockAge is how old a chain's latest block may be.
	BlockAge string `yaml:"block_age"`
}

// End is one chain.
type End struct {
	// ChainID that the node must be of.
	ChainID string `yaml:"chain_id"`
	// RPC addresses of its nodes; the first that answers is asked.
	RPC []string `yaml:"rpc"`
}

// Limits are what the configuration says, read.
type Limits struct {
	Every          time.Duration
	ClientFraction float64
	QueueLength    int
	QueueAge       time.Duration
	RelayerSilence time.Duration
	BlockAge       time.Duration
}

// Limits reads and checks the configuration.
func (c Config) Limits() (Limits, error) {
	if len(c.Ends) == 0 {
		return Limits{}, errors.New("ends: expected at least one chain with its RPC addresses")
	}
	seen := map[string]bool{}
	for i, end := range c.Ends {
		if end.ChainID == "" || len(end.RPC) == 0 {
			return Limits{}, fmt.Errorf("ends[%d]: expected chain_id and at least one rpc address", i)
		}
		if seen[end.ChainID] {
			return Limits{}, fmt.Errorf("ends[%d]: %s is there twice; name several of its nodes in one end", i, end.ChainID)
		}
		seen[end.ChainID] = true
	}
	l := Limits{ClientFraction: c.ClientFraction, QueueLength: c.QueueLength}
	if !(l.ClientFraction > 0 && l.ClientFraction < 1) {
		return l, fmt.Errorf("client_fraction: expected a part of the trusting period between 0 and 1, like 0.33, got %v", l.ClientFraction)
	}
	if l.QueueLength < 0 {
		return l, fmt.Errorf("queue_length: expected 0 or more, got %d", l.QueueLength)
	}
	for _, f := range []struct {
		name, text string
		into       *time.Duration
	}{
		{"every", c.Every, &l.Every}, {"queue_age", c.QueueAge, &l.QueueAge},
		{"relayer_silence", c.RelayerSilence, &l.RelayerSilence}, {"block_age", c.BlockAge, &l.BlockAge},
	} {
		d, err := time.ParseDuration(f.text)
		if err != nil || d <= 0 {
			return l, fmt.Errorf("%s: expected a time like 10m, got %q", f.name, f.text)
		}
		*f.into = d
	}
	return l, nil
}
