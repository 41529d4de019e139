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

// queryHeight asks the node at a port for its height, and makes sure that it is
// a node of the chain.
func queryHeight(ctx context.Context, port int, chainID string) (int64, error) {
	url := fmt.Sprintf("http://127.0.0.1:%d/status", port)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return 0, err
	}
	resp, err := rpcClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	var status rpcStatus
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&status); err != nil {
		return 0, fmt.Errorf("%s: %w", url, err)
	}
	if got := status.Result.NodeInfo.Network; got != chainID {
		return 0, fmt.Errorf("%s: expected a node of %s, got one of %q", url, chainID, got)
	}
	height, err := strconv.ParseInt(status.Result.SyncInfo.Height, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%s: height: %w", url, err)
	}
	return height, nil
}
