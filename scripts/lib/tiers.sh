# shellcheck shell=bash
# The tiers of scripts/check.sh; sourced after build.sh. To add one: a function tier_NAME that fails when the check
# fails, and ends with `skip REASON` where it cannot be made here, a line in tier_descriptions, and its name in
# default_tiers or full_tiers.

# shellcheck disable=SC2034
default_tiers=(format shell structure docs headers fuzz web)
# shellcheck disable=SC2034
full_tiers=(durability coverage sanitizers clang threads bits tidy theory mutations cluster analysis)

declare -A tier_descriptions=(
  [format]="every C++ file is formatted as .clang-format says"
  [shell]="every shell script passes shellcheck"
  [structure]="layers, include cycles, names, sizes, spelling (tests/structure)"
  [docs]="the site of docs/ builds strictly, without a dead link and without another host (scripts/docs.sh)"
  [headers]="every header compiles on its own"
  [fuzz]="libFuzzer drives each reader of files (tests/fuzz), with the same inputs every time, or for --seconds N with new ones"
  [web]="the page of reports is what web/ builds; reports in a browser: nothing empty, no errors, accessible (axe-core)"
  [durability]="a thousand kills of whatever writes leave no bad file; each request has one end in 1e9 events"
  [coverage]="fast tests reach 90 % of the lines of sim and models"
  [sanitizers]="fast tests in a debug build under the address and undefined-behavior sanitizers"
  [clang]="fast tests of a release build by clang"
  [threads]="a race put there on purpose, and fast tests under the thread sanitizer, those on TBB left out"
  [bits]="builds by two compilers, at two levels, under two sanitizers, and a run without FMA give the same bytes"
  [tidy]="clang-tidy with the checks of .clang-tidy, over every source file"
  [theory]="every system with a known answer (peercap verify), and published programs (peercap validate-model)"
  [mutations]="lines of model and kernel broken on purpose are noticed (scripts/mutation_check.sh)"
  [analysis]="the notebooks, results in R, types of the Python package; skipped where there is no R, Jupyter or mypy"
  [cluster]="sweeps on a real Slurm of three nodes on this machine (tests/cluster); skipped where there is no Slurm"
)

# shellcheck source-path=SCRIPTDIR source=bits.sh
source "$PEERCAP_ROOT/scripts/lib/bits.sh"
# shellcheck source-path=SCRIPTDIR source=fuzz.sh
source "$PEERCAP_ROOT/scripts/lib/fuzz.sh"
# shellcheck source-path=SCRIPTDIR source=web.sh
source "$PEERCAP_ROOT/scripts/lib/web.sh"

repair=no  # --fix makes it yes: a tier that can repair what it finds does so

list_tiers() {
  local tier
  for tier in "${default_tiers[@]}"; do printf '  %-11s %s\n' "$tier" "${tier_descriptions[$tier]}"; done
  for tier in "${full_tiers[@]}"; do printf '  %-11s %s (--full)\n' "$tier" "${tier_descriptions[$tier]}"; done
}

# skip REASON: ends a tier that cannot be made on this machine, which is no failure and no success.
skipped_status=77
skip() {
  say "$*"
  exit "$skipped_status"
}

is_tier() { [[ -n ${tier_descriptions[$1]:-} ]]; }

# files_of EXTENSION...: the project's files with one of the extensions, separated by NUL.
files_of() {
  local extension expression=(-false)
  for extension in "$@"; do expression+=(-o -name "*.$extension"); done
  (cd "$PEERCAP_ROOT" && find app models sim tests scripts .ci -type f \( "${expression[@]}" \) -print0 | sort -z)
}

