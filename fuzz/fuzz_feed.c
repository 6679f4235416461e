/*
 * Entry: the bytes are a feed of any form. The reader alone: what becomes of its documents is the
 * matter of fuzz_jsonl and fuzz_html. Every entry is written whole, and every document is looked
 * at.
 */
#include "fuzz.h"

#include <stdlib.h>

#include "base_buf.h"
#include "base_str.h"
#include "base_utf8.h"
#include "read_feed.h"

static void write_entry(void *user, const read_feed_entry *e)
{
    sst_buf *out = user;
    buf_clear(out);
    if (e->entry) {
        read_feed_write(e, true, out);
        read_feed_write(e, false, out);
    } else
        read_feed_write_channel(e, out);
    if (utf8_check((sst_str){out->p, out->n}) != out->n)
        abort(); /* what is written is UTF-8, whatever was read */
}

static sst_status take(void *user, const sst_document *d)
{
    (void)user;
    const sst_str all[] = {d->source,   d->id,     d->url,  d->title,
                           d->outlet,   d->author, d->lang, d->published,
                           d->modified, d->body,   d->feed, d->outlet_url};
    size_t sum = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (size_t k = 0; k < all[i].n; k++)
            sum += (unsigned char)all[i].p[k];
    if (!d->id.n || (sum == 0 && d->source.n))
        abort(); /* every document has an id, and a source that is not of zeros */
    return SST_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    sst_errors errors;
    sst_buf out;
    errors_init(&errors);
    buf_init(&out, 0);
    sst_reader r = {.limits = {1u << 20, 1u << 18, 256, 64},
                    .errors = &errors,
                    .fn = take,
                    .each_entry = write_entry,
                    .user = &out,
                    .base = STR("http://t.example/a/feed"),
                    .lang = STR("en")};
    if (read_bytes(&r, STR("input"), (sst_str){(const char *)bytes, n}, SST_KIND_FEED) != SST_OK)
        abort(); /* memory is enough for so little, and nothing else ends a run */
    buf_release(&out);
    errors_release(&errors);
    return 0;
}
