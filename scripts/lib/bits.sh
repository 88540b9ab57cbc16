# shellcheck shell=bash
# The tier "bits" of scripts/check.sh: builds by two compilers, with and without optimization for this processor, and
# under the sanitizers, and a run without fused multiply-add in the C library, give the same bytes. Sourced by tiers.sh.

# bits_build NAME [CMAKE ARGUMENTS...]: the program alone, in build/bits/NAME.
bits_build() {
  local folder="$PEERCAP_ROOT/build/bits/$1" launcher=()
  shift
  if command -v ccache >/dev/null; then launcher=(-D CMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
  say "building build/bits/${folder##*/}"
  cmake -S "$PEERCAP_ROOT" -B "$folder" -G Ninja -D PEERCAP_BUILD_TESTS=OFF -D PEERCAP_BUILD_BENCHMARKS=OFF \
    -D PEERCAP_WARNINGS_AS_ERRORS=OFF "${launcher[@]}" "$@" >"$folder.log" 2>&1 || {
    cat "$folder.log" >&2
    fail "the configuration failed (above)"
  }
  ninja -C "$folder" -j "${PEERCAP_JOBS:-$(processor_count)}" --quiet peercap >&2 || fail "the build failed (above)"
}

# bits_run NAME PROGRAM: runs the same scenarios each time, and writes their digests to build/bits/NAME.digests.
bits_run() {
  local name=$1 program=$2 scenario engine
  local out="$PEERCAP_ROOT/build/bits/results/$name"
  rm -rf "$out"
  mkdir -p "$out"
  for scenario in small_clinic roster_import pandemic_surge academic_center no_program every_lever; do
    for engine in sequential windows; do
      "$program" run "$PEERCAP_ROOT/configs/scenarios/$scenario.yaml" --engine "$engine" --threads 2 -r 1 --quiet \
        --set run.horizon="20 weeks" --set run.burn_in="8 weeks" --out "$out/$scenario-$engine.h5" >"$out/log" 2>&1 || {
        cat "$out/log" >&2
        fail "$name: $scenario with engine $engine failed (above)"
      }
    done
  done
  (cd "$out" && "$("$PEERCAP_ROOT/scripts/python_with_h5py.sh")" "$PEERCAP_ROOT/scripts/python/result_digest.py" ./*.h5) \
    >"$PEERCAP_ROOT/build/bits/$name.digests"
}

tier_bits() {
  local program=bin/peercap bits="$PEERCAP_ROOT/build/bits" name
  local names=(gcc-O1 gcc-O3-native clang-O1 clang-O3-native gcc-address clang-undefined)
  mkdir -p "$bits"
  bits_build gcc-O1 -D CMAKE_CXX_COMPILER=g++ -D CMAKE_BUILD_TYPE=None -D CMAKE_CXX_FLAGS="-O1"
  bits_build gcc-O3-native -D CMAKE_CXX_COMPILER=g++ -D CMAKE_BUILD_TYPE=None -D CMAKE_CXX_FLAGS="-O3 -march=native"
  bits_build clang-O1 -D CMAKE_C_COMPILER=clang -D CMAKE_CXX_COMPILER=clang++ -D CMAKE_BUILD_TYPE=None \
    -D CMAKE_CXX_FLAGS="-O1"
  bits_build clang-O3-native -D CMAKE_C_COMPILER=clang -D CMAKE_CXX_COMPILER=clang++ -D CMAKE_BUILD_TYPE=None \
    -D CMAKE_CXX_FLAGS="-O3 -march=native"
  bits_build gcc-address -D CMAKE_CXX_COMPILER=g++ -D CMAKE_BUILD_TYPE=None \
    -D CMAKE_CXX_FLAGS="-O1 -fsanitize=address"
  bits_build clang-undefined -D CMAKE_C_COMPILER=clang -D CMAKE_CXX_COMPILER=clang++ -D CMAKE_BUILD_TYPE=None \
    -D CMAKE_CXX_FLAGS="-O1 -fsanitize=undefined -fno-sanitize-recover=all"
  for name in "${names[@]}"; do
    ASAN_OPTIONS=detect_leaks=0 bits_run "$name" "$bits/$name/$program"
  done
  # The C library picks its functions by processor: without fused multiply-add it takes others.
  GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4 bits_run without-fma "$bits/gcc-O3-native/$program"
  for name in "${names[@]}" without-fma; do
    if ! cmp -s "$bits/gcc-O1.digests" "$bits/$name.digests"; then
      diff "$bits/gcc-O1.digests" "$bits/$name.digests" >&2 || true
      fail "$name does not give the bytes of gcc-O1 (above)"
    fi
  done
  say "$(wc -l <"$bits/gcc-O1.digests") results are the same from ${#names[@]} builds, and without fused multiply-add"
}
