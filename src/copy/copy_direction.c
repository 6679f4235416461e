/*
 * Direction of a shared passage. In: two texts; out: who has it from whom, or unknown, and the
 * evidence.
 *
 * In this order, the most direct first:
 *
 *   quoted lines   one side has the passage behind ">" or "|", as replies and forwarded letters do,
 *                  the other has not, or less deep
 *   credit         a byline, dateline or credit line of one names the other's outlet, or the agency
 *                  that the other is
 *   agency         both name one agency, which is neither: both have it from there. Unknown
 *   credit         the running text of one names the other's outlet ("told the Marrow Post")
 *   time           a minute between two times, a day between two dates
 *   spelling       a typo carried over (copy_spelling.c)
 *   fuller         one is a cut of the other
 *
 * A naming in running text, or quoted lines, that the times contradict leave it unknown.
 */
#include "copy_direction.h"

enum {
    /* Seconds between two times of publication that tell which was first. */
    LATER_S = 60,
    /* Two dates without a time of day must be this far apart. */
    LATER_DAY_S = 86400,
    /* Share in per cent of the shorter text that stands in the longer one, for the shorter to be a
       cut. */
    CUT_SHARE = 95,
    /* Letters in front of a ">": the initials of who is quoted. */
    INITIALS_MOST = 4,
    /* Lines of a passage that are looked at. */
    LINES_MOST = 64
};

uint8_t copy_time_direction(int64_t a_s, bool a_clock, int64_t b_s, bool b_clock)
{
    if (a_s == INT64_MIN || b_s == INT64_MIN)
        return DIRECTION_UNKNOWN;
    int64_t apart = b_s - a_s, least = a_clock && b_clock ? LATER_S : LATER_DAY_S;
    return apart >= least    ? DIRECTION_A_TO_B
           : -apart >= least ? DIRECTION_B_TO_A
                             : DIRECTION_UNKNOWN;
}

static bool has_clock(sst_str iso)
{
    return iso.n > 10;
}

static copy_direction to_who(bool b, sst_evidence by, sst_span at)
{
    return (copy_direction){.direction = b ? DIRECTION_A_TO_B : DIRECTION_B_TO_A,
                            .by = (uint8_t)by,
                            .in_b = b,
                            .at = at};
}

copy_direction copy_articles_direction(const sst_text *a, const copy_bearer *by_a,
                                       const sst_text *b, const copy_bearer *by_b)
{
    copy_direction d = {0};
    const sst_article *x = a->article, *y = b->article;
    sst_span at_a, at_b;
    bool a_credits = copy_credits(a, by_a, by_b, &at_a),
         b_credits = copy_credits(b, by_b, by_a, &at_b);
    if (a_credits != b_credits)
        return to_who(b_credits, EVIDENCE_CREDIT, b_credits ? at_b : at_a);
    if (!a_credits && copy_one_agency(by_a, by_b)) {
        d.by = EVIDENCE_AGENCY;
        d.at = copy_agency_at(a);
        return d;
    }
    uint8_t time = copy_time_direction(x->published_s, has_clock(x->published), y->published_s,
                                       has_clock(y->published));
    at_a = copy_names(a, by_a, by_b);
    at_b = copy_names(b, by_b, by_a);
    bool a_names = at_a.begin < at_a.end, b_names = at_b.begin < at_b.end;
    if (a_names != b_names && !copy_same_outlet(by_a, by_b)) {
        uint8_t way = b_names ? DIRECTION_A_TO_B : DIRECTION_B_TO_A;
        if (time && time != way)
            return d;
        return to_who(b_names, EVIDENCE_CREDIT, b_names ? at_b : at_a);
    }
    d.direction = time;
    d.by = time ? EVIDENCE_TIME : EVIDENCE_NONE;
    return d;
}

copy_direction copy_fuller_direction(uint64_t shared, uint64_t n_a, uint64_t n_b)
{
    copy_direction d = {0};
    uint64_t small = n_a < n_b ? n_a : n_b, large = n_a < n_b ? n_b : n_a;
    if (shared * 100 >= small * CUT_SHARE && small * 100 < large * CUT_SHARE) {
        d.direction = n_a > n_b ? DIRECTION_A_TO_B : DIRECTION_B_TO_A;
        d.by = EVIDENCE_FULLER;
    }
    return d;
}

/* Signs of quotation at the beginning of a line; *end is where its own words begin. "|>" is one
 * sign.
 */
static uint32_t line_depth(sst_str s, uint32_t begin, uint32_t *end)
{
    uint32_t depth = 0, i = begin;
    for (;;) {
        uint32_t k = i, letters = 0;
        while (k < s.n && (s.p[k] == ' ' || s.p[k] == '\t'))
            k++;
        while (k + letters < s.n && byte_is_alpha((unsigned char)s.p[k + letters]) &&
               letters <= INITIALS_MOST)
            letters++;
        if (letters > INITIALS_MOST || k + letters >= s.n)
            break;
        char c = s.p[k + letters];
        if (c != '>' && !(c == '|' && letters == 0))
            break;
        i = k + letters + 1;
        depth += !(c == '|' && i < s.n && s.p[i] == '>');
    }
    *end = i;
    return depth;
}

typedef struct depths {
    uint32_t sum, lines;
    sst_span first; /* the signs of the first line that has some */
} depths;

/* Lines that begin in the passage, and the one that it begins in. */
static depths depths_of(sst_str s, sst_span at)
{
    depths d = {0, 0, {0, 0}};
    uint32_t begin = at.begin;
    while (begin > 0 && s.p[begin - 1] != '\n')
        begin--;
    while (begin < at.end && d.lines < LINES_MOST) {
        uint32_t end, depth = line_depth(s, begin, &end);
        if (depth && d.first.end == 0)
            d.first = (sst_span){begin, end};
        d.sum += depth;
        d.lines++;
        const char *next = memchr(s.p + begin, '\n', s.n - begin);
        if (!next)
            break;
        begin = (uint32_t)(next - s.p) + 1;
    }
    return d;
}

copy_direction copy_passage_direction(sst_str a, sst_span at_a, sst_str b, sst_span at_b)
{
    copy_direction d = {0};
    depths x = depths_of(a, at_a), y = depths_of(b, at_b);
    if (x.lines == 0 || y.lines == 0)
        return d;
    /* Half a sign a line more: most lines of one side are deeper. */
    uint64_t deep_a = 2 * (uint64_t)x.sum * y.lines, deep_b = 2 * (uint64_t)y.sum * x.lines,
             half = (uint64_t)x.lines * y.lines;
    if (deep_b >= deep_a + half || deep_a >= deep_b + half) {
        bool in_b = deep_b > deep_a;
        d = to_who(in_b, EVIDENCE_QUOTED, in_b ? y.first : x.first);
    }
    return d;
}
