#!/usr/bin/env bash
# Compile pyproject.toml's dependency groups to requirements/<group>.txt, pinned by hash.
# A pin stays as it is unless pyproject.toml forbids it; with --upgrade every pin moves.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
    local group=$1
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
        --group "$group" --output-file "requirements/$group.txt" "$@" pyproject.toml
}

compile dev "$@"
# The others are subsets of it: what is deployed is what was tested.
for group in lambda infra local; do
    rm -f "requirements/$group.txt"
    compile "$group" --constraint requirements/dev.txt
done