# test_under PRESET [CMAKE ARGUMENTS...] -- [CTEST OPTIONS...]: configures, builds, runs the fast tests.
test_under() {
  local preset=$1 arguments=()
  shift
  while [[ $# -gt 0 && $1 != -- ]]; do
    arguments+=("$1")
    shift
  done
  [[ $# -eq 0 ]] || shift
  configure "$preset" "${arguments[@]}"
  build "$preset"
  local selection=()
  [[ -z ${PEERCAP_CHECK_TESTS:-} ]] || selection=(-R "$PEERCAP_CHECK_TESTS")
  run_ctest "$preset" "${selection[@]}" "$@"
}

tier_format() {
  local how=(--dry-run -Werror)
  [[ $repair == no ]] || how=(-i)
  files_of h cpp | (cd "$PEERCAP_ROOT" && xargs -0 -r clang-format "${how[@]}")
}

tier_shell() {
  files_of sh | (cd "$PEERCAP_ROOT" && xargs -0 -r shellcheck -x)
  (cd "$PEERCAP_ROOT" && shellcheck -x .ci/run)
}

tier_structure() { python3 "$PEERCAP_ROOT/tests/structure/check_structure.py" --root "$PEERCAP_ROOT" all; }

tier_docs() { "$PEERCAP_ROOT/scripts/docs.sh"; }

tier_headers() {
  configure asan-ubsan
  build asan-ubsan peercap_header_check
}

# What is fast enough for every run of the tests, many more times.
tier_durability() {
  configure release -D PEERCAP_BUILD_TESTS=ON -D PEERCAP_BUILD_BENCHMARKS=ON
  build release killed_program_test volume_test
  local tests="$PEERCAP_ROOT/build/release/tests"
  PEERCAP_KILLS="${PEERCAP_KILLS:-1000}" "$tests/failure/killed_program_test"
  PEERCAP_EVENTS="${PEERCAP_EVENTS:-1000000000}" "$tests/models/peer_support/model/volume_test"
}

coverage_demanded=90  # percent of the lines, of sim and of models each

tier_coverage() {
  command -v gcovr >/dev/null || skip "coverage is NOT measured: there is no gcovr here"
  configure coverage
  build coverage
  find "$PEERCAP_ROOT/build/coverage" -name '*.gcda' -delete
  run_ctest coverage
  local part failed=()
  for part in sim models; do
    (cd "$PEERCAP_ROOT" && gcovr --root . --filter "$part/" --gcov-ignore-parse-errors --print-summary \
      --fail-under-line "$coverage_demanded" --txt "build/coverage/$part.txt" build/coverage) || failed+=("$part")
    say "$part: $(tail -n 2 "$PEERCAP_ROOT/build/coverage/$part.txt" | head -n 1); each file in build/coverage/$part.txt"
  done
  [[ ${#failed[@]} -eq 0 ]] || fail "less than $coverage_demanded % of the lines of: ${failed[*]}"
}

tier_sanitizers() { test_under asan-ubsan; }

tier_clang() { test_under clang -D PEERCAP_WARNINGS_AS_ERRORS="${PEERCAP_CLANG_WARNINGS_AS_ERRORS:-OFF}"; }

# The distribution's TBB is not built for the thread sanitizer, which then reports races that are none. The commands that
# run replications do so on TBB.
# A race put there on purpose comes first: the sanitizer has to report it.
tier_threads() {
  configure tsan
  build tsan kernel_race_control
  local log="$PEERCAP_ROOT/build/tsan/race_control.log"
  if "$PEERCAP_ROOT/build/tsan/tests/sim/kernel/kernel_race_control" >"$log" 2>&1 || ! grep -q 'data race' "$log"; then
    fail "the thread sanitizer does not report a race that is there"
  fi
  test_under tsan -- -E '[Tt][Bb][Bb]|^RunCommandTest|^PatternsCommandTest|^python\.(run_result|package_|notebooks)|^r\.'
}

tier_tidy() {
  configure clang -D PEERCAP_WARNINGS_AS_ERRORS=OFF
  (cd "$PEERCAP_ROOT" && find app models sim -name '*.cpp' -print0 |
    xargs -0 -r -n 4 -P "${PEERCAP_JOBS:-$(processor_count)}" clang-tidy --quiet -p build/clang)
}

# Slurm is not installed for it: daemons of a machine are for its administrator to decide on.
tier_theory() {
  configure release
  build release peercap
  "$PEERCAP_ROOT/build/release/bin/peercap" verify --quiet
  "$PEERCAP_ROOT/build/release/bin/peercap" validate-model --quiet
}

tier_mutations() {
  "$PEERCAP_ROOT/scripts/mutation_check.sh"
}

tier_cluster() {
  local program missing=()
  for program in munged slurmctld slurmd sbatch; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "$program" >/dev/null || missing+=("$program")
  done
  if [[ ${#missing[@]} -gt 0 ]]; then
    skip "sweeps are NOT tested on a cluster: no ${missing[*]} here; scripts/setup.sh cluster installs Slurm and munge"
  fi
  if ! has_option "$PEERCAP_ROOT/build/release" PEERCAP_BUILD_TESTS=ON; then
    configure release -D PEERCAP_BUILD_TESTS=OFF -D PEERCAP_BUILD_BENCHMARKS=OFF
  fi
  build release peercap
  PEERCAP_PROGRAM="$PEERCAP_ROOT/build/release/bin/peercap" \
    python3 -B "$PEERCAP_ROOT/tests/cluster/test_slurm.py"
}

# R and Jupyter are not installed for it: the results of the simulator do not need them.
tier_analysis() {
  if ! has_option "$PEERCAP_ROOT/build/release" PEERCAP_BUILD_TESTS=ON; then
    configure release -D PEERCAP_BUILD_TESTS=OFF -D PEERCAP_BUILD_BENCHMARKS=OFF
  fi
  build release peercap
  local python test status skipped=()
  python=$("$PEERCAP_ROOT/scripts/python_with_h5py.sh")
  for test in tests/python/test_notebooks.py tests/r/test_read_result.py; do
    status=0
    PEERCAP_CHECK=1 PEERCAP_PROGRAM="$PEERCAP_ROOT/build/release/bin/peercap" PYTHONPATH="$PEERCAP_ROOT/scripts/python" \
      "$python" -B "$PEERCAP_ROOT/$test" || status=$?
    [[ $status -eq 0 || $status -eq $skipped_status ]] || fail "$test failed (above)"
    [[ $status -eq 0 ]] || skipped+=("$test")
  done
  if command -v mypy >/dev/null; then
    (cd "$PEERCAP_ROOT/scripts/python" && mypy)
  else
    skipped+=("the types of the package")
  fi
  [[ ${#skipped[@]} -eq 0 ]] || skip "NOT checked: ${skipped[*]}; scripts/setup.sh analysis installs what they need"
}
