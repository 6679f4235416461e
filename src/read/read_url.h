/* Addresses: relative ones against a base (RFC 3986, section 5.2). */
#ifndef READ_URL_H
#define READ_URL_H

#include "base_arena.h"
#include "base_str.h"

/* In the arena; ref as it is when base is empty or no absolute address. Characters outside of ASCII
 * stay. */
sst_str read_url_join(sst_arena *arena, sst_str base, sst_str ref);

/* Does it begin with a scheme? */
bool read_url_is_absolute(sst_str s);
/* With that of the web, http or https? */
bool read_url_is_web(sst_str s);

#endif
