#!/bin/sh
# Installs what the build needs, and nothing that is there already.
#
#   tools/setup.sh            what building and running need
#   tools/setup.sh --test     and what the tests need
#   tools/setup.sh --check    install nothing: say what building lacks, exit 1 if anything does
#
# Debian and Ubuntu through apt-get; elsewhere it prints the list and exits 1.
set -eu

mode=build
case "${1:-}" in
    "") ;;
    --test) mode=test ;;
    --check) mode=check ;;
    *)
        echo "usage: tools/setup.sh [--test | --check]" >&2
        exit 2
        ;;
esac

missing=""
want_command() { # COMMAND PACKAGE
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
want_library() { # PKG-CONFIG-NAME PACKAGE
    pkg-config --exists "$1" 2>/dev/null || missing="$missing $2"
}
want_compiler() {
    command -v cc >/dev/null 2>&1 || missing="$missing gcc"
    # A compiler without the C library's headers cannot build anything.
    printf '#include <stdio.h>\n' | cc -E - >/dev/null 2>&1 || missing="$missing libc6-dev"
}
# The C++ compiler is for one file, and for libraries that say nothing to pkg-config.
want_header() { # C++ HEADER PACKAGE
    printf '#include <cstdio>\n#include <%s>\n' "$1" | c++ -x c++ -E - >/dev/null 2>&1 || missing="$missing $2"
}
# libFuzzer and the sanitizers of clang come in a package of their own, named after its version.
want_clang() {
    if ! command -v clang >/dev/null 2>&1; then
        version=$(apt-cache depends clang 2>/dev/null | sed -n 's/.*Depends: clang-\([0-9][0-9]*\)$/\1/p' | head -n 1)
        missing="$missing clang libclang-rt-${version:-14}-dev"
        return
    fi
    if ! printf 'int LLVMFuzzerTestOneInput(const char *p, unsigned long n) { return p && n ? 0 : 0; }\n' |
        clang -x c -fsanitize=fuzzer,address -o /dev/null - >/dev/null 2>&1; then
        version=$(clang --version | sed -n '1s/.*version \([0-9][0-9]*\).*/\1/p')
        missing="$missing libclang-rt-$version-dev"
    fi
}
want_chromium() {
    command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
        command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
}

find_missing() {
    missing=""
    want_compiler
    want_command c++ g++
    want_command make make
    want_command cmake cmake
    [ "$mode" = check ] || want_command ninja ninja-build # plain make will do
    want_command python3 python3
    want_command pkg-config pkg-config
    want_library icu-i18n libicu-dev
    want_library libcjson libcjson-dev
    want_library libxxhash libxxhash-dev
    want_library libzstd libzstd-dev
    want_library libisal libisal-dev
    [ "$mode" = check ] || want_library libbrotlidec libbrotli-dev # optional
    want_library sqlite3 libsqlite3-dev
    want_library libpsl libpsl-dev
    want_library nettle nettle-dev
    want_library libcurl libcurl4-openssl-dev
    want_library libmicrohttpd libmicrohttpd-dev
    want_header cld2/public/compact_lang_det.h libcld2-dev
    if [ "$mode" = test ]; then
        want_library cmocka libcmocka-dev
        want_library libxml-2.0 libxml2-dev
        want_library gumbo libgumbo-dev
        want_command git git
        want_command clang-format clang-format
        want_command mandoc mandoc
        want_clang
        want_chromium
    fi
}

find_missing
if [ -z "$missing" ]; then
    exit 0
fi

if [ "$mode" = check ]; then
    echo "missing:$missing" >&2
    echo "run tools/setup.sh to install them" >&2
    exit 1
fi

if ! command -v apt-get >/dev/null 2>&1; then
    echo "tools/setup.sh installs by itself on Debian and Ubuntu only; here, install (Debian's names):$missing" >&2
    exit 1
fi

root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "not root and no sudo; as root: apt-get install$missing" >&2
        exit 1
    fi
    root=sudo
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
    $root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 "$@" >"$log" 2>&1 || {
        cat "$log" >&2
        return 1
    }
}
echo "installing:$missing"
apt update || echo "apt-get update failed; going on with the lists that are there" >&2
# The lists may be new: what a package is called may be known only now.
find_missing
# shellcheck disable=SC2086  # one word a package
apt install -y --no-install-recommends $missing

# pkg-config itself may have been missing, which hides what else is: look again, once.
find_missing
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    apt install -y --no-install-recommends $missing
    find_missing
fi
if [ -n "$missing" ]; then
    echo "still missing after installing:$missing" >&2
    exit 1
fi
