/* One target a program: libFuzzer calls it, or replay.c does. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold for any input; never compiled out. */
#define MUST(condition) ((condition) ? (void)0 : abort())
