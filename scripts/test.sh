#!/usr/bin/env bash
# Sets the machine up, builds, and runs every test, those on a PostgreSQL server included. A skipped test is a failure.
# What is tested is the release build, unless a preset is named: it is what people run, and the quickest to build and test.
#
#   scripts/test.sh [--preset release|dev|sanitize] [ARGUMENT OF CTEST…]
set -euo pipefail
cd "$(dirname "$0")/.."

preset=release
if [ "${1:-}" = --preset ]; then
  preset=${2:?"--preset takes a name"}
  shift 2
fi

scripts/setup.sh
export SCHEMAC_REQUIRE_POSTGRES=1
if [ "$preset" = sanitize ]; then
  # Sanitized code is several times slower: fewer of the random pairs, and every finding with its place.
  export SCHEMAC_PAIRS=${SCHEMAC_PAIRS:-40} UBSAN_OPTIONS=print_stacktrace=1
fi
echo "test: configuring and building build/$preset"
mkdir -p "build/$preset"
if ! cmake --preset "$preset" -DBUILD_TESTING=ON >"build/$preset/configure.log" 2>&1; then
  cat "build/$preset/configure.log" >&2
  exit 1
fi
cmake --build "build/$preset"

echo "test: running the tests of build/$preset"
log=build/$preset/ctest.log
status=0
ctest --test-dir "build/$preset" --output-on-failure --no-tests=error -j "$(nproc)" "$@" 2>&1 | tee "$log" || status=$?
if grep -q -e '\*\*\*Skipped' -e '\*\*\*Not Run' "$log"; then
  echo "test: some tests were skipped; that counts as a failure" >&2
  status=1
fi
exit "$status"
