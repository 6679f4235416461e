/*
 * What an element of a feed is: one table says what its name means and in which vocabularies. In:
 * the tag in hand, with its name space; out: a feed_element. Names of no vocabulary are looked
 * through for what is in them, those of other vocabularies passed over.
 */
#include "read_feed_inner.h"

typedef struct feed_row {
    const char *name;
    uint8_t spaces, what, which;
} feed_row;

/* Sorted by use: the first rows are what every item has. */
static const feed_row rows[] = {
    {"title", SPACE_CORE | SPACE_DC, WHAT_TEXT, FEED_TITLE},
    {"link", SPACE_CORE, WHAT_LINK, 0},
    {"item", SPACE_CORE, WHAT_ITEM, 0},
    {"entry", SPACE_CORE, WHAT_ITEM, 0},
    {"description", SPACE_CORE | SPACE_DC, WHAT_TEXT, FEED_SUMMARY},
    {"pubdate", SPACE_CORE, WHAT_VALUE, FEED_PUBLISHED},
    {"guid", SPACE_CORE, WHAT_GUID, 0},
    {"category", SPACE_CORE, WHAT_TAG, 0},
    {"encoded", SPACE_CONTENT, WHAT_CONTENT, 0},
    {"creator", SPACE_CORE | SPACE_DC, WHAT_PERSON, FEED_AUTHOR},
    {"id", SPACE_CORE, WHAT_URL, FEED_ID},
    {"published", SPACE_CORE, WHAT_VALUE, FEED_PUBLISHED},
    {"updated", SPACE_CORE, WHAT_VALUE, FEED_UPDATED},
    {"author", SPACE_CORE | SPACE_DC | SPACE_ITUNES, WHAT_PERSON, FEED_AUTHOR},
    {"summary", SPACE_CORE, WHAT_TEXT, FEED_SUMMARY},
    {"content", SPACE_CORE, WHAT_CONTENT, 0},
    {"date", SPACE_CORE | SPACE_DC, WHAT_VALUE, FEED_UPDATED},
    {"subject", SPACE_DC, WHAT_TAG, 0},
    {"enclosure", SPACE_CORE, WHAT_ENCLOSURE, 0},
    {"source", SPACE_CORE, WHAT_SOURCE, 0},
    {"comments", SPACE_CORE, WHAT_URL, FEED_COMMENTS},
    {"fullitem", SPACE_CORE, WHAT_CONTENT, 0},
    {"fulltext", SPACE_CORE, WHAT_CONTENT, 0},
    {"body", SPACE_CORE | SPACE_XHTML, WHAT_CONTENT, 0},
    {"abstract", SPACE_CORE, WHAT_TEXT, FEED_SUMMARY},
    {"subtitle", SPACE_CORE, WHAT_TEXT, FEED_SUBTITLE},
    {"tagline", SPACE_CORE, WHAT_TEXT, FEED_SUBTITLE},
    {"info", SPACE_CORE, WHAT_TEXT, FEED_INFO},
    {"rights", SPACE_CORE | SPACE_DC, WHAT_TEXT, FEED_RIGHTS},
    {"copyright", SPACE_CORE | SPACE_DC, WHAT_TEXT, FEED_RIGHTS},
    {"issued", SPACE_CORE | SPACE_DC, WHAT_VALUE, FEED_PUBLISHED},
    {"modified", SPACE_CORE | SPACE_DC, WHAT_VALUE, FEED_UPDATED},
    {"lastbuilddate", SPACE_CORE, WHAT_VALUE, FEED_UPDATED},
    {"created", SPACE_CORE | SPACE_DC, WHAT_VALUE, FEED_CREATED},
    {"expirationdate", SPACE_CORE, WHAT_VALUE, FEED_EXPIRED},
    {"language", SPACE_CORE | SPACE_DC, WHAT_VALUE, FEED_LANGUAGE},
    {"managingeditor", SPACE_CORE, WHAT_PERSON, FEED_AUTHOR},
    {"contributor", SPACE_CORE | SPACE_DC, WHAT_PERSON, FEED_CONTRIBUTOR},
    {"webmaster", SPACE_CORE, WHAT_PERSON, FEED_PUBLISHER},
    {"publisher", SPACE_CORE | SPACE_DC, WHAT_PERSON, FEED_PUBLISHER},
    {"docs", SPACE_CORE, WHAT_URL, FEED_DOCS},
    {"icon", SPACE_CORE, WHAT_URL, FEED_ICON},
    {"logo", SPACE_CORE, WHAT_URL, FEED_LOGO},
    {"generator", SPACE_CORE, WHAT_VALUE, FEED_GENERATOR},
    {"image", SPACE_CORE | SPACE_ITUNES, WHAT_SKIP, 0},
    {"textinput", SPACE_CORE, WHAT_SKIP, 0},
    {"channel", SPACE_CORE, WHAT_CHANNEL, 0},
    {"feed", SPACE_CORE, WHAT_CHANNEL, 0},
    {"rss", SPACE_CORE, WHAT_CHANNEL, 0},
    {"rdf", SPACE_CORE, WHAT_CHANNEL, 0},
    {"name", SPACE_CORE, WHAT_NAME, 0},
    {"email", SPACE_CORE, WHAT_EMAIL, 0},
    {"uri", SPACE_CORE, WHAT_HOME, 0},
    {"url", SPACE_CORE, WHAT_HOME, 0},
    {"homepage", SPACE_CORE, WHAT_HOME, 0},
};

