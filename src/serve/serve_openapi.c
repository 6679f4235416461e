/*
 * The description of the interface (OpenAPI 3.1), from routes.def. In: the table; out: JSON. Pages
 * and files are no part of the interface and left out.
 */
#include "serve_inner.h"

#include <stdio.h>

static const struct {
    const char *name, *type, *meaning;
} params[] = {
#define PARAM(name, type, meaning) {#name, type, meaning},
#include "routes.def"
};

static const struct {
    const char *schema, *name, *type, *meaning;
} fields[] = {
#define FIELD(schema, name, type, meaning) {#schema, name, type, meaning},
#include "routes.def"
};

enum { PARAM_N = sizeof params / sizeof params[0], FIELD_N = sizeof fields / sizeof fields[0] };

static void pair(report_out *o, const char *key, const char *value)
{
    json_key(o, key);
    json_z(o, value);
}

/* "[@x]" -> an array of references; "@x" -> a reference, or null; others as they are, or null. */
static void type_of(report_out *o, sst_str t, bool nullable)
{
    if (t.n > 2 && t.p[0] == '[') {
        pair(o, "type", "array");
        json_key(o, "items");
        json_object(o);
        type_of(o, (sst_str){t.p + 1, t.n - 2}, false);
        json_object_end(o);
        return;
    }
    if (t.p[0] == '@') {
        char ref[80];
        snprintf(ref, sizeof ref, "#/components/schemas/%.*s", (int)t.n - 1, t.p + 1);
        if (!nullable) {
            pair(o, "$ref", ref);
            return;
        }
        json_key(o, "anyOf");
        json_array(o);
        json_object(o);
        pair(o, "$ref", ref);
        json_object_end(o);
        json_object(o);
        pair(o, "type", "null");
        json_object_end(o);
        json_array_end(o);
        return;
    }
    bool time = str_eq(t, STR("date-time")), day = str_eq(t, STR("date"));
    json_key(o, "type");
    if (nullable)
        json_array(o);
    json_string(o, time || day ? STR("string") : t);
    if (nullable) {
        json_string(o, STR("null"));
        json_array_end(o);
    }
    if (time)
        pair(o, "format", "date-time");
}

/* What the table says of null is in the words of the meaning. */
static bool may_be_null(const char *meaning)
{
    return strstr(meaning, "null") != NULL;
}

static void schema(report_out *o, size_t from)
{
    json_key(o, fields[from].schema);
    json_object(o);
    pair(o, "type", "object");
    json_key(o, "properties");
    json_object(o);
    for (size_t i = from; i < FIELD_N && strcmp(fields[i].schema, fields[from].schema) == 0; i++) {
        json_key(o, fields[i].name);
        json_object(o);
        type_of(o, str_of(fields[i].type), may_be_null(fields[i].meaning));
        if (*fields[i].meaning)
            pair(o, "description", fields[i].meaning);
        json_object_end(o);
    }
    json_object_end(o);
    json_key(o, "required");
    json_array(o);
    for (size_t i = from; i < FIELD_N && strcmp(fields[i].schema, fields[from].schema) == 0; i++)
        json_z(o, fields[i].name);
    json_array_end(o);
    json_object_end(o);
}

static bool has_schema(const char *name)
{
    for (size_t i = 0; i < FIELD_N; i++)
        if (strcmp(fields[i].schema, name) == 0)
            return true;
    return false;
}

static void parameter(report_out *o, const char *in, sst_str name, const char *type,
                      const char *meaning)
{
    json_object(o);
    json_key_string(o, "name", name);
    pair(o, "in", in);
    json_key(o, "required");
    json_bool(o, strcmp(in, "path") == 0);
    if (*meaning)
        pair(o, "description", meaning);
    json_key(o, "schema");
    json_object(o);
    type_of(o, str_of(type), false);
    json_object_end(o);
    json_object_end(o);
}

