/*
 * Roles of the lines of a text. In: lines. Out: a role for each. Method, in this order; a line that
 * nothing speaks against is body:
 *   words     phrases of furniture lists (data/lang)                  (page_role_form.c)
 *   form      slugs, bracketed lines, posts, galleries, credits       (page_role_form.c)
 *   place     headline above the prose; captions beside captions; short lines under "Read more"
 *   ending    in a text whose lines end as sentences, a short line that does not is a subheading or
 *             link, a long one of several sentences a caption
 *   repeat    a line without an end whose words stand elsewhere in the text is a pull quote
 *
 * To set a line of prose aside is worse than to keep a caption: lines with quotation marks stay
 * body unless words or a credit speak against it. The thresholds were read off ../shared/seeds,
 * ../shared/labelled and 60 articles of giveme5w1h; the row "boilerplate" of the bench moves with
 * them.
 */
#include "page_role.h"
#include "base_hash.h"
#include "base_utf8.h"
#include "page_post.h"
#include "page_words.h"

enum {
    HEADLINE_WORDS = 28,
    PROSE_BYTES = 80,    /* a line of prose that a headline can stand above */
    LINE_OF_PROSE = 280, /* a text run into one line is longer; a lone caption or headline is not */
    SHORT_WORDS = 14,    /* of a subheading or a link */
    SHORT_BYTES = 110,
    CAPTION_STYLE = 4, /* long lines without a full stop: more than lost ones, a house style */
    TOP_LINES = 6,     /* bylines and dates stand among so many lines at the top */
    SHINGLE = 4,       /* words; pull quotes repeat longer runs, chance repeats are shorter */
    PULL_TEXT_BYTES = 4 << 20, /* texts that are longer are no articles with pull quotes */
    PULL_SHARE = 75            /* per cent of its runs of words that stand elsewhere */
};

static sst_str line_str(sst_str text, const page_line *l)
{
    return (sst_str){text.p + l->begin, l->end - l->begin};
}

/* ---- place */

static bool is_prose(const page_line *l)
{
    return !l->set && l->ended && l->end - l->begin >= PROSE_BYTES;
}

static bool same_words(sst_str a, sst_str b)
{
    return a.n && b.n && page_role_same_letters(a, b);
}

static void set_top(sst_str text, sst_str title, page_line *lines, uint32_t n)
{
    uint32_t last_prose = UINT32_MAX;
    for (uint32_t i = n; i-- > 0;)
        if (is_prose(&lines[i])) {
            last_prose = i;
            break;
        }
    bool headline = false;
    uint32_t seen = 0;
    for (uint32_t i = 0; i < n && seen < TOP_LINES; i++) {
        page_line *l = &lines[i];
        sst_str s = line_str(text, l);
        bool after_slug = i && page_role_is_slug(line_str(text, &lines[i - 1])) &&
                          page_role_same_letters(line_str(text, &lines[i - 1]), s);
        if ((same_words(title, s) || after_slug) && n > 1) {
            page_role_set(l, ROLE_HEADLINE, "the title's words, or those of the slug above");
            headline = true;
            seen++;
            continue;
        }
        if (l->set)
            continue;
        seen++;
        size_t bytes = s.n;
        if ((!l->ended || page_role_ends_short(s)) && !l->open && bytes <= ROLE_DATE_BYTES &&
            page_role_has_year(s) && (headline || i == 0) && last_prose != UINT32_MAX &&
            last_prose > i && l->words <= 12) {
            page_role_set(l, ROLE_DATELINE, "a short line with a year above the prose");
            continue;
        }
        bool brief =
            !l->ended && !l->open && bytes <= ROLE_HEADLINE_BYTES && l->words <= HEADLINE_WORDS;
        if (!headline && brief && last_prose != UINT32_MAX && last_prose > i) {
            page_role_set(l, ROLE_HEADLINE, "the first short line without an end above prose");
            headline = true;
        } else if (headline && brief && !l->quoted && last_prose != UINT32_MAX && last_prose > i &&
                   seen <= 3)
            page_role_set(l, ROLE_SUBTITLE, "a short line without an end below the headline");
        else
            break;
    }
}

/* Lines of a paragraph (no empty line between) that holds a credited caption are its captions too.
 */
