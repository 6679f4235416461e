/*
 * The title of an article: the headline that the page shows, when what the page declares (Open
 * Graph, JSON-LD, the title element, the address) speaks of the same; else what it declares. The
 * outlet's name at either end is taken off, and a kicker in front of a headline. In: f->headings,
 * f->titles, f->lds, f->title. Out: the article's title, f->headline_at.
 */
#include "base_hash.h"
#include "base_utf8.h"
#include "page_found.h"
#include "page_html.h"
#include "page_note.h"

enum {
    WORDS = 60, /* of a title that are compared */
    TITLE_BYTES = 400,
    ALIKE = 450,      /* thousandths: a heading and a declared title that are of one article */
    ALIKE_LOW = 800,  /* of headings below the first level */
    ALIKE_ONE = 180,  /* of the only heading of its level */
    ONE_WORDS = 3,    /* which has so many words at least */
    LEVEL_COST = 90,  /* thousandths a level below the first */
    SUFFIX_WORDS = 4, /* of an outlet's name that is not known, behind the last separator */
    KICKER_WORDS = 6,
    UNDER = 600 /* bytes behind a first-level heading that is a crumb: the headline stands there */
};

/* ---- likeness -------------------------------------------------------------------------------- */

static uint32_t words_of(sst_str s, uint64_t v[WORDS])
{
    uint32_t n = 0;
    uint64_t h = 0;
    bool in = false;
    for (size_t i = 0; i < s.n && n < WORDS;) {
        int len;
        unsigned char b = (unsigned char)s.p[i];
        if (b < 0x80 && b != '\'') { /* most are */
            bool letter = byte_is_alpha(b) || byte_is_digit(b);
            if (letter)
                h = hash_mix(in ? h : 11, b >= 'A' && b <= 'Z' ? b | 32u : b);
            else if (in)
                v[n++] = h;
            in = letter;
            i++;
            continue;
        }
        uint32_t c = utf8_read(s.p + i, s.p + s.n, &len);
        bool mark = c == 0x2019 || c == '\''; /* apostrophes part no words */
        bool one = utf8_is_ideograph(c);
        if (!mark) {
            bool letter = !one && (utf8_is_letter(c) || utf8_is_digit(c));
            if (!letter && in) {
                v[n++] = h;
                in = false;
            }
            if (one && n < WORDS)
                v[n++] = hash_mix(7, c);
            if (letter) {
                h = hash_mix(in ? h : 11, utf8_base(c));
                in = true;
            }
        }
        i += (size_t)len;
    }
    if (in && n < WORDS)
        v[n++] = h;
    return n;
}

static uint32_t word_count(sst_str s)
{
    uint64_t v[WORDS];
    return words_of(s, v);
}

typedef struct word_list {
    uint64_t v[WORDS];
    uint32_t n;
} word_list;

static int alike(const word_list *a, const word_list *b)
{
    uint64_t met[(WORDS + 63) / 64] = {0}; /* each word of b counts once */
    uint32_t both = 0;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (a->v[i] == b->v[k] && !(met[k / 64] >> (k % 64) & 1)) {
                met[k / 64] |= (uint64_t)1 << (k % 64);
                both++;
                break;
            }
    return a->n + b->n ? (int)(2000 * both / (a->n + b->n)) : 0;
}

int page_alike(sst_str a, sst_str b)
{
    word_list x, y;
    x.n = words_of(a, x.v);
    y.n = words_of(b, y.v);
    return alike(&x, &y);
}

/* ---- the outlet's name ----------------------------------------------------------------------- */

bool page_is_outlet(const page_found *f, sst_str s)
{
    s = str_trim(s);
    if (s.n == 0)
        return false;
    const sst_str names[] = {f->site, f->publisher, f->app,   f->feed,
                             f->host, f->a->outlet, f->domain};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].n && page_same_letters(s, names[i]))
            return true;
    /* "Outlet News" of host outletnews.com: the words run together stand in the host. */
    char squeezed[64];
    size_t n = 0;
    for (size_t i = 0; i < s.n && n < sizeof squeezed; i++)
        if (byte_is_alpha((unsigned char)s.p[i]) || byte_is_digit((unsigned char)s.p[i]))
            squeezed[n++] = (char)(s.p[i] | 32);
        else if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return n >= 3 && n < sizeof squeezed && str_find_nocase(f->host, (sst_str){squeezed, n}) >= 0;
}

typedef struct separator {
    const char *mark;
    bool bare; /* needs no space around it */
} separator;

