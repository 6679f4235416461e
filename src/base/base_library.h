/* Shared libraries that only some commands need, loaded when the first of them runs. */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Opens a shared library by its name ("libcurl.so.4") and puts the address of names[i] into the
 * i-th pointer to a function of table. False when the library or one of the names is not there;
 * then table is not to be used. The library stays open until the process ends.
 */
bool library_load(const char *soname, const char *const *names, size_t n, void *table);

#endif
