# shellcheck shell=bash
# The tier "web" of scripts/check.sh: the page of reports (web/). Sourced by tiers.sh.

# report_samples FOLDER: reports of a run, a surge, a sizing, a comparison, a sweep and a sensitivity.
report_samples() {
  local folder=$1 peercap="$PEERCAP_ROOT/build/release/bin/peercap" configs="$PEERCAP_ROOT/configs" kind
  rm -rf "$folder"
  mkdir -p "$folder"
  "$peercap" run "$configs/scenarios/community_hospital.yaml" --quiet --out "$folder/run.h5" >/dev/null
  "$peercap" run "$configs/scenarios/pandemic_surge.yaml" --quiet --replications 40 --out "$folder/surge.h5" >/dev/null
  "$peercap" size "$configs/studies/size_community_hospital.yaml" --quiet --replications 64 --out "$folder/size.h5" >/dev/null
  "$peercap" compare "$configs/studies/self_referral_or_outreach.yaml" --quiet --replications 40 --out "$folder/comparison.h5" >/dev/null
  "$peercap" sweep "$configs/studies/sweep_small_clinic.yaml" --quiet --replications 2 --out "$folder/sweep.h5" >/dev/null
  "$peercap" sensitivity "$configs/studies/sweep_small_clinic.yaml" --quiet --replications 10 --out "$folder/sensitivity.h5" >/dev/null
  for kind in run surge size comparison sweep sensitivity; do "$peercap" report "$folder/$kind.h5" >/dev/null; done
}

# The page that is committed has to be the one that its sources give; reports are looked at in a browser.
tier_web() {
  local program missing=()
  for program in node npm; do command -v "$program" >/dev/null || missing+=("$program"); done
  [[ ${#missing[@]} -eq 0 ]] || skip "the page of reports is NOT checked: no ${missing[*]} here; scripts/setup.sh web installs what it needs"
  local chromium
  chromium=$(command -v "${PEERCAP_CHROMIUM:-chromium}") || skip "reports are NOT looked at: there is no chromium here; scripts/setup.sh web installs it"
  local web="$PEERCAP_ROOT/web" work="$PEERCAP_ROOT/build/web"
  mkdir -p "$work"
  (cd "$web" && npm ping >/dev/null 2>&1) || [[ -d "$web/node_modules" ]] || skip "the page of reports is NOT checked: npm gives no packages here"
  (
    cd "$web" || exit
    npm ci --no-audit --no-fund --loglevel=error
    npm run --silent check
    npm test --silent
    cp dist/report.html "$work/committed.html"
    npm run --silent build >/dev/null
    if ! cmp -s dist/report.html "$work/committed.html"; then
      cp dist/report.html "$work/built.html"
      cp "$work/committed.html" dist/report.html
      fail "web/dist/report.html is not what its sources give: build/web/built.html is; run 'npm run build' in web/ and commit it"
    fi
  )
  if ! has_option "$PEERCAP_ROOT/build/release" PEERCAP_BUILD_TESTS=ON; then
    configure release -D PEERCAP_BUILD_TESTS=OFF -D PEERCAP_BUILD_BENCHMARKS=OFF
  fi
  build release peercap
  report_samples "$work/reports"
  (cd "$web" && PEERCAP_CHROMIUM="$chromium" node tests/render.mjs --screens "$work/screens" "$work"/reports/*.html)
  say "screenshots are in build/web/screens"
}
