/*
 * What the fuzz programs share: one run of the whole chain on bytes, through the public header.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "samestory.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Reads the bytes as one input of the kind, runs every stage, writes every view; nothing is kept.
 */
void fuzz_whole_chain(const uint8_t *bytes, size_t n, sst_kind kind);

#endif
