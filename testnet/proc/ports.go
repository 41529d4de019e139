package proc

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// Ports are sought from firstPort up to where the system's own range for
// outgoing connections begins: a port within that range can be taken by any
// connection between the moment it was found free and its use.
const (
	firstPort       = 20_000
	defaultDynamic  = 32_768
	ipv4DynamicFile = "/proc/sys/net/ipv4/ip_local_port_range"
)

// FreePorts returns n distinct TCP ports that are free on the loopback
// interface now.
func FreePorts(n int) ([]int, error) {
	end := dynamicStart()
	if end-firstPort < 1_000 {
		end = defaultDynamic
	}
	span := end - firstPort
	ports := make([]int, 0, n)
	offset := rand.IntN(span)
	for i := 0; i < span && len(ports) < n; i++ {
		port := firstPort + (offset+i)%span
		if InUse(port) == nil {
			ports = append(ports, port)
		}
	}
	if len(ports) < n {
		return nil, fmt.Errorf("only %d of %d free ports found between %d and %d on 127.0.0.1", len(ports), n, firstPort, end-1)
	}
	return ports, nil
}

// InUse returns nil when the TCP port is free on the loopback interface, and
// otherwise an error that says how to find out who has it.
func InUse(port int) error {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	switch {
	case err == nil:
		return l.Close()
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("127.0.0.1:%d is in use by another process; to see which: ss -ltnp 'sport = :%d'", port, port)
	}
	return fmt.Errorf("127.0.0.1:%d: %w", port, err)
}

// dynamicStart is the first port of the system's range for outgoing connections.
func dynamicStart() int {
	b, err := os.ReadFile(ipv4DynamicFile)
	if err != nil {
		return defaultDynamic
	}
	fields := strings.Fields(string(b))
	if len(fields) == 0 {
		return defaultDynamic
	}
	low, err := strconv.Atoi(fields[0])
	if err != nil {
		return defaultDynamic
	}
	return low
}
