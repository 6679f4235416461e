/*
 * ICU's detection of charsets, loaded when it is needed: see read_detect.h. ICU's functions have
 * its version in their names, which its headers put there. Without SST_ICU_I18N_SONAME (a system
 * whose libraries have no such names) it is linked as any other library.
 */
#include "read_detect.h"

#include <pthread.h>

#include "base_library.h"

static read_detect_table table;
static bool loaded;

static void load(void)
{
#ifdef SST_ICU_I18N_SONAME
#define TEXT_OF(name) #name
#define NAME_OF(name) TEXT_OF(name)
    static const char *const names[] = {
#define X(field, name) NAME_OF(name),
        READ_DETECT_FUNCTIONS(X)
#undef X
    };
    loaded = library_load(SST_ICU_I18N_SONAME, names, sizeof names / sizeof *names, &table);
#else
    table = (read_detect_table){
#define X(field, name) .field = name,
        READ_DETECT_FUNCTIONS(X)
#undef X
    };
    loaded = true;
#endif
}

const read_detect_table *read_detect_load(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    return pthread_once(&once, load) == 0 && loaded ? &table : NULL;
}
