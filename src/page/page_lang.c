/*
 * The language of an article. In: what is declared (page, feed or row), the text; out: a code.
 *
 * CLD2 looks at the first words. Where nothing is declared, its answer is taken when it trusts it;
 * where something is, it stands unless enough text of another language refutes it: pages are made
 * from templates whose attribute nobody set. Both are kept then. Measured in docs/decisions/0030.
 */
#include <string.h>

#include "base_utf8.h"
#include "page_cld.h"
#include "page_inner.h"
#include "page_words.h"

enum {
    LOOK_BYTES = 2000, /* of the text; 500 to 8,000 give the same answers on the page sets */
    /* So many at the beginning of those are enough where they are all of one language, and so many
       at their end of the same: the same answers on all 17,572 articles and pages of the sets, for
       half the time. */
    SURE_BYTES = 600,
    SURE_END = 400,
    SURE_LEAST = 1500, /* of a text of fewer all is looked at: little would be saved */
    SURE_SHARE = 98,   /* per cent of their letters, by CLD2, which leaves some to spare */
    /* What refutes a declaration: of 73 texts of the page sets that CLD2 trusts to be of another
       language, all with this much text are. */
    REFUTE_LETTERS = 200, /* bytes of letters */
    REFUTE_SHARE = 80     /* per cent of them of the one language */
};

/* "en", "en-GB", "pt_BR": a code of two or three letters, and what makes it narrower. */
static size_t code_length(sst_str s)
{
    if (s.n < 2 || s.n > 15)
        return 0;
    size_t k = 0;
    while (k < s.n && byte_is_alpha((unsigned char)s.p[k]))
        k++;
    return (k == 2 || k == 3) && (k == s.n || s.p[k] == '-' || s.p[k] == '_') ? k : 0;
}

static const page_lang_code *known(sst_str code)
{
    char low[4];
    if (code.n >= sizeof low)
        return NULL;
    for (size_t i = 0; i < code.n; i++)
        low[i] = (char)(code.p[i] | 32);
    uint32_t from = 0, to = page_lang_code_n;
    while (from < to) {
        uint32_t middle = (from + to) / 2;
        int order = str_cmp((sst_str){low, code.n}, str_of(page_lang_codes[middle].code));
        if (order == 0)
            return &page_lang_codes[middle];
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}

sst_str page_lang_declared(sst_arena *arena, sst_str declared)
{
    declared = str_trim(declared);
    size_t n = code_length(declared);
    const page_lang_code *k = known((sst_str){declared.p, n});
    if (!n)
        return STR("");
    if (!k || strlen(k->of) == n)
        return arena_str(arena, declared);
    return arena_printf(arena, "%s%.*s", k->of, (int)(declared.n - n), declared.p + n);
}

static bool same_language(sst_str a, sst_str b)
{
    sst_str x = {a.p, code_length(a)}, y = {b.p, code_length(b)};
    const page_lang_code *k = known(x), *m = known(y);
    return k && m ? strcmp(k->family, m->family) == 0 : str_eq_nocase(x, y);
}

static page_cld ask(sst_str text)
{
    page_cld found = page_cld_detect(text.p, text.n);
    if (!found.reliable || !code_length(str_of(found.code)))
        found.code = ""; /* scripts without a language have longer ones */
    return found;
}

/* The words of a text that do not begin with a capital. */
static sst_str without_names(sst_arena *arena, sst_str text)
{
    char *to = arena_alloc(arena, text.n + 1);
    size_t n = 0;
    bool capital = false, word = false; /* in a word; its first letter was a capital */
    for (const char *p = text.p, *end = p + text.n; to && p < end;) {
        int k;
        uint32_t c = utf8_read(p, end, &k);
        if (utf8_is_space(c))
            word = capital = false;
        else if (!word && utf8_is_letter(c)) {
            word = true;
            capital = utf8_is_upper(c);
        }
        if (!capital) {
            memcpy(to + n, p, (size_t)k);
            n += (size_t)k;
        }
        p += k;
    }
    return (sst_str){to, n};
}

/* The first n bytes, without a part of a letter. */
static sst_str beginning(sst_str text, size_t n)
{
    n = n < text.n ? n : text.n;
    while (n < text.n && n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n--;
    return (sst_str){text.p, n};
}

/* The last n. */
static sst_str ending(sst_str text, size_t n)
{
    size_t from = n < text.n ? text.n - n : 0;
    while (from < text.n && ((unsigned char)text.p[from] & 0xC0) == 0x80)
        from++;
    return (sst_str){text.p + from, text.n - from};
}

/* In a short text a few names can outweigh the words, so those are asked by themselves too: when
 * both answer and differ, nothing is known. */
static page_cld detect(sst_arena *arena, sst_str text)
{
    text = beginning(text, LOOK_BYTES);
    if (text.n > SURE_LEAST) {
        page_cld sure = ask(beginning(text, SURE_BYTES));
        if (*sure.code && sure.percent >= SURE_SHARE && sure.bytes >= REFUTE_LETTERS &&
            strcmp(ask(ending(text, SURE_END)).code, sure.code) == 0)
            return sure;
    }
    page_cld found = ask(text);
    if (found.bytes >= REFUTE_LETTERS)
        return found;
    page_cld words = ask(without_names(arena, text));
    if (!*found.code)
        return words;
    if (*words.code && strcmp(words.code, found.code) != 0)
        found.code = "";
    return found;
}

void page_lang(sst_article *a, sst_str declared)
{
    a->lang = page_lang_declared(&a->arena, declared);
}

void page_lang_ask(sst_article *a)
{
    page_cld found = detect(&a->arena, a->text);
    sst_str code = page_lang_declared(&a->arena, str_of(found.code));
    if (!a->lang.n && !code.n)
        code = page_lang_declared(&a->arena, str_of(detect(&a->arena, a->title).code));
    if (!a->lang.n) {
        a->lang = code;
        return;
    }
    if (!code.n || found.bytes < REFUTE_LETTERS || found.percent < REFUTE_SHARE ||
        same_language(a->lang, code))
        return;
    a->lang_declared = a->lang;
    a->lang = code;
}

sst_status page_with_lang(const sst_article *a, sst_arena *arena, const sst_article **out)
{
    *out = a;
    if (!a->lang_open)
        return SST_OK;
    sst_article *b = arena_alloc(arena, sizeof *b);
    if (!b)
        return arena->failed;
    *b = *a;
    arena_init(&b->arena, 0);
    page_lang_ask(b);
    sst_status status = b->arena.failed;
    b->lang = arena_str(arena, b->lang);
    b->lang_declared = arena_str(arena, b->lang_declared);
    b->lang_open = false;
    arena_release(&b->arena);
    *out = b;
    return status ? status : arena->failed;
}
