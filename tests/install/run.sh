#!/bin/sh
# Installs into a scratch prefix and uses what lies there: the program runs, a stranger's program compiles with pkg-config
# against the shared library and runs.
#   run.sh BUILD_DIR CC
set -eu
build=$1
cc=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cmake --install "$build" --prefix "$scratch/usr" >"$scratch/log" 2>&1 || {
    cat "$scratch/log"
    exit 1
}
for file in bin/samestory include/samestory.h share/man/man1/samestory.1 share/bash-completion/completions/samestory; do
    [ -e "$scratch/usr/$file" ] || {
        echo "not installed: $file"
        exit 1
    }
done
"$scratch/usr/bin/samestory" version

pc=$(find "$scratch/usr" -name samestory.pc)
# The prefix in the file is the one of configure time: this test moves it.
libdir=$(dirname "$(dirname "$pc")")
cat >"$scratch/stranger.c" <<'C'
#include <samestory.h>
#include <stdio.h>

static const char report[] = "One.\n\n\"Two,\" she said.\n";

int main(void)
{
    sst_options options = SST_OPTIONS_DEFAULT;
    sst_context *ctx = NULL;
    if (sst_open(&options, &ctx) != SST_OK)
        return 1;
    int bad = sst_add_bytes(ctx, "a.txt", report, sizeof report - 1, SST_KIND_TEXT) != SST_OK ||
              sst_run(ctx, SST_STAGE_COMPARE) != SST_OK || sst_article_n(ctx) != 1;
    if (bad)
        printf("%s\n", sst_message(ctx));
    sst_close(ctx);
    printf("%s\n", sst_version());
    return bad;
}
C
export PKG_CONFIG_PATH="$(dirname "$pc")"
# shellcheck disable=SC2046  # words
"$cc" -std=c17 -Wall -Wextra -Wpedantic -Werror "$scratch/stranger.c" -o "$scratch/stranger" \
    $(pkg-config --define-variable=prefix="$scratch/usr" --define-variable=libdir="$libdir" \
        --define-variable=includedir="$scratch/usr/include" --cflags --libs samestory)
said=$(LD_LIBRARY_PATH="$libdir" "$scratch/stranger")
[ "$said" = "$(pkg-config --modversion samestory)" ] || {
    echo "the program of a stranger said: $said"
    exit 1
}
echo "installed, found through pkg-config, linked and run: version $said"
