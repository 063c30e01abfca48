#!/usr/bin/env bash
# clang-tidy (.clang-tidy) over every .cpp of ours, or those named, with the compile commands of the preset "clang". Fails on any
# finding. What was clean is not read again until it, a header or the settings change.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
build=build/clang
clean=$build/tidy
mkdir -p "$clean"
if ! { cmake --preset clang && cmake --build "$build" --target schemac_grammar; } >"$clean/configure.log" 2>&1; then
  cat "$clean/configure.log" >&2
  exit 1
fi

common=$({ clang-tidy --version; git ls-files '*.h' '*.def' '*.g4' .clang-tidy CMakePresets.json | xargs cat; } | sha256sum)
export build clean common

tidy_one() {
  local key
  key=$clean/$({ echo "$1 $common"; cat "$1"; } | sha256sum | cut -d ' ' -f 1)
  [ -e "$key" ] && return 0
  if clang-tidy -p "$build" --quiet --warnings-as-errors='*' "$1" >"$key.log" 2>&1; then
    mv "$key.log" "$key"
  else
    grep -v 'warnings generated\|warning treated as error\|warnings treated as errors' "$key.log"
    rm "$key.log"
    return 1
  fi
}
export -f tidy_one

files=("$@")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(git ls-files '*.cpp')
echo "tidy: reading ${#files[@]} files"
if ! printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -I{} bash -c 'tidy_one {}'; then
  echo "tidy: clang-tidy found the above" >&2
  exit 1
fi
echo "tidy: clean"
