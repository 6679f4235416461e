/*
 * Roles of the lines of a text. In: lines. Out: a role for each. Method, in this order; a line that
 * nothing speaks against is body: words     phrases of furniture lists (data/lang) form      slugs,
 * bracketed lines, posts, picture galleries, credits at the end, agency names at the beginning
 *   place     headline above the prose; captions beside captions; short lines under "Read more"
 *   ending    in a text whose lines end as sentences, a short line that does not is a subheading or
 * link, a long one of several sentences a caption repeat    a line without an end whose words stand
 * elsewhere in the text is a pull quote To set a line of prose aside is worse than to keep a
 * caption: lines with quotation marks stay body unless words or a credit speak against it. The
 * thresholds were read off ../shared/seeds, ../shared/labelled and 60 articles of giveme5w1h; the
 * row "boilerplate" of the bench moves with them.
 */
#include <string.h>

#include "base_hash.h"
#include "base_utf8.h"
#include "page_inner.h"
#include "page_words.h"

enum {
    HEADLINE_BYTES = 200,
    HEADLINE_WORDS = 28,
    PROSE_BYTES = 80, /* a line of prose that a headline can stand above */
    LINE_OF_PROSE =
        280, /* a text run into one line is longer than this; a lone caption or headline is not */
    SHORT_WORDS = 14, /* of a subheading or a link */
    SHORT_BYTES = 110,
    CAPTION_STYLE =
        4,            /* long lines without a full stop: more than lost full stops, a house style */
    LINK_BYTES = 160, /* of a line in a list of links */
    CREDIT_NAME_WORDS = 6, /* of a credit behind the last full stop of a caption */
    DATE_BYTES = 90,
    TOP_LINES = 6, /* bylines and dates stand among so many lines at the top */
    SHINGLE = 4,   /* words; pull quotes repeat longer runs, chance repeats are shorter */
    PULL_TEXT_BYTES = 4 << 20, /* texts that are longer are no articles with pull quotes */
    PULL_SHARE = 75            /* per cent of its runs of words that stand elsewhere */
};

static sst_str line_str(sst_str text, const page_line *l)
{
    return (sst_str){text.p + l->begin, l->end - l->begin};
}

static void set(page_line *l, sst_role role, const char *why)
{
    l->role = (uint8_t)role;
    l->set = 1;
    l->why = why;
}

/* ---- form
 * ------------------------------------------------------------------------------------------------------
 */

/* "words-joined-by-hyphens." */
static bool is_slug(sst_str s)
{
    size_t hyphens = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '-')
            hyphens++;
        else if (!(c >= 'a' && c <= 'z') && !byte_is_digit(c) && !(c == '.' && i + 1 == s.n))
            return false;
    }
    return hyphens >= 3;
}

/* Does a slug have the same words as the line? */
static bool slug_fits(sst_str slug, sst_str line)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < slug.n && !byte_is_alpha((unsigned char)slug.p[i]) &&
               !byte_is_digit((unsigned char)slug.p[i]))
            i++;
        while (k < line.n && !byte_is_alpha((unsigned char)line.p[k]) &&
               !byte_is_digit((unsigned char)line.p[k]))
            k++;
        if (i == slug.n || k == line.n)
            return i == slug.n && k == line.n;
        if ((slug.p[i] | 32) != (line.p[k] | 32))
            return false;
        i++;
        k++;
    }
}

/* "1/8 ... 2/8 ...": numbers that count up to the same total. */
static bool is_gallery(sst_str s)
{
    uint32_t expect = 0, total = 0, hits = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!byte_is_digit((unsigned char)s.p[i]) ||
            (i && !byte_is_space((unsigned char)s.p[i - 1])))
            continue;
        uint32_t a = 0, b = 0;
        size_t k = i;
        while (k < s.n && k < i + 4 && byte_is_digit((unsigned char)s.p[k]))
            a = a * 10 + (uint32_t)(s.p[k++] - '0');
        if (k == s.n || s.p[k] != '/')
            continue;
        k++;
        size_t from = k;
        while (k < s.n && k < from + 4 && byte_is_digit((unsigned char)s.p[k]))
            b = b * 10 + (uint32_t)(s.p[k++] - '0');
        if (k == from || (k < s.n && !byte_is_space((unsigned char)s.p[k])))
            continue;
        if (hits == 0 || (b == total && a == expect)) {
            total = b;
            expect = a + 1;
            hits++;
        }
        i = k;
    }
    return hits >= 2;
}

