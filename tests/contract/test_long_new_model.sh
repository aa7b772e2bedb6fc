#!/usr/bin/env bash
# models/README.md, followed to the letter in a copy of the source: each block of commands is run as it stands.
# A model copied from models/template, in the tree and outside it, is built, runs its baseline and draws its curve.
set -euo pipefail
: "${CX_SOURCE:?}" "${CX_COMPILER:?}"
if [ -n "${CX_SANITIZE-}" ]; then
    echo "skipped: one build of the whole program is enough"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CC=$CX_COMPILER CMAKE_BUILD_PARALLEL_LEVEL=2 OMP_WAIT_POLICY=passive

mkdir "$work/tree"
(cd "$CX_SOURCE" && tar -c --exclude=./.git --exclude='./build*' --exclude=./outputs .) | tar -x -C "$work/tree"
cd "$work/tree"
awk '/^```sh/ { inside = 1; next } /^```/ { inside = 0 } inside' models/README.md >"$work/commands"
[ "$(wc -l <"$work/commands")" -ge 12 ]
bash -euxo pipefail "$work/commands" >"$work/log" 2>&1 || { tail -40 "$work/log"; exit 1; }

echo "it is described by its tables"
build/cicatrix models | grep -w regrowth
build/cicatrix models | grep -w regrowth_outside
build/cicatrix describe regrowth | grep -w wandering

echo "its curve is in the report"
for name in regrowth regrowth_outside; do
    grep -q '<h2>Time courses</h2>' "outputs/$name/report.html"
    grep -q 'mean density of cells' "outputs/$name/report.html"
    [ "$(wc -l <"outputs/$name/series.csv")" -gt 10 ]
done

echo "a copy computes what its original does, a changed parameter something else"
build/cicatrix run models/template/baseline.yml -o outputs/template >/dev/null 2>&1
cmp outputs/template/series.csv outputs/regrowth_outside/series.csv
! cmp -s outputs/template/series.csv outputs/regrowth/series.csv

echo "one folder was touched"
diff -rq -x build -x outputs -x .git "$CX_SOURCE" . | grep '^Only in \.' >"$work/new" || true
cat "$work/new"
[ "$(grep -c '^Only in \./models' "$work/new")" = 1 ]
[ -z "$(diff -rq -x build -x outputs -x .git "$CX_SOURCE" . | grep '^Files' || true)" ]