static void set_beside_captions(page_line *lines, uint32_t n)
{
    bool gaps = false;
    for (uint32_t i = 1; i < n && !gaps; i++)
        gaps = lines[i].gap;
    if (!gaps)
        return;
    for (uint32_t i = 0; i < n;) {
        uint32_t end = i + 1;
        bool caption = lines[i].set && lines[i].role == ROLE_CAPTION;
        while (end < n && !lines[end].gap) {
            caption |= lines[end].set && lines[end].role == ROLE_CAPTION;
            end++;
        }
        if (caption && end - i <= 3)
            for (uint32_t k = i; k < end; k++)
                if (!lines[k].set && !lines[k].quoted &&
                    lines[k].end - lines[k].begin <= ROLE_HEADLINE_BYTES)
                    page_role_set(&lines[k], ROLE_CAPTION, "beside a credited caption");
        i = end;
    }
}

/* Short lines from "Read more" to the end of the text are links. */
static void set_links(sst_str text, page_line *lines, uint32_t n)
{
    uint32_t done = n; /* lines from here on are set */
    for (uint32_t i = n; i-- > 0;) {
        sst_str s = line_str(text, &lines[i]);
        const page_phrase *f =
            lines[i].set && lines[i].role == ROLE_BOILERPLATE ? page_phrase_find(s) : NULL;
        if (f && f->how == HOW_LINKS) {
            for (uint32_t k = i + 1; k < done; k++)
                if (!lines[k].set)
                    page_role_set(&lines[k], ROLE_BOILERPLATE,
                                  "a short line below a list of links");
            done = i;
        }
        if (!lines[i].set && (s.n > ROLE_LINK_BYTES || (lines[i].quoted && lines[i].ended)))
            return;
    }
}

/* ---- ending */

static bool is_bullet(sst_str s)
{
    if (str_starts(s, STR("\xE2\x80\xA2")) || str_starts(s, STR("* ")) ||
        str_starts(s, STR("- ")) || str_starts(s, STR("\xC2\xB7 ")) ||
        str_starts(s, STR("\xE2\x96\xAA")))
        return true;
    size_t k = 0;
    while (k < s.n && k < 3 && byte_is_digit((unsigned char)s.p[k]))
        k++;
    return k && k + 1 < s.n && (s.p[k] == '.' || s.p[k] == ')') && s.p[k + 1] == ' ';
}

static void set_unended(sst_str text, page_line *lines, uint32_t n)
{
    uint32_t ended = 0, loose = 0, bullets = 0, captions = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (lines[i].set)
            continue;
        ended += lines[i].ended || lines[i].open;
        loose += !lines[i].ended && !lines[i].open;
        bullets += is_bullet(line_str(text, &lines[i]));
        captions += !lines[i].ended && !lines[i].open && !lines[i].quoted &&
                    lines[i].words > SHORT_WORDS && i + 1 < n;
    }
    for (uint32_t i = 0; i < n; i++)
        if (bullets >= 2 && !lines[i].set && !lines[i].ended && !lines[i].quoted &&
            is_bullet(line_str(text, &lines[i])))
            page_role_set(&lines[i], ROLE_LIST, "a bullet or a number in front");
    if (ended < 3 || ended < loose)
        return;
    for (uint32_t i = 0; i < n; i++) {
        page_line *l = &lines[i];
        sst_str s = line_str(text, l);
        if (l->set || l->ended || l->open || l->quoted)
            continue;
        int len;
        uint32_t c = utf8_read(s.p, s.p + s.n, &len);
        bool starts = utf8_is_upper(c) || utf8_is_digit(c) || !utf8_is_letter(c);
        uint32_t next = i + 1;
        bool goes_on = next < n && utf8_is_lower(utf8_read(text.p + lines[next].begin,
                                                           text.p + lines[next].end, &len));
        if (!starts || goes_on)
            continue;
        if (l->words <= SHORT_WORDS && s.n <= SHORT_BYTES)
            page_role_set(l, ROLE_SUBTITLE, "short and without an end among lines that end");
        else if ((page_role_after_last_stop(s) || captions >= CAPTION_STYLE) &&
                 next < n) /* the last line may be prose that was cut off */
            page_role_set(l, ROLE_CAPTION, "long and without an end among lines that end");
    }
}

/* ---- repeat */

typedef SST_VEC(uint32_t) hashes;

static void words_of(sst_arena *scratch, sst_str s, hashes *out)
{
    size_t i = 0;
    while (i < s.n) {
        uint64_t h = 0;
        size_t letters = 0;
        while (i < s.n) {
            int n;
            uint32_t c = utf8_read(s.p + i, s.p + s.n, &n);
            if (!utf8_is_letter(c) && !utf8_is_digit(c))
                break;
            h = hash_mix(h, utf8_lower(c));
            letters++;
            i += (size_t)n;
        }
        if (letters) {
            uint32_t *x = vec_push(scratch, out);
            if (x)
                *x = (uint32_t)h;
        } else {
            int n;
            (void)utf8_read(s.p + i, s.p + s.n, &n);
            i += (size_t)n;
        }
    }
}

