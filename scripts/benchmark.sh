#!/usr/bin/env bash
# Builds and runs the benchmarks, and shows one table: scripts/benchmark.sh [OPTIONS]
#
#   scripts/benchmark.sh                    every benchmark, five times each: about half an hour
#   scripts/benchmark.sh --quick            the small ones, three times and briefly: two or three minutes
#   scripts/benchmark.sh --filter 'phold'   those whose name matches the regular expression
#   --pending-sets      also every pending-event set inside the engines (another minute to build)
#   --repetitions N     how often each; medians are shown
#   --baseline FILE     shows the time of each row divided by that of a stored run, and marks what is slower
#                       than 1.15 times it (tests/performance/baselines)
#   --strict            ends with 1 where a row is marked
#   --store FILE        keeps the medians and the machine, for --baseline
#   --list              the names, nothing run
#
# What each program measured goes to build/benchmarks/NAME.json, in the form of Google Benchmark; the medians to
# build/benchmarks/medians.json. Times mean little while the machine does other things: compare two builds with
# scripts/python/paired_timing.py (docs/guides/profile.md).
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source-path=SCRIPTDIR source=lib/build.sh
source "$PEERCAP_ROOT/scripts/lib/build.sh"

programs=(bench_kernel bench_mmc bench_phold bench_peer_support)
# Names with a size of 100,000 or more.
large='/(clinicians:)?[0-9]{6,}(/|$)|_(100k|128k|1M)/'
folder="$PEERCAP_ROOT/build/benchmarks"

quick=no
list=no
filter=.
repetitions=""
store=""
table_options=()
# value_of OPTION COUNT: fails where OPTION is the last of COUNT arguments.
value_of() { [[ $2 -ge 2 ]] || fail "$1 needs a value; scripts/benchmark.sh --help"; }
while [[ $# -gt 0 ]]; do
  case "$1" in
    --quick) quick=yes ;;
    --list) list=yes ;;
    --strict) table_options+=(--strict) ;;
    --pending-sets) programs+=(bench_pending_sets) ;;
    --filter)
      value_of "$1" $#
      filter=$2
      shift
      ;;
    --repetitions)
      value_of "$1" $#
      [[ $2 =~ ^[1-9][0-9]*$ ]] || fail "--repetitions needs a number of 1 or more, not '$2'"
      repetitions=$2
      shift
      ;;
    --baseline)
      value_of "$1" $#
      [[ -f $2 ]] || fail "there is no baseline '$2'; those of the project are in tests/performance/baselines"
      table_options+=(--baseline "$(realpath -- "$2")")
      shift
      ;;
    --store)
      value_of "$1" $#
      store=$(realpath -m -- "$2")
      shift
      ;;
    -h | --help)
      usage_of "$0"
      exit 0
      ;;
    *) fail "no option is called '$1'; scripts/benchmark.sh --help" ;;
  esac
  shift
done

# The status of grep: 0 found, 1 not found, 2 no regular expression.
status=0
grep -qE -- "$filter" <<<"" 2>/dev/null || status=$?
[[ $status -lt 2 ]] || fail "--filter '$filter' is no regular expression of grep -E"

ensure_packages test
configure release -D PEERCAP_BUILD_TESTS=ON -D PEERCAP_BUILD_BENCHMARKS=ON -D PEERCAP_WARNINGS_AS_ERRORS=OFF
build release "${programs[@]}"

# names_of PROGRAM: the benchmarks to run, one a line.
names_of() {
  "$PEERCAP_ROOT/build/release/tests/performance/$1" --benchmark_list_tests=true | grep -E -- "$filter" |
    if [[ $quick == yes ]]; then grep -vE -- "$large"; else cat; fi || true
}

options=(--benchmark_enable_random_interleaving=true --benchmark_out_format=json)
if [[ $quick == yes ]]; then
  options+=(--benchmark_repetitions="${repetitions:-3}" --benchmark_min_time=0.1)
else
  options+=(--benchmark_repetitions="${repetitions:-5}" --benchmark_min_time=0.5)
fi

mkdir -p "$folder"
files=()
for program in "${programs[@]}"; do
  names=$(names_of "$program")
  [[ -n $names ]] || continue
  if [[ $list == yes ]]; then
    printf '%s\n' "$names"
    continue
  fi
  say "running $(wc -l <<<"$names") benchmarks of $program"
  # Exactly those, with what is special in a regular expression taken literally.
  # shellcheck disable=SC2001,SC2016
  exactly=$(sed 's/[][\.*^$+?(){}|]/\\&/g' <<<"$names" | paste -sd '|')
  log="$folder/$program.log"
  if ! "$PEERCAP_ROOT/build/release/tests/performance/$program" "${options[@]}" \
    --benchmark_filter="^($exactly)\$" --benchmark_out="$folder/$program.json" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    fail "$program failed (above)"
  fi
  files+=("$folder/$program.json")
done
[[ $list == no ]] || exit 0
[[ ${#files[@]} -gt 0 ]] || fail "no benchmark matches '$filter'; scripts/benchmark.sh --list names them"

compiler=$(sed -n 's/^CMAKE_CXX_COMPILER:[A-Z]*=//p' "$PEERCAP_ROOT/build/release/CMakeCache.txt")
/usr/bin/env python3 -B "$PEERCAP_ROOT/scripts/python/benchmark_table.py" "${table_options[@]}" \
  --compiler "$("$compiler" --version | head -n 1)" --store "$folder/medians.json" ${store:+--store "$store"} \
  "${files[@]}"
