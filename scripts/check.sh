#!/usr/bin/env bash
# What takes too long for every change (an hour on two cores): clang-tidy over all sources, and the tests under AddressSanitizer and
# UndefinedBehaviorSanitizer. Before a release, and after changes to what everything stands on.
set -euo pipefail
cd "$(dirname "$0")/.."

.ci/run
scripts/tidy.sh
scripts/test.sh --preset sanitize
