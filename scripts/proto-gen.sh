#!/usr/bin/env bash
# Generates the Go code of proto/ into the folders that go_package names (x/*/types,
# headers/types). Needs no network once the modules of go.mod and tools/buf/go.mod are there.
set -euo pipefail
cd "$(dirname "$0")/.."

dir() { go list -m -f '{{.Dir}}' "$1"; }
copy() { # FROM SUBFOLDER: the .proto files below FROM/SUBFOLDER
	(cd "$1" && find . -name '*.proto' -path "./$2*" -print0 | tar --null -cf - -T -) | tar --no-same-permissions -xf - -C third_party/proto
	chmod -R u+w third_party/proto
}

mkdir -p build
exec 9>build/.proto.lock
flock 9 # one run at a time: the scratch folders are shared
rm -rf third_party/proto build/_proto
mkdir -p third_party/proto build/_proto
sdk=$(dir github.com/cosmos/cosmos-sdk)
copy "$sdk/proto" cosmos/
copy "$sdk/proto" amino/
copy "$(dir github.com/cometbft/cometbft)/proto" tendermint/
copy "$(dir github.com/cosmos/cosmos-proto)/proto" cosmos_proto/
copy "$(dir github.com/cosmos/gogoproto)" gogoproto/
copy "$(dir github.com/grpc-ecosystem/grpc-gateway)/third_party/googleapis" google/api/
rm -rf third_party/proto/tendermint/services third_party/proto/google/api/{expr,servicecontrol,experimental}

buf() { build/tools/buf "$@"; }
[ -x build/tools/buf ] || go build -C tools/buf -o ../../build/tools/buf github.com/bufbuild/buf/cmd/buf
case "${1:-generate}" in
lint) buf lint proto ;;
generate)
	buf generate --template buf.gen.yaml proto
	cp -r build/_proto/github.com/shugu-network/shugu/. .
	;;
*)
	echo "usage: scripts/proto-gen.sh [generate|lint]" >&2
	exit 2
	;;
esac
