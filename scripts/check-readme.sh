#!/usr/bin/env bash
# The README promises two commands; both READMEs must name them, and the Makefile must have them.
set -euo pipefail
cd "$(dirname "$0")/.."
for command in "make demo" "make test"; do
	for file in README.md README.zh-CN.md; do
		grep -qx "$command" "$file" || { echo "$file: expected a line \"$command\"" >&2; exit 1; }
	done
	grep -q "^${command#make }:" Makefile || { echo "Makefile: no target for \"$command\"" >&2; exit 1; }
done
# Every module has its README, and every ADR stands in the index.
for module in x/*/; do
	[ "$module" = x/internal/ ] || [ -f "$module/README.md" ] || { echo "$module has no README.md" >&2; exit 1; }
done
for adr in docs/adr/[0-9]*.md; do
	grep -q "$(basename "$adr")" docs/adr/README.md || { echo "$adr is not in docs/adr/README.md" >&2; exit 1; }
done
# Every test that docs/requirements.md names exists.
grep -oE '`(Test|Fuzz|Benchmark)[A-Za-z0-9_]+`' docs/requirements.md | tr -d '`' | sort -u | while read -r name; do
	grep -rqE "func $name\(" --include='*_test.go' . || { echo "docs/requirements.md names $name, which does not exist" >&2; exit 1; }
done
