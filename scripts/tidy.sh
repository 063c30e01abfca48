#!/usr/bin/env bash
# clang-tidy (.clang-tidy) over every source of ours, or over those named. Those of the libraries are read ten at a time, with the
# compile commands of the preset "tidy", since reading headers is most of the work. Fails on any finding. What was clean is not read
# again until it, a header or the settings change.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
build=build/tidy
clean=$build/clean
mkdir -p "$clean"
if ! { cmake --preset tidy && cmake --build "$build" --target grammar/generated/grammar/SchemaParser.h \
         grammar/generated/grammar/SchemaLexer.h; } >"$clean/configure.log" 2>&1; then
  cat "$clean/configure.log" >&2
  exit 1
fi

common=$({ clang-tidy --version; git ls-files '*.h' '*.def' '*.g4' .clang-tidy CMakePresets.json | xargs cat; } | sha256sum)
export build clean common

# The sources that a unit holds: itself, or those that a file of CMake's includes.
sources_of() {
  case $1 in
    */Unity/*) sed -n 's/^#include "\(.*\)"$/\1/p' "$1" ;;
    *) echo "$1" ;;
  esac
}

tidy_one() {
  local key
  key=$clean/$({ echo "$1 $common"; sources_of "$1" | xargs cat; } | sha256sum | cut -d ' ' -f 1)
  [ -e "$key" ] && return 0
  if clang-tidy -p "$build" --quiet "$1" >"$key.log" 2>&1; then
    mv "$key.log" "$key"
  else
    grep -v 'warnings generated\|warning treated as error\|warnings treated as errors' "$key.log"
    rm "$key.log"
    return 1
  fi
}
export -f tidy_one sources_of

mapfile -t units < <(sed -n 's/^  "file": "\(.*\)",\{0,1\}$/\1/p' "$build/compile_commands.json" | grep -v "/$build/grammar/")
if [ $# -gt 0 ]; then
  named=()
  for unit in "${units[@]}"; do
    if sources_of "$unit" | grep -q -F -x -f <(realpath "$@"); then named+=("$unit"); fi
  done
  units=("${named[@]}")
fi
echo "tidy: reading ${#units[@]} units"
if ! printf '%s\n' "${units[@]}" | xargs -P "$(nproc)" -I{} bash -c 'tidy_one {}'; then
  echo "tidy: clang-tidy found the above" >&2
  exit 1
fi
echo "tidy: clean"
