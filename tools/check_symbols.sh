#!/bin/sh
# Checks what the built library gives and takes.
#
#   check_symbols.sh BUILD_DIR [--debug]
#   check_symbols.sh --self-test CC      small libraries that break a rule each; every one must be found
#
# The shared library exports sst_* and nothing else. No object of the library refers to a function that ends the process,
# prints, or reads the environment or the locale. --debug allows __assert_fail (a build with assertions on).
set -eu
export LC_ALL=C

if [ "$1" = --self-test ]; then
    cc=$2
    me=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    judge() { # good|bad SOURCE
        printf '%s\n' "$2" >"$scratch/x.c"
        "$cc" -O1 -w -fPIC -c "$scratch/x.c" -o "$scratch/x.o"
        "$cc" -shared "$scratch/x.o" -o "$scratch/libsamestory.so"
        rm -f "$scratch/libsamestory.a"
        ar rcs "$scratch/libsamestory.a" "$scratch/x.o"
        if "$me" "$scratch" >/dev/null; then verdict=good; else verdict=bad; fi
        [ "$verdict" = "$1" ] || {
            echo "self-test: judged $verdict, is $1: $2"
            exit 1
        }
    }
    judge good 'int sst_run(void) { return 1; }'
    judge bad 'int other(void) { return 1; } int sst_run(void) { return 1; }'
    judge bad 'static int f(void) { return 1; }'
    judge bad 'void exit(int); int sst_run(void) { exit(1); }'
    judge bad 'int puts(const char *); int sst_run(void) { return puts("x"); }'
    judge bad 'int curl_easy_perform(void *); int sst_run(void) { return curl_easy_perform(0); }'
    judge bad 'char *getenv(const char *); int sst_run(void) { return getenv("x") != 0; }'
    echo "self-test: 7 of 7 libraries judged rightly"
    exit 0
fi

dir=$1
allowed='^$'
[ "${2:-}" = --debug ] && allowed='^__assert_fail$'
failed=0

# Symbols the linker and the C runtime put into any shared library.
runtime='^(_init|_fini|_edata|_end|__bss_start)$'
exported=$(nm -D --defined-only "$dir/libsamestory.so" | awk '{ sub(/@.*/, "", $3); print $3 }' | sort -u)
strangers=$(printf '%s\n' "$exported" | grep -Ev "^sst_[a-z0-9_]+\$|$runtime" || true)
if [ -n "$strangers" ]; then
    echo "libsamestory.so exports names that do not begin with sst_:"
    printf '%s\n' "$strangers" | sed 's/^/  /'
    failed=1
fi
n=$(printf '%s\n' "$exported" | grep -c '^sst_' || true)
if [ "$n" -eq 0 ]; then
    echo "libsamestory.so exports no sst_ function at all"
    failed=1
fi

# What `fetch` and `serve` load when they run (cmake/lazy.cmake): one call beside the tables, and every process loads it.
for table in curl:src/fetch/fetch_curl.h MHD:src/serve/serve_mhd.h; do
    direct=$(nm -D --undefined-only "$dir/libsamestory.so" | awk '{ print $2 }' | grep "^${table%%:*}_" || true)
    if [ -n "$direct" ]; then
        echo "libsamestory.so calls these directly: name them in ${table#*:}"
        printf '%s\n' "$direct" | sed 's/^/  /'
        failed=1
    fi
done

loud='^(exit|_exit|_Exit|quick_exit|abort|printf|fprintf|vprintf|vfprintf|__printf_chk|__fprintf_chk|__vfprintf_chk|__vprintf_chk|puts|fputs|putchar|perror|system|getenv|secure_getenv|setenv|putenv|setlocale|__assert_fail|stdout|stderr)$'
# nm names the member before its symbols: "member.o:" and then "         U name".
taken=$(nm -u "$dir/libsamestory.a" 2>/dev/null | awk '/:$/ { member = $1; next } $1 == "U" { print $2, member }' |
    awk -v loud="$loud" -v allowed="$allowed" '$1 ~ loud && $1 !~ allowed' | sort -u)
if [ -n "$taken" ]; then
    echo "objects of the library refer to what a library must not call:"
    printf '%s\n' "$taken" | sed 's/^/  /'
    failed=1
fi

[ "$failed" -eq 0 ] && echo "$n exported functions, all sst_*; nothing loud among the references"
exit "$failed"