/* A post run into the text: "... https://t.co/x — Name (@name) date", "... pic.twitter.com/x". */
static bool is_post(sst_str s)
{
    if (str_find(s, STR("(@")) < 0)
        return false;
    return str_find(s, STR("https://t.co/")) >= 0 || str_find(s, STR("pic.twitter.com/")) >= 0 ||
           str_find(s, STR("\xE2\x80\x94 ")) >= 0;
}

/* A line of contact: it holds an e-mail address. */
static bool has_mail_address(sst_str s)
{
    for (size_t i = 1; i + 3 < s.n; i++)
        if (s.p[i] == '@' && byte_is_alpha((unsigned char)s.p[i - 1]) &&
            byte_is_alpha((unsigned char)s.p[i + 1])) {
            size_t k = i + 1;
            while (k < s.n && (byte_is_alpha((unsigned char)s.p[k]) || s.p[k] == '-' ||
                               byte_is_digit((unsigned char)s.p[k])))
                k++;
            if (k + 1 < s.n && s.p[k] == '.' && byte_is_alpha((unsigned char)s.p[k + 1]))
                return true;
        }
    return false;
}

/* "1.30 p.m." ends no sentence. */
static bool ends_in_short_form(sst_str s)
{
    return s.n >= 4 && s.p[s.n - 1] == '.' && s.p[s.n - 3] == '.';
}

static bool has_year(sst_str s)
{
    for (size_t i = 0; i + 4 <= s.n; i++)
        if ((s.p[i] == '2' && s.p[i + 1] == '0') || (s.p[i] == '1' && s.p[i + 1] == '9'))
            if (byte_is_digit((unsigned char)s.p[i + 2]) &&
                byte_is_digit((unsigned char)s.p[i + 3]) &&
                (i == 0 || !byte_is_digit((unsigned char)s.p[i - 1])) &&
                (i + 4 == s.n || !byte_is_digit((unsigned char)s.p[i + 4])))
                return true;
    return false;
}

/* Does s have 1 to max words, each capitalised or a short joining one, the first and the last
 * capitalised? */
static bool is_name_run(sst_str s, uint32_t max)
{
    uint32_t words = 0;
    size_t i = 0;
    bool upper = false;
    while (i < s.n) {
        while (i < s.n && byte_is_space((unsigned char)s.p[i]))
            i++;
        size_t from = i;
        while (i < s.n && !byte_is_space((unsigned char)s.p[i]))
            i++;
        if (i == from)
            break;
        int n;
        uint32_t c = utf8_read(s.p + from, s.p + i, &n);
        upper = utf8_is_upper(c);
        if (words == 0 && !upper)
            return false;
        if (!upper && (i - from > 3 || !utf8_is_letter(c)) && c != '&')
            return false;
        if (s.p[i - 1] == ':' || s.p[i - 1] == ';')
            return false;
        words++;
    }
    return words >= 1 && words <= max && upper;
}

/* Where the last sentence end (". ", "? ", "! ", also behind a closing mark) is followed by more; 0
 * when there is none. */
static size_t after_last_stop(sst_str s)
{
    for (size_t i = s.n; i-- > 1;)
        if (s.p[i] == ' ' && (s.p[i - 1] == '.' || s.p[i - 1] == '?' || s.p[i - 1] == '!')) {
            /* An initial or an abbreviation ("U.S. Army", "J. Smith") ends no sentence. */
            if (s.p[i - 1] == '.' &&
                (i < 4 || s.p[i - 2] < 'a' || s.p[i - 2] > 'z' || s.p[i - 3] == '.' ||
                 (s.p[i - 4] == ' ' || s.p[i - 3] == ' ')))
                if (!(i >= 2 && (byte_is_digit((unsigned char)s.p[i - 2]) || s.p[i - 2] == ')')))
                    continue;
            return i + 1;
        }
    return 0;
}

static sst_str last_two_words(sst_str s)
{
    size_t i = s.n, spaces = 0;
    while (i > 0 && spaces < 2) {
        i--;
        spaces += s.p[i] == ' ';
    }
    return (sst_str){s.p + i, s.n - i};
}

/* A credit of a picture at the end: "(Name/Agency)", "(University of Somewhere)", "AGENCY/Name",
 * "Name/Agency", "... stop. Name". */
