#!/usr/bin/env bash
# Builds build/release with the benchmarks and measures: each stage by itself, then whole runs. More arguments go to
# tests/bench/compare.py, for example --peers, which runs other tools beside schemac.
#
#   scripts/bench.sh [--stages] [--tables N] [--rounds N] [--change one|five] [--peers [NAME,…]]
#                    [--node-modules FOLDER]
#
# The peers come from Debian (apgdiff, libsql-translator-perl, python3-django, python3-alembic, python3-psycopg2) and
# from npm (drizzle-kit, drizzle-orm); those that are not there are left out.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
build=build/release
mkdir -p "$build"
cmake --preset release -DBUILD_TESTING=ON -DSCHEMAC_BENCH=ON >"$build/configure.log" || { cat "$build/configure.log" >&2; exit 1; }
cmake --build "$build" --target schemac bench_workload stage_bench

if [ "${1:-}" = --stages ]; then
  shift
  "$build/bin/stage_bench"
fi
exec python3 tests/bench/compare.py --schemac "$build/bin/schemac" --workload "$build/bin/bench_workload" "$@"
