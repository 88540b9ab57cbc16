#!/usr/bin/env bash
# Installs the packages that are missing, from the distribution: scripts/setup.sh [OPTIONS] [PROFILE]
#
#   run     what building and running the simulator needs
#   test    that, and what its tests need (the default)
#   check   that, and what the further checks of scripts/check.sh need
#   web     what building and running needs, and Node.js, npm and Chromium for the page of reports (web/)
#   cluster what the tests need, and a batch system for the check `cluster`; nothing else asks for it
#   analysis what the tests need, and R, notebooks and mypy for the check `analysis`; nothing else asks for it
#
#   --list    print the profile's packages and do nothing
#   --quiet   say nothing when nothing is missing
#
# Where the packages come from elsewhere (another distribution, a module system), set PEERCAP_SKIP_SETUP=1:
# then nothing is looked for, and the configuration step of the build says what it does not find.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source-path=SCRIPTDIR source=lib/packages.sh
source "$PEERCAP_ROOT/scripts/lib/packages.sh"

profile="test"
quiet=no
list=no
for argument in "$@"; do
  case "$argument" in
    run | test | check | web | cluster | analysis) profile=$argument ;;
    --quiet) quiet=yes ;;
    --list) list=yes ;;
    -h | --help)
      usage_of "$0"
      exit 0
      ;;
    *)
      say "unknown argument '$argument'"
      usage_of "$0" >&2
      exit 2
      ;;
  esac
done

if [[ $list == yes ]]; then
  packages_of "$profile"
  exit 0
fi
if [[ ${PEERCAP_SKIP_SETUP:-} == 1 ]]; then
  exit 0
fi

name_packages_and_fail() {
  say "$1"
  printf '%s\n' "${missing[@]}" | sed 's/^/  /' >&2
  say "then run this command again (PEERCAP_SKIP_SETUP=1 skips this step where they come from elsewhere)"
  exit 1
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  mapfile -t missing < <(packages_of "$profile")
  name_packages_and_fail "no apt on this system: please install what your distribution calls these packages:"
fi

mapfile -t missing < <(missing_packages "$profile")
if [[ ${#missing[@]} -eq 0 ]]; then
  [[ $quiet == yes ]] || say "all packages for '$profile' are installed"
  exit 0
fi

as_root=()
if [[ $(id -u) -ne 0 ]]; then
  command -v sudo >/dev/null ||
    name_packages_and_fail "not root, and no sudo here: please have these packages installed:"
  as_root=(sudo)
fi

# Another package manager may hold the lock for a while: wait for it rather than fail.
apt_get() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@"
}

say "installing ${#missing[@]} packages: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! apt_get update >"$log" 2>&1; then
  tail -n 15 "$log" >&2
  say "the package lists could not be refreshed (above); trying with those at hand"
fi
if ! apt_get install --yes --no-install-recommends "${missing[@]}" >"$log" 2>&1; then
  tail -n 30 "$log" >&2
  name_packages_and_fail "apt could not install the packages (above); please install:"
fi

mapfile -t missing < <(missing_packages "$profile")
[[ ${#missing[@]} -eq 0 ]] || name_packages_and_fail "apt ended well, yet these packages are still missing:"
say "packages for '$profile' installed"
