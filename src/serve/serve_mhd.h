/*
 * libmicrohttpd, loaded when a server starts: no other command needs it and what stands behind it.
 * Include this in place of <microhttpd.h>; serve_mhd_load() comes before the first call.
 */
#ifndef SERVE_MHD_H
#define SERVE_MHD_H

#include <microhttpd.h>
#include <stdbool.h>

#define SERVE_MHD_FUNCTIONS(X)                                                                     \
    X(MHD_add_response_header)                                                                     \
    X(MHD_create_response_from_buffer)                                                             \
    X(MHD_create_response_from_buffer_with_free_callback)                                          \
    X(MHD_create_response_from_buffer_with_free_callback_cls)                                      \
    X(MHD_destroy_response)                                                                        \
    X(MHD_lookup_connection_value)                                                                 \
    X(MHD_queue_response)                                                                          \
    X(MHD_resume_connection)                                                                       \
    X(MHD_start_daemon)                                                                            \
    X(MHD_stop_daemon)                                                                             \
    X(MHD_suspend_connection)

/* Filled once, by serve_mhd_load. */
typedef struct serve_mhd_table {
#define X(name) __typeof__(&name) name;
    SERVE_MHD_FUNCTIONS(X)
#undef X
} serve_mhd_table;

extern serve_mhd_table serve_mhd;

/* False when libmicrohttpd is not installed. Any thread. */
bool serve_mhd_load(void);

#ifndef SERVE_MHD_TABLE
#define MHD_add_response_header serve_mhd.MHD_add_response_header
#define MHD_create_response_from_buffer serve_mhd.MHD_create_response_from_buffer
#define MHD_create_response_from_buffer_with_free_callback                                         \
    serve_mhd.MHD_create_response_from_buffer_with_free_callback
#define MHD_create_response_from_buffer_with_free_callback_cls                                     \
    serve_mhd.MHD_create_response_from_buffer_with_free_callback_cls
#define MHD_destroy_response serve_mhd.MHD_destroy_response
#define MHD_lookup_connection_value serve_mhd.MHD_lookup_connection_value
#define MHD_queue_response serve_mhd.MHD_queue_response
#define MHD_resume_connection serve_mhd.MHD_resume_connection
#define MHD_start_daemon serve_mhd.MHD_start_daemon
#define MHD_stop_daemon serve_mhd.MHD_stop_daemon
#define MHD_suspend_connection serve_mhd.MHD_suspend_connection
#endif

#endif
