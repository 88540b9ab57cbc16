#!/usr/bin/env bash
# Breaks lines of model and kernel on purpose, one at a time, and sees that each is noticed:
# scripts/mutation_check.sh [OPTIONS] [WORD...]
#
#   scripts/mutation_check.sh                 every mutation of tests/mutations/mutations.toml
#   scripts/mutation_check.sh patience gap    those whose name holds one of the words
#   --list                                    the mutations and what has to notice them, nothing run
#
# Works on a copy of what is committed, in build/mutations. Ends with 1 where one is not caught.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib/common.sh"

case "${1:-}" in
  -h | --help)
    usage_of "$0"
    exit 0
    ;;
esac
ensure_packages test
exec python3 -B "$PEERCAP_ROOT/scripts/python/mutation_check.py" "$@"
