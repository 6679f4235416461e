/*
 * The roles that words and form alone give a line. In: a line that was described. Out: its role, or
 * nothing. Method: a phrase of the furniture lists; else an address of e-mail, a slug, a note in
 * brackets, a post; else what captions look like: counters of a gallery, a credit at the end, an
 * agency's name at the beginning. Words: data/lang (furniture, agencies).
 */
#include <string.h>

#include "base_utf8.h"
#include "page_role.h"
#include "page_words.h"

enum {
    CREDIT_NAME_WORDS = 6 /* of a credit behind the last full stop of a caption */
};

/* "words-joined-by-hyphens." */
bool page_role_is_slug(sst_str s)
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

bool page_role_same_letters(sst_str slug, sst_str line)
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
bool page_role_ends_short(sst_str s)
{
    return s.n >= 4 && s.p[s.n - 1] == '.' && s.p[s.n - 3] == '.';
}

bool page_role_has_year(sst_str s)
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
size_t page_role_after_last_stop(sst_str s)
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
    size_t after = page_role_after_last_stop(t);
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

void page_role_set_by_form(sst_str s, page_line *l, bool last)
{
    l->post = 0;
    const page_phrase *f = page_phrase_find(s);
    /* What a long line begins with tells little of the rest: another phrase of furniture must. */
    if (f && f->how == HOW_START && f->role == ROLE_BOILERPLATE && s.n > 2 * ROLE_HEADLINE_BYTES)
        f = page_phrase_held(s);
    if (f) {
        bool weak = f->how == HOW_END || f->how == HOW_HOLD ||
                    (f->how == HOW_START && s.n > ROLE_HEADLINE_BYTES);
        bool picture = f->role == ROLE_CAPTION;
        /* A date line is short and no sentence. */
        if (f->role == ROLE_DATELINE && (l->ended || s.n > ROLE_DATE_BYTES))
            return;
        if (!(weak && l->quoted && !picture)) {
            page_role_set(l, (sst_role)f->role, "a phrase of the furniture lists");
            l->said = f->text;
            return;
        }
    }
    if (s.n <= ROLE_LINK_BYTES && !l->quoted && has_mail_address(s)) {
        page_role_set(l, ROLE_BOILERPLATE, "a line of contact");
        return;
    }
    if (page_role_is_slug(s) ||
        (s.n > 4 && s.p[0] == '[' && s.p[s.n - 1] == ']' && s.n <= ROLE_HEADLINE_BYTES))
        page_role_set(l, ROLE_BOILERPLATE, "the form of a slug or a note in brackets");
    else if ((l->post = is_post(s)))
        page_role_set(l, ROLE_BOILERPLATE, "the form of a post");
    else if (is_gallery(s) || has_credit(s, l, last) || has_leading_agency(s, l))
        page_role_set(l, ROLE_CAPTION, "a picture credit or a gallery");
}

sst_role page_role_by_form(sst_str s, page_line *l)
{
    l->role = ROLE_BODY;
    l->set = 0;
    l->why = l->said = NULL;
    page_role_set_by_form(s, l, false);
    return (sst_role)l->role;
}
