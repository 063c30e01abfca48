#!/usr/bin/env bash
# Runs each fuzzer for some seconds, one after the other, on random changes of what the tests and examples hold. A finding
# stops the script; its input stays, and the program repeats it.
#
#   scripts/fuzz.sh [SECONDS [NAME…]]      60 seconds, and all of: parse sql expression diff revision config
#   SCHEMAC_SEED=N                         where to begin (default 1): another number, other changes
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}
shift || true
names=("$@")
[ ${#names[@]} -gt 0 ] || names=(parse sql expression diff revision config)
readonly runs=2000

scripts/setup.sh
build=$PWD/build/dev
work=$build/fuzz
mkdir -p "$work"
echo "fuzz: building ${names[*]}"
if ! { cmake --preset dev && cmake --build "$build" --target "${names[@]/%/_fuzz}"; } >"$work/build.log" 2>&1; then
  cat "$work/build.log" >&2
  exit 1
fi
python3 tests/fuzz/seeds.py "$work/seeds"
cd "$work"

for name in "${names[@]}"; do
  seed=${SCHEMAC_SEED:-1}
  done=0
  end=$((SECONDS + seconds))
  while [ $SECONDS -lt $end ]; do
    if ! "$build/bin/${name}_fuzz" --runs $runs --seed "$seed" "seeds/$name" >"$name.log" 2>&1; then
      mv found_input "${name}_found"
      tail -n 60 "$name.log" >&2
      echo "fuzz: see the above; repeat it with $build/bin/${name}_fuzz $work/${name}_found" >&2
      exit 1
    fi
    seed=$((seed + 1))
    done=$((done + runs))
  done
  echo "fuzz: $name: $done inputs, nothing found"
done