static bool has_credit(sst_str s, const page_line *l, bool last)
{
    sst_str t = s;
    while (t.n && (t.p[t.n - 1] == '.' || byte_is_space((unsigned char)t.p[t.n - 1])))
        t.n--;
    if (t.n && (t.p[t.n - 1] == ')' || t.p[t.n - 1] == ']')) {
        char bracket = t.p[t.n - 1] == ')' ? '(' : '[';
        size_t open = t.n - 1;
        while (open > 0 && t.p[open] != bracket && t.n - open < 120)
            open--;
        if (t.p[open] == bracket) {
            sst_str in = {t.p + open + 1, t.n - open - 2};
            const page_agency_name *tail = page_agency_at_end(in), *head = page_agency_at_start(in);
            bool whole = (tail && tail->n == in.n) || (head && head->n == in.n);
            size_t k = open;
            while (k && byte_is_space((unsigned char)t.p[k - 1]))
                k--;
            bool stop_before = k == 0 || t.p[k - 1] == '.' || t.p[k - 1] == '"';
            /* "(Agency)" alone behind a full stop at the very end of a text is its sign-off. */
            if (whole && (last || l->quoted))
                return false;
            if (tail || (head && head->n < in.n && (in.p[head->n] == '/' || in.p[head->n] == ' ')))
                return stop_before || t.n == s.n;
            if (t.n == s.n && !l->quoted && k && is_name_run(in, CREDIT_NAME_WORDS) &&
                memchr(in.p, ' ', in.n) && (stop_before || l->words >= 8))
                return true;
        }
        return false;
    }
    if (l->ended && t.n != s.n &&
        memchr(t.p + (t.n > 60 ? t.n - 60 : 0), '/', t.n > 60 ? 60 : t.n) == NULL)
        return false;
    /* The last run of words with a slash in it. */
    size_t from = t.n > 80 ? t.n - 80 : 0;
    for (size_t i = t.n; i-- > from;)
        if (t.p[i] == '/' && i + 1 < t.n && i > 0) {
            sst_str right = {t.p + i + 1, t.n - i - 1}, left = {t.p, i};
            const page_agency_name *a = page_agency_at_end(left), *b = page_agency_at_start(right);
            if (a && (a->use & AGENCY_PHOTO) && is_name_run(right, CREDIT_NAME_WORDS))
                return true;
            if (b && b->n == right.n && (b->use & AGENCY_PHOTO)) {
                int n;
                uint32_t c = utf8_read_back(left.p + left.n, left.p, &n);
                return utf8_is_letter(c) || c == '.';
            }
            if (b && (b->use & AGENCY_PHOTO) && is_name_run(right, CREDIT_NAME_WORDS))
                return true;
            /* "Name Name/Organisation" of organisations that are not in the list */
            if (!l->ended && !l->quoted && l->words >= 8 && is_name_run(right, CREDIT_NAME_WORDS) &&
                is_name_run(last_two_words(left), 2))
                return true;
        }
    if (l->ended || l->quoted)
        return false;
    const page_agency_name *tail = page_agency_at_end(t);
    if (tail && tail->n < t.n && l->words >= 5 && t.p[t.n - tail->n - 1] == ' ')
        return true;
    size_t after = after_last_stop(t);
    return after && l->words >= 8 &&
           is_name_run((sst_str){t.p + after, t.n - after}, CREDIT_NAME_WORDS);
}

/* "AGENCY • AGENCY Caption without an end" */
static bool has_leading_agency(sst_str s, const page_line *l)
{
    const page_agency_name *a = page_agency_at_start(s);
    if (l->ended || l->open || !a || !(a->use & AGENCY_PHOTO))
        return false;
    size_t at = a->n;
    while (at < s.n) {
        size_t k = at;
        while (k < s.n && strchr(" /|,+&", s.p[k]))
            k++;
        while (k + 3 <= s.n &&
               (memcmp(s.p + k, "\xE2\x80\xA2", 3) == 0 || memcmp(s.p + k, "\xC2\xB7 ", 3) == 0))
            k += 3;
        while (k < s.n && s.p[k] == ' ')
            k++;
        sst_str rest = {s.p + k, s.n - k};
        const page_agency_name *more = page_agency_at_start(rest);
        if (!more) {
            int n;
            return k < s.n && l->words >= 4 &&
                   utf8_is_upper(utf8_read(rest.p, rest.p + rest.n, &n));
        }
        at = k + more->n;
    }
    return false;
}