static const separator SEPARATORS[] = {{"|", true},
                                       {"\xE2\x94\x82", true} /* │ */,
                                       {"\xE3\x85\xA3", true} /* ㅣ */,
                                       {"\xEF\xBD\x9C", true} /* ｜ */,
                                       {"-", false},
                                       {"\xE2\x80\x93", false},
                                       {"\xE2\x80\x94", false},
                                       {"::", false},
                                       {"\xC2\xB7", false},
                                       {"\xC2\xBB", false},
                                       {"\xC2\xAB", false},
                                       {"\xE2\x80\xA2", false},
                                       {"//", false},
                                       {"/", false},
                                       {":", false}};

/* Is there a separator at s.p[i]? Its length, 0 when none. */
static size_t separator_at(sst_str s, size_t i)
{
    sst_str rest = {s.p + i, s.n - i};
    if (!strchr("|-:/\xE2\xE3\xEF\xC2", *rest.p) || !*rest.p) /* first bytes of the marks */
        return 0;
    for (size_t k = 0; k < sizeof SEPARATORS / sizeof *SEPARATORS; k++) {
        sst_str mark = str_of(SEPARATORS[k].mark);
        if (!str_starts(rest, mark))
            continue;
        bool space_before = i > 0 && s.p[i - 1] == ' ';
        bool space_behind = i + mark.n < s.n && s.p[i + mark.n] == ' ';
        if (SEPARATORS[k].bare || (space_before && space_behind) ||
            (*mark.p == ':' && mark.n == 1 && space_behind))
            return mark.n;
    }
    return 0;
}

/* Whether a tail or head of a title names the outlet or a part of it: "World News | Metro News". */
static bool names_outlet(const page_found *f, sst_str s)
{
    if (page_is_outlet(f, s))
        return true;
    if (f->section.n && page_same_letters(s, f->section))
        return true;
    const sst_str names[] = {f->site, f->publisher, f->a->outlet};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].n >= 3 && word_count(s) <= word_count(names[i]) + SUFFIX_WORDS &&
            str_find_nocase(s, names[i]) >= 0)
            return true;
    return false;
}

/* Without the outlet's name at the end or the beginning; guess: a short tail of a long title is
 * taken for one. */
static sst_str without_outlet(const page_found *f, sst_str s, bool guess)
{
    s = str_trim(s);
    if (s.n > TITLE_BYTES)
        return s;
    bool cut = false;
    for (int round = 0; round < 4; round++) {
        size_t last = 0, mark = 0;
        for (size_t i = s.n; i-- > 1;)
            if (((unsigned char)s.p[i] & 0xC0) != 0x80 && (mark = separator_at(s, i)) != 0) {
                last = i;
                break;
            }
        if (!last)
            break;
        sst_str head = str_trim((sst_str){s.p, last}),
                tail = str_trim((sst_str){s.p + last + mark, s.n - last - mark});
        uint32_t words = word_count(tail), head_words = word_count(head);
        bool colon = s.p[last] == ':' && mark == 1;
        bool named = names_outlet(f, tail);
        bool short_tail = guess && round == 0 && !colon && words <= SUFFIX_WORDS &&
                          head_words >= 4 && head_words > words;
        if (head.n == 0 || !(named || short_tail))
            break;
        s = head;
        cut = true;
    }
    for (int round = 0; round < 2; round++) {
        size_t first = 0, mark = 0;
        for (size_t i = 1; i < s.n; i++)
            if (((unsigned char)s.p[i] & 0xC0) != 0x80 && (mark = separator_at(s, i)) != 0) {
                first = i;
                break;
            }
        if (!first)
            break;
        sst_str head = str_trim((sst_str){s.p, first}),
                tail = str_trim((sst_str){s.p + first + mark, s.n - first - mark});
        if (tail.n == 0 || !page_is_outlet(f, head) || word_count(tail) < 2)
            break;
        s = tail;
        cut = true;
    }
    /* "Title-Section" in front of a name that was cut: the section too. */
    if (cut && f->section.n && s.n > f->section.n + 1 && str_ends(s, f->section) &&
        s.p[s.n - f->section.n - 1] == '-')
        s = str_trim((sst_str){s.p, s.n - f->section.n - 1});
    return s;
}

static bool is_generic(const page_found *f, sst_str s)
{
    return s.n == 0 || page_list_find(&page_list_generic_title, s) || page_is_outlet(f, s);
}

/* ---- headings -------------------------------------------------------------------------------- */

/*
 * The headline of a heading that begins with a kicker ("Corona" "Border closed", each in an element
 * of its own, or "Corona: Border closed" in one): without the kicker when the page declares the
 * headline alone, as declared when it declares both; else without a part whose class says what it
 * is.
 */
