#!/usr/bin/env bash
# Installs what building and testing schemac needs on Debian 12; with --build, only what the program itself needs. Asks
# the package manager only for what is missing, so that a second run takes no time.
set -euo pipefail

packages=(
  build-essential cmake ninja-build ccache pkg-config git
  antlr4 libantlr4-runtime-dev libfmt-dev libtomlplusplus-dev libcli11-dev nlohmann-json3-dev
  libpg-query-dev libprotobuf-c-dev libre2-dev libjemalloc-dev
)
if [ "${1:-}" != --build ]; then
  packages+=(
    libgtest-dev libgmock-dev libbenchmark-dev libpq-dev
    postgresql-15 postgresql-contrib postgresql-client-15 python3 python3-psycopg2
    sqitch libdbd-pg-perl alembic ruby-activerecord ruby-pg chromium chromium-driver graphviz
    clang clang-format clang-tidy clang-tools libclang-rt-14-dev
  )
fi

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "set-up: this is not a Debian system; install the equivalents of: ${packages[*]}" >&2
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "set-up: everything is installed"
  exit 0
fi

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
echo "set-up: installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
  "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "${missing[@]}"
}
if ! install >"$log" 2>&1; then
  cat "$log" >&2
  echo "set-up: apt-get failed" >&2
  exit 1
fi
echo "set-up: done"
