#!/usr/bin/env bash
# Installs into a prefix, moves the prefix, and builds and runs a program against it through pkg-config and find_package.
set -euo pipefail
: "${CX_SOURCE:?}" "${CX_BUILD:?}" "${CX_COMPILER:?}"
if [ -n "${CX_SANITIZE-}" ]; then
    echo "skipped: the installed library of a sanitizer build needs its run time preloaded"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$CX_BUILD" --prefix "$work/first" >"$work/install.log"
mv "$work/first" "$work/moved"
prefix=$work/moved
library=$(dirname "$(find "$prefix" -name libcicatrix.so)")
export LD_LIBRARY_PATH=$library OMP_NUM_THREADS=1

echo "the program runs from the moved prefix"
"$prefix/bin/cicatrix" --version
"$prefix/bin/cicatrix" models

echo "one header, and a manual"
[ "$(find "$prefix/include" -type f | wc -l)" = 1 ]
[ -f "$prefix/share/man/man1/cicatrix.1" ]
[ -f "$prefix/share/man/man1/cicatrix-run.1" ]

echo "pkg-config"
export PKG_CONFIG_PATH=$library/pkgconfig
read -ra flags < <(pkg-config --cflags --libs cicatrix)
"$CX_COMPILER" -std=c11 -Wall -Wextra -Werror "$CX_SOURCE/tests/install/example.c" "${flags[@]}" -o "$work/example"
"$work/example" "$CX_SOURCE/tests/install/scenario.yml" "$work/a" >"$work/a.txt"
[ -s "$work/a.txt" ] && [ -f "$work/a/outcomes.json" ]

echo "find_package"
cmake -S "$CX_SOURCE/tests/install" -B "$work/build" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$CX_COMPILER" >"$work/cmake.log"
cmake --build "$work/build" >>"$work/cmake.log"
"$work/build/example" "$CX_SOURCE/tests/install/scenario.yml" "$work/b" >"$work/b.txt"

echo "both programs say the same"
diff "$work/a.txt" "$work/b.txt"

if command -v c++ >/dev/null; then
    echo "the header is C++ too"
    echo '#include <cicatrix.h>' | c++ -x c++ -std=c++11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I "$prefix/include" -
fi
