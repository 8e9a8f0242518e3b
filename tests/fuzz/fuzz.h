/* SPDX-License-Identifier: Apache-2.0 */
/* The entry of a fuzz target.  libFuzzer calls it (option `fuzz`, clang); replay.c calls it with
 * the files of a corpus, so that every seed is also an ordinary test with any compiler. */
#ifndef CANBAO_TESTS_FUZZ_H
#define CANBAO_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
