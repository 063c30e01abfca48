#!/usr/bin/env bash
# Runs exported histories by the runners that come from npm and not from Debian (dbmate, Supabase), on a private server: up,
# all the way down where the tool knows one, up again, and from where a script was pasted. Those that Debian carries are run by
# the tests. Needs the network for the first run.
#
#   scripts/runners.sh [--schemac PROGRAM]
set -euo pipefail
cd "$(dirname "$0")/.."

schemac=$PWD/build/release/bin/schemac
if [ "${1:-}" = --schemac ]; then
  schemac=$(realpath "${2:?"--schemac takes a program"}")
fi
tools=$PWD/build/runners
mkdir -p "$tools"
npm install --prefix "$tools" --no-audit --no-fund --silent dbmate@2.36.0 supabase@3.1.0

bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
folder=$(mktemp -d)
as=()
if [ "$(id -u)" -eq 0 ]; then
  as=(runuser -u postgres --)
  chown postgres "$folder"
fi
port=$((20000 + $$ % 20000))
stop() {
  (cd / && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1) || true
  rm -rf "$folder"
}
trap stop EXIT
(
  cd /
  "${as[@]}" "$bin/initdb" -D "$folder/data" -A trust -U postgres >/dev/null
  # Supabase knows no sockets.
  "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w start \
    -o "-k $folder -p $port -c listen_addresses=127.0.0.1 -c fsync=off" >/dev/null
)
export PGHOST=127.0.0.1 PGPORT=$port PGUSER=postgres HOME=$folder/home
mkdir -p "$HOME"

failures=0
expect() { # WHAT WANTED FOUND
  if [ "$2" = "$3" ]; then
    echo "  ok: $1"
  else
    echo "  FAILED: $1"
    diff <(echo "$2") <(echo "$3") | head -20 || true
    failures=$((failures + 1))
  fi
}
fresh() {
  psql -Xq -d postgres -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1" 2>/dev/null
}
paste() { PGOPTIONS="-c client_min_messages=warning" psql -Xq -v ON_ERROR_STOP=1 -d "$1"; }
# The schema without the tables in which tools note what is applied, and without what differs from run to run.
schema() {
  pg_dump --schema-only -d "$1" --exclude-table=schemac_revision --exclude-table=schema_migrations \
    --exclude-schema=supabase_migrations | grep -v -e '^--' -e '^\\' -e '^$' || true
}
url() { echo "postgresql://postgres:none@127.0.0.1:$port/$1?sslmode=disable"; }

project=$folder/project
source=tests/layouts/project
mkdir -p "$project/schema"
: >"$project/schemac.toml"
cp "$source/first.schema" "$project/schema/app.schema"
run() { "$schemac" -C "$project" "$@"; }
run diff -m first >/dev/null
# A label that is added and used; an index that is built while others write.
sed -i -e 's/active, gone/active, paused, gone/' -e "s/default 'active'/default 'paused'/" "$project/schema/app.schema"
run diff -m second >/dev/null
run revision -m third >/dev/null 2>&1
cat "$source/third.changes" >>"$project/migrations/0003_third.mdiff"
run compile 0003 >/dev/null

run_dbmate() { # DATABASE WORD…
  local database=$1
  shift
  "$tools/node_modules/.bin/dbmate" --no-dump-schema --migrations-dir "$project/db/migrations" \
    --url "$(url "$database")" "$@"
}
run_supabase() {
  local database=$1
  shift
  "$tools/node_modules/.bin/supabase" --workdir "$project" --yes "$@" --remote "$(url "$database")" </dev/null
}
# TOOL BOOKS WAY-UP…
check() {
  local tool=$1 books=$2
  shift 2
  echo "$tool"
  run export --layout "$tool" >/dev/null
  fresh wanted && run upgrade --sql --layout "$tool" | paste wanted
  fresh found && "run_$tool" found "$@" >"$folder/out" 2>&1 || cat "$folder/out"
  expect "up" "$(schema wanted)" "$(schema found)"
  expect "books as a pasted script keeps them" "$(psql -XAt -d found -c "$books")" "$(psql -XAt -d wanted -c "$books")"
  fresh pasted && run upgrade +2 --sql --layout "$tool" | paste pasted
  "run_$tool" pasted "$@" >"$folder/out" 2>&1 || cat "$folder/out"
  expect "carries on where a script was pasted" "$(schema wanted)" "$(schema pasted)"
  expect "its books then" "$(psql -XAt -d found -c "$books")" "$(psql -XAt -d pasted -c "$books")"
  fresh stamped && run upgrade --sql | paste stamped && run stamp head --sql --layout "$tool" | paste stamped
  "run_$tool" stamped "$@" >"$folder/out" 2>&1 || cat "$folder/out"
  expect "has nothing to do after a stamp" "$(schema wanted)" "$(schema stamped)"
  expect "its books after a stamp" "$(psql -XAt -d found -c "$books")" "$(psql -XAt -d stamped -c "$books")"
}

check dbmate "SELECT version FROM schema_migrations ORDER BY version" migrate
fresh empty
for ((i = 0; i < $(ls "$project/db/migrations" | wc -l); ++i)); do run_dbmate found rollback >/dev/null 2>&1; done
expect "all the way down" "$(schema empty)" "$(schema found)"
run_dbmate found migrate >/dev/null 2>&1
expect "up again" "$(schema wanted)" "$(schema found)"

check supabase "SELECT version, name FROM supabase_migrations.schema_migrations ORDER BY version" migration up

[ "$failures" -eq 0 ] || { echo "runners: $failures failed" >&2; exit 1; }
echo "runners: all is well"
