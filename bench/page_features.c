/*
 * Prints the blocks of pages with what is measured of them, for tools/learn_page.py.
 *
 *   page_features < FRAMES
 *
 * In: frames "ID TAB URL TAB BYTES \n" and so many bytes of UTF-8. Out: a line with the names of
 * the features; then for each page "page TAB ID TAB title", and for each block "TEXT TAB numbers".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page_block.h"
#include "page_html.h"

static int one(const char *id, const char *url, sst_str html)
{
    sst_arena tree, scratch;
    arena_init(&tree, 0);
    arena_init(&scratch, 0);
    sst_article a;
    memset(&a, 0, sizeof a);
    arena_init(&a.arena, 0);
    a.text = a.modified = a.lang = a.agency = a.error = a.id = a.source = a.outlet = a.title =
        a.published = STR("");
    a.url = str_of(url);
    page_sheet s = {.arena = &scratch};
    buf_init(&s.flat, 0);
    html_limit limit;
    html_doc doc;
    html_init(&doc);
    if (page_dom_parse(&tree, &doc, html, 512, NULL, &s.root, &limit) ||
        page_meta(&a, &(sst_document){.kind = SST_KIND_HTML}, s.root))
        return 1;
    s.title = a.title;
    if (page_block_collect(&s) || page_feature_measure(&s))
        return 1;
    printf("page\t%s\t%.*s\n", id, (int)s.title.n, s.title.p);
    for (uint32_t i = 0; i < s.blocks.n; i++) {
        const page_block *b = &s.blocks.v[i];
        sst_str t = page_block_str(&s, b);
        for (size_t k = 0; k < t.n; k++)
            putchar((unsigned char)t.p[k] < ' ' ? ' ' : t.p[k]);
        const page_node *up = b->node->parent ? b->node->parent : b->node;
        printf("\t%u\t%u\t%u", b->style, up->order, up->parent ? up->parent->order : up->order);
        for (int k = 0; k < F_N; k++)
            printf("\t%d", b->f[k]);
        putchar('\n');
    }
    buf_release(&s.flat);
    html_release(&doc);
    arena_release(&scratch);
    arena_release(&tree);
    arena_release(&a.arena);
    return 0;
}

int main(void)
{
    static char head[65536], url[65536];
    static char id[65536];
    printf("text\tstyle\tbox1\tbox2");
    for (int k = 0; k < F_N; k++)
        printf("\t%s", page_feature_names[k]);
    putchar('\n');
    while (fgets(head, sizeof head, stdin)) {
        char *first = strchr(head, '\t'), *second = first ? strchr(first + 1, '\t') : NULL;
        if (!second)
            return 2;
        *first = *second = 0;
        snprintf(id, sizeof id, "%s", head);
        snprintf(url, sizeof url, "%s", first + 1);
        size_t n = strtoul(second + 1, NULL, 10);
        char *p = malloc(n + 1);
        if (!p || fread(p, 1, n, stdin) != n)
            return 2;
        for (size_t i = 0; i < n; i++)
            p[i] = p[i] ? p[i] : ' ';
        if (one(id, url, (sst_str){p, n}))
            return 1;
        free(p);
    }
    return 0;
}
