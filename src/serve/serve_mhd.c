/*
 * libmicrohttpd, loaded when it is needed: see serve_mhd.h. Without SST_MHD_SONAME (a system whose
 * libraries have no such names) it is linked as any other library.
 */
#define SERVE_MHD_TABLE
#include "serve_mhd.h"

#include <pthread.h>

#include "base_library.h"

serve_mhd_table serve_mhd;

static bool loaded;

static void load(void)
{
#ifdef SST_MHD_SONAME
    static const char *const names[] = {
#define X(name) #name,
        SERVE_MHD_FUNCTIONS(X)
#undef X
    };
    loaded = library_load(SST_MHD_SONAME, names, sizeof names / sizeof *names, &serve_mhd);
#else
    serve_mhd = (serve_mhd_table){
#define X(name) .name = name,
        SERVE_MHD_FUNCTIONS(X)
#undef X
    };
    loaded = true;
#endif
}

bool serve_mhd_load(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    return pthread_once(&once, load) == 0 && loaded;
}