static sst_str headline_of(const page_heading *h, const page_strs *declared)
{
    sst_str whole = h->whole.n ? h->whole : h->text, rests[8];
    uint32_t n = 0;
    if (h->whole.n)
        rests[n++] = h->text;
    for (int b = 0; b < 4 && h->breaks[b]; b++) {
        sst_str kicker = str_trim((sst_str){h->text.p, h->breaks[b]});
        sst_str rest = str_trim((sst_str){h->text.p + h->breaks[b], h->text.n - h->breaks[b]});
        if (word_count(kicker) <= KICKER_WORDS && word_count(rest) >= 2)
            rests[n++] = rest;
        else if (word_count(kicker) > KICKER_WORDS && n < 5)
            rests[n++] = kicker; /* a headline, and a subtitle in the same heading */
    }
    size_t mark;
    for (size_t k = 1; k < whole.n && n < 8; k++)
        if (((unsigned char)whole.p[k] & 0xC0) != 0x80 && (mark = separator_at(whole, k)) != 0) {
            sst_str rest = str_trim((sst_str){whole.p + k + mark, whole.n - k - mark});
            if (word_count((sst_str){whole.p, k}) <= KICKER_WORDS && word_count(rest) >= 3)
                rests[n++] = rest;
            break;
        }
    for (uint32_t i = 0; i < declared->n; i++) {
        if (page_same_letters(declared->v[i], whole))
            return h->whole.n || h->breaks[0] ? declared->v[i] : whole;
        for (uint32_t k = 0; k < n; k++)
            if (page_same_letters(declared->v[i], rests[k]))
                return rests[k];
    }
    bool headline = word_count(h->text) >= 2 && h->text.p[h->text.n - 1] != ':';
    return headline ? h->text : whole;
}

/* Does the page declare the heading's text, its kicker aside, as a title? */
static bool is_declared(const page_heading *h, const page_strs *declared)
{
    sst_str s = headline_of(h, declared);
    for (uint32_t i = 0; i < declared->n; i++)
        if (page_same_letters(declared->v[i], s))
            return true;
    return false;
}

/*
 * Some pages give the words for search engines the first level, as the last crumb above the
 * article, and the headline that readers see the second. The second is the headline when Open
 * Graph, JSON-LD or another element that names a headline declares it word for word.
 */
static const page_heading *below_crumb(const page_found *f, const page_heading *first,
                                       const page_strs *strong)
{
    if (first->level != 1 || first->marked)
        return first;
    for (uint32_t i = 0; i < f->headings.n; i++) {
        const page_heading *h = &f->headings.v[i];
        if (h->at <= first->at || h->at - first->at > UNDER || h->level != 2 || h->aside)
            continue;
        bool words = word_count(h->text) >= ONE_WORDS;
        return words && !page_same_letters(h->text, first->text) && is_declared(h, strong) ? h
                                                                                           : first;
    }
    return first;
}

/* Is whole "Kicker: s"? */
static bool is_behind_colon(sst_str s, sst_str whole)
{
    ptrdiff_t at = str_find(whole, STR(": "));
    return at > 0 && page_same_letters((sst_str){whole.p + at + 2, whole.n - (size_t)at - 2}, s);
}

/* The shortest declared title that s begins with, a separator behind it: "Headline-Section". */
static sst_str without_tail(sst_str s, const page_strs *declared)
{
    sst_str best = s;
    for (uint32_t i = 0; i < declared->n; i++) {
        sst_str t = declared->v[i];
        if (t.n >= best.n || word_count(t) < ONE_WORDS || !str_starts(s, t))
            continue;
        sst_str rest = str_trim((sst_str){s.p + t.n, s.n - t.n});
        for (size_t k = 0; k < sizeof SEPARATORS / sizeof *SEPARATORS; k++)
            if (str_starts(rest, str_of(SEPARATORS[k].mark)))
                best = t;
    }
    return best;
}

static int best_alike(sst_str s, const word_list *declared, uint32_t n)
{
    word_list own;
    own.n = words_of(s, own.v);
    int best = 0;
    for (uint32_t i = 0; i < n; i++) {
        int a = alike(&own, &declared[i]);
        if (a > best)
            best = a;
    }
    return best;
}

/* The last part of an address, its words parted by spaces. */
static sst_str slug(page_found *f, sst_str url)
{
    const char *query = memchr(url.p, '?', url.n);
    if (query)
        url.n = (size_t)(query - url.p);
    while (url.n && url.p[url.n - 1] == '/')
        url.n--;
    size_t at = url.n;
    while (at && url.p[at - 1] != '/')
        at--;
    sst_str s = arena_str(f->arena, (sst_str){url.p + at, url.n - at});
    return word_count(s) >= 3 ? s : (sst_str){NULL, 0};
}

