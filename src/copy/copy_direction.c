/*
 * Direction of a shared passage. In: two texts; out: who has it from whom, or unknown, and the
 * evidence.
 *
 * In this order, the most direct first:
 *
 *   quoted lines   one side has the passage behind ">" or "|", as replies and forwarded letters do,
 * the other has not, or less deep credit         a byline, dateline or credit line of one names the
 * other's outlet, or the agency that the other is time           a minute between two times, a day
 * between two dates fuller         one is a cut of the other
 */
#include "copy_direction.h"

#include "copy_credit.h"

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

/* Where `reader` names the outlet of `source`, or the agency that it is. */
static bool credits(const sst_text *reader, const sst_text *source, sst_span *at)
{
    sst_str outlet = source->article->outlet;
    *at = (sst_span){0, 0};
    if (outlet.n == 0 || copy_same_name(outlet, reader->article->outlet))
        return false;
    if (copy_same_name(outlet, reader->article->agency)) {
        *at = copy_agency_at(reader);
        return true;
    }
    *at = copy_credited_at(reader, outlet);
    return at->begin < at->end;
}

copy_direction copy_articles_direction(const sst_text *a, const sst_text *b, uint64_t shared,
                                       uint64_t n_a, uint64_t n_b)
{
    copy_direction d = {0};
    sst_span at_a, at_b;
    bool a_credits = credits(a, b, &at_a), b_credits = credits(b, a, &at_b);
    if (a_credits != b_credits) {
        d.direction = b_credits ? DIRECTION_A_TO_B : DIRECTION_B_TO_A;
        d.by = EVIDENCE_CREDIT;
        d.in_b = b_credits;
        d.at = b_credits ? at_b : at_a;
        return d;
    }
    const sst_article *x = a->article, *y = b->article;
    d.direction = copy_time_direction(x->published_s, has_clock(x->published), y->published_s,
                                      has_clock(y->published));
    if (d.direction) {
        d.by = EVIDENCE_TIME;
        return d;
    }
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
        d.in_b = deep_b > deep_a;
        d.direction = d.in_b ? DIRECTION_A_TO_B : DIRECTION_B_TO_A;
        d.by = EVIDENCE_QUOTED;
        d.at = d.in_b ? y.first : x.first;
    }
    return d;
}
