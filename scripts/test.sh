#!/usr/bin/env bash
# Builds everything and runs the tests: scripts/test.sh [--fast] [OPTIONS OF ctest]
#
#   scripts/test.sh                 every test
#   scripts/test.sh --fast          all but those labeled slow, install, theory, performance or fuzz
#   scripts/test.sh -R statistics   those whose name matches
#
# Installs what is missing first. With CI=true a warning of the compiler is an error.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source-path=SCRIPTDIR source=lib/build.sh
source "$PEERCAP_ROOT/scripts/lib/build.sh"

preset=release
options=()
while [[ $# -gt 0 ]]; do
  case "$1" in
    --fast) preset="release-fast" ;;
    -h | --help)
      usage_of "$0"
      exit 0
      ;;
    *) options+=("$1") ;;
  esac
  shift
done

warnings_as_errors=OFF
[[ ${CI:-} == true ]] && warnings_as_errors=ON

ensure_packages test
configure release -D PEERCAP_BUILD_TESTS=ON -D PEERCAP_BUILD_BENCHMARKS=ON \
  -D PEERCAP_WARNINGS_AS_ERRORS="$warnings_as_errors"
build release
run_ctest "$preset" "${options[@]}"
