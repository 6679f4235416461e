/*
 * The main text of a page, first form. Method: text is weighed by the block element it stands in;
 * elements that navigation, forms, hidden parts and the words of class and id attributes
 * (data/page/drop.txt) speak against are left out, unless they hold much of the page's text; the
 * article is the declared article body or the deepest element that holds most of the weight. Its
 * blocks are written one a line, with roles by element, then by the words and forms of page_role.c.
 * Linear: each node is met a fixed number of times.
 */
#include "base_utf8.h"
#include "page_html.h"
#include "page_note.h"
#include "page_words.h"

enum {
    BLOCK_BYTES = 40,     /* shorter blocks carry no weight: labels and menu entries end there */
    LINK_SHARE = 50,      /* per cent of a block's text in links: a list of links, not prose */
    HOLDS_MOST = 75,      /* per cent of the weight that a child must hold to be gone into */
    HOLDS_MUCH = 40,      /* per cent of the weight that saves an element from its class words */
    BODY_BYTES = 250,     /* a declared article body with less text is a teaser or a comment */
    LIST_PART = 3,        /* items of lists weigh a third: menus are lists */
    STUB_BYTES = 300,     /* articles with less text are stubs */
    CAPTION_BYTES = 1200, /* longer ones are prose in a box of that name */
    CLASS_BYTES = 400
};

static bool is_block(const page_node *n)
{
    switch (n->tag) {
    case TAG_P:
    case TAG_DIV:
    case TAG_LI:
    case TAG_UL:
    case TAG_OL:
    case TAG_DL:
    case TAG_DT:
    case TAG_DD:
    case TAG_H1:
    case TAG_H2:
    case TAG_H3:
    case TAG_H4:
    case TAG_H5:
    case TAG_H6:
    case TAG_BLOCKQUOTE:
    case TAG_PRE:
    case TAG_TABLE:
    case TAG_TR:
    case TAG_TD:
    case TAG_FIGURE:
    case TAG_FIGCAPTION:
    case TAG_ARTICLE:
    case TAG_MAIN:
    case TAG_SECTION:
    case TAG_ASIDE:
    case TAG_HEADER:
    case TAG_FOOTER:
    case TAG_NAV:
    case TAG_ADDRESS:
    case TAG_BODY:
    case TAG_HTML:
    case TAG_FORM:
        return true;
    default:
        return n->parent == NULL;
    }
}

typedef struct words {
    const char *const *v;
    uint32_t n;
} words;

