#!/usr/bin/env bash
# Checks beyond the tests of scripts/test.sh: scripts/check.sh [OPTIONS] [TIER...]
#
#   scripts/check.sh            the tiers that every change has to pass
#   scripts/check.sh --full     those and the heavier ones, as before a release
#   scripts/check.sh format     only the tiers named
#   scripts/check.sh --fix      lets the tiers that can repair what they find do so (format)
#   scripts/check.sh fuzz --seconds 600   each reader for so long, with inputs that no run before has tried
#   scripts/check.sh --list     the tiers, with what each does
#
# Every tier runs even if one before it fails; the exit code is 0 only if none failed. What a tier needs and this
# machine does not have makes it skipped, which is said at the end.
# PEERCAP_CHECK_TESTS=REGEX limits the tests that the sanitizer and compiler tiers run.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source-path=SCRIPTDIR source=lib/build.sh
source "$PEERCAP_ROOT/scripts/lib/build.sh"
# shellcheck source-path=SCRIPTDIR source=lib/tiers.sh
source "$PEERCAP_ROOT/scripts/lib/tiers.sh"

tiers=()
chosen=("${default_tiers[@]}")
while [[ $# -gt 0 ]]; do
  case "$1" in
    --seconds)
      [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || fail "--seconds needs a number"
      # shellcheck disable=SC2034
      fuzz_seconds=$2
      shift
      ;;
    --full) chosen=("${default_tiers[@]}" "${full_tiers[@]}") ;;
    --fix) repair=yes ;;
    --list)
      list_tiers
      exit 0
      ;;
    -h | --help)
      usage_of "$0"
      list_tiers
      exit 0
      ;;
    *)
      is_tier "$1" || fail "no tier is called '$1'; scripts/check.sh --list names them"
      tiers+=("$1")
      ;;
  esac
  shift
done
[[ ${#tiers[@]} -gt 0 ]] || tiers=("${chosen[@]}")

ensure_packages check
failed=()
skipped=()
for tier in "${tiers[@]}"; do
  say "check: $tier"
  started=$SECONDS
  # Not in a condition of the function itself: there, bash would switch `set -e` off inside the tier.
  set +e
  (
    set -e
    "tier_$tier"
  )
  status=$?
  set -e
  if [[ $status -eq 0 ]]; then
    say "check: $tier passed in $((SECONDS - started)) s"
  elif [[ $status -eq $skipped_status ]]; then
    say "check: $tier SKIPPED"
    skipped+=("$tier")
  else
    say "check: $tier FAILED after $((SECONDS - started)) s"
    failed+=("$tier")
  fi
done

if [[ ${#failed[@]} -gt 0 ]]; then
  say "${#failed[@]} of ${#tiers[@]} checks failed: ${failed[*]}"
  exit 1
fi
if [[ ${#skipped[@]} -gt 0 ]]; then
  say "$((${#tiers[@]} - ${#skipped[@]})) of ${#tiers[@]} checks passed, the others were SKIPPED: ${skipped[*]}"
  exit 0
fi
say "all ${#tiers[@]} checks passed"
