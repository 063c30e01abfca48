#!/usr/bin/env bash
# Builds build/release and measures how long a writer waits while migrations run, plain beside online.
#
#   scripts/online.sh [--rows N] [--limit MILLISECONDS] [--change NAME]…
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
build=build/release
mkdir -p "$build"
cmake --preset release >"$build/configure.log" || { cat "$build/configure.log" >&2; exit 1; }
cmake --build "$build" --target schemac
# The interpreter that Debian's python3-psycopg2 is for.
exec /usr/bin/python3 tests/bench/online.py --schemac "$build/bin/schemac" "$@"
