package story

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// cli runs shugud as a person would, with one chain's home.
type cli struct {
	binary, dir string
	say         func(format string, args ...any)
}

// txResult is what a command prints that sent a transaction.
type txResult struct {
	TxHash   string          `json:"txhash"`
	Height   int64           `json:"height"`
	Response json.RawMessage `json:"response"`
}

// run runs a command in the story's folder and returns what it printed. An
// exit code other than 0 is an error with the command's own words.
func (c cli) run(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, c.binary, args...)
	cmd.Dir = c.dir
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); err != nil {
		return out.Bytes(), fmt.Errorf("shugud %s: %w: %s", strings.Join(args, " "), err, strings.TrimSpace(problems.String()))
	}
	return out.Bytes(), nil
}

// show runs a command and shows it first.
func (c cli) show(ctx context.Context, args ...string) ([]byte, error) {
	c.say("    $ shugud %s", strings.Join(args, " "))
	return c.run(ctx, args...)
}

// tx sends a transaction from a chain's account and decodes its response.
func (c cli) tx(ctx context.Context, home, from string, response any, args ...string) (txResult, error) {
	c.say("    $ shugud %s --from %s", strings.Join(args, " "), from)
	out, err := c.run(ctx, append(args, "--from", from, "--home", home, "--keyring-backend", "test", "-o", "json", "--wait", "60s")...)
	var result txResult
	if err != nil {
		return result, err
	}
	if err := json.Unmarshal(out, &result); err != nil {
		return result, fmt.Errorf("shugud %s: read its answer: %w", strings.Join(args, " "), err)
	}
	if response != nil {
		if err := json.Unmarshal(result.Response, response); err != nil {
			return result, fmt.Errorf("shugud %s: read its response: %w", strings.Join(args, " "), err)
		}
	}
	return result, nil
}

// query asks a chain and decodes the answer.
func (c cli) query(ctx context.Context, home string, answer any, args ...string) error {
	out, err := c.run(ctx, append(append([]string{"query"}, args...), "--home", home, "-o", "json")...)
	if err != nil {
		return err
	}
	return json.Unmarshal(out, answer)
}

// write writes a file into the story's folder.
func (c cli) write(name, content string) error {
	return os.WriteFile(filepath.Join(c.dir, name), []byte(content), 0o600)
}
