#!/usr/bin/env bash
# Two builds of two copies of the source, in folders of different names, give the same bytes.
set -euo pipefail
: "${CX_SOURCE:?}" "${CX_COMPILER:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/one"
for item in engine models CMakeLists.txt configs LICENSE README.md; do
    cp -r "$CX_SOURCE/$item" "$work/one/"
done
cp -r "$work/one" "$work/another_name"
for copy in one another_name; do
    cmake -S "$work/$copy" -B "$work/$copy/made" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF \
        -DCMAKE_C_COMPILER="$CX_COMPILER" >"$work/$copy.log"
    cmake --build "$work/$copy/made" >>"$work/$copy.log"
done
cmp "$work/one/made/cicatrix" "$work/another_name/made/cicatrix"
cmp "$work/one/made/libcicatrix.so" "$work/another_name/made/libcicatrix.so"
echo "the program and the library are the same, byte for byte"
