#!/usr/bin/env bash
# Simulates one scenario and keeps the result: scripts/run.sh [SCENARIO] [OPTIONS OF peercap run]
#
#   scripts/run.sh                                    the community hospital of configs/scenarios
#   scripts/run.sh small_clinic                       another scenario of configs/scenarios, by name
#   scripts/run.sh my_hospital.yaml --replications 20
#   scripts/run.sh my_hospital.yaml --resume          goes on with a run that was interrupted
#
# Installs what is missing, builds the program (once), runs it and prints the summary. The result goes to
# results/SCENARIO-NNN.h5 under the next free number, so that repeating the command never touches an earlier
# result; --out FILE names another place.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source-path=SCRIPTDIR source=lib/build.sh
source "$PEERCAP_ROOT/scripts/lib/build.sh"

default_scenario="$PEERCAP_ROOT/configs/scenarios/community_hospital.yaml"

# find_scenario NAME: the path of a file, or of a scenario of configs/scenarios by its name.
find_scenario() {
  local candidate
  for candidate in "$1" "$PEERCAP_ROOT/$1" "$PEERCAP_ROOT/configs/scenarios/${1%.yaml}.yaml"; do
    if [[ -e $candidate ]]; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  printf '%s\n' "$1"  # the program explains best what is wrong with it
}

# reserve_result NAME: the next free results/NAME-NNN.h5. The reservation keeps two runs that start together apart.
reserve_result() {
  local number=1 stem
  mkdir -p "$PEERCAP_ROOT/results"
  while true; do
    stem=$(printf '%s/results/%s-%03d' "$PEERCAP_ROOT" "$1" "$number")
    if ! compgen -G "$stem.*" >/dev/null && mkdir "$stem.reserved" 2>/dev/null; then
      printf '%s.h5\n' "$stem"
      return
    fi
    number=$((number + 1))
  done
}

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  usage_of "$0"
  exit 0
fi

scenario=$default_scenario
if [[ $# -gt 0 && $1 != -* ]]; then
  scenario=$(find_scenario "$1")
  shift
fi

ensure_packages run
# Tests already configured here stay so: switching them off would only make the next test run configure again.
if ! has_option "$PEERCAP_ROOT/build/release" PEERCAP_BUILD_TESTS=ON; then
  configure release -D PEERCAP_BUILD_TESTS=OFF -D PEERCAP_BUILD_BENCHMARKS=OFF
fi
build release peercap

# unfinished_result NAME: the one results/NAME-NNN.h5 whose run was interrupted.
unfinished_result() {
  local found=() folder
  for folder in "$PEERCAP_ROOT/results/$1"-*.h5.partial; do
    [[ -d $folder ]] && found+=("${folder%.partial}")
  done
  [[ ${#found[@]} -eq 1 ]] || fail "results/ holds ${#found[@]} unfinished runs of $1: name the result with --out"
  printf '%s\n' "${found[0]}"
}

out=""
resume=no
for ((i = 1; i <= $#; i++)); do
  case "${!i}" in
    --out=*) out=${!i#--out=} ;;
    --resume) resume=yes ;;
    --out | -o)
      next=$((i + 1))
      out=${!next:-}
      ;;
  esac
done
options=("$@")
name=$(basename -- "$scenario")
if [[ -z $out && $resume == yes ]]; then
  out=$(unfinished_result "${name%.*}")
  options+=(--out "$out")
elif [[ -z $out ]]; then
  out=$(reserve_result "${name%.*}")
  trap 'rmdir "${out%.h5}.reserved" 2>/dev/null || true' EXIT
  options+=(--out "$out")
fi

status=0
"$PEERCAP_ROOT/build/release/bin/peercap" run "$scenario" "${options[@]}" || status=$?
# 4: a target is not met; 5: some parts failed. Both leave a result; after any other failure the file, if there is
# one, is not this run's.
if [[ $status =~ ^[045]$ && -f $out ]]; then
  shown=$out
  [[ $out == "$PWD"/* ]] && shown=${out#"$PWD"/}
  say "result: $shown"
fi
exit "$status"
