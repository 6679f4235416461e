/* Asking the lists about metadata: see page_lists.h. All searches are by halves; words are lowered
 * into small buffers of the caller's stack. */
#include "page_lists.h"

#include "base_utf8.h"

enum {
    WORD_BYTES = 96,  /* longer than any entry */
    CLASS_BYTES = 400 /* of a class attribute that is looked at; utility classes fill kilobytes */
};

size_t page_lower(char *to, size_t most, sst_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n && n < most;) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80) {
            to[n++] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
            i++;
            continue;
        }
        int len;
        uint32_t u = utf8_read(s.p + i, s.p + s.n, &len);
        n += (size_t)utf8_write(to + n, utf8_lower(u));
        i += (size_t)len;
    }
    return n;
}

/* Does an entry begin as s does? Asked first: most words are in no list. */
static bool may_start(const page_list *list, unsigned char c)
{
    if (c >= 'A' && c <= 'Z')
        c |= 32;
    return list->first[c >> 6] >> (c & 63) & 1;
}

/* str_cmp of strings that are not empty; most differ in their first byte. */
static inline int compare(const page_entry *e, sst_str s)
{
    int d = (unsigned char)*e->text - (unsigned char)*s.p;
    return d ? d : str_cmp((sst_str){e->text, e->n}, s);
}

/* The first entry that is not before s. */
static uint32_t lower_bound(const page_list *list, sst_str s)
{
    uint32_t low = 0, high = list->n;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (compare(&list->v[mid], s) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static const page_entry *find_lowered(const page_list *list, sst_str s)
{
    if (s.n == 0 || !may_start(list, (unsigned char)*s.p))
        return NULL;
    uint32_t at = lower_bound(list, s);
    if (at < list->n && str_eq((sst_str){list->v[at].text, list->v[at].n}, s))
        return &list->v[at];
    return NULL;
}

const page_entry *page_list_find(const page_list *list, sst_str s)
{
    char word[WORD_BYTES + 4];
    /* A capital that is no ASCII letter may become any byte. */
    if (s.n == 0 || s.n > WORD_BYTES ||
        ((unsigned char)*s.p < 0x80 && !may_start(list, (unsigned char)*s.p)))
        return NULL;
    return find_lowered(list, (sst_str){word, page_lower(word, WORD_BYTES, s)});
}

static bool ends_word(sst_str s, size_t at)
{
    if (at >= s.n)
        return true;
    int n;
    uint32_t last = utf8_read_back(s.p + at, s.p, &n);
    if (!utf8_is_letter(last) || utf8_is_ideograph(last))
        return true;
    uint32_t c = utf8_read(s.p + at, s.p + s.n, &n);
    return !utf8_is_letter(c) && !utf8_is_digit(c);
}

const page_entry *page_list_start(const page_list *list, sst_str s)
{
    if (s.n == 0 || !may_start(list, (unsigned char)*s.p))
        return NULL;
    /* Entries that begin as s does stand together; the longest prefix is the last of those that
     * fit. */
    const page_entry *best = NULL;
    for (uint32_t i = lower_bound(list, (sst_str){s.p, 1});
         i < list->n && list->v[i].text[0] == s.p[0]; i++) {
        sst_str text = {list->v[i].text, list->v[i].n};
        if (text.n > 1 && s.n > 1 && text.p[1] != s.p[1]) {
            if ((unsigned char)text.p[1] > (unsigned char)s.p[1])
                break;
            continue;
        }
        if (str_cmp(text, s) > 0)
            break;
        if (str_starts(s, text) && ends_word(s, text.n))
            best = &list->v[i];
    }
    return best;
}

bool page_list_class(const page_list *list, sst_str s, int value)
{
    char word[2 * WORD_BYTES];
    size_t n = 0, before = 0; /* bytes in word, of these the word in front */
    if (s.n > CLASS_BYTES)
        s.n = CLASS_BYTES;
    for (size_t i = 0; i <= s.n; i++) {
        char c = i < s.n ? s.p[i] : ' ';
        bool letter = byte_is_alpha((unsigned char)c) || byte_is_digit((unsigned char)c);
        bool camel = letter && i && c >= 'A' && c <= 'Z' && s.p[i - 1] >= 'a' && s.p[i - 1] <= 'z';
        if (!letter || camel) {
            if (n > before) {
                const page_entry *e = find_lowered(list, (sst_str){word + before, n - before});
                if (!e && before)
                    e = find_lowered(list, (sst_str){word, n});
                if (e && (value < 0 || e->value == value))
                    return true;
                if (n - before < WORD_BYTES / 2) {
                    memmove(word, word + before, n - before);
                    before = n = n - before;
                } else
                    before = n = 0;
            }
            if (byte_is_space((unsigned char)c))
                before = n = 0;
        }
        if (letter && n < sizeof word - 1)
            word[n++] = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
    }
    return false;
}