static uint64_t shingle_at(const uint32_t *w)
{
    uint64_t h = 1;
    for (int i = 0; i < SHINGLE; i++)
        h = hash_mix(h, w[i]);
    return h;
}

/* Candidates are lines without an end. One pass writes down the runs of words of all ended lines,
 * one looks up the candidates'. */
static sst_status set_pull_quotes(sst_arena *scratch, sst_str text, page_line *lines, uint32_t n)
{
    if (text.n > PULL_TEXT_BYTES)
        return SST_OK;
    bool any = false;
    for (uint32_t i = 0; i < n && !any; i++)
        any =
            !lines[i].ended && !lines[i].open && (!lines[i].set || lines[i].role == ROLE_SUBTITLE);
    if (!any)
        return SST_OK;
    u64map seen = {0};
    hashes w = {0};
    for (uint32_t i = 0; i < n; i++) {
        if (!lines[i].ended || lines[i].set)
            continue;
        w.n = 0;
        words_of(scratch, line_str(text, &lines[i]), &w);
        for (uint32_t k = 0; k + SHINGLE <= w.n; k++)
            if (!u64map_add(scratch, &seen, shingle_at(w.v + k), 1, NULL))
                return scratch->failed ? scratch->failed : SST_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < n; i++) {
        page_line *l = &lines[i];
        if (l->ended || l->open || (l->set && l->role != ROLE_SUBTITLE) ||
            l->end - l->begin > 2 * ROLE_HEADLINE_BYTES)
            continue;
        w.n = 0;
        words_of(scratch, line_str(text, l), &w);
        uint32_t hits = 0, runs = 0, tail = 0;
        for (uint32_t k = 0; k + SHINGLE <= w.n; k++) {
            bool hit = u64map_find(&seen, shingle_at(w.v + k)) != NULL;
            runs++;
            hits += hit;
            tail = hit ? 0 : tail + 1;
        }
        /* A name of up to four words may stand behind the repeated words. */
        uint32_t name = tail < SHINGLE ? tail : SHINGLE;
        if (hits >= 2 && hits * 100 >= (runs - name) * PULL_SHARE)
            page_role_set(l, ROLE_BOILERPLATE,
                          "a pull quote: its words stand elsewhere in the text");
    }
    return scratch->failed;
}

/* Who posts is a source like any other, unless it is the outlet that points to its own work. */
static void keep_posts(const sst_article *a, page_line *lines, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        page_post post;
        sst_str s = line_str(a->text, &lines[i]);
        if (lines[i].post && page_post_read(s, &post) &&
            !page_post_is_own(s, &post, a->outlet, a->url)) {
            lines[i].role = ROLE_BODY;
            lines[i].why = "a post of somebody else than the outlet";
        }
    }
}

sst_status page_roles(sst_arena *scratch, const sst_article *a, page_line *lines, uint32_t n)
{
    sst_str text = a->text;
    uint32_t last = n;
    for (uint32_t i = 0; i < n; i++) {
        lines[i].role = ROLE_BODY;
        if (lines[i].end - lines[i].begin >= PROSE_BYTES)
            last = i;
    }
    for (uint32_t i = 0; i < n; i++)
        page_role_set_by_form(line_str(text, &lines[i]), &lines[i], i >= last);
    keep_posts(a, lines, n);
    set_top(text, a->title, lines, n);
    set_beside_captions(lines, n);
    set_links(text, lines, n);
    set_unended(text, lines, n);
    sst_status status = set_pull_quotes(scratch, text, lines, n);
    /* A text is never set aside as a whole: the longest line stays. */
    uint32_t longest = UINT32_MAX;
    for (uint32_t i = 0; i < n; i++) {
        if (lines[i].role == ROLE_BODY || lines[i].role == ROLE_LIST)
            return status;
        if (lines[i].end - lines[i].begin >= LINE_OF_PROSE &&
            (longest == UINT32_MAX ||
             lines[i].end - lines[i].begin > lines[longest].end - lines[longest].begin))
            longest = i;
    }
    if (longest != UINT32_MAX) {
        lines[longest].role = ROLE_BODY;
        lines[longest].why = "the longest line: a text is never set aside as a whole";
    }
    return status;
}
