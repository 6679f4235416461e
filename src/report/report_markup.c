/* The escaping writer: see report_markup.h. Escapes by the HTML standard, section 13.3. */
#include "report_markup.h"

#include <unicode/uloc.h>

#include <stdio.h>

#include "base_str.h"
#include "base_utf8.h"

/* Left out: C0 and C1 controls but line ends and tabs, DEL, and what turns the direction of the
 * page's own text. */
static bool is_left_out(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfffe ||
           c == 0xffff;
}

void html_text(report_out *o, sst_str s)
{
    const char *p = s.p, *end = s.p + s.n, *plain = p;
    while (p < end) {
        int n;
        uint32_t c = utf8_read(p, end, &n);
        const char *escape = c == '&'    ? "&amp;"
                             : c == '<'  ? "&lt;"
                             : c == '>'  ? "&gt;"
                             : c == '"'  ? "&quot;"
                             : c == '\'' ? "&#39;"
                                         : NULL;
        if (escape || is_left_out(c) || (c == 0xfffd && n == 1)) {
            report_out_add(o, plain, (size_t)(p - plain));
            if (escape)
                report_out_z(o, escape);
            plain = p + n;
        }
        p += n;
    }
    report_out_add(o, plain, (size_t)(p - plain));
}

void html_number(report_out *o, uint32_t n)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", n);
    report_out_z(o, digits);
}

void html_id(report_out *o, const report_story *s, char letter, uint32_t n)
{
    char id[48];
    snprintf(id, sizeof id, "s%u-%c%u", s->number, letter, n);
    report_out_z(o, id);
}

bool html_is_address(sst_str url)
{
    return str_starts_nocase(url, STR("https://")) || str_starts_nocase(url, STR("http://"));
}

void html_segment(report_out *o, sst_str name)
{
    for (size_t i = 0; i < name.n; i++) {
        char code[4];
        unsigned char c = (unsigned char)name.p[i];
        if (byte_is_alpha(c) || byte_is_digit(c) || (c && strchr("-._~", c)))
            snprintf(code, sizeof code, "%c", c);
        else
            snprintf(code, sizeof code, "%%%02X", c);
        report_out_z(o, code);
    }
}

void html_link_open(report_out *o, const char *prefix, sst_str name)
{
    html_raw(o, "<a href=\"");
    report_out_z(o, prefix);
    html_segment(o, name);
    html_raw(o, "\">");
}

void html_heading_open(html_story *h, uint32_t below, char letter, uint32_t n)
{
    report_out *o = h->o;
    html_raw(o, "<h");
    html_number(o, h->level + below);
    if (letter) {
        html_raw(o, " id=\"");
        html_id(o, &h->s, letter, n);
        html_raw(o, "\"");
    }
    html_raw(o, ">");
}

void html_heading_end(html_story *h, uint32_t below)
{
    html_raw(h->o, "</h");
    html_number(h->o, h->level + below);
    html_raw(h->o, ">\n");
}

void html_heading(html_story *h, uint32_t below, char letter, uint32_t n, sst_str text)
{
    html_heading_open(h, below, letter, n);
    html_text(h->o, text);
    html_heading_end(h, below);
}

void html_person(html_story *h, sst_str name)
{
    bool links = h->w->links != NULL;
    if (links)
        html_link_open(h->o, h->w->links->person, name);
    html_text(h->o, name);
    if (links)
        html_raw(h->o, "</a>");
}

/* "s2-a3-184": story 2, article 3, byte 184. */
void html_place_open(html_story *h, uint32_t article, uint32_t begin)
{
    char id[64];
    html_anchor *a = vec_push(h->w->arena, &h->anchors);
    if (a)
        *a = (html_anchor){article, begin};
    snprintf(id, sizeof id, "<a href=\"#s%u-a%u-%u\">", h->s.number, article, begin);
    report_out_z(h->o, id);
}

void html_place(html_story *h, uint32_t article, uint32_t begin, sst_str label)
{
    html_place_open(h, article, begin);
    html_text(h->o, label);
    html_raw(h->o, "</a>");
}

