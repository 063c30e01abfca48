#!/usr/bin/env bash
# Sets the machine up, builds the release, and shows `schemac diff` writing the next migration of an example project.
# Works on a copy; nothing in the tree is changed but build/release.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh --build
echo "demo: building build/release (some five minutes on two cores; quick the second time)"
mkdir -p build/release
if ! cmake --preset release -DBUILD_TESTING=OFF >build/release/configure.log 2>&1; then
  cat build/release/configure.log >&2
  exit 1
fi
cmake --build build/release
schemac=$PWD/build/release/bin/schemac

example=examples/booking
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$example/." "$work/"
cd "$work"

say() { printf '\n$ %s\n' "$*"; }

echo "demo: the project is a copy of $example; its model gets one more table"
cat >>"$(find . -name '*.schema' | sort | head -n 1)" <<'MODEL'

--- One note that an operator left.
table demo_notes {
  id         bigint generated always as identity primary key;
  author     varchar(80) not null;
  body       text        not null;
  labels     jsonb       not null default {"pinned": false};
  written_at timestamptz not null default now();

  index demo_notes_newest (written_at desc);
}
MODEL

say 'schemac diff -m "Add operators'"'"' notes"'
"$schemac" diff -m "Add operators' notes"
for file in migrations/*_add_operators_notes.up.sql migrations/*_add_operators_notes.down.sql; do
  say cat "$file"
  cat "$file"
done
say schemac check
"$schemac" check
