/*
 * Findings of stories -> the tables that lists and search need: origin, quotation, figure,
 * figure_difference, passage, the counts of story, and the indexes for search of quotations and
 * figures.
 *
 * in: stories as they were compared; out: rows, in place of those before. Inside a transaction.
 */
#include "store_inner.h"

#include "base_str.h"

static void write_origins(store *s, const store_finding *j, const uint32_t *row)
{
    static const char *const why[] = {[ORIGIN_PASSAGES] = "passages",
                                      [ORIGIN_CREDIT] = "credit",
                                      [ORIGIN_PUBLISHER] = "publisher",
                                      [ORIGIN_DUPLICATE] = "duplicate"};
    const sst_findings *f = &j->c->findings;
    for (uint32_t o = 0; o < f->origin_n; o++)
        for (uint32_t k = 0; k < f->origins[o].article_n; k++) {
            const sst_origin *x = &f->origins[o];
            uint32_t a = x->articles[k];
            const char *reason = NULL;
            for (uint32_t w = 0; w < x->why_n && !reason; w++)
                if (x->why[w].article == a || x->why[w].other == a)
                    reason = why[x->why[w].kind];
            sqlite3_stmt *st = store_sql(
                s, "INSERT OR REPLACE INTO origin(article, story, number, why) VALUES (?,?,?,?)");
            store_bind(st, 1, row[a]);
            store_bind(st, 2, j->story);
            store_bind(st, 3, o + 1);
            store_bind_maybe(st, 4, str_of(reason));
            store_run(s, st);
        }
}

/* Spans of one quotation, with a blank between. */
static sst_str said(const sst_article *a, sst_spans at, sst_arena *arena)
{
    if (at.n == 1)
        return str_span(a->text, at.v[0]);
    sst_buf b;
    buf_init(&b, 0);
    for (uint32_t k = 0; k < at.n; k++) {
        if (k)
            buf_byte(&b, ' ');
        buf_str(&b, str_span(a->text, at.v[k]));
    }
    sst_str out = b.failed ? (sst_str){"", 0} : arena_str(arena, (sst_str){b.p, b.n});
    buf_release(&b);
    return out;
}

/* Which utterance a quotation belongs to first, and how it differs from the fullest. */
typedef struct member {
    uint32_t utterance; /* + 1 */
    uint8_t change;
} member;

static void lowest(int64_t *first, int64_t row)
{
    if (*first == 0 || row < *first)
        *first = row;
}

static uint32_t write_quotations(store *s, const store_finding *j, const uint32_t *row,
                                 uint32_t *differ_n, int64_t *first)
{
    store_compared *c = j->c;
    const sst_findings *f = &c->findings;
    uint32_t all = 0;
    member **of = arena_calloc(&c->arena, (size_t)c->n + 1, sizeof *of);
    for (uint32_t d = 0; of && d < c->n; d++)
        of[d] = arena_calloc(&c->arena, (size_t)c->quotes[d]->all_n + 1, sizeof **of);
    if (c->arena.failed) {
        store_no_memory(s);
        return 0;
    }
    for (uint32_t u = 0; u < f->utterance_n; u++) {
        bool differs = false;
        for (uint32_t k = 0; k < f->utterances[u].n; k++) {
            const sst_occurrence *o = &f->utterances[u].v[k];
            member *m = &of[o->article][o->quote];
            if (!m->utterance)
                *m = (member){u + 1, o->change};
            differs |= o->change > CHANGE_REPUNCTUATED || o->other_speaker;
        }
        *differ_n += differs;
    }
    for (uint32_t d = 0; d < c->n; d++)
        for (uint32_t q = 0; q < c->quotes[d]->n; q++) {
            const sst_quote *x = &c->quotes[d]->v[q];
            const member *m = &of[d][q];
            const sst_entity *e =
                x->entity < c->texts[d]->entity_n ? &c->texts[d]->entity[x->entity] : NULL;
            sst_str speaker =
                m->utterance ? f->utterances[m->utterance - 1].speaker : (sst_str){"", 0};
            if (speaker.n == 0 && e) {
                uint32_t person = f->cast.entity[d][x->entity];
                speaker = person < f->cast.person_n ? f->cast.person[person].name : e->name;
            }
            if (x->content.n == 0)
                continue;
            sqlite3_stmt *st = store_sql(
                s, "INSERT INTO quotation(story, article, number, \"begin\", \"end\", type,"
                   " speaker, said, utterance, change) VALUES (?,?,?,?,?,?,?,?,?,?)");
            store_bind(st, 1, j->story);
            store_bind(st, 2, row[d]);
            store_bind(st, 3, q + 1);
            store_bind(st, 4, x->content.v[0].begin);
            store_bind(st, 5, x->content.v[x->content.n - 1].end);
            store_bind_str(st, 6, str_of(quote_type_name(x->type)));
            store_bind_maybe(st, 7, speaker.n ? speaker : x->speaker);
            store_bind_str(st, 8, said(c->articles[d], x->content, &c->arena));
            if (m->utterance) {
                store_bind(st, 9, m->utterance);
                store_bind_str(st, 10, str_of(quote_change_name(m->change)));
            }
            store_run(s, st);
            lowest(first, sqlite3_last_insert_rowid(s->db));
            all++;
        }
    return all;
}

