# shellcheck shell=bash
# Shared by the scripts of this folder; sourced, never run.

PEERCAP_ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)

say() { printf 'peercap: %s\n' "$*" >&2; }
fail() {
  say "$*"
  exit 1
}

# usage_of FILE: the comment block at the head of a script.
usage_of() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$1"; }

processor_count() { nproc 2>/dev/null || echo 2; }

# ensure_packages PROFILE: silent when nothing is missing.
ensure_packages() { "$PEERCAP_ROOT/scripts/setup.sh" --quiet "$1"; }