static bool is_word_of(const words *list, const char *p, size_t n)
{
    uint32_t low = 0, high = list->n;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        int d = str_cmp((sst_str){p, n}, str_of(list->v[mid]));
        if (d == 0)
            return true;
        if (d < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return false;
}

/* Words of class and id: parted by white space, "-", "_" and a capital behind a small letter; runs
 * of two are tried joined too. */
static sst_str word_of(const words *list, sst_str s)
{
    char word[48];
    size_t n = 0;
    if (s.n > CLASS_BYTES)
        s.n = CLASS_BYTES;
    for (size_t i = 0; i <= s.n; i++) {
        char c = i < s.n ? s.p[i] : ' ';
        bool letter = byte_is_alpha((unsigned char)c) || byte_is_digit((unsigned char)c);
        bool camel = letter && i && c >= 'A' && c <= 'Z' && s.p[i - 1] >= 'a' && s.p[i - 1] <= 'z';
        if (!letter || camel) {
            if (n && is_word_of(list, word, n))
                return (sst_str){s.p + i - n, n};
            n = 0;
        }
        if (letter && n < sizeof word)
            word[n++] = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
    }
    return (sst_str){NULL, 0};
}

static bool is_hidden(const page_node *n)
{
    for (const page_attribute *a = n->attributes; a; a = a->next) {
        if (str_eq(a->name, STR("hidden")) && !str_eq_nocase(a->value, STR("until-found")))
            return true;
        if (str_eq(a->name, STR("aria-hidden")) && str_eq_nocase(a->value, STR("true")) &&
            n->tag != TAG_FIGURE)
            return true;
        if (str_eq(a->name, STR("style")) && a->value.n < CLASS_BYTES) {
            ptrdiff_t at = str_find_nocase(a->value, STR("display"));
            if (at >= 0 && str_find_nocase((sst_str){a->value.p + at, a->value.n - (size_t)at},
                                           STR("none")) >= 0)
                return true;
        }
    }
    return false;
}

static bool is_never_text(const page_node *n)
{
    switch (n->tag) {
    case TAG_HEAD:
    case TAG_SCRIPT:
    case TAG_STYLE:
    case TAG_TEMPLATE:
    case TAG_NOSCRIPT:
    case TAG_IFRAME:
    case TAG_SVG:
    case TAG_BUTTON:
    case TAG_SELECT:
    case TAG_INPUT:
    case TAG_NAV:
    case TAG_OBJECT:
        return true;
    default:
        return false;
    }
}

/* *word: the class or id word that speaks against it. */
static bool is_maybe_text(const page_node *n, sst_str *word)
{
    *word = (sst_str){NULL, 0};
    if (n->tag == TAG_ASIDE || n->tag == TAG_FOOTER || n->tag == TAG_FORM)
        return true;
    if (n->tag == TAG_TEXT || n->tag == TAG_ARTICLE || n->tag == TAG_MAIN || n->tag == TAG_BODY ||
        n->tag == TAG_HTML)
        return false;
    const words drop = {page_drop_words, page_drop_word_n};
    *word = word_of(&drop, page_dom_attribute(n, "class"));
    if (word->n == 0)
        *word = word_of(&drop, page_dom_attribute(n, "id"));
    return word->n > 0;
}

typedef SST_VEC(page_node *) node_list;

/* All nodes in document order; weight and link of blocks are of their own text, score of all that
 * counts below. */
static void weigh(sst_article *a, sst_arena *arena, page_node *root, node_list *all)
{
    for (page_node *n = root; n; n = page_dom_next(n, root, n->drop == 1)) {
        n->drop = is_never_text(n) || is_hidden(n);
        if (n->drop && a->notes)
            page_note_drop(a, n,
                           is_never_text(n) ? "an element that holds no article text" : "hidden",
                           (sst_str){NULL, 0});
        page_node **place = vec_push(arena, all);
        if (!place)
            return;
        *place = n;
        if (is_block(n))
            n->block = n;
        else {
            n->block = n->parent->block;
            n->link_in = n->parent->link_in || n->tag == TAG_A;
            n->time_in = n->parent->time_in || n->tag == TAG_TIME;
        }
        if (n->tag != TAG_TEXT || n->drop)
            continue;
        uint32_t bytes = 0;
        for (size_t i = 0; i < n->text.n; i++)
            bytes += !byte_is_space((unsigned char)n->text.p[i]) ||
                     (i && !byte_is_space((unsigned char)n->text.p[i - 1]));
        n->block->weight += bytes;
        if (n->link_in)
            n->block->link += bytes;
    }
}

static bool in_list(const page_node *n)
{
    return n->tag == TAG_LI || n->tag == TAG_DD || n->tag == TAG_DT || n->tag == TAG_TD;
}

/* Sums the weight of prose upwards, leaving dropped parts out. */
static void sum_up(node_list *all)
{
    for (uint32_t i = 0; i < all->n; i++)
        all->v[i]->score = 0;
    for (uint32_t i = all->n; i-- > 0;) {
        page_node *n = all->v[i];
        if (n->drop) {
            n->score = 0;
            continue;
        }
        if (n->weight >= BLOCK_BYTES && n->link * 100 < n->weight * LINK_SHARE)
            n->score += in_list(n) ? n->weight / LIST_PART : n->weight;
        if (n->parent)
            n->parent->score += n->score;
    }
}

static page_node *find_root(sst_article *a, node_list *all, page_node *root)
{
    page_node *body = NULL, *article = NULL;
    for (uint32_t i = 0; i < all->n; i++) {
        page_node *n = all->v[i];
        if (n->drop || n->tag == TAG_TEXT)
            continue;
        sst_str prop = page_dom_attribute(n, "itemprop");
        if (prop.n && str_find(prop, STR("articleBody")) >= 0 && n->score >= BODY_BYTES &&
            (!body || n->score > body->score))
            body = n;
        if ((n->tag == TAG_ARTICLE || n->tag == TAG_MAIN ||
             str_eq_nocase(page_dom_attribute(n, "role"), STR("main"))) &&
            n->score >= BODY_BYTES &&
            (!article || n->score > article->score || (n->score == article->score)))
            article = n;
    }
    page_node *top = body && body->score * 2 >= root->score                        ? body
                     : article && article->score * 100 >= root->score * HOLDS_MUCH ? article
                     : body                                                        ? body
                                                                                   : root;
    const char *why = top == body      ? "the declared article body"
                      : top == article ? "the article or main element that holds most prose"
                                       : "the whole page: nothing is declared";
    uint64_t most = (uint64_t)top->score * HOLDS_MOST;
    for (;;) {
        page_node *into = NULL;
        for (page_node *c = top->first; c; c = c->next)
            if (c->score && (uint64_t)c->score * 100 >= most && c->weight < c->score)
                into = c;
        if (!into) {
            if (a->notes)
                page_note_choice(a, "main element", page_note_path(&a->arena, top), why, true);
            return top;
        }
        top = into;
    }
}

static sst_role role_of(const page_node *n, const page_node *top, const char **why, sst_str *said)
{
    const words caption = {page_caption_words, page_caption_word_n},
                byline = {page_byline_words, page_byline_word_n};
    sst_role role = ROLE_BODY;
    *why = "nothing speaks against it";
    *said = (sst_str){NULL, 0};
    bool near = true; /* class words speak for the block itself and its nearest boxes */
    for (int up = 0; n && n != top->parent; n = n->parent, up++) {
        switch (n->tag) {
        case TAG_FIGURE:
        case TAG_FIGCAPTION:
            *why = "inside a figure";
            return ROLE_CAPTION;
        case TAG_H1:
            *why = "a heading";
            return ROLE_HEADLINE;
        case TAG_H2:
        case TAG_H3:
        case TAG_H4:
        case TAG_H5:
        case TAG_H6:
            *why = "a heading";
            return ROLE_SUBTITLE;
        case TAG_ADDRESS:
            *why = "an address element";
            return ROLE_BYLINE;
        case TAG_LI:
        case TAG_DD:
        case TAG_DT:
            if (role == ROLE_BODY) {
                role = ROLE_LIST;
                *why = "an item of a list";
            }
            break;
        case TAG_TD:
            if (up == 0) {
                role = ROLE_LIST;
                *why = "a cell of a table";
            }
            break;
        default:
            break;
        }
        near = near && up < 2 && n->tag != TAG_ARTICLE && n->tag != TAG_MAIN;
        sst_str cls = near ? page_dom_attribute(n, "class") : (sst_str){NULL, 0};
        if (cls.n == 0 || role != ROLE_BODY)
            continue;
        *said = word_of(&caption, cls);
        if (said->n) {
            *why = "a class word of captions";
            return ROLE_CAPTION;
        }
        *said = word_of(&byline, cls);
        if (said->n) {
            *why = "a class word of bylines";
            role = ROLE_BYLINE;
        }
    }
    return role;
}

typedef struct writer {
    sst_article *a;
    sst_buf out;
    page_blocks blocks;
    const page_node *top, *block;
    size_t from;        /* where the block in hand begins */
    size_t linked, all; /* bytes of it, and of these in links */
    bool timed;         /* it holds a time element */
    bool lead;          /* it stands between the heading and the text */
} writer;

static void close_block(writer *w)
{
    while (w->out.n > w->from && w->out.p[w->out.n - 1] == ' ')
        w->out.n--;
    size_t n = w->out.n - w->from;
    if (n == 0)
        return;
    const char *why;
    sst_str said;
    sst_role role = role_of(w->block, w->top, &why, &said);
    sst_str text = {w->out.p, w->out.n}, here = {w->out.p + w->from, n};
    page_line line = {.begin = (uint32_t)w->from, .end = (uint32_t)w->out.n};
    page_line_describe(text, &line);
    /* Old pages set their prose in tables; a byline or a caption is not a page long. */
    if ((role == ROLE_LIST && w->block->tag == TAG_TD && line.ended && n >= BLOCK_BYTES) ||
        (role == ROLE_BYLINE && n > 3 * BLOCK_BYTES) ||
        (role == ROLE_CAPTION && n > CAPTION_BYTES)) {
        role = ROLE_BODY;
        why = "too long for what its element says";
    }
    bool prose = role == ROLE_HEADLINE || role == ROLE_CAPTION ||
                 w->linked * 100 <= w->all * LINK_SHARE || (line.ended && n > 3 * BLOCK_BYTES);
    if (role == ROLE_BODY || role == ROLE_LIST) {
        sst_role form = page_role_by_form(here, &line);
        if (form != ROLE_BODY) {
            role = form;
            why = line.why;
            said = str_of(line.said ? line.said : "");
        } else if (w->timed && n < 2 * BLOCK_BYTES) {
            role = ROLE_BYLINE;
            why = "short, with a time element";
        }
    }
    bool keep = prose && role != ROLE_BOILERPLATE;
    if (!prose)
        why = "links, not prose";
    if (keep && w->lead && role != ROLE_HEADLINE && role != ROLE_CAPTION) {
        keep = false;
        why = "between heading and text: the metadata has what bylines, dates and buttons say";
    }
    sst_block *b = keep ? vec_push(&w->a->arena, &w->blocks) : NULL;
    sst_span at = {(uint32_t)w->from, (uint32_t)(b ? w->out.n : w->from)};
    if (w->a->notes) {
        page_note_block(w->a, w->block, here, at, role, why, said);
        if (w->linked)
            page_note_value(w->a, "per cent in links", (double)(w->linked * 100 / w->all));
    }
    if (!b) {
        w->out.n = w->from;
        return;
    }
    *b = (sst_block){at, (uint8_t)role};
    buf_byte(&w->out, '\n');
    w->from = w->out.n;
}

/* From `first` to before `stop`; NULL: to the end of w->top. */
static void write_blocks(writer *w, const page_node *first, const page_node *stop)
{
    bool brk = false;
    for (const page_node *n = first; n && n != stop; n = page_dom_next(n, w->top, n->drop)) {
        if (n->drop)
            continue;
        if (n->tag == TAG_BR) {
            /* Two breaks, or one outside a paragraph, part blocks. */
            if (brk || n->block->tag != TAG_P) {
                close_block(w);
                w->linked = w->all = 0;
                w->timed = false;
            } else
                page_add_flat(&w->out, w->from, STR(" "));
            brk = true;
            continue;
        }
        if (n->tag != TAG_TEXT)
            continue;
        if (n->block != w->block) {
            close_block(w);
            w->block = n->block;
            w->linked = w->all = 0;
            w->timed = false;
            brk = false;
        }
        size_t before = w->out.n;
        page_add_flat(&w->out, w->from, n->text);
        if (w->out.n > before + 1)
            brk = false;
        w->all += w->out.n - before;
        w->linked += n->link_in ? w->out.n - before : 0;
        w->timed |= n->time_in;
    }
    close_block(w);
}

sst_status page_main(sst_article *a, page_node *root)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    node_list all = {0};
    weigh(a, &scratch, root, &all);
    if (scratch.failed) {
        arena_release(&scratch);
        return SST_ERR_MEMORY;
    }
    sum_up(&all);
    uint32_t total = root->score;
    for (uint32_t i = 0; i < all.n; i++) {
        page_node *n = all.v[i];
        sst_str word;
        if (n->drop || !is_maybe_text(n, &word) ||
            (uint64_t)n->score * 100 >= (uint64_t)total * HOLDS_MUCH)
            continue;
        n->drop = 1;
        page_note_drop(a, n,
                       word.n ? "a class or id word of furniture" : "an aside, a footer or a form",
                       word);
    }
    sum_up(&all);
    writer w = {.a = a};
    page_node *top = find_root(a, &all, root);
    const page_node *heading = NULL; /* the title as the page shows it, in front of the text */
    for (uint32_t i = 0; i < all.n && all.v[i] != top && !heading; i++)
        if (all.v[i]->tag == TAG_H1 && !all.v[i]->drop &&
            page_same_letters(page_flat_text(&scratch, all.v[i], CLASS_BYTES), a->title))
            heading = all.v[i];
    buf_init(&w.out, 0);
    if (heading) {
        w.top = root;
        w.lead = true;
        write_blocks(&w, heading, top);
        w.lead = false;
        w.block = NULL;
        w.linked = w.all = 0;
        w.timed = false;
    }
    w.top = top;
    write_blocks(&w, top, NULL);
    /* A heading with nothing under it is a label of what was left out. */
    while (w.blocks.n &&
           (w.blocks.v[w.blocks.n - 1].role == ROLE_SUBTITLE ||
            w.blocks.v[w.blocks.n - 1].role == ROLE_HEADLINE) &&
           w.blocks.n > 1)
        w.blocks.n--;
    uint32_t end = w.blocks.n ? w.blocks.v[w.blocks.n - 1].at.end : 0;
    sst_status status = w.out.failed;
    if (!status) {
        a->text = arena_str(&a->arena, (sst_str){w.out.p, end});
        a->blocks = w.blocks.v;
        a->block_n = w.blocks.n;
        a->access = end >= STUB_BYTES ? ACCESS_FULL : end ? ACCESS_STUB : ACCESS_UNKNOWN;
    }
    page_note_end(a, root);
    buf_release(&w.out);
    arena_release(&scratch);
    return status ? status : a->arena.failed;
}
