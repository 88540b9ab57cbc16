# shellcheck shell=bash
# Which distribution packages each job needs. A profile contains the one before it: run < test < check, test < cluster,
# test < analysis and run < web.

packages_run=(
  g++ cmake ninja-build pkg-config
  libboost-dev libboost-graph-dev libboost-math-dev libtbb-dev
  libyaml-cpp-dev libhdf5-dev librandom123-dev libcli11-dev libfmt-dev libspdlog-dev libnlopt-dev
)
packages_test=(
  libgtest-dev libgmock-dev librapidcheck-dev libbenchmark-dev libsleef-dev
  hdf5-tools python3 python3-h5py python3-h5netcdf python3-xarray python3-pandas python3-jsonschema python3-yaml
  python3-matplotlib python3-pip python3-setuptools python3-wheel python3-nbclient python3-nbformat python3-ipykernel
)
packages_check=(clang clang-format gcovr libclang-rt-dev shellcheck mkdocs chromium)
packages_web=(nodejs npm chromium)
packages_cluster=(slurm-wlm munge)
packages_analysis=(mypy r-base-core r-bioc-rhdf5)

# packages_of PROFILE: one package a line.
packages_of() {
  case "$1" in
    run) printf '%s\n' "${packages_run[@]}" ;;
    test) printf '%s\n' "${packages_run[@]}" "${packages_test[@]}" ;;
    check) printf '%s\n' "${packages_run[@]}" "${packages_test[@]}" "${packages_check[@]}" ;;
    web) printf '%s\n' "${packages_run[@]}" "${packages_web[@]}" ;;
    cluster) printf '%s\n' "${packages_run[@]}" "${packages_test[@]}" "${packages_cluster[@]}" ;;
    analysis) printf '%s\n' "${packages_run[@]}" "${packages_test[@]}" "${packages_analysis[@]}" ;;
    *) return 1 ;;
  esac
}

# missing_packages PROFILE: those of the profile that are not fully installed, one a line.
missing_packages() {
  local wanted installed
  wanted=$(packages_of "$1") || return 1
  # dpkg-query fails when it knows nothing of a package; what it does know is all that matters here.
  # shellcheck disable=SC2016,SC2086
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null | sed -n 's/^installed //p') || true
  comm -23 <(sort -u <<<"$wanted") <(sort -u <<<"$installed")
}
