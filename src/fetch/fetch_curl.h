/*
 * libcurl, loaded when a run of `fetch` begins: no other command needs it and what stands behind
 * it. Include this in place of <curl/curl.h>; fetch_curl_load() comes before the first call.
 */
#ifndef FETCH_CURL_H
#define FETCH_CURL_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <stdbool.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#define FETCH_CURL_FUNCTIONS(X)                                                                    \
    X(curl_easy_cleanup)                                                                           \
    X(curl_easy_getinfo)                                                                           \
    X(curl_easy_init)                                                                              \
    X(curl_easy_setopt)                                                                            \
    X(curl_easy_strerror)                                                                          \
    X(curl_free)                                                                                   \
    X(curl_getdate)                                                                                \
    X(curl_global_cleanup)                                                                         \
    X(curl_global_init)                                                                            \
    X(curl_multi_add_handle)                                                                       \
    X(curl_multi_cleanup)                                                                          \
    X(curl_multi_info_read)                                                                        \
    X(curl_multi_init)                                                                             \
    X(curl_multi_perform)                                                                          \
    X(curl_multi_poll)                                                                             \
    X(curl_multi_remove_handle)                                                                    \
    X(curl_multi_setopt)                                                                           \
    X(curl_slist_append)                                                                           \
    X(curl_slist_free_all)                                                                         \
    X(curl_url)                                                                                    \
    X(curl_url_cleanup)                                                                            \
    X(curl_url_get)                                                                                \
    X(curl_url_set)

/* Filled once, by fetch_curl_load. */
typedef struct fetch_curl_table {
#define X(name) __typeof__(&name) name;
    FETCH_CURL_FUNCTIONS(X)
#undef X
} fetch_curl_table;

extern fetch_curl_table fetch_curl;

/* False when libcurl is not installed. Any thread. */
bool fetch_curl_load(void);

#ifndef FETCH_CURL_TABLE
#define curl_easy_cleanup fetch_curl.curl_easy_cleanup
#define curl_easy_getinfo fetch_curl.curl_easy_getinfo
#define curl_easy_init fetch_curl.curl_easy_init
#define curl_easy_setopt fetch_curl.curl_easy_setopt
#define curl_easy_strerror fetch_curl.curl_easy_strerror
#define curl_free fetch_curl.curl_free
#define curl_getdate fetch_curl.curl_getdate
#define curl_global_cleanup fetch_curl.curl_global_cleanup
#define curl_global_init fetch_curl.curl_global_init
#define curl_multi_add_handle fetch_curl.curl_multi_add_handle
#define curl_multi_cleanup fetch_curl.curl_multi_cleanup
#define curl_multi_info_read fetch_curl.curl_multi_info_read
#define curl_multi_init fetch_curl.curl_multi_init
#define curl_multi_perform fetch_curl.curl_multi_perform
#define curl_multi_poll fetch_curl.curl_multi_poll
#define curl_multi_remove_handle fetch_curl.curl_multi_remove_handle
#define curl_multi_setopt fetch_curl.curl_multi_setopt
#define curl_slist_append fetch_curl.curl_slist_append
#define curl_slist_free_all fetch_curl.curl_slist_free_all
#define curl_url fetch_curl.curl_url
#define curl_url_cleanup fetch_curl.curl_url_cleanup
#define curl_url_get fetch_curl.curl_url_get
#define curl_url_set fetch_curl.curl_url_set
#endif

#endif