static void parameters(report_out *o, const serve_route *r)
{
    sst_str rest = str_of(r->params);
    json_key(o, "parameters");
    json_array(o);
    if (strstr(r->path, "{}"))
        parameter(o, "path", STR("id"), "string", "an id or a name, in percent codes");
    while (rest.n) {
        const char *space = memchr(rest.p, ' ', rest.n);
        sst_str name = {rest.p, space ? (size_t)(space - rest.p) : rest.n};
        for (size_t i = 0; i < PARAM_N; i++)
            if (str_eq(name, str_of(params[i].name)))
                parameter(o, "query", name, params[i].type, params[i].meaning);
        rest.p += name.n + (space != NULL);
        rest.n -= name.n + (space != NULL);
    }
    json_array_end(o);
}

static void answer(report_out *o, const char *code, const char *what, const char *type,
                   const char *schema_name)
{
    json_key(o, code);
    json_object(o);
    pair(o, "description", what);
    if (type) {
        json_key(o, "content");
        json_object(o);
        json_key(o, type);
        json_object(o);
        if (schema_name && has_schema(schema_name)) {
            char ref[80];
            snprintf(ref, sizeof ref, "#/components/schemas/%s", schema_name);
            json_key(o, "schema");
            json_object(o);
            pair(o, "$ref", ref);
            json_object_end(o);
        }
        json_object_end(o);
        json_object_end(o);
    }
    json_object_end(o);
}

static void path(report_out *o, const serve_route *r, sst_arena *arena)
{
    static const char *const types[SERVE_KIND_N] = {[SERVE_PAGE] = "text/html",
                                                    [SERVE_API] = "application/json",
                                                    [SERVE_FEED] = "application/atom+xml",
                                                    [SERVE_JSONFEED] = "application/feed+json",
                                                    [SERVE_PLAIN] = "text/plain",
                                                    [SERVE_FILE] = "text/plain"};
    const char *hole = strstr(r->path, "{}");
    json_key_str(o,
                 hole ? arena_printf(arena, "%.*s{id}%s", (int)(hole - r->path), r->path, hole + 2)
                      : str_of(r->path));
    json_object(o);
    json_key(o, "get");
    json_object(o);
    pair(o, "summary", r->summary);
    json_key_string(o, "operationId", arena_printf(arena, "%s", r->path));
    parameters(o, r);
    json_key(o, "responses");
    json_object(o);
    answer(o, "200", "It is here", types[r->kind], r->schema);
    if (r->kind != SERVE_PLAIN)
        answer(o, "304", "The client has it already (If-None-Match)", NULL, NULL);
    if (*r->params)
        answer(o, "400", "A parameter makes no sense", "application/problem+json", "problem");
    if (hole)
        answer(o, "404", "There is none", "application/problem+json", "problem");
    json_object_end(o);
    json_object_end(o);
    json_object_end(o);
}

sst_status serve_openapi(serve_request *q)
{
    report_out *o = &q->out;
    q->type = "application/json";
    json_object(o);
    pair(o, "openapi", "3.1.0");
    json_key(o, "info");
    json_object(o);
    pair(o, "title", "samestory");
    pair(o, "version", SST_VERSION);
    pair(o, "description",
         "Stories, the articles that tell them, and what differs between them. Everything is read "
         "only. Spans are bytes of an article's text in UTF-8.");
    json_object_end(o);
    json_key(o, "paths");
    json_object(o);
    for (size_t i = 0; i < serve_route_n; i++)
        if (serve_routes[i].kind != SERVE_PAGE && serve_routes[i].kind != SERVE_FILE)
            path(o, &serve_routes[i], &q->arena);
    json_object_end(o);
    json_key(o, "components");
    json_object(o);
    json_key(o, "schemas");
    json_object(o);
    for (size_t i = 0; i < FIELD_N; i++)
        if (i == 0 || strcmp(fields[i].schema, fields[i - 1].schema) != 0)
            schema(o, i);
    json_object_end(o);
    json_object_end(o);
    json_object_end(o);
    json_line(o);
    return SST_OK;
}
