#!/usr/bin/env bash
# Makes the table of fingerprints anew: scripts/fingerprints.sh [OPTIONS]
#
# tests/regression/fingerprints.csv says what every shipped scenario and some studies give, as digests; a test holds
# the program to it. Where a change of results is meant, this shows which rows change, asks for the reason, and
# appends it to docs/theory/fingerprints.md with the date and the version.
#
#   --reason TEXT   the reason, in place of being asked for it
#   --check         only show what would change; fails where anything does
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source-path=SCRIPTDIR source=lib/build.sh
source "$PEERCAP_ROOT/scripts/lib/build.sh"

reason=""
check=no
while [[ $# -gt 0 ]]; do
  case "$1" in
    --reason)
      [[ $# -gt 1 ]] || fail "--reason needs a text"
      reason=$2
      shift
      ;;
    --check) check=yes ;;
    -h | --help)
      usage_of "$0"
      exit 0
      ;;
    *)
      say "unknown argument '$1'"
      usage_of "$0" >&2
      exit 2
      ;;
  esac
  shift
done

# Tests name others.
table=${PEERCAP_FINGERPRINTS_TABLE:-$PEERCAP_ROOT/tests/regression/fingerprints.csv}
log=${PEERCAP_FINGERPRINTS_LOG:-$PEERCAP_ROOT/docs/theory/fingerprints.md}
program=${PEERCAP_FINGERPRINTS_PROGRAM:-}
if [[ -z $program ]]; then
  ensure_packages test
  has_option "$PEERCAP_ROOT/build/release" PEERCAP_BUILD_TESTS=ON ||
    configure release -D PEERCAP_BUILD_TESTS=ON -D PEERCAP_BUILD_BENCHMARKS=ON
  build release print_fingerprints
  program="$PEERCAP_ROOT/build/release/tests/regression/print_fingerprints"
fi

anew=$(mktemp)
trap 'rm -f "$anew"' EXIT
"$program" "$table" >"$anew" || fail "the fingerprints could not be taken (above)"
if cmp -s "$table" "$anew"; then
  say "all $(($(wc -l <"$table") - 1)) fingerprints are as they were"
  exit 0
fi
diff -U0 "$table" "$anew" | sed -n '/^[-+][^-+]/p' || true
changed=$(comm -13 <(sort "$table") <(sort "$anew") | wc -l)
[[ $check == no ]] || fail "$changed fingerprints differ (above); scripts/fingerprints.sh takes them over"

if [[ -z $reason ]]; then
  [[ -t 0 ]] || fail "$changed fingerprints differ (above): say why with --reason TEXT"
  read -r -p "Why do the results change? " reason
fi
reason=$(tr '\n|' ' /' <<<"$reason" | sed 's/^ *//; s/ *$//')
[[ -n $reason ]] || fail "without a reason the table stays as it is"

version=$(sed -n 's/^project(peercap VERSION \([0-9.]*\).*/\1/p' "$PEERCAP_ROOT/CMakeLists.txt")
commit=$(git -C "$PEERCAP_ROOT" rev-parse --short HEAD 2>/dev/null || echo unknown)
printf '| %s | %s, on %s | %d of %d | %s |\n' "$(date -u +%F)" "$version" "$commit" "$changed" \
  "$(($(wc -l <"$anew") - 1))" "$reason" >>"$log"
cat "$anew" >"$table"
say "$changed fingerprints taken over; the reason stands in ${log#"$PEERCAP_ROOT/"}"
