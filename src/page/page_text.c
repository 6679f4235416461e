/*
 * Blocks of a text that came as text. A line is a paragraph where lines are long; in hard-wrapped
 * text (most lines about 72 columns, going on in the next) a paragraph goes up to an empty line.
 * The bytes of the text are never changed.
 */
#include <string.h>

#include "base_utf8.h"
#include "page_inner.h"
#include "page_note.h"
#include "page_words.h"

enum {
    WRAP_MAX = 100,  /* columns: no line of hard-wrapped text is longer (mail and usenet wrap at 60
                        to 80) */
    WRAP_MIN = 45,   /* a full line of it has at least so many */
    WRAP_SHARE = 60, /* per cent of the lines that another line follows at once are full */
    RUN_SHARE = 40   /* per cent of these go on without a full stop into a line that begins with a
                        small letter */
};

typedef SST_VEC(page_line) line_list;

static bool is_closing(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 ||
           c == 0xBB || c == 0x201C || c == 0x203A;
}

void page_line_describe(sst_str text, page_line *l)
{
    const char *begin = text.p + l->begin, *end = text.p + l->end, *p = end;
    l->ended = l->open = l->quoted = 0;
    bool mark = false;
    while (p > begin) {
        int n;
        uint32_t c = utf8_read_back(p, begin, &n);
        if (is_closing(c)) {
            mark |= c != ')' && c != ']';
            p -= n;
            continue;
        }
        if (c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF1F ||
            c == 0xFF01 || c == 0x61F || c == 0x964)
            l->ended = 1;
        else if (c == ',' || c == ':' || c == ';' || c == 0x2014 || c == 0x2013 || c == '-')
            l->open = 1;
        break;
    }
    if (mark)
        l->ended = 1;
    bool in_word = false;
    l->words = 0;
    for (p = begin; p < end; p++) {
        unsigned char c = (unsigned char)*p;
        bool space = byte_is_space(c);
        l->words += !space && !in_word;
        in_word = !space;
        if (c == '"' ||
            (c == 0xE2 && end - p >= 3 && (unsigned char)p[1] == 0x80 &&
             ((unsigned char)p[2] == 0x9C || (unsigned char)p[2] == 0x9D ||
              (unsigned char)p[2] == 0x9E)) ||
            (c == 0xC2 && end - p >= 2 &&
             ((unsigned char)p[1] == 0xAB || (unsigned char)p[1] == 0xBB)) ||
            (c == '\'' && end - p >= 2 && p[1] == '\''))
            l->quoted = 1;
    }
}

static void find_lines(sst_arena *scratch, sst_str text, line_list *out)
{
    size_t at = 0;
    bool gap = false, searched = false;
    const char *nl = NULL;
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        at = 3;
    while (at < text.n) {
        /* Old Macintosh files have only "\r": the next "\n" is looked for once, not from every
         * line. */
        if (!searched || (nl && nl < text.p + at)) {
            nl = memchr(text.p + at, '\n', text.n - at);
            searched = true;
        }
        size_t stop = nl ? (size_t)(nl - text.p) : text.n;
        const char *cr = memchr(text.p + at, '\r', stop - at);
        if (cr && cr + 1 < text.p + stop)
            stop = (size_t)(cr - text.p);
        sst_str s = str_trim((sst_str){text.p + at, stop - at});
        if (s.n == 0)
            gap = true;
        else {
            page_line *l = vec_push(scratch, out);
            if (!l)
                return;
            l->begin = (uint32_t)(s.p - text.p);
            l->end = (uint32_t)(l->begin + s.n);
            l->gap = gap;
            gap = false;
        }
        at = stop + 1;
    }
}

static bool is_wrapped(sst_str text, const line_list *lines)
{
    uint32_t full = 0, inner = 0, runs = 0;
    for (uint32_t i = 0; i < lines->n; i++) {
        const page_line *l = &lines->v[i];
        size_t columns = utf8_count((sst_str){text.p + l->begin, l->end - l->begin});
        if (columns > WRAP_MAX)
            return false;
        if (i + 1 == lines->n || lines->v[i + 1].gap)
            continue;
        inner++;
        full += columns >= WRAP_MIN;
        int n;
        const page_line *next = l + 1;
        runs += !l->ended && utf8_is_lower(utf8_read(text.p + next->begin, text.p + next->end, &n));
    }
    return inner >= 3 && full * 100 >= inner * WRAP_SHARE && runs * 100 >= inner * RUN_SHARE;
}

