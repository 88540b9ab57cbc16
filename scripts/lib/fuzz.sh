# shellcheck shell=bash
# The tier "fuzz" of scripts/check.sh: libFuzzer drives the readers of files (tests/fuzz). Sourced by tiers.sh.

# A reader, as --seconds N sets it: a search that goes on from what earlier ones found. 0: the same inputs every
# time, so that a change is judged by what it changes and not by luck.
fuzz_seconds=0

# fuzz_count TARGET: how many inputs the search of fixed inputs makes, some 20 s of them.
fuzz_count() {
  case "$1" in
    result_file) echo 1500 ;;
    study) echo 10000 ;;
    scenario) echo 15000 ;;
    roster) echo 25000 ;;
    unfinished) echo 50000 ;;
    *) echo 100000 ;;
  esac
}

fuzz_targets=(scenario study roster posterior checkpoint unfinished result_file)

# fuzz_seeds TARGET: files to begin with, beside those that are kept. Large ones would only make it slow.
fuzz_seeds() {
  case "$1" in
    scenario) find configs/scenarios tests/app/scenario_commands/broken -maxdepth 1 -name '*.yaml' -size -12k ;;
    study) find configs/studies tests/app/studies/broken -maxdepth 1 -name '*.yaml' -size -12k ;;
  esac
}

# fuzz_length TARGET: the most bytes of an input. What reads them as a list of decisions needs few.
fuzz_length() {
  case "$1" in
    result_file) echo 160 ;;
    checkpoint | unfinished) echo 800 ;;
    *) echo 12288 ;;
  esac
}

# fuzz_words: what may stand in scenario and study files, as a dictionary of libFuzzer.
fuzz_words() {
  (cd "$PEERCAP_ROOT/configs" && grep -hoE '"[a-z_]{3,40}"' scenarios/*.schema.json studies/*.schema.json | sort -u)
  printf '"%s"\n' 'format: peercap-scenario/1' 'format: peercap-study/1' ' per year' ' weeks' ' min/week' ' %' ' SD' '>='
}

# fuzz_target TARGET: the last lines of the log are the figures; what was found lies in build/fuzz/findings.
fuzz_target() {
  local target=$1 fuzz="$PEERCAP_ROOT/build/fuzz" seed extent
  local seeds="$fuzz/seeds/$target" corpus="$fuzz/corpus/$target"
  if [[ $fuzz_seconds -gt 0 ]]; then
    extent=(-max_total_time="$fuzz_seconds")
  else
    corpus="$fuzz/fixed/$target"
    extent=(-seed=1 -runs="$(fuzz_count "$target")")
    rm -rf "$corpus"
  fi
  rm -rf "$seeds"
  mkdir -p "$seeds" "$corpus" "$fuzz/findings"
  while read -r seed; do cp "$PEERCAP_ROOT/$seed" "$seeds/$(tr / - <<<"$seed")"; done < <(cd "$PEERCAP_ROOT" && fuzz_seeds "$target")
  # What HDF5 keeps of its own is not ours to free.
  LSAN_OPTIONS="suppressions=$PEERCAP_ROOT/cmake/lsan.supp:print_suppressions=0" \
    "$fuzz/tests/fuzz/fuzz_$target" "${extent[@]}" -timeout=120 -report_slow_units=60 -rss_limit_mb=2048 -max_len="$(fuzz_length "$target")" -len_control=10 \
    -print_final_stats=1 -dict="$fuzz/words.dict" -artifact_prefix="$fuzz/findings/$target-" \
    "$corpus" "$PEERCAP_ROOT/tests/fuzz/inputs/$target" "$seeds" </dev/null >"$fuzz/$target.log" 2>&1
}

tier_fuzz() {
  command -v clang++ >/dev/null || skip "readers are NOT fuzzed: there is no clang++ here"
  configure fuzz
  build fuzz peercap_fuzzers
  local fuzz="$PEERCAP_ROOT/build/fuzz" target running=() failures=()
  fuzz_words >"$fuzz/words.dict"
  declare -A process=()
  for target in "${fuzz_targets[@]}"; do
    # As many at a time as there are processors.
    while mapfile -t running < <(jobs -pr) && [[ ${#running[@]} -ge ${PEERCAP_JOBS:-$(processor_count)} ]]; do sleep 0.5; done
    fuzz_target "$target" &
    process[$target]=$!
  done
  for target in "${fuzz_targets[@]}"; do
    if wait "${process[$target]}"; then
      say "$target: $(grep -oE 'DONE .*exec/s: [0-9]*' "$fuzz/$target.log" | tail -n 1 | sed 's/ \+/ /g'), $(sed -n 's/^stat::number_of_executed_units: //p' "$fuzz/$target.log") inputs"
    else
      tail -n 40 "$fuzz/$target.log" >&2
      failures+=("$target")
    fi
  done
  [[ ${#failures[@]} -eq 0 ]] ||
    fail "found something (above): ${failures[*]}. The inputs are in build/fuzz/findings; keep them in tests/fuzz/inputs"
}
