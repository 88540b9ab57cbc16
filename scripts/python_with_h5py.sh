#!/bin/sh
# Prints the path of a Python interpreter that has h5py, h5netcdf, xarray and pandas: the first found of
# $PEERCAP_PYTHON, the first python3 on the PATH, and the distribution's own, to which its packages belong even where
# another python3 stands before it. Exits with 1 and a message when none of them has all four.
set -eu

modules="h5py h5netcdf xarray pandas"

tried=""
for candidate in "${PEERCAP_PYTHON:-}" "$(command -v python3 || true)" /usr/bin/python3 /usr/local/bin/python3; do
  [ -n "$candidate" ] || continue
  case " $tried " in *" $candidate "*) continue ;; esac
  tried="$tried $candidate"
  command -v "$candidate" > /dev/null 2>&1 || continue
  if "$candidate" -c "import importlib.util, sys
sys.exit(any(importlib.util.find_spec(module) is None for module in '$modules'.split()))" 2> /dev/null; then
    command -v "$candidate"
    exit 0
  fi
done

echo "No Python interpreter has all of: $modules (tried:$tried)." >&2
echo "On Debian: apt-get install python3-h5py python3-h5netcdf python3-xarray python3-pandas;" >&2
echo "or name an interpreter that has them in PEERCAP_PYTHON." >&2
exit 1
