# `make help` lists the targets. Needs Go, gcc, make and git.

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT  ?= $(shell git rev-parse HEAD 2>/dev/null)
SDK     := github.com/cosmos/cosmos-sdk/version
LDFLAGS := -s -w -X $(SDK).Name=shugu -X $(SDK).AppName=shugud -X $(SDK).Version=$(VERSION) -X $(SDK).Commit=$(COMMIT)
GO_BUILD = go build -ldflags "$(LDFLAGS)"
# For every go command, so that builds and tests share compiled packages.
export GOFLAGS := -trimpath $(GOFLAGS)
# A cache of this checkout's own: one shared between checkouts answers with the other one's files.
export GOLANGCI_LINT_CACHE := $(CURDIR)/build/golangci-lint-cache

# What the demo sells: a real file that comes with the Go toolchain.
DATA    ?= $(shell go env GOROOT)/lib/time/zoneinfo.zip

.DEFAULT_GOAL := build
.PHONY: help build rly tools demo test test-race test-sim test-system bench lint lint-go lint-state lint-proto lint-wasm proto clean FORCE

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: build/bin/shugud ## the node, command line and verifier: build/bin/shugud

build/bin/shugud: FORCE
	$(GO_BUILD) -o $@ ./cmd/shugud

rly: build/bin/rly ## the relayer, pinned in tools/rly: build/bin/rly (minutes, once)

build/bin/rly: tools/rly/go.mod tools/rly/go.sum
	go build -C tools/rly -o ../../$@ github.com/cosmos/relayer/v2

tools: build/tools/buf build/tools/golangci-lint ## buf and golangci-lint, pinned in tools/

build/tools/buf: tools/buf/go.mod tools/buf/go.sum
	go build -C tools/buf -o ../../$@ github.com/bufbuild/buf/cmd/buf

build/tools/golangci-lint: tools/lint/go.mod tools/lint/go.sum
	go build -C tools/lint -o ../../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint

demo: build rly ## the whole story on two chains; DATA=path sells your file, KEEP=1 leaves the network up
	$(GO_BUILD) -o build/bin/shugud-demo ./testnet/demo
	build/bin/shugud-demo --data "$(DATA)" $(if $(KEEP),--keep)

test: ## all tests that need no real processes of the node
	go test -timeout 30m ./...

test-race: ## what has goroutines, under the race detector (compiles the SDK for it once, minutes)
	go test -race -timeout 30m ./testnet/proc ./testnet ./headers ./peers ./invariants

test-sim: ## a long simulation: SIM_BLOCKS and SIM_SEED choose it (nightly)
	SIM_BLOCKS=$(or $(SIM_BLOCKS),3000) SIM_SEED=$(or $(SIM_SEED),$(shell date +%s)) go test -count=1 -v -timeout 120m ./tests/simulation

test-system: build rly ## real processes: the story, crashes, restarts
	go test -tags system -count=1 -timeout 40m ./tests/system/...

bench: build rly ## speed beside its yardsticks: a table and build/bench.json
	go run ./tests/bench -o build/bench.json

lint: lint-go lint-state lint-proto lint-wasm ## golangci-lint, the state machine's own rules, buf lint, generated code current, the verifier for the web

lint-go: build/tools/golangci-lint
	build/tools/golangci-lint run ./...

lint-state:
	go run ./scripts/statecheck ./x/... ./app/...

lint-wasm:
	GOOS=js GOARCH=wasm go build -o /dev/null ./verify

lint-proto: build/tools/buf
	scripts/proto-gen.sh lint
	@before=$$(git hash-object x/*/types/*.pb*.go headers/types/*.pb*.go); scripts/proto-gen.sh; after=$$(git hash-object x/*/types/*.pb*.go headers/types/*.pb*.go); \
	[ "$$before" = "$$after" ] || { echo "the generated code was not current; it is now: look at it and commit it" >&2; exit 1; }

proto: build/tools/buf ## generate the Go code of proto/
	scripts/proto-gen.sh

clean: ## remove everything built, a local network included
	[ ! -f build/localnet/state.json ] || build/bin/shugud localnet down
	rm -rf build third_party/proto

FORCE:
