/*
 * Notes of why blocks were taken or left out: see page_note.h. In: the calls of the page stage;
 * out: a list of blocks in the order of the page, those that nobody spoke of included. Method: a
 * note remembers its node by address; the walk at the end numbers the nodes, finds text whose block
 * has no note, and sorts. Linear but for the sort.
 */
#include "page_note.h"

#include <stdlib.h>

#include "base_buf.h"
#include "page_dom.h"
#include "page_html.h"

enum {
    PATH_STEPS = 5,   /* elements of a path that are shown: the block and what it stands in */
    PATH_CLASSES = 3, /* class words of each */
    PATH_BYTES = 40   /* of one word */
};

/* Names of tags; those that part blocks are marked. */
static const struct {
    const char *name;
    bool block;
} elements[] = {
    [TAG_OTHER] = {"element", false},
    [TAG_HTML] = {"html", true},
    [TAG_HEAD] = {"head", true},
    [TAG_BODY] = {"body", true},
    [TAG_TITLE] = {"title", true},
    [TAG_SCRIPT] = {"script", true},
    [TAG_STYLE] = {"style", true},
    [TAG_TEMPLATE] = {"template", true},
    [TAG_NOSCRIPT] = {"noscript", false},
    [TAG_IFRAME] = {"iframe", true},
    [TAG_SVG] = {"svg", false},
    [TAG_FORM] = {"form", true},
    [TAG_BUTTON] = {"button", false},
    [TAG_SELECT] = {"select", true},
    [TAG_INPUT] = {"input", false},
    [TAG_NAV] = {"nav", true},
    [TAG_HEADER] = {"header", true},
    [TAG_FOOTER] = {"footer", true},
    [TAG_ASIDE] = {"aside", true},
    [TAG_ARTICLE] = {"article", true},
    [TAG_MAIN] = {"main", true},
    [TAG_SECTION] = {"section", true},
    [TAG_DIV] = {"div", true},
    [TAG_P] = {"p", true},
    [TAG_H1] = {"h1", true},
    [TAG_H2] = {"h2", true},
    [TAG_H3] = {"h3", true},
    [TAG_H4] = {"h4", true},
    [TAG_H5] = {"h5", true},
    [TAG_H6] = {"h6", true},
    [TAG_LI] = {"li", true},
    [TAG_UL] = {"ul", true},
    [TAG_OL] = {"ol", true},
    [TAG_DL] = {"dl", true},
    [TAG_DT] = {"dt", true},
    [TAG_DD] = {"dd", true},
    [TAG_BLOCKQUOTE] = {"blockquote", true},
    [TAG_PRE] = {"pre", true},
    [TAG_TABLE] = {"table", true},
    [TAG_TR] = {"tr", true},
    [TAG_TD] = {"td", true},
    [TAG_FIGURE] = {"figure", true},
    [TAG_FIGCAPTION] = {"figcaption", true},
    [TAG_A] = {"a", false},
    [TAG_TIME] = {"time", false},
    [TAG_ADDRESS] = {"address", true},
    [TAG_OBJECT] = {"object", true},
};

static const char *element_name(const page_node *n)
{
    const char *name = n->tag < sizeof elements / sizeof elements[0] ? elements[n->tag].name : NULL;
    return name ? name : "element";
}

static bool parts_blocks(const page_node *n)
{
    return n->tag < sizeof elements / sizeof elements[0] && elements[n->tag].block;
}

static const page_node *block_of(const page_node *n)
{
    while (n->parent && !parts_blocks(n))
        n = n->parent;
    return n;
}

static sst_str cut_at(sst_str s, size_t most)
{
    if (s.n > most) {
        s.n = most;
        while (s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80)
            s.n--;
    }
    return s;
}

static void add_step(sst_buf *out, const page_node *n)
{
    buf_z(out, element_name(n));
    sst_str id = page_dom_attribute(n, "id"), class = page_dom_attribute(n, "class");
    if (id.n) {
        buf_byte(out, '#');
        buf_str(out, cut_at(str_trim(id), PATH_BYTES));
    }
    for (int k = 0; k < PATH_CLASSES; k++) {
        class = str_trim(class);
        size_t n_word = 0;
        while (n_word < class.n && !byte_is_space((unsigned char)class.p[n_word]))
            n_word++;
        if (n_word == 0)
            return;
        buf_byte(out, '.');
        buf_str(out, cut_at((sst_str){class.p, n_word}, PATH_BYTES));
        class.p += n_word;
        class.n -= n_word;
    }
}

sst_str page_note_path(sst_arena *arena, const page_node *n)
{
    const page_node *steps[PATH_STEPS];
    int k = 0;
    for (; n && k < PATH_STEPS; n = n->parent)
        if (n->parent && n->tag != TAG_TEXT && (parts_blocks(n) || k == 0))
            steps[k++] = n;
    sst_buf out;
    buf_init(&out, 0);
    while (k-- > 0) {
        add_step(&out, steps[k]);
        if (k)
            buf_z(&out, " > ");
    }
    sst_str s = arena_str(arena, (sst_str){out.p, out.n});
    if (out.failed)
        arena->failed = out.failed;
    buf_release(&out);
    return s;
}

sst_status page_note_begin(sst_article *a)
{
    a->notes = arena_calloc(&a->arena, 1, sizeof *a->notes);
    return a->arena.failed;
}

void page_note_drop(sst_article *a, const page_node *n, const char *reason, sst_str detail)
{
    page_notes *t = a->notes;
    if (!t || t->drops.n >= PAGE_NOTES)
        return;
    int fresh;
    uint32_t *first = u64map_add(&a->arena, &t->drop, (uintptr_t)n, t->drops.n, &fresh);
    page_note *note = first && fresh ? vec_push(&a->arena, &t->drops) : NULL;
    if (note)
        *note = (page_note){.path = page_note_path(&a->arena, n),
                            .reason = reason,
                            .detail = arena_str(&a->arena, detail),
                            .same = UINT32_MAX};
}

void page_note_block(sst_article *a, const page_node *n, sst_str words, sst_span at, sst_role role,
                     const char *reason, sst_str detail)
{
    page_notes *t = a->notes;
    if (!t)
        return;
    if (t->blocks.n >= PAGE_NOTES) {
        t->more++;
        return;
    }
    page_note *note = vec_push(&a->arena, &t->blocks);
    if (!note)
        return;
    *note = (page_note){.path = n ? page_note_path(&a->arena, n) : (sst_str){NULL, 0},
                        .words = arena_str(&a->arena, cut_at(words, PAGE_NOTE_WORDS)),
                        .bytes = (uint32_t)words.n,
                        .at = at,
                        .role = (uint8_t)role,
                        .is_text = n == NULL,
                        .reason = reason,
                        .detail = arena_str(&a->arena, detail),
                        .same = UINT32_MAX};
    if (!n)
        return;
    uint32_t mine = t->blocks.n - 1;
    uint32_t *first = u64map_add(&a->arena, &t->node, (uintptr_t)n, mine, NULL);
    if (first && *first != mine) {
        note->same = *first;
        *first = mine;
    }
}

void page_note_value(sst_article *a, const char *name, double value)
{
    page_notes *t = a->notes;
    if (!t || t->blocks.n == 0 || t->more)
        return;
    page_note *note = &t->blocks.v[t->blocks.n - 1];
    page_value *v = arena_calloc(&a->arena, 1, sizeof *v);
    if (!v)
        return;
    v->name = name;
    v->value = value;
    if (note->last_value)
        note->last_value->next = v;
    else
        note->values = v;
    note->last_value = v;
}

void page_note_choice(sst_article *a, const char *what, sst_str value, const char *reason,
                      bool chosen)
{
    page_notes *t = a->notes;
    page_choice *c = t ? vec_push(&a->arena, &t->choices) : NULL;
    if (c)
        *c = (page_choice){what, arena_str(&a->arena, cut_at(value, PAGE_NOTE_WORDS)), reason,
                           chosen};
}

/* ------------------------------------------------------------------------------------------- end
 */

typedef struct walk {
    sst_article *a;
    const page_node *block; /* whose words are being gathered */
    const page_note *cut;   /* the element that was left out, which we are in */
    sst_buf words;
    uint32_t order, block_order;
} walk;

static void close_words(walk *w)
{
    page_notes *t = w->a->notes;
    sst_str s = str_trim((sst_str){w->words.p, w->words.n});
    if (s.n && w->block) {
        uint32_t before = t->blocks.n;
        page_note_block(w->a, w->block, s, (sst_span){0, 0}, ROLE_BOILERPLATE,
                        w->cut ? w->cut->reason : "outside the main element",
                        w->cut ? w->cut->detail : (sst_str){NULL, 0});
        if (t->blocks.n > before) {
            page_note *note = &t->blocks.v[before];
            note->order = w->block_order;
            note->cut = w->cut ? w->cut->order : 0;
        }
    }
    buf_clear(&w->words);
}

/* Scripts, styles and the head hold no text of the page. */
static bool holds_no_text(const page_node *n)
{
    return n->tag == TAG_HEAD || n->tag == TAG_SCRIPT || n->tag == TAG_STYLE ||
           n->tag == TAG_TEMPLATE || n->tag == TAG_SVG;
}

static int by_order(const void *x, const void *y)
{
    const page_note *a = x, *b = y;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    if (a->at.begin != b->at.begin)
        return a->at.begin < b->at.begin ? -1 : 1;
    return (a->same > b->same) - (a->same < b->same);
}

void page_note_end(sst_article *a, const page_node *root)
{
    page_notes *t = a->notes;
    if (!t || !root || a->arena.failed)
        return;
    walk w = {.a = a};
    const page_node *cut_end = NULL; /* the node behind the element that we are in */
    uint32_t noted = t->blocks.n;
    buf_init(&w.words, 0);
    for (const page_node *n = root; n; n = page_dom_next(n, root, holds_no_text(n))) {
        w.order++;
        if (n == cut_end && w.cut) {
            close_words(&w);
            w.cut = NULL;
        }
        uint32_t *drop = w.cut ? NULL : u64map_find(&t->drop, (uintptr_t)n);
        if (drop) {
            close_words(&w);
            t->drops.v[*drop].order = w.order;
            w.cut = &t->drops.v[*drop];
            cut_end = page_dom_next(n, root, true);
        }
        uint32_t *own = u64map_find(&t->node, (uintptr_t)n);
        for (uint32_t i = own ? *own : UINT32_MAX; i < noted; i = t->blocks.v[i].same)
            t->blocks.v[i].order = w.order;
        if (n->tag != TAG_TEXT)
            continue;
        const page_node *block = block_of(n);
        uint32_t *known = u64map_find(&t->node, (uintptr_t)block);
        if (known && *known < noted)
            continue;
        if (block != w.block || w.words.n == 0) {
            close_words(&w);
            w.block = block;
            w.block_order = w.order;
        }
        page_add_flat(&w.words, 0, n->text);
    }
    close_words(&w);
    if (w.words.failed)
        a->arena.failed = w.words.failed;
    buf_release(&w.words);
    /* What came first of one node keeps its place: numbers in the order of the calls. */
    for (uint32_t i = 0; i < t->blocks.n; i++)
        t->blocks.v[i].same = i;
    if (t->blocks.n)
        qsort(t->blocks.v, t->blocks.n, sizeof *t->blocks.v, by_order);
    for (uint32_t i = 0; i < t->blocks.n; i++)
        t->blocks.v[i].same = UINT32_MAX;
}