static void write_figures(store *s, const store_finding *j, const uint32_t *row, uint32_t *differ_n,
                          int64_t *first)
{
    store_compared *c = j->c;
    const sst_findings *f = &c->findings;
    for (uint32_t r = 0; r < f->row_n && !s->status; r++) {
        const sst_figure_row *x = &f->rows[r];
        int64_t *id = arena_calloc(&c->arena, (size_t)x->value_n + 1, sizeof *id);
        if (!id) {
            store_no_memory(s);
            return;
        }
        for (uint32_t k = 0; k < x->value_n && !s->status; k++) {
            uint32_t d = x->value[k].article;
            const sst_figure *g = &c->figures[d]->v[x->value[k].figure];
            sqlite3_stmt *st = store_sql(
                s, "INSERT INTO figure(story, article, number, \"begin\", \"end\", text, value,"
                   " value_high, unit, bound, counts, as_of, row)"
                   " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)");
            store_bind(st, 1, j->story);
            store_bind(st, 2, row[d]);
            store_bind(st, 3, x->value[k].figure + 1);
            store_bind(st, 4, g->at.begin);
            store_bind(st, 5, g->at.end);
            store_bind_str(st, 6, str_span(c->articles[d]->text, g->at));
            store_bind_double(st, 7, g->value);
            store_bind_double(st, 8, g->high);
            store_bind_maybe(st, 9, g->unit);
            store_bind_str(st, 10, str_of(figure_bound_name(g->bound)));
            store_bind_maybe(st, 11, said(c->articles[d], g->counts, &c->arena));
            store_bind_maybe(st, 12, str_of(g->as_of_iso));
            store_bind(st, 13, r + 1);
            store_run(s, st);
            id[k] = sqlite3_last_insert_rowid(s->db);
            lowest(first, id[k]);
        }
        for (uint32_t k = 0; k < x->difference_n && !s->status; k++) {
            const sst_difference *y = &x->difference[k];
            sqlite3_stmt *st =
                store_sql(s, "INSERT OR IGNORE INTO figure_difference(a, b, kind) VALUES (?,?,?)");
            store_bind(st, 1, id[y->a]);
            store_bind(st, 2, id[y->b]);
            store_bind_str(st, 3, str_of(figure_difference_name(y->kind)));
            store_run(s, st);
        }
        *differ_n += x->difference_n > 0;
    }
}

static void write_passages(store *s, const store_finding *j, const uint32_t *row)
{
    const sst_findings *f = &j->c->findings;
    for (uint32_t k = 0; k < f->passage_n && !s->status; k++) {
        const sst_passage *p = &f->passages[k];
        if (p->boilerplate)
            continue;
        sqlite3_stmt *st = store_sql(
            s, "INSERT INTO passage(story, a, b, a_begin, a_end, b_begin, b_end, words, direction,"
               " quoted) VALUES (?,?,?,?,?,?,?,?,?,?)");
        store_bind(st, 1, j->story);
        store_bind(st, 2, row[p->a]);
        store_bind(st, 3, row[p->b]);
        store_bind(st, 4, p->at_a.begin);
        store_bind(st, 5, p->at_a.end);
        store_bind(st, 6, p->at_b.begin);
        store_bind(st, 7, p->at_b.end);
        store_bind(st, 8, p->words);
        store_bind_maybe(st, 9,
                         p->direction == DIRECTION_A_TO_B   ? STR("a to b")
                         : p->direction == DIRECTION_B_TO_A ? STR("b to a")
                                                            : STR(""));
        store_bind(st, 10, p->quoted);
        store_run(s, st);
    }
}

