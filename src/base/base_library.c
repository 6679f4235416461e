/*
 * Shared libraries that only some commands need.
 *
 * In: the name of a library, names of functions. Out: a table of pointers to them. Method: dlopen.
 * A process that reads articles starts in half the time without the two dozen libraries behind the
 * clients of HTTP and TLS, and never maps code that could open a socket.
 */
#include "base_library.h"

#include <dlfcn.h>
#include <string.h>

bool library_load(const char *soname, const char *const *names, size_t n, void *table)
{
    void *library = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return false;
    for (size_t i = 0; i < n; i++) {
        void *p = dlsym(library, names[i]);
        if (!p)
            return false;
        /* POSIX lets a pointer to data hold one to a function; C does not name the conversion */
        memcpy((char *)table + i * sizeof p, &p, sizeof p);
    }
    return true;
}
