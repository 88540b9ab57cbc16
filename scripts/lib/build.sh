# shellcheck shell=bash
# Configuring and building; sourced after common.sh.

# What ccache must be told to keep objects that were compiled with a precompiled header.
export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros}

# configure PRESET [CMAKE ARGUMENTS...]: runs CMake only where its arguments are new. (Ninja runs it again by itself
# when a CMake file changes.)
configure() {
  local preset=$1
  shift
  local folder="$PEERCAP_ROOT/build/$preset"
  local arguments=(--preset "$preset" "$@")
  if [[ -z ${CMAKE_CXX_COMPILER_LAUNCHER:-} ]] && command -v ccache >/dev/null; then
    arguments+=(-D CMAKE_CXX_COMPILER_LAUNCHER=ccache)
  fi

  local stamp="$folder/configured_with.txt"
  if is_ours "$folder" && [[ -f $stamp && "$(<"$stamp")" == "${arguments[*]}" ]]; then
    return
  fi
  rm -f "$stamp"
  # A folder that came with a copied checkout still names the old place; CMake would refuse it.
  local fresh=()
  if [[ -f "$folder/CMakeCache.txt" ]] && ! is_ours "$folder"; then
    fresh=(--fresh)
  fi

  say "configuring build/$preset"
  mkdir -p "$folder"
  local log="$folder/configure.log"
  if ! (cd "$PEERCAP_ROOT" && cmake "${fresh[@]}" "${arguments[@]}") >"$log" 2>&1; then
    cat "$log" >&2
    fail "the configuration failed (above)"
  fi
  printf '%s' "${arguments[*]}" >"$stamp"
}

# is_ours FOLDER: whether the build folder is a configured one of this checkout.
is_ours() {
  [[ -f "$1/build.ninja" ]] &&
    grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PEERCAP_ROOT" "$1/CMakeCache.txt" 2>/dev/null
}

# has_option FOLDER NAME=VALUE: whether the folder is configured so.
has_option() { is_ours "$1" && grep -qE "^${2%%=*}:[A-Z]+=${2#*=}$" "$1/CMakeCache.txt"; }

# build PRESET [TARGETS...]: silent when there is nothing to do.
build() {
  local folder="$PEERCAP_ROOT/build/$1"
  shift
  if ninja -C "$folder" -n "$@" 2>/dev/null | grep -q 'no work to do'; then
    return
  fi
  say "building build/${folder##*/}${*:+ ($*)}"
  local how=(--quiet)
  [[ -t 1 ]] && how=()
  # Standard output belongs to what the caller prints: a program's data, a test's closing lines.
  ninja -C "$folder" -j "${PEERCAP_JOBS:-$(processor_count)}" "${how[@]}" "$@" >&2 || fail "the build failed (above)"
}

# run_ctest TEST_PRESET [CTEST OPTIONS...]: ends with ctest's closing lines and its exit code.
run_ctest() {
  local preset=$1
  shift
  (cd "$PEERCAP_ROOT" && ctest --preset "$preset" -j "${PEERCAP_JOBS:-$(processor_count)}" "$@")
}
