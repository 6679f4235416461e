/*
 * Wrapping for terminals: see report_term.h. Greedy; widths by Unicode Standard Annex 11 (wide and
 * full-width characters take two columns, marks none).
 */
#include "report_term.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base_str.h"
#include "base_utf8.h"

enum { COLUMNS_DEFAULT = 80, COLUMNS_LEAST = 32, MEASURE_MOST = 112 };

void term_init(report_term *t, report_run *w)
{
    memset(t, 0, sizeof *t);
    t->out = w->out;
    t->colour = w->style.colour;
    t->columns = w->style.columns ? w->style.columns : COLUMNS_DEFAULT;
    if (t->columns < COLUMNS_LEAST)
        t->columns = COLUMNS_LEAST;
    t->measure = t->columns < MEASURE_MOST ? t->columns : MEASURE_MOST;
}

/* Columns of a character; 0 for marks that join the one before. */
static uint32_t width_of(uint32_t c)
{
    if (c < 0x300)
        return 1;
    int type = u_charType((UChar32)c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR)
        return 0;
    int wide = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
    return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

/* Controls (C0, DEL, C1) and characters that turn the direction of text. */
static bool is_hostile(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c || c == 0x200e || c == 0x200f ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static bool is_break(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x2028 || c == 0x2029 || c == 0x3000;
}

uint32_t term_width(sst_str s)
{
    uint32_t width = 0;
    for (const char *p = s.p, *end = s.p + s.n; p < end;) {
        int n;
        width += width_of(utf8_read(p, end, &n));
        p += n;
    }
    return width;
}

static const char *const code[TERM_STYLE_N] = {
    [TERM_PLAIN] = "\033[0m",  [TERM_BOLD] = "\033[0;1m",    [TERM_DIM] = "\033[0;2m",
    [TERM_HEAD] = "\033[0;1m", [TERM_DROP] = "\033[0;9;33m", [TERM_ADD] = "\033[0;4;32m"};

static void spaces(report_term *t, uint32_t n)
{
    static const char many[] = "                                ";
    t->column += n;
    while (n > 0) {
        uint32_t part = n < sizeof many - 1 ? n : (uint32_t)sizeof many - 1;
        report_out_add(t->out, many, part);
        n -= part;
    }
}

/* What the terminal shows from here on. */
static void show(report_term *t, uint8_t style)
{
    if (t->colour && t->shown != style)
        report_out_z(t->out, code[style]);
    t->shown = style;
}

static void line_end(report_term *t)
{
    show(t, TERM_PLAIN);
    report_out_add(t->out, "\n", 1);
    t->column = 0;
    t->begun = false;
    t->gap = 0;
}

/* Puts the gathered word on this line or the next. Spaces have neither underline nor strike between
 * two styles. */
static void flush_word(report_term *t)
{
    if (t->word_n == 0)
        return;
    if (t->begun && t->column + t->gap + t->word_width > t->measure) {
        line_end(t);
        spaces(t, t->indent);
    } else if (t->begun && t->gap) {
        if (t->shown != t->style)
            show(t, TERM_PLAIN);
        spaces(t, t->gap);
    }
    show(t, t->style);
    report_out_add(t->out, t->word, t->word_n);
    t->column += t->word_width;
    t->begun = true;
    t->gap = 0;
    t->word_n = 0;
    t->word_width = 0;
}

static void put_char(report_term *t, uint32_t c, uint32_t width)
{
    char bytes[4];
    int n = utf8_write(bytes, c);
    if (t->word_n + 4 > TERM_WORD || (width && t->indent + t->word_width + width > t->measure))
        flush_word(t);
    memcpy(t->word + t->word_n, bytes, (size_t)n);
    t->word_n += (size_t)n;
    t->word_width += width;
}

static void put_text(report_term *t, sst_str s)
{
    for (const char *p = s.p, *end = s.p + s.n; p < end;) {
        int n;
        uint32_t c = utf8_read(p, end, &n);
        p += n;
        if (is_break(c)) {
            flush_word(t);
            t->gap = t->gap ? t->gap : 1;
        } else if (!is_hostile(c)) {
            if (utf8_is_ideograph(c))
                flush_word(t);
            put_char(t, c, width_of(c));
        }
    }
}

void term_begin(report_term *t, uint32_t first, uint32_t rest)
{
    t->column = 0;
    t->begun = false;
    t->gap = 0;
    t->indent = rest;
    spaces(t, first);
}

/* Words of two styles that touch are written apart, each in its own. */
static void flush_style(report_term *t, term_style style)
{
    if (t->style == style || !t->colour)
        return;
    flush_word(t);
    t->style = (uint8_t)style;
}

void term_put(report_term *t, term_style style, sst_str s)
{
    if (s.n == 0)
        return;
    bool signs = !t->colour && (style == TERM_DROP || style == TERM_ADD);
    flush_style(t, style);
    if (signs) {
        s = str_trim(s);
        put_text(t, style == TERM_DROP ? STR("[-") : STR("{+"));
    }
    put_text(t, s);
    if (signs)
        put_text(t, style == TERM_DROP ? STR("-]") : STR("+}"));
}

void term_z(report_term *t, term_style style, const char *z)
{
    term_put(t, style, str_of(z));
}

void term_u32(report_term *t, term_style style, uint32_t n)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", n);
    term_z(t, style, digits);
}

void term_to(report_term *t, uint32_t column)
{
    flush_word(t);
    t->style = TERM_PLAIN;
    show(t, TERM_PLAIN);
    if (t->begun && t->column + 2 > column) {
        line_end(t);
        spaces(t, column);
    } else if (t->column < column) {
        spaces(t, column - t->column);
    }
    t->begun = false; /* the text starts here: no space, no wrapping before it */
    t->gap = 0;
    t->indent = column;
}

void term_gap(report_term *t)
{
    flush_word(t);
    t->gap = 2;
}

void term_end(report_term *t)
{
    flush_word(t);
    line_end(t);
    t->style = TERM_PLAIN;
}

void term_blank(report_term *t)
{
    report_out_add(t->out, "\n", 1);
}

void term_ends(report_term *t, uint32_t indent, term_style left_style, sst_str left,
               term_style right_style, sst_str right)
{
    term_begin(t, indent, indent);
    term_put(t, left_style, left);
    flush_word(t);
    uint32_t width = term_width(right);
    if (width && t->column + 2 + width <= t->measure)
        term_to(t, t->measure - width);
    else
        t->gap = 1;
    term_put(t, right_style, right);
    term_end(t);
}
