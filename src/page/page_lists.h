/*
 * The lists about metadata of pages (data/page/), compiled in by tools/gen_meta.py, and how they
 * are asked. Each is sorted by the bytes of its text, which is in lower case.
 */
#ifndef PAGE_LISTS_H
#define PAGE_LISTS_H

#include "base_str.h"

typedef struct page_entry {
    const char *text;
    uint16_t n;
    uint8_t value; /* by list: see the enums */
    uint8_t rank;
} page_entry;

typedef struct page_list {
    const page_entry *v;
    uint32_t n;
    uint64_t first[4]; /* a bit for each byte that an entry begins with */
} page_list;

extern const page_list page_list_month; /* value: 1 to 12 */

typedef enum page_label { LABEL_PUBLISHED, LABEL_MODIFIED, LABEL_OTHER } page_label;
extern const page_list page_list_date_label;

typedef enum page_script_field {
    SCRIPT_PUBLISHED,
    SCRIPT_MODIFIED,
    SCRIPT_CREATED
} page_script_field;
extern const page_list page_list_script_date;

typedef enum page_meta_field {
    META_PUBLISHED,
    META_MODIFIED,
    META_CREATED,
    META_TITLE,
    META_SITE,
    META_APP,
    META_PUBLISHER,
    META_AUTHOR,
    META_SECTION,
    META_TAGS,
    META_URL,
    META_ROBOTS,
    META_TDM,
    META_TDM_POLICY,
    META_LANG
} page_meta_field;
extern const page_list page_list_meta_name;

typedef enum page_by { BY_LINE, BY_STRIP } page_by;
extern const page_list page_list_by;

typedef enum page_credit_class { CLASS_AUTHOR, CLASS_PUBLISHED } page_credit_class;
extern const page_list page_list_credit_class;

typedef enum page_author_word {
    AUTHOR_ROLE,
    AUTHOR_CUT,
    AUTHOR_JOIN,
    AUTHOR_NOBODY,
    AUTHOR_TITLE,
    AUTHOR_GROUP
} page_author_word;
extern const page_list page_list_author_word;

typedef enum page_access_sign { ACCESS_CLASS, ACCESS_PHRASE, ACCESS_CONSENT } page_access_sign;
extern const page_list page_list_access;

typedef enum page_correction_sign {
    CORRECTION_LABEL,
    CORRECTION_START,
    CORRECTION_NOTE,
    CORRECTION_WORD
} page_correction_sign;
extern const page_list page_list_correction;

extern const page_list page_list_date_class, page_list_date_filler, page_list_aside_class,
    page_list_kicker_class, page_list_credit_path;
extern const page_list page_list_generic_title, page_list_tracking;

/* s in lower case, at most `most` bytes of it, into to (which has room for most + 4); the length.
 */
size_t page_lower(char *to, size_t most, sst_str s);

/* The entry that is s, without case; NULL when there is none. */
const page_entry *page_list_find(const page_list *list, sst_str s);

/* The longest entry that s begins with and behind which no letter or digit stands. s is in lower
 * case. */
const page_entry *page_list_start(const page_list *list, sst_str s);

/* Does a class or id attribute hold a word of the list? Words are parted by what is no letter and
 * by a capital behind a small letter; two in a row are tried joined too. Entries with value `value`
 * only, any when it is negative. */
bool page_list_class(const page_list *list, sst_str s, int value);

#endif
