/*
 * Whether a page gave its article whole. In: the text that was taken, what the page's data says of
 * it (isAccessibleForFree, the number of words), the address of a next part, offers to subscribe
 * and walls that ask for consent found on the way. Out: access, and why it is a stub. Without a
 * sign against it, prose of some length is the whole.
 */
#include "base_utf8.h"
#include "page_html.h"
#include "page_note.h"

enum {
    STUB_BYTES = 300,    /* less text is a teaser; as in page_main.c */
    TEASER_BYTES = 2000, /* of a text that an offer to subscribe stands behind: paid articles show
                            one to three paragraphs */
    TOLD_WORDS = 80,     /* words that the page tells of, at least, for a comparison */
    SHARE = 60           /* per cent of them that are there in a whole text */
};

static uint32_t words(sst_str s)
{
    uint32_t n = 0;
    bool in = false;
    for (size_t i = 0; i < s.n; i++) {
        bool space = byte_is_space((unsigned char)s.p[i]);
        n += !space && !in;
        in = !space;
    }
    return n;
}

void page_access(sst_article *a)
{
    uint64_t bytes = a->text.n;
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->block_n; i++)
        if (a->blocks[i].role == ROLE_BODY || a->blocks[i].role == ROLE_LIST)
            n += words(str_span(a->text, a->blocks[i].at));
    a->access_why = STR("");
    if (bytes == 0 && !a->wall && !a->consent)
        a->access = ACCESS_UNKNOWN;
    else if (bytes < STUB_BYTES) {
        a->access = ACCESS_STUB;
        a->access_why = a->consent ? STR("consent wall") : a->wall ? STR("paywall") : STR("short");
    } else if (a->free != 1 && a->words_told >= TOLD_WORDS &&
               (uint64_t)n * 100 < (uint64_t)a->words_told * SHARE) {
        a->access = ACCESS_STUB;
        a->access_why = STR("shorter than the page says");
    } else if (bytes < TEASER_BYTES && (a->free == 0 || (a->wall && a->free < 0))) {
        a->access = ACCESS_STUB;
        a->access_why = STR("paywall");
    } else if (a->next_part.n) {
        a->access = ACCESS_STUB;
        a->access_why = STR("goes on at another address");
    } else
        a->access = a->free == 0 && a->wall && !a->words_told ? ACCESS_UNKNOWN : ACCESS_FULL;
    page_note_choice(a, "access",
                     a->access == ACCESS_FULL   ? STR("full")
                     : a->access == ACCESS_STUB ? STR("stub")
                                                : STR("unknown"),
                     a->access_why.n ? a->access_why.p
                     : a->access == ACCESS_FULL
                         ? "the text is long enough, and nothing says that there is more"
                         : "the page is said not to be free, and nothing tells how much there is",
                     true);
}
