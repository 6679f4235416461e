/* CLD2, the compact language detector, behind one C function: see page_cld.cc. */
#ifndef PAGE_CLD_H
#define PAGE_CLD_H

#include <stdbool.h>
#include <stddef.h>

typedef struct page_cld {
    const char *code; /* "en", "zh-Hant"; static; "" when none was found */
    int percent;      /* of the letters that are of it */
    int bytes;        /* of letters that were looked at */
    bool reliable;    /* clearly more probable than the second */
} page_cld;

#ifdef __cplusplus
extern "C" {
#endif

/* The language of a text in UTF-8; code is "" as well when memory runs out. Any thread. */
page_cld page_cld_detect(const char *text, size_t n);

#ifdef __cplusplus
}
#endif

#endif
