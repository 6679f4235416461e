/*
 * The blocks of a page: see page_block.h. In: a tree. Out: blocks, sums of text over the tree, the
 * likely article. Method: one walk marks each node with where it stands (elements, class words)
 * and collects the text of each block element, parted at double line breaks; sums go upwards in one
 * backward pass. The likely article is the declared article body, or the article or main element
 * that holds much of the prose, or the deepest element that holds most of it. Linear: each node is
 * met a fixed number of times.
 */
#include "page_block.h"

#include "base_utf8.h"
#include "page_html.h"
#include "page_words.h"

enum {
    BLOCK_BYTES = 40,        /* shorter blocks carry no weight: labels and menu entries end there */
    LINK_SHARE = 50,         /* per cent of a block's text in links: a list of links, not prose */
    HOLDS_MOST = 75,         /* per cent of the weight that a child must hold to be gone into */
    HOLDS_MUCH = 40,         /* per cent of the weight that saves an element from its class words */
    BODY_BYTES = 250,        /* a declared article body with less text is a teaser or a comment */
    NOSCRIPT_NODES = 2000,   /* looked at in a noscript element: a menu may stand in front */
    NOSCRIPT_PARAGRAPHS = 3, /* more than a note that asks for scripts has */
    LIST_PART = 3            /* items of lists weigh a third: menus are lists */
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

/* Pages for browsers with scripts alone keep their text in noscript; others only what counts
 * visits, pictures and a line that asks for scripts. A look at the first nodes tells. */
static bool holds_page(const page_node *top)
{
    unsigned paragraphs = 0, looked = 0;
    for (const page_node *n = top; n && looked < NOSCRIPT_NODES; looked++) {
        if (n->tag == TAG_H1)
            return true;
        paragraphs += n->tag == TAG_P;
        n = page_dom_next(n, top, false);
    }
    return paragraphs >= NOSCRIPT_PARAGRAPHS;
}

static bool is_never_text(const page_node *n)
{
    switch (n->tag) {
    case TAG_HEAD:
    case TAG_SCRIPT:
    case TAG_STYLE:
    case TAG_TEMPLATE:
    case TAG_IFRAME:
    case TAG_SVG:
    case TAG_BUTTON:
    case TAG_SELECT:
    case TAG_INPUT:
    case TAG_NAV:
    case TAG_OBJECT:
        return true;
    case TAG_NOSCRIPT:
        return !holds_page(n);
    default:
        return false;
    }
}

static uint32_t in_of_tag(const page_node *n)
{
    switch (n->tag) {
    case TAG_A:
        return IN_LINK;
    case TAG_TIME:
        return IN_TIME;
    case TAG_ARTICLE:
        return IN_ARTICLE;
    case TAG_MAIN:
        return IN_MAIN;
    case TAG_ASIDE:
        return IN_ASIDE;
    case TAG_FOOTER:
        return IN_FOOTER;
    case TAG_HEADER:
        return IN_HEADER;
    case TAG_FORM:
        return IN_FORM;
    case TAG_FIGURE:
        return IN_FIGURE;
    case TAG_FIGCAPTION:
        return IN_CAPTION | IN_FIGURE;
    case TAG_UL:
    case TAG_OL:
    case TAG_DL:
        return IN_LIST;
    case TAG_TABLE:
        return IN_TABLE;
    case TAG_BLOCKQUOTE:
        return IN_QUOTE;
    case TAG_ADDRESS:
        return IN_ADDRESS;
    case TAG_H1:
    case TAG_H2:
    case TAG_H3:
    case TAG_H4:
    case TAG_H5:
    case TAG_H6:
        return IN_HEADING;
    default:
        return 0;
    }
}

static uint32_t groups_of_role(sst_str role, uint32_t *in)
{
    if (str_eq(role, STR("navigation")))
        return 1u << CLASS_NAV;
    if (str_eq(role, STR("banner")) || str_eq(role, STR("search")))
        return 1u << CLASS_NAV;
    if (str_eq(role, STR("contentinfo")))
        return 1u << CLASS_FOOT;
    if (str_eq(role, STR("complementary")))
        return 1u << CLASS_SIDE;
    if (str_eq(role, STR("dialog")) || str_eq(role, STR("alertdialog")))
        return 1u << CLASS_LETTER;
    if (str_eq(role, STR("main")))
        *in |= IN_MAIN;
    if (str_eq(role, STR("article")))
        *in |= IN_ARTICLE;
    return 0;
}

/* Of a class or id attribute. */
static uint32_t groups_of_class(page_sheet *s, sst_str value)
{
    int fresh = 1;
    uint32_t *known = u64map_add(s->arena, &s->classes, hash_str(value), 0, &fresh);
    if (!known)
        return 0;
    if (fresh)
        *known = page_class_groups(value);
    return *known;
}

/* What attributes say: class words, itemprop, role, hidden. */
static void look_at_attributes(page_sheet *s, page_node *n)
{
    for (const page_attribute *a = n->attributes; a; a = a->next) {
        switch (a->name.n) {
        case 2:
            if (memcmp(a->name.p, "id", 2) == 0)
                n->groups |= groups_of_class(s, a->value);
            break;
        case 3:
            if (memcmp(a->name.p, "rel", 3) == 0 && !s->next && page_names_next(a->value))
                s->next = n;
            break;
        case 4:
            if (memcmp(a->name.p, "role", 4) == 0)
                n->groups |= groups_of_role(a->value, &n->in);
            break;
        case 5:
            if (memcmp(a->name.p, "class", 5) == 0)
                n->groups |= groups_of_class(s, a->value);
            else if (memcmp(a->name.p, "style", 5) == 0 && a->value.n < 200) {
                ptrdiff_t at = str_find_nocase(a->value, STR("display"));
                if (at >= 0 && str_find_nocase((sst_str){a->value.p + at, a->value.n - (size_t)at},
                                               STR("none")) >= 0)
                    n->in |= IN_HIDDEN;
            }
            break;
        case 6:
            if (memcmp(a->name.p, "hidden", 6) == 0 && !str_eq_nocase(a->value, STR("until-found")))
                n->in |= IN_HIDDEN;
            break;
        case 8:
            if (memcmp(a->name.p, "itemprop", 8) == 0 &&
                str_find(a->value, STR("articleBody")) >= 0)
                n->in |= IN_BODY_PROP;
            break;
        case 11:
            if (memcmp(a->name.p, "aria-hidden", 11) == 0 && str_eq_nocase(a->value, STR("true")) &&
                n->tag != TAG_FIGURE)
                n->in |= IN_HIDDEN;
            break;
        default:
            break;
        }
    }
    if (n->tag == TAG_OTHER && n->text.n)
        n->groups |= groups_of_class(s, n->text);
    if (n->tag == TAG_BODY || n->tag == TAG_HTML)
        n->groups = 0; /* they tell of the whole page */
}

typedef struct collector {
    page_sheet *sheet;
    page_block *open; /* the block in hand */
    const page_node *node;
    bool brk, broken;
} collector;

static void close_block(collector *c)
{
    page_sheet *s = c->sheet;
    if (!c->open)
        return;
    while (s->flat.n > c->open->begin && s->flat.p[s->flat.n - 1] == ' ')
        s->flat.n--;
    c->open->end = (uint32_t)s->flat.n;
    if (s->flat.n == c->open->begin)
        s->blocks.n--;
    c->open = NULL;
}

static bool is_strong(const page_node *n)
{
    return n->tag == TAG_STRONG;
}

static void add_text(collector *c, page_node *n)
{
    page_sheet *s = c->sheet;
    if (n->block != c->node) {
        close_block(c);
        c->node = n->block;
        c->brk = c->broken = false;
    }
    if (!c->open) {
        size_t i = 0;
        while (i < n->text.n && byte_is_space((unsigned char)n->text.p[i]))
            i++;
        if (i == n->text.n)
            return;
        c->open = vec_push(s->arena, &s->blocks);
        if (!c->open)
            return;
        c->open->node = n->block;
        c->open->begin = (uint32_t)s->flat.n;
        c->open->broken = c->broken;
    }
    size_t before = s->flat.n;
    page_add_flat(&s->flat, c->open->begin, n->text);
    uint32_t bytes = (uint32_t)(s->flat.n - before);
    if (bytes > 1)
        c->brk = false;
    if (n->in & (IN_LINK | IN_BLOCK_LINK))
        c->open->linked += bytes;
    if (n->in & IN_STRONG)
        c->open->strong += bytes;
    if (n->in & IN_EMPHASIS)
        c->open->emphasis += bytes;
    c->open->timed |= (n->in & IN_TIME) != 0;
    n->block->weight += bytes;
    if (n->in & (IN_LINK | IN_BLOCK_LINK))
        n->block->link += bytes;
}

static void add_break(collector *c, const page_node *n)
{
    /* Two breaks, or one outside a paragraph, part blocks. */
    if (n->block == c->node && c->open) {
        if (c->brk || n->block->tag != TAG_P) {
            close_block(c);
            c->broken = true;
        } else
            page_add_flat(&c->sheet->flat, c->open->begin, STR(" "));
    }
    c->brk = true;
}

static void walk(page_sheet *s)
{
    const uint32_t inline_bits = IN_LINK | IN_TIME | IN_STRONG | IN_EMPHASIS;
    collector c = {.sheet = s};
    for (page_node *n = s->root; n; n = page_dom_next(n, s->root, n->drop)) {
        const page_node *up = n->parent;
        n->drop = is_never_text(n);
        if (n->drop) {
            s->password |= n->tag == TAG_INPUT &&
                           str_eq_nocase(page_dom_attribute(n, "type"), STR("password"));
            continue;
        }
        page_node **place = vec_push(s->arena, &s->all);
        if (!place)
            return;
        *place = n;
        n->order = s->all.n - 1;
        if (n->tag == TAG_TEXT) {
            n->block = up->block;
            n->in = up->in;
            add_text(&c, n);
            continue;
        }
        n->in = up ? up->in : 0;
        n->depth = up && up->depth < 255 ? (uint8_t)(up->depth + 1) : 255;
        if (!up)
            n->depth = 0;
        look_at_attributes(s, n);
        if (is_block(n)) {
            n->block = n;
            if (n->in & IN_LINK)
                n->in |= IN_BLOCK_LINK;
            n->in = (n->in & ~inline_bits) | in_of_tag(n);
        } else {
            n->block = up->block;
            n->in |= in_of_tag(n) | (is_strong(n) ? IN_STRONG : 0) |
                     (n->tag == TAG_EM ? IN_EMPHASIS : 0);
            if (n->tag == TAG_BR)
                add_break(&c, n);
        }
    }
    close_block(&c);
}

static bool in_list(const page_node *n)
{
    return n->tag == TAG_LI || n->tag == TAG_DD || n->tag == TAG_DT || n->tag == TAG_TD;
}

/* Sums the weight of prose upwards, leaving out what is spoken against. */
static void sum_up(page_sheet *s)
{
    for (uint32_t i = 0; i < s->all.n; i++)
        s->all.v[i]->score = s->all.v[i]->below = s->all.v[i]->below_link = 0;
    for (uint32_t i = s->all.n; i-- > 0;) {
        page_node *n = s->all.v[i];
        n->below += n->weight;
        n->below_link += n->link;
        if (n->soft)
            n->score = 0;
        else if (n->weight >= BLOCK_BYTES && n->link * 100 < n->weight * LINK_SHARE)
            n->score += in_list(n) ? n->weight / LIST_PART : n->weight;
        if (n->parent) {
            n->parent->below += n->below;
            n->parent->below_link += n->below_link;
            n->parent->score += n->score;
        }
    }
}

static bool is_soft(const page_node *n)
{
    if (n->tag == TAG_ASIDE || n->tag == TAG_FOOTER || n->tag == TAG_FORM)
        return true;
    if (n->tag == TAG_TEXT || n->tag == TAG_ARTICLE || n->tag == TAG_MAIN || n->tag == TAG_BODY ||
        n->tag == TAG_HTML)
        return false;
    if ((n->in & IN_HIDDEN) && !(n->parent && (n->parent->in & IN_HIDDEN)))
        return true;
    return (n->groups & PAGE_AGAINST) != 0;
}

static page_node *find_top(page_sheet *s)
{
    page_node *body = NULL, *article = NULL, *root = s->root;
    for (uint32_t i = 0; i < s->all.n; i++) {
        page_node *n = s->all.v[i];
        if (n->soft || n->tag == TAG_TEXT || n->score < BODY_BYTES)
            continue;
        uint32_t own = n->in & ~(n->parent ? n->parent->in : 0);
        if ((own & IN_BODY_PROP) && (!body || n->score > body->score))
            body = n;
        if ((own & (IN_MAIN | IN_ARTICLE)) && (!article || n->score >= article->score))
            article = n;
    }
    page_node *top =
        body && body->score * 2 >= root->score                                            ? body
        : article && (uint64_t)article->score * 100 >= (uint64_t)root->score * HOLDS_MUCH ? article
        : body                                                                            ? body
                                                                                          : root;
    uint64_t most = (uint64_t)top->score * HOLDS_MOST;
    for (;;) {
        page_node *into = NULL;
        for (page_node *c = top->first; c; c = c->next)
            if (c->score && (uint64_t)c->score * 100 >= most && c->weight < c->score)
                into = c;
        if (!into)
            return top;
        top = into;
    }
}

sst_status page_block_collect(page_sheet *s)
{
    enum { FAR = 15 };
    walk(s);
    if (s->arena->failed || s->flat.failed)
        return s->arena->failed ? s->arena->failed : s->flat.failed;
    sum_up(s);
    uint64_t total = s->root->score;
    for (uint32_t i = 0; i < s->all.n; i++) {
        page_node *n = s->all.v[i];
        n->soft = is_soft(n) && (uint64_t)n->score * 100 < total * HOLDS_MUCH;
    }
    sum_up(s);
    s->top = find_top(s);
    uint8_t levels = 1;
    for (page_node *n = s->top; n; n = n->parent) {
        n->near_top = levels;
        levels = (uint8_t)(levels < FAR ? levels + 1 : FAR);
    }
    for (uint32_t i = 0; i < s->all.n; i++) {
        page_node *n = s->all.v[i];
        if (!n->near_top)
            n->near_top = n->parent->near_top;
        if (n->parent && n->parent->soft)
            n->soft = 1;
    }
    return SST_OK;
}
