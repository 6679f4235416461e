/* Allocation: see base_alloc.h. */
#include "base_alloc.h"

#include <stdatomic.h>
#include <stdlib.h>

#ifdef SST_FAULT
static atomic_long
    countdown; /* 0: off; the allocation that brings it from 1 to 0 fails, and all after it */
static atomic_int failing;

void base_alloc_fail_after(long n)
{
    atomic_store(&failing, 0);
    atomic_store(&countdown, n);
}

static int must_fail(void)
{
    if (atomic_load(&failing))
        return 1;
    if (atomic_load(&countdown) == 0)
        return 0;
    if (atomic_fetch_sub(&countdown, 1) == 1) {
        atomic_store(&failing, 1);
        return 1;
    }
    return 0;
}
#else
void base_alloc_fail_after(long n)
{
    (void)n;
}

static int must_fail(void)
{
    return 0;
}
#endif

void *base_malloc(size_t n)
{
    return must_fail() ? NULL : malloc(n ? n : 1);
}

void *base_realloc(void *p, size_t n)
{
    return must_fail() ? NULL : realloc(p, n ? n : 1);
}

void base_free(void *p)
{
    free(p);
}
