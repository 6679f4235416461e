/* A loop over items on several threads. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <stdatomic.h>

#include "samestory.h"

/* Number of processors this process may use. */
uint32_t thread_default_n(void);

/*
 * Calls work(user, i, worker) for each i in [0, n), on up to `threads` threads (the caller's is one
 * of them); worker is in [0, threads). Items are handed out in order; what is done with item i must
 * not depend on other items. Ends early when *stop becomes non-zero (stop may be NULL). When no
 * thread can be started, the caller's does all the work.
 */
void thread_for(uint32_t threads, uint32_t n, void (*work)(void *user, uint32_t i, uint32_t worker),
                void *user, const atomic_int *stop);

#endif