void page_title_choose(page_found *f)
{
    f->headline_at = UINT32_MAX;
    page_strs declared = {0}, strong = {0};
    /* Some fill in the title where the name of the outlet's program belongs. */
    const sst_str own[] = {f->title, f->titles.n ? f->titles.v[0] : f->title};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (f->app.n && page_same_letters(f->app, own[i]))
            f->app.n = 0;
    sst_str ld = f->ld ? f->ld->title : (sst_str){NULL, 0};
    sst_str og = {NULL, 0};
    for (uint32_t i = 0; i < f->titles.n; i++) {
        sst_str t = without_outlet(f, f->titles.v[i], false);
        if (is_generic(f, t))
            continue;
        if (!og.n)
            og = t;
        sst_str *d = vec_push(f->arena, &declared);
        if (d)
            *d = t;
    }
    ld = without_outlet(f, ld, false);
    for (uint32_t i = 0; i <= declared.n; i++) {
        sst_str one = i < declared.n ? declared.v[i] : ld;
        sst_str *d = is_generic(f, one) ? NULL : vec_push(f->arena, &strong);
        if (d)
            *d = one;
    }
    sst_str tag = without_outlet(f, f->title, true), from_slug = slug(f, f->a->url);
    const sst_str more[] = {ld, tag, without_outlet(f, f->title, false), from_slug};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        sst_str *d = is_generic(f, more[i]) ? NULL : vec_push(f->arena, &declared);
        if (d)
            *d = more[i];
    }
    word_list *said = arena_alloc(&f->scratch, (declared.n + 1) * sizeof *said);
    if (!said)
        return;
    for (uint32_t i = 0; i < declared.n; i++)
        said[i].n = words_of(declared.v[i], said[i].v);
    const page_heading *best = NULL;
    int best_score = 0;
    uint32_t first_level = 0;
    for (uint32_t i = 0; i < f->headings.n; i++)
        first_level += f->headings.v[i].level == 1 && !f->headings.v[i].aside &&
                       !is_generic(f, f->headings.v[i].text);
    for (uint32_t i = 0; i < f->headings.n; i++) {
        const page_heading *h = &f->headings.v[i];
        if (is_generic(f, h->text))
            continue;
        int like = best_alike(h->text, said, declared.n);
        if (h->whole.n) {
            int whole = best_alike(h->whole, said, declared.n);
            like = whole > like ? whole : like;
        }
        int least = h->aside                                               ? ALIKE_LOW
                    : h->marked                                            ? ALIKE_ONE
                    : h->level > 1                                         ? ALIKE_LOW
                    : first_level == 1 && word_count(h->text) >= ONE_WORDS ? ALIKE_ONE
                                                                           : ALIKE;
        int score = like + 1 - LEVEL_COST * (h->level - 1);
        if (like >= least && score > best_score) {
            best_score = score;
            best = h;
        }
    }
    const page_heading *crumb = best;
    if (best)
        best = below_crumb(f, best, &strong);
    sst_str title = best   ? headline_of(best, &declared)
                    : og.n ? without_tail(og, &strong)
                    : ld.n ? ld
                           : tag;
    if (best && page_same_letters(og, ld) && is_behind_colon(title, og))
        title = og;
    f->headline = best ? best->node : NULL;
    if (best)
        f->headline_at = best->at;
    else if (title.n == 0 && first_level && f->headings.n)
        title = f->headings.v[0].text;
    if (best)
        title = without_outlet(f, title, false);
    if (f->headline_at == UINT32_MAX)
        for (uint32_t i = 0; i < f->headings.n && f->headline_at == UINT32_MAX; i++)
            if (!f->headings.v[i].aside && f->headings.v[i].level == 1 &&
                !is_generic(f, f->headings.v[i].text))
                f->headline_at = f->headings.v[i].at;
    bool given = f->a->title.n != 0;
    if (!given)
        f->a->title = arena_str(f->arena, title);
    page_note_choice(f->a, "title", f->a->title,
                     given           ? "given with the article"
                     : best != crumb ? "the heading below a crumb, declared word for word"
                     : best ? "the heading that is most like the titles that the page declares"
                     : og.n ? "no heading is like the declared titles: the one of a meta element"
                     : ld.n ? "no heading is like the declared titles: the one of JSON-LD"
                            : "the title element, or the first heading",
                     true);
    for (uint32_t i = 0; f->a->notes && i < strong.n; i++)
        if (!page_same_letters(strong.v[i], f->a->title))
            page_note_choice(f->a, "title", strong.v[i],
                             "declared, but not what the page shows as its headline", false);
}