static void set_by_form(sst_str s, page_line *l, bool last)
{
    const page_phrase *f = page_phrase_find(s);
    if (f) {
        bool weak = f->how == HOW_END || f->how == HOW_HOLD ||
                    (f->how == HOW_START && s.n > HEADLINE_BYTES);
        bool picture = f->role == ROLE_CAPTION;
        /* A date line is short and no sentence. */
        if (f->role == ROLE_DATELINE && (l->ended || s.n > DATE_BYTES))
            return;
        if (!(weak && l->quoted && !picture) &&
            !(f->how == HOW_START && !picture && s.n > 2 * HEADLINE_BYTES &&
              f->role == ROLE_BOILERPLATE)) {
            set(l, (sst_role)f->role, "a phrase of the furniture lists");
            l->said = f->text;
            return;
        }
    }
    if (s.n <= LINK_BYTES && !l->quoted && has_mail_address(s)) {
        set(l, ROLE_BOILERPLATE, "a line of contact");
        return;
    }
    if (is_slug(s) || (s.n > 4 && s.p[0] == '[' && s.p[s.n - 1] == ']' && s.n <= HEADLINE_BYTES) ||
        is_post(s))
        set(l, ROLE_BOILERPLATE, "the form of a slug, a note in brackets or a post");
    else if (is_gallery(s) || has_credit(s, l, last) || has_leading_agency(s, l))
        set(l, ROLE_CAPTION, "a picture credit or a gallery");
}

/* ---- place
 * -----------------------------------------------------------------------------------------------------
 */

static bool is_prose(const page_line *l)
{
    return !l->set && l->ended && l->end - l->begin >= PROSE_BYTES;
}

static bool same_words(sst_str a, sst_str b)
{
    return a.n && b.n && slug_fits(a, b);
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
        bool after_slug = i && is_slug(line_str(text, &lines[i - 1])) &&
                          slug_fits(line_str(text, &lines[i - 1]), s);
        if ((same_words(title, s) || after_slug) && n > 1) {
            set(l, ROLE_HEADLINE, "the title's words, or those of the slug above");
            headline = true;
            seen++;
            continue;
        }
        if (l->set)
            continue;
        seen++;
        size_t bytes = s.n;
        if ((!l->ended || ends_in_short_form(s)) && !l->open && bytes <= DATE_BYTES &&
            has_year(s) && (headline || i == 0) && last_prose != UINT32_MAX && last_prose > i &&
            l->words <= 12) {
            set(l, ROLE_DATELINE, "a short line with a year above the prose");
            continue;
        }
        bool brief = !l->ended && !l->open && bytes <= HEADLINE_BYTES && l->words <= HEADLINE_WORDS;
        if (!headline && brief && last_prose != UINT32_MAX && last_prose > i) {
            set(l, ROLE_HEADLINE, "the first short line without an end above prose");
            headline = true;
        } else if (headline && brief && !l->quoted && last_prose != UINT32_MAX && last_prose > i &&
                   seen <= 3)
            set(l, ROLE_SUBTITLE, "a short line without an end below the headline");
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
                    lines[k].end - lines[k].begin <= HEADLINE_BYTES)
                    set(&lines[k], ROLE_CAPTION, "beside a credited caption");
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
                    set(&lines[k], ROLE_BOILERPLATE, "a short line below a list of links");
            done = i;
        }
        if (!lines[i].set && (s.n > LINK_BYTES || (lines[i].quoted && lines[i].ended)))
            return;
    }
}

/* ---- ending
 * ----------------------------------------------------------------------------------------------------
 */

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
            set(&lines[i], ROLE_LIST, "a bullet or a number in front");
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
            set(l, ROLE_SUBTITLE, "short and without an end among lines that end");
        else if ((after_last_stop(s) || captions >= CAPTION_STYLE) &&
                 next < n) /* the last line may be prose that was cut off */
            set(l, ROLE_CAPTION, "long and without an end among lines that end");
    }
}

/* ---- repeat
 * ----------------------------------------------------------------------------------------------------
 */

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
            l->end - l->begin > 2 * HEADLINE_BYTES)
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
            set(l, ROLE_BOILERPLATE, "a pull quote: its words stand elsewhere in the text");
    }
    return scratch->failed;
}

sst_status page_roles(sst_arena *scratch, sst_str text, sst_str title, page_line *lines, uint32_t n)
{
    uint32_t last = n;
    for (uint32_t i = 0; i < n; i++) {
        lines[i].role = ROLE_BODY;
        if (lines[i].end - lines[i].begin >= PROSE_BYTES)
            last = i;
    }
    for (uint32_t i = 0; i < n; i++)
        set_by_form(line_str(text, &lines[i]), &lines[i], i >= last);
    set_top(text, title, lines, n);
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

sst_role page_role_by_form(sst_str s, page_line *l)
{
    l->role = ROLE_BODY;
    l->set = 0;
    l->why = l->said = NULL;
    set_by_form(s, l, false);
    return (sst_role)l->role;
}
