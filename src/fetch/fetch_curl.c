/*
 * libcurl, loaded when it is needed: see fetch_curl.h. Without SST_CURL_SONAME (a system whose
 * libraries have no such names) it is linked as any other library.
 */
#define FETCH_CURL_TABLE
#include "fetch_curl.h"

#include <pthread.h>

#include "base_library.h"

fetch_curl_table fetch_curl;

static bool loaded;

static void load(void)
{
#ifdef SST_CURL_SONAME
    static const char *const names[] = {
#define X(name) #name,
        FETCH_CURL_FUNCTIONS(X)
#undef X
    };
    loaded = library_load(SST_CURL_SONAME, names, sizeof names / sizeof *names, &fetch_curl);
#else
    fetch_curl = (fetch_curl_table){
#define X(name) .name = name,
        FETCH_CURL_FUNCTIONS(X)
#undef X
    };
    loaded = true;
#endif
}

bool fetch_curl_load(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    return pthread_once(&once, load) == 0 && loaded;
}