void html_date(report_out *o, sst_str iso)
{
    html_raw(o, "<time datetime=\"");
    html_text(o, iso);
    html_raw(o, "\">");
    if (iso.n >= 16 && iso.p[10] == 'T') {
        html_text(o, (sst_str){iso.p, 10});
        html_raw(o, " ");
        html_text(o, (sst_str){iso.p + 11, 5});
    } else {
        html_text(o, iso);
    }
    html_raw(o, "</time>");
}

/* Letters, digits and hyphens: else it is no tag of a language (BCP 47). */
void html_lang_tag(report_out *o, sst_str lang)
{
    if (!lang.n || lang.n > 35 || str_eq(lang, STR("en")))
        return;
    for (size_t i = 0; i < lang.n; i++)
        if (!byte_is_alpha((unsigned char)lang.p[i]) && !byte_is_digit((unsigned char)lang.p[i]) &&
            lang.p[i] != '-')
            return;
    char z[36];
    memcpy(z, lang.p, lang.n);
    z[lang.n] = 0;
    html_raw(o, " lang=\"");
    html_text(o, lang);
    if (uloc_isRightToLeft(z))
        html_raw(o, "\" dir=\"rtl\"");
    else
        html_raw(o, "\"");
}

void html_lang_of(report_out *o, const sst_article *a)
{
    html_lang_tag(o, a->lang);
}

void html_lang(html_story *h, uint32_t article)
{
    html_lang_of(h->o, report_article(h->s.f, article));
}

void html_count(report_out *o, uint32_t n, const char *one, const char *many)
{
    html_number(o, n);
    html_raw(o, " ");
    report_out_z(o, n == 1 ? one : many);
}

void html_fold(html_story *h, uint32_t n)
{
    html_raw(h->o, "<details class=\"rest\"><summary>");
    html_number(h->o, n);
    html_raw(h->o, " more</summary>\n");
}

void html_fold_end(html_story *h)
{
    html_raw(h->o, "</details>\n");
}

/* Hidden words say to a screen reader what strike and underline say to the eye. */
void html_pieces(html_story *h, report_pieces p)
{
    report_out *o = h->o;
    for (uint32_t i = 0; i < p.n; i++) {
        if (p.v[i].space)
            html_raw(o, " ");
        switch (p.v[i].kind) {
        case PIECE_DROP:
            html_raw(o, "<del><span class=\"vh\">left out: </span>");
            html_text(o, p.v[i].text);
            html_raw(o, "<span class=\"vh\"> (end)</span></del>");
            break;
        case PIECE_ADD:
            html_raw(o, "<ins><span class=\"vh\">added: </span>");
            html_text(o, p.v[i].text);
            html_raw(o, "<span class=\"vh\"> (end)</span></ins>");
            break;
        case PIECE_NEW:
            html_raw(o, "<mark><span class=\"vh\">instead: </span>");
            html_text(o, p.v[i].text);
            html_raw(o, "<span class=\"vh\"> (end)</span></mark>");
            break;
        case PIECE_GAP:
            html_raw(o,
                     "<span class=\"gap\" title=\"the report’s own words stand here\">[…]</span>");
            break;
        case PIECE_ELIDE:
            html_raw(o, "<span class=\"gap\"><span class=\"vh\">same words in both</span>…</span>");
            break;
        default:
            html_text(o, p.v[i].text);
        }
    }
}

void html_group_places(html_story *h, const sst_utterance *u, const report_group *g)
{
    report_out *o = h->o;
    for (uint32_t i = 0; i < g->n; i++) {
        const sst_occurrence *v = &u->v[g->v[i]];
        uint32_t begin = v->content.n ? v->content.v[0].begin : 0;
        bool again = i > 0 && u->v[g->v[i - 1]].article == v->article;
        if (i > 0)
            html_raw(o, ", ");
        html_place(h, v->article, begin, again ? STR("again") : h->s.label[v->article]);
    }
}
