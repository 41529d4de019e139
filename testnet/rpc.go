package testnet

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// rpcClient asks nodes on the loopback interface, never through a proxy.
var rpcClient = &http.Client{Timeout: 3 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}

// rpcStatus is what we need of CometBFT's /status.
type rpcStatus struct {
	Result struct {
		NodeInfo struct {
			Network string `json:"network"`
		} `json:"node_info"`
		SyncInfo struct {
			Height string `json:"latest_block_height"`
		} `json:"sync_info"`
	} `json:"result"`
}

// rpcBlock is what we need of CometBFT's /block.
type rpcBlock struct {
	Result struct {
		Block struct {
			Header struct {
				ChainID string    `json:"chain_id"`
				Time    time.Time `json:"time"`
			} `json:"header"`
		} `json:"block"`
	} `json:"result"`
}

// ask decodes what the node at a port answers to a path.
func ask(ctx context.Context, port int, path string, answer any) error {
	url := fmt.Sprintf("http://127.0.0.1:%d%s", port, path)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return err
	}
	resp, err := rpcClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	if err := json.NewDecoder(io.LimitReader(resp.Body, 32<<20)).Decode(answer); err != nil {
		return fmt.Errorf("%s: %w", url, err)
	}
	return nil
}

// queryHeight asks the node at a port for its height, and makes sure that it is
// a node of the chain.
func queryHeight(ctx context.Context, port int, chainID string) (int64, error) {
	var status rpcStatus
	if err := ask(ctx, port, "/status", &status); err != nil {
		return 0, err
	}
	if got := status.Result.NodeInfo.Network; got != chainID {
		return 0, fmt.Errorf("port %d: expected a node of %s, got one of %q", port, chainID, got)
	}
	height, err := strconv.ParseInt(status.Result.SyncInfo.Height, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("port %d: height: %w", port, err)
	}
	return height, nil
}

// queryBlockTime asks the node at a port for the time of a block, and makes
// sure that it is one of the chain.
func queryBlockTime(ctx context.Context, port int, chainID string, height int64) (time.Time, error) {
	var block rpcBlock
	if err := ask(ctx, port, fmt.Sprintf("/block?height=%d", height), &block); err != nil {
		return time.Time{}, err
	}
	header := block.Result.Block.Header
	if header.ChainID != chainID {
		return time.Time{}, fmt.Errorf("port %d: expected block %d of %s, got one of %q", port, height, chainID, header.ChainID)
	}
	return header.Time, nil
}
