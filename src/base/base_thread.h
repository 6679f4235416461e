/* A loop over items on several threads; one that goes on while the caller does something else. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>
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

enum { THREAD_MOST = 256 };

/* The same in two halves. In the caller's frame or in a struct of its own; not moved between. */
typedef struct thread_loop {
    void (*work)(void *user, uint32_t i, uint32_t worker);
    void *user;
    const atomic_int *stop;
    atomic_uint next, worker;
    uint32_t n, started;
    pthread_t id[THREAD_MOST];
} thread_loop;

/* Begins on up to `threads` - 1 other threads and returns. What user points to stays until
 * thread_finish. */
void thread_start(thread_loop *l, uint32_t threads, uint32_t n,
                  void (*work)(void *user, uint32_t i, uint32_t worker), void *user,
                  const atomic_int *stop);
/* The caller takes part until all is done. */
void thread_finish(thread_loop *l);

#endif