static void write_story(store *s, const store_finding *j, const uint32_t *row, uint32_t quote_n,
                        uint32_t differ_n)
{
    const store_compared *c = j->c;
    const sst_findings *f = &c->findings;
    const sst_article *a = c->n ? c->articles[f->title.article] : NULL;
    sst_str title = {"", 0};
    int64_t first = STORE_NO_TIME, last = STORE_NO_TIME;
    if (a)
        title = f->title_outside ? a->title : str_span(a->text, f->title.at);
    for (uint32_t d = 0; d < c->n; d++) {
        int64_t t = c->articles[d]->published_s;
        first = t != STORE_NO_TIME && (first == STORE_NO_TIME || t < first) ? t : first;
        last = t > last ? t : last;
    }
    sqlite3_stmt *st = store_sql(
        s, "UPDATE story SET title = ?, title_article = ?, lang = ?, first_published = ?,"
           " last_published = ?, first_s = ?, last_s = ?, origin_n = ?, quote_n = ?,"
           " differ_n = ?, stale = 0, outlet_n = (SELECT count(DISTINCT x.outlet) FROM article x"
           " JOIN version v ON v.id = x.version WHERE x.story = ?11 AND NOT v.hidden)"
           " WHERE id = ?11");
    store_bind_maybe(st, 1, title);
    if (a) {
        store_bind(st, 2, row[f->title.article]);
        store_bind_maybe(st, 3, a->lang);
    }
    store_bind_maybe(st, 4, f->first_published);
    store_bind_maybe(st, 5, f->last_published);
    store_bind_time(st, 6, first);
    store_bind_time(st, 7, last);
    store_bind(st, 8, f->origin_n);
    store_bind(st, 9, quote_n);
    store_bind(st, 10, differ_n);
    store_bind(st, 11, j->story);
    store_run(s, st);
}

/*
 * FTS5 keeps what comes in memory until a statement that can fail halfway begins. So what goes,
 * goes while nothing is kept there, and what came is put into the indexes for search behind all
 * stories of a transaction, in ascending rows. A row that is put in is above all others then, and
 * no story takes one out that another of the transaction put in: an article is in one story.
 */
void store_write_findings(store *s, const store_finding *j, store_put_in *put)
{
    store_compared *c = j->c;
    uint32_t quote_n = 0, differ_n = 0;
    store_clear_findings(s, j->story);
    for (uint32_t k = 0; k < j->n; k++)
        store_clear_article(s, j->rows[k]);
    /* Rows of article, in the story's order. */
    uint32_t *row = arena_calloc(&c->arena, (size_t)c->n + 1, sizeof *row);
    strmap of = {0};
    for (uint32_t i = 0; i < j->n; i++)
        strmap_add(&c->arena, &of, j->uid[i], j->rows[i], NULL);
    if (!row || c->arena.failed) {
        store_no_memory(s);
        return;
    }
    for (uint32_t d = 0; d < c->n; d++)
        row[d] = *strmap_find(&of, c->articles[d]->id);
    write_origins(s, j, row);
    quote_n = write_quotations(s, j, row, &differ_n, &put->quotation);
    write_figures(s, j, row, &differ_n, &put->figure);
    write_passages(s, j, row);
    write_story(s, j, row, quote_n, differ_n);
}

void store_write_found(store *s, const store_put_in *put)
{
    if (put->quotation) {
        sqlite3_stmt *st = store_sql(s, "INSERT INTO quotation_search(rowid, speaker, said)"
                                        " SELECT id, speaker, said FROM quotation WHERE id >= ?"
                                        " ORDER BY id");
        store_bind(st, 1, put->quotation);
        store_run(s, st);
    }
    if (put->figure) {
        sqlite3_stmt *st = store_sql(s, "INSERT INTO figure_search(rowid, text, counts, unit)"
                                        " SELECT id, text, counts, unit FROM figure WHERE id >= ?"
                                        " ORDER BY id");
        store_bind(st, 1, put->figure);
        store_run(s, st);
    }
}
