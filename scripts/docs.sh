#!/usr/bin/env bash
# Builds the documentation as a site and checks its links: scripts/docs.sh [--serve] [--out FOLDER]
#
#   scripts/docs.sh                build/site; open index.html, no server is needed
#   scripts/docs.sh --serve        shows it at a local address and builds it anew with every change of a page
#   scripts/docs.sh --out FOLDER   another place
#
# Needs mkdocs (Debian: apt-get install mkdocs; scripts/setup.sh check installs it). Where it is missing, the exit code
# is 77. Asks no other host for anything.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib/common.sh"

serve=no
site="$PEERCAP_ROOT/build/site"
while [[ $# -gt 0 ]]; do
  case "$1" in
    --serve) serve=yes ;;
    --out)
      [[ -n ${2:-} ]] || fail "--out needs a folder"
      site=$2
      shift
      ;;
    -h | --help)
      usage_of "$0"
      exit 0
      ;;
    *) fail "unknown option $1; scripts/docs.sh --help tells those there are" ;;
  esac
  shift
done

# The distribution's mkdocs belongs to the distribution's Python, even where another one stands before it on the path.
python=""
for candidate in "$(command -v python3 || true)" /usr/bin/python3; do
  if [[ -n $candidate ]] && "$candidate" -c 'import mkdocs' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [[ -z $python ]]; then
  say "the site is NOT built: no mkdocs here; scripts/setup.sh check installs it"
  exit 77
fi

cd -- "$PEERCAP_ROOT"
export PYTHONDONTWRITEBYTECODE=1
if [[ $serve == yes ]]; then
  exec "$python" -m mkdocs serve
fi
# A relative --out is relative to the folder the script was called from.
[[ $site == /* ]] || site="$OLDPWD/$site"
"$python" -m mkdocs build --strict --quiet --clean --site-dir "$site"
"$python" scripts/site/check_site.py "$site"
say "the site: ${site#"$PEERCAP_ROOT"/}/index.html"
