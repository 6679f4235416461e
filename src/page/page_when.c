/*
 * Which of all dates in a page is the article's. In: every date found, with where it stood and how
 * much it is believed; out: published, modified, and the list of all.
 *
 * Published: the best declared one (JSON-LD, meta elements); else the visible one with the most
 * points (label, class words, time element, nearness to the headline); else the address; else a
 * date of creation; else, when a page tells of a later version only, that one. A date that another
 * declared one and the page's own text contradict gives way to them. When the time is told in
 * Greenwich's zone and the page shows the same moment on the outlet's own clock, that form is
 * taken: the same moment, but the day that readers there saw.
 */
#include "page_found.h"
#include "page_note.h"

enum {
    FIRST_PAPER = 1605,  /* "Relation", Strasbourg */
    RANK_OF_ADDRESS = 9, /* as page_url.c gives it */
    RANK_OF_SCRIPT = 8,  /* as page_script.c gives it: of anything in the data for scripts */
    RANK_CREATED = 40,
    RANK_MADE = 30, /* of a thing's making, in data for scripts: a later version says more */
    RANK_ADDRESS = 30,
    RANK_VISIBLE = 20, /* less a visible date's points */
    RANK_MODIFIED = 60,
    RANK_WEAK = 15,   /* of names that are used for any date: what the page shows goes before */
    RANK_LOOSE = 5,   /* names from here on are used for any date */
    RANK_COARSE = 15, /* a year or month only */
    NEAR = 400,       /* bytes behind the headline: a byline stands there */
    BEFORE = 200,     /* bytes in front of it */
    FAR = 1500,
    POINTS_NEAR = 4,
    POINTS_BEFORE = 3,
    POINTS_SOME = 2,
    POINTS_EARLY = 2, /* in a page without a headline: near its beginning */
    POINTS_ASIDE = 3, /* less, in a part that is about other things but stands by the headline */
    POINTS_MOST = 15,
    POINTS_LEAST = 4, /* of a visible date that is believed */
    SHOWN = 6,        /* of one that may speak against a declared one */
    WHENS = 400,
    LISTED = 64,
    DAY = 86400,
    ZONE_MOST = 14 * 60, /* minutes from Greenwich */
    ZONE_STEP = 30
};

/* What programs write when they know no date: the year 1, the beginning of Unix's clock; no
 * newspaper is older than FIRST_PAPER. */
static bool is_placeholder(const page_stamp *t)
{
    return t->year < FIRST_PAPER || page_stamp_seconds(t) == 0;
}

void page_when_stamp(page_found *f, const page_stamp *t, const char *from, page_date_kind kind,
                     uint8_t rank)
{
    if (t->has == 0 || f->whens.n >= WHENS || is_placeholder(t))
        return;
    page_when *w = vec_push(f->arena, &f->whens);
    if (w)
        *w = (page_when){.t = *t,
                         .from = arena_str(f->arena, str_of(from)),
                         .node = f->here,
                         .at = f->at,
                         .kind = (uint8_t)kind,
                         .rank = rank};
}

void page_when_add(page_found *f, sst_str value, const char *from, page_date_kind kind,
                   uint8_t rank)
{
    enum { VALUE_BYTES = 80 };
    page_stamp t;
    value = str_trim(value);
    if (value.n && value.n <= VALUE_BYTES && page_stamp_parse(value, f->month_first, &t))
        page_when_stamp(f, &t, from, kind, rank);
}

int64_t page_when_latest(const sst_document *d)
{
    page_stamp t;
    const sst_str told[] = {d->fetched, d->http_date};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (told[i].n && told[i].n <= 80 && page_stamp_parse(told[i], false, &t))
            return page_stamp_days(&t) + 1;
    return INT64_MAX;
}