sst_status page_text_blocks(sst_article *a)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    line_list lines = {0};
    find_lines(&scratch, a->text, &lines);
    if (!scratch.failed && is_wrapped(a->text, &lines)) {
        uint32_t kept = 0;
        for (uint32_t i = 0; i < lines.n; i++)
            if (kept && !lines.v[i].gap)
                lines.v[kept - 1].end = lines.v[i].end;
            else
                lines.v[kept++] = lines.v[i];
        lines.n = kept;
    }
    for (uint32_t i = 0; i < lines.n; i++)
        page_line_describe(a->text, &lines.v[i]);
    sst_status status = scratch.failed;
    if (!status)
        status = page_roles(&scratch, a, lines.v, lines.n);
    if (!status && lines.n) {
        a->blocks = arena_calloc(&a->arena, lines.n, sizeof *a->blocks);
        if (a->blocks) {
            a->block_n = lines.n;
            for (uint32_t i = 0; i < lines.n; i++)
                a->blocks[i] = (sst_block){{lines.v[i].begin, lines.v[i].end}, lines.v[i].role};
        }
    }
    for (uint32_t i = 0; i < lines.n && a->notes; i++) {
        const page_line *l = &lines.v[i];
        sst_span at = {l->begin, l->end};
        page_note_block(a, NULL, str_span(a->text, at), at, (sst_role)l->role,
                        l->why ? l->why : "a line that nothing speaks against",
                        str_of(l->said ? l->said : ""));
    }
    arena_release(&scratch);
    return status ? status : a->arena.failed;
}

/* "PLACE (Agency) -": within the first bytes of a line, brackets that hold capitalised words and a
 * dash behind them. */
static sst_str dateline_agency(sst_str s)
{
    enum { DATELINE_BYTES = 120, AGENCY_BYTES = 40 };
    sst_str none = {NULL, 0};
    size_t stop = s.n < DATELINE_BYTES ? s.n : DATELINE_BYTES;
    const char *open = stop ? memchr(s.p, '(', stop) : NULL;
    if (!open)
        return none;
    size_t from = (size_t)(open - s.p) + 1;
    const char *close =
        memchr(s.p + from, ')', s.n - from < AGENCY_BYTES ? s.n - from : AGENCY_BYTES);
    if (!close)
        return none;
    sst_str in = {s.p + from, (size_t)(close - s.p) - from};
    size_t k = from + in.n + 1;
    bool dash = false;
    while (k < s.n) {
        sst_str rest = {s.p + k, s.n - k};
        if (s.p[k] == ' ')
            k++;
        else if (s.p[k] == '-') {
            dash = true;
            k++;
        } else if (str_starts(rest, STR("\xE2\x80\x94")) || str_starts(rest, STR("\xE2\x80\x93"))) {
            dash = true;
            k += 3;
        } else
            break;
    }
    const page_agency_name *known = page_agency_at_start(in);
    if (known && known->n == in.n && (known->use & AGENCY_WIRE) && (dash || from > 1))
        return in;
    int n;
    bool place = true; /* what stands before is a place in capitals, or nothing */
    for (size_t i = 0; i + 1 < from && i < 4; i++)
        place &= !(s.p[i] >= 'a' && s.p[i] <= 'z');
    if (dash && place && in.n && utf8_is_upper(utf8_read(in.p, in.p + in.n, &n)))
        return in;
    return none;
}

sst_str page_agency(const sst_article *a)
{
    enum { LOOK_BODY = 3 };
    uint32_t body = 0;
    for (uint32_t i = 0; i < a->block_n; i++) {
        sst_str s = str_span(a->text, a->blocks[i].at);
        uint8_t role = a->blocks[i].role;
        if (role == ROLE_BODY && body < LOOK_BODY) {
            body++;
            sst_str found = dateline_agency(s);
            if (found.n)
                return found;
            ptrdiff_t at = s.n < 400 ? str_find(s, STR("/PRNewswire"))
                                     : str_find((sst_str){s.p, 400}, STR("/PRNewswire"));
            if (at >= 0)
                return (sst_str){s.p + at + 1, 10};
        }
        if (role != ROLE_BYLINE && role != ROLE_BOILERPLATE && role != ROLE_DATELINE)
            continue;
        bool rights = role == ROLE_BOILERPLATE;
        if (rights && str_find_nocase(s, STR("copyright")) < 0 && str_find(s, STR("\xC2\xA9")) < 0)
            continue;
        for (size_t k = 0; k < s.n && k < 160; k++) {
            if (k && (byte_is_alpha((unsigned char)s.p[k - 1]) || s.p[k] < 'A' || s.p[k] > 'Z'))
                continue;
            const page_agency_name *known = page_agency_at_start((sst_str){s.p + k, s.n - k});
            if (known && (known->use & AGENCY_WIRE))
                return (sst_str){s.p + k, known->n};
        }
    }
    return (sst_str){NULL, 0};
}
