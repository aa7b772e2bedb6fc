#!/usr/bin/env bash
# quickstart on a machine made of paper: what it installs, that it does nothing twice, how it ends.
set -euo pipefail
: "${CX_SOURCE:?}"
unset CX_CLASSROOM # of the one who calls
work=$(mktemp -d)
trap 'rm -rf "${work:?}"' EXIT
house="$work/a house" # a blank in the path must not matter
mkdir -p "$work/bin" "$house/configs" "$house/outputs"
cp "$CX_SOURCE/quickstart" "$house/"
echo "title: test" >"$house/configs/quickstart.yml"
export WORK=$work PATH="$work/bin:$PATH"

paper() { # NAME: a program that notes its call and then does what stdin says
    {
        printf '#!/usr/bin/env bash\necho "%s $*" >>"$WORK/calls"\n' "$1"
        cat
    } >"$work/bin/$1"
    chmod +x "$work/bin/$1"
}
paper id <<<'echo 0'
# The last word is the package: installed if it is listed in $WORK/installed.
paper dpkg-query <<<'grep -qx "${@: -1}" "$WORK/installed" && printf installed'
paper apt-get <<'END'
[ "$DEBIAN_FRONTEND" = noninteractive ] || exit 9
case " $* " in
    *" update "*) [ ! -e "$WORK/offline" ] ;;
    *clang-format*) exit 1 ;;
    *)
        for word in "$@"; do
            case $word in -* | install | *=*) ;; *) echo "$word" >>"$WORK/installed" ;; esac
        done
        ;;
esac
END
paper cmake <<'END'
if [ "$1" = --build ]; then
    cp "$WORK/program" build/cicatrix
else
    touch build/build.ninja
    echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" >build/CMakeCache.txt
fi
END
paper ctest <<<'echo "100% tests passed, 0 tests failed out of 1"; exit "$(cat "$WORK/verdict")"'
cat >"$work/program" <<'END'
#!/usr/bin/env bash
echo "cicatrix $*" >>"$WORK/calls"
mkdir -p outputs/quickstart && echo "<html>" >outputs/quickstart/report.html
END
chmod +x "$work/program"

failed=0
expect() { # TEXT, WHAT CAME, WHAT SHOULD
    if [ "$2" = "$3" ]; then
        echo "ok   $1"
    else
        echo "FAIL $1: '$2' is not '$3'"
        cat "$work/said"
        failed=1
    fi
}
calls() { grep -c -- "$1" "$work/calls" || true; }
quick() {
    : >"$work/calls"
    code=0
    (cd / && "$house/quickstart" "$@") >"$work/said" 2>&1 || code=$?
}
report="report: $house/outputs/quickstart/report.html"

sed -n '/^needed=(/,/)/p' "$house/quickstart" | tr -d '()' | sed 's/needed=//' | tr -s ' ' '\n' |
    grep . | grep -v libfyaml-dev >"$work/installed"
quick
expect "the first call succeeds" "$code" 0
expect "only the missing package is installed" "$(calls 'install .* libfyaml-dev$')" 1
expect "one update of the lists" "$(calls 'apt-get .*update')" 1
expect "one run" "$(calls '^cicatrix run configs/quickstart.yml -o outputs/quickstart$')" 1
expect "the report is named" "$(tail -n 1 "$work/said")" "$report"

quick
expect "the second call succeeds" "$code" 0
expect "and asks apt nothing" "$(calls apt-get)" 0
expect "and does not configure" "$(calls 'cmake -S')" 0
expect "and does not run" "$(calls '^cicatrix')" 0
expect "and still names the report" "$(tail -n 1 "$work/said")" "$report"

echo "title: changed" >"$house/configs/quickstart.yml"
quick
expect "a changed config runs again and replaces" "$(calls '^cicatrix run .* --force$')" 1

touch "$work/offline"
sed -i '/^zlib1g-dev$/d' "$work/installed"
quick
expect "without a network, packages of the cache are tried" "$code" 0

echo 0 >"$work/verdict"
quick test
expect "test passes on the verdict of ctest" "$code" 0
expect "a package for tests that does not exist is forgiven" "$(grep -c 'no clang-format-14 here' "$work/said")" 1
echo 8 >"$work/verdict"
quick test
expect "and fails on it" "$code" 8

quick nonsense
expect "an unknown word is a usage error" "$code" 2
quick help
expect "help touches nothing" "$code $(wc -l <"$work/calls")" "0 0"
exit $failed