static bool same_day(const page_stamp *a, const page_stamp *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

/* Points of a visible date with its place. */
static int points(const page_found *f, const page_when *w)
{
    int p = w->score;
    if (f->headline_at == UINT32_MAX)
        return w->aside ? -1 : p + (w->at < FAR ? POINTS_EARLY : 0);
    int64_t d = (int64_t)w->at - (int64_t)f->headline_at;
    if (d >= 0 && d <= NEAR)
        p += POINTS_NEAR;
    else if (d < 0 && d >= -BEFORE)
        p += POINTS_BEFORE;
    else if (d >= 0 && d <= FAR)
        p += POINTS_SOME;
    else if (w->aside)
        return -1;
    return w->aside ? p - POINTS_ASIDE : p;
}

/* Believed more the lower; UINT32_MAX when it may not be the date of the kind. */
static uint32_t rank_of(const page_found *f, const page_when *w, page_date_kind kind)
{
    uint32_t coarse = w->t.has < 3 ? RANK_COARSE : 0;
    if ((w->aside && !w->visible) || page_stamp_days(&w->t) > f->latest)
        return UINT32_MAX;
    if (w->visible) {
        int p = points(f, w);
        if (w->kind != kind || p < POINTS_LEAST)
            return UINT32_MAX;
        return (uint32_t)(RANK_VISIBLE - (p > POINTS_MOST ? POINTS_MOST : p)) + coarse + 8;
    }
    if (kind == DATE_MODIFIED)
        return w->kind == DATE_MODIFIED ? w->rank + coarse : UINT32_MAX;
    switch ((page_date_kind)w->kind) {
    case DATE_PUBLISHED:
        return (w->rank >= 9   ? RANK_ADDRESS - 9u
                : w->rank >= 5 ? RANK_WEAK
                               : 0u) +
               w->rank + coarse;
    case DATE_CREATED:
        return RANK_CREATED + w->rank + coarse;
    default:
        return UINT32_MAX;
    }
}

/* Bytes between a date and the headline. */
static uint32_t away(const page_found *f, const page_when *w)
{
    if (f->headline_at == UINT32_MAX)
        return w->at;
    return w->at > f->headline_at ? w->at - f->headline_at : f->headline_at - w->at;
}

static const page_when *best_of(const page_found *f, page_date_kind kind)
{
    const page_when *best = NULL;
    uint32_t best_rank = UINT32_MAX;
    for (uint32_t i = 0; i < f->whens.n; i++) {
        uint32_t r = rank_of(f, &f->whens.v[i], kind);
        if (r < best_rank || (best && r == best_rank && best->visible && r != UINT32_MAX &&
                              away(f, &f->whens.v[i]) < away(f, best))) {
            best_rank = r;
            best = &f->whens.v[i];
        }
    }
    return best;
}

/* Dates of other things in the page are set aside, once the headline is known. */
static void page_when_aside(page_found *f)
{
    for (uint32_t i = 0; i < f->whens.n; i++)
        f->whens.v[i].aside = f->whens.v[i].node && page_is_aside(f, f->whens.v[i].node);
}

bool page_when_is_known(page_found *f)
{
    page_when_aside(f);
    const page_when *best = best_of(f, DATE_PUBLISHED);
    return best && best->kind == DATE_PUBLISHED;
}

/* Are both the same moment, or the same day as far as they tell? Clocks of two zones are whole
 * half hours apart. */
static bool same_moment(const page_stamp *a, const page_stamp *b)
{
    int64_t days = page_stamp_days(a) - page_stamp_days(b);
    if (a->has < 4 || b->has < 4)
        return days >= -1 && days <= 1;
    int64_t minutes = (page_stamp_seconds(a) - a->second - page_stamp_seconds(b) + b->second) / 60;
    if (a->zone && b->zone)
        return minutes == 0;
    return minutes >= -ZONE_MOST && minutes <= ZONE_MOST && minutes % ZONE_STEP == 0;
}

/*
 * The date that readers are shown beside the headline, without a word that it is of a later
 * version, when the declared one is shown nowhere in the page: an article that was published anew
 * keeps the first date for machines. The declared one stays in the list of all.
 */
static const page_when *shown_instead(const page_found *f, const page_when *best)
{
    const page_when *shown = NULL;
    if (f->headline_at == UINT32_MAX)
        return best;
    for (uint32_t i = 0; i < f->whens.n; i++) {
        const page_when *w = &f->whens.v[i];
        if (!w->visible || page_stamp_days(&w->t) > f->latest)
            continue;
        if (same_moment(&w->t, &best->t))
            return best;
        int64_t behind = (int64_t)w->at - (int64_t)f->headline_at;
        if (w->read && w->kind == DATE_PUBLISHED && !w->aside && w->t.has >= 3 &&
            behind >= -BEFORE && behind <= FAR && points(f, w) >= SHOWN &&
            (!shown || points(f, w) > points(f, shown)))
            shown = w;
    }
    return shown ? shown : best;
}

/* Among the declared: does one that is believed nearly as much say the day that the page shows? */
static const page_when *outvoted(const page_found *f, const page_when *best)
{
    const page_when *shown = NULL;
    for (uint32_t i = 0; i < f->whens.n; i++) {
        const page_when *w = &f->whens.v[i];
        if (page_stamp_days(&w->t) > f->latest || !w->visible || w->kind != DATE_PUBLISHED ||
            points(f, w) < SHOWN)
            continue;
        if (same_day(&w->t, &best->t))
            return best;
        if (!shown || points(f, w) > points(f, shown))
            shown = w;
    }
    if (!shown)
        return best;
    for (uint32_t i = 0; i < f->whens.n; i++) {
        const page_when *w = &f->whens.v[i];
        if (!w->aside && !w->visible && w->kind == DATE_PUBLISHED && w->rank < RANK_LOOSE &&
            same_day(&w->t, &shown->t))
            return w;
    }
    return shown_instead(f, best);
}

/* The same moment on the outlet's own clock, when the page shows it. */
static page_stamp local_form(const page_found *f, const page_when *best)
{
    page_stamp t = best->t, found = t;
    if (t.has < 4 || !t.zone || t.offset != 0)
        return t;
    int64_t at = page_stamp_seconds(&t);
    for (uint32_t i = 0; i < f->whens.n; i++) {
        const page_stamp *o = &f->whens.v[i].t;
        if (o->has < 4 || (o->zone && o->offset == 0) || f->whens.v[i].kind == DATE_SEEN ||
            (f->whens.v[i].aside && !(f->whens.v[i].visible && points(f, &f->whens.v[i]) >= SHOWN)))
            continue;
        int64_t d = page_stamp_seconds(o) - at;
        if (o->zone) {
            if (d / 60 == 0 && d > -60 && d < 60) {
                page_stamp local = *o;
                local.second = t.second;
                local.has = t.has;
                return local;
            }
            continue;
        }
        /* Without a zone: a whole quarter of an hour away, seconds aside. */
        int64_t minutes = (d - o->second + t.second) / 60;
        if (minutes == 0 && f->whens.v[i].visible)
            return t; /* Greenwich's clock is the outlet's */
        if (minutes == 0 || minutes % ZONE_STEP || minutes > ZONE_MOST || minutes < -ZONE_MOST ||
            o->minute % ZONE_STEP != t.minute % ZONE_STEP || f->whens.v[i].kind != best->kind)
            continue;
        page_stamp local = *o;
        local.second = t.second;
        local.has = t.has;
        local.zone = true;
        local.offset = (int)minutes;
        if (found.offset == 0)
            found = local;
    }
    return found;
}

/*
 * The address and the page's text both name the day before or behind that of a moment told on
 * Greenwich's clock: the day on the outlet's. Its zone is not known, so the day alone is given.
 */
static bool local_day(const page_found *f, page_stamp *t)
{
    if (t->has < 4 || !t->zone || t->offset != 0)
        return false;
    const page_when *address = NULL, *shown = NULL;
    for (uint32_t i = 0; i < f->whens.n; i++) {
        const page_when *w = &f->whens.v[i];
        int64_t d = page_stamp_days(&w->t) - page_stamp_days(t);
        if (w->kind != DATE_PUBLISHED || w->t.has < 3 || (d != 1 && d != -1))
            continue;
        if (!w->visible && w->rank == RANK_OF_ADDRESS)
            address = w;
        else if (w->visible && points(f, w) >= POINTS_LEAST && same_moment(&w->t, t))
            shown = w;
    }
    if (!address || !shown || !same_day(&address->t, &shown->t))
        return false;
    *t = address->t;
    return true;
}

/* 03/04/2024 is read the other way when that is the day of another date and this is not. */
static void settle_order(page_found *f)
{
    for (uint32_t i = 0; i < f->whens.n; i++) {
        page_when *w = &f->whens.v[i];
        if (!w->t.swap)
            continue;
        page_stamp other = w->t;
        other.day = w->t.month;
        other.month = w->t.day;
        bool as_it_is = false, swapped = false;
        for (uint32_t k = 0; k < f->whens.n && k < LISTED; k++) {
            const page_when *x = &f->whens.v[k];
            if (k == i || x->t.swap)
                continue;
            as_it_is |= same_day(&x->t, &w->t);
            swapped |= same_day(&x->t, &other);
        }
        if (swapped && !as_it_is)
            w->t = other;
    }
}

/* Why a date is not the article's, for `extract --debug`. */
static const char *passed_over(const page_found *f, const page_when *w)
{
    if (page_stamp_days(&w->t) > f->latest)
        return "later than the page was fetched";
    if (w->kind == DATE_SEEN)
        return "tells when the page was sent, not when it was published";
    if (w->visible && w->score < 0)
        return "its label says that it is of something else";
    if (w->visible && points(f, w) < POINTS_LEAST)
        return w->aside ? "in a part of the page that is about other things"
                        : "nothing beside it says that it is the article's";
    if (w->aside)
        return "in a part of the page that is about other things";
    return w->kind == DATE_CREATED ? "of its making: a date of publication goes before"
                                   : "another one is believed more";
}

static const char *taken(const page_when *w, const page_when *declared)
{
    if (w->kind == DATE_MODIFIED)
        return "only a later version is known";
    if (w->visible && declared && !declared->visible && declared != w)
        return "shown beside the headline, where the declared one is shown nowhere in the page";
    if (w->visible)
        return "the shown date with most points: its label, its class words, how near the "
               "headline is";
    if (declared != w)
        return "declared, and the page shows the same day";
    if (w->rank == RANK_OF_ADDRESS)
        return "in the address, and nothing better tells";
    return w->rank == RANK_OF_SCRIPT ? "in data for scripts, and nothing better tells"
           : w->kind == DATE_CREATED ? "of its making, and nothing better tells"
                                     : "the declared date that is believed most";
}

/* The choice as it was made, and all that was passed over. */
static void notes(page_found *f, const page_when *best, const page_when *declared,
                  const page_when *modified)
{
    enum { NOTES = 40 };
    for (uint32_t i = 0; f->a->notes && i < f->whens.n && i < NOTES; i++) {
        const page_when *w = &f->whens.v[i];
        sst_str t = page_stamp_write(f->arena, &w->t);
        sst_str value =
            arena_printf(f->arena, "%.*s, %.*s", (int)t.n, t.p, (int)w->from.n, w->from.p);
        if (w == best)
            page_note_choice(f->a, "published", value, taken(w, declared), true);
        else if (w == modified)
            page_note_choice(f->a, "modified", value, "of a later version, believed most", true);
        else
            page_note_choice(f->a, "date", value, passed_over(f, w), false);
    }
}

static void write(page_found *f)
{
    page_dates list = {0};
    for (uint32_t i = 0; i < f->whens.n && list.n < LISTED; i++) {
        const page_when *w = &f->whens.v[i];
        if (w->visible ? points(f, w) < POINTS_LEAST : w->aside)
            continue; /* of something else in the page */
        sst_date one = {page_stamp_write(f->arena, &w->t), w->from};
        bool twice = false;
        for (uint32_t k = 0; k < list.n; k++)
            twice |= str_eq(list.v[k].value, one.value) && str_eq(list.v[k].from, one.from);
        sst_date *d = twice ? NULL : vec_push(f->arena, &list);
        if (d)
            *d = one;
    }
    f->a->dates = list.v;
    f->a->date_n = list.n;
}

void page_when_choose(page_found *f, sst_str given)
{
    settle_order(f);
    page_when_aside(f);
    const page_when *modified = best_of(f, DATE_MODIFIED), *best = best_of(f, DATE_PUBLISHED);
    const page_when *declared = best;
    if (best && !best->visible)
        best = outvoted(f, best);
    if (!best || (modified && (best->kind == DATE_CREATED ? best->rank >= RANK_MADE
                                                          : best->rank == RANK_OF_SCRIPT)))
        best = modified;
    if (best && given.n == 0) {
        page_stamp t = local_form(f, best);
        f->a->published_s = page_stamp_seconds(&t); /* the moment, even where the day is given */
        (void)local_day(f, &t);
        f->a->published = page_stamp_write(f->arena, &t);
        f->a->published_from = best->from;
    }
    if (modified && modified != best) {
        page_stamp t = local_form(f, modified);
        f->a->modified = page_stamp_write(f->arena, &t);
    }
    notes(f, best, declared, modified);
    write(f);
}