static uint8_t space_of(const feed *f, sst_str uri, sst_str prefix)
{
    static const struct {
        const char *part;
        uint8_t space;
    } known[] = {
        {"purl.org/rss/1.0/modules/content", SPACE_CONTENT},
        {"purl.org/rss/1.0/modules/", SPACE_OTHER},
        {"purl.org/rss/", SPACE_CORE},
        {"purl.org/net/rss", SPACE_CORE},
        {"netscape.com/rdf/simple/", SPACE_CORE},
        {"purl.org/atom/ns#", SPACE_CORE},
        {"www.w3.org/2005/atom", SPACE_CORE},
        {"www.w3.org/1999/02/22-rdf-syntax-ns#", SPACE_CORE},
        {"backend.userland.com/", SPACE_CORE},
        {"blogs.law.harvard.edu/tech/rss", SPACE_CORE},
        {"purl.org/dc/", SPACE_DC},
        {"www.w3.org/1999/xhtml", SPACE_XHTML},
        {"www.itunes.com/dtds/podcast", SPACE_ITUNES},
    };
    /* Prefixes that are used without being bound. */
    static const struct {
        const char *prefix;
        uint8_t space;
    } usual[] = {{"dc", SPACE_DC},       {"dcterms", SPACE_DC},   {"content", SPACE_CONTENT},
                 {"atom", SPACE_CORE},   {"rss", SPACE_CORE},     {"rdf", SPACE_CORE},
                 {"xhtml", SPACE_XHTML}, {"itunes", SPACE_ITUNES}};
    if (!uri.n || str_eq(uri, f->root_uri))
        return SPACE_CORE;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_find_nocase(uri, str_of(known[i].part)) >= 0)
            return known[i].space;
    if (str_eq(uri, prefix))
        for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
            if (str_eq_nocase(prefix, str_of(usual[i].prefix)))
                return usual[i].space;
    return SPACE_OTHER;
}

feed_element feed_element_of(const feed *f, uint8_t *space)
{
    const read_xml *x = &f->x;
    *space = space_of(f, x->uri, x->prefix);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if ((rows[i].spaces & *space) && str_eq_nocase(x->name, str_of(rows[i].name)))
            return (feed_element){rows[i].what, rows[i].which};
    return (feed_element){*space == SPACE_CORE ? WHAT_OTHER : WHAT_SKIP, 0};
}
