/*
 * Learns the numbers of the network that finds quotations (src/quote/quote_net.h); development
 * only.
 *
 *   cc -O3 -march=native -ffast-math -DDIM=48 -DPOINT=32 -o learn_quote learn_quote.c -lm
 *   learn_quote LEARN.bin TRY.bin MODEL.f32 ANSWERS.txt EPOCHS RATE DROP SEED DILATION...
 *
 * In: what learn_quote.py writes of articles with answers, those of teachers (LEARN_SOFT, weighed
 * by LEARN_TRUST) in front. Out: the numbers as floats (MODEL.f32), and what the network says of
 * TRY.bin (ANSWERS.txt). Method: minibatches of articles, Adam, cosine rate; gradients written out
 * by hand. One thread, about 2 seconds an epoch over 700,000 tokens.
 *
 *   x0[t] = sum of rows;  x[l+1] = x[l] + relu(W (x[l][t-d], x[l][t], x[l][t+d]) + b)
 *   cue:   O, B, I of each token
 *   point: g = G x, q = A (x[first of cue], x[last of cue]); for a token at distance k of the cue
 *          z = relu(g + q + far[k]), six numbers say . z: begin, end of source, left, right;
 *          "none" from q
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef DIM
#define DIM 48
#endif
#ifndef POINT
#define POINT 32
#endif
#ifndef BATCH
#define BATCH 4 /* articles a step */
#endif
enum { ROWS = 24, WINDOW = 64, WIDE = 2 * WINDOW + 1, LAYERS_MAX = 8, HEADS = 6, TAGS = 16 };

/* A question that grows moves all tokens and "none" alike, which no answer speaks against: a little
 * pull to nothing keeps it in the 16 bits that the program has. */
#define QUESTION_PULL 1e-4f
/* A step that is so many times longer than those before it is shortened: with texts of one sentence
 * and texts of a hundred side by side one such step can undo the rest. */
#define STEP_MOST 2.5f
#define STEP_MEMORY 0.98f

typedef float v16 __attribute__((vector_size(64), aligned(4)));

typedef struct {
    int32_t tokens, cues;
    int32_t *word, *para, *row_n;
    int16_t (*row)[ROWS];
    int32_t (*cue)[8];
    uint16_t *soft_tag, *soft_point; /* what teachers say, in 65535ths; NULL: people's answers */
} article;

typedef struct {
    int32_t n, words, features;
    article *v;
} data;

static void *get(size_t n)
{
    void *p = calloc(n ? n : 1, 1);
    if (!p)
        exit(1);
    return p;
}

static data load(const char *path)
{
    data d;
    FILE *f = fopen(path, "rb");
    int32_t head[3];
    if (!f || fread(head, 4, 3, f) != 3)
        exit(1);
    d.n = head[0], d.words = head[1], d.features = head[2];
    d.v = get((size_t)d.n * sizeof *d.v);
    for (int32_t i = 0; i < d.n; i++) {
        article *a = &d.v[i];
        if (fread(&a->tokens, 4, 1, f) != 1 || fread(&a->cues, 4, 1, f) != 1)
            exit(1);
        size_t n = (size_t)a->tokens, c = (size_t)a->cues;
        a->word = get(n * 4), a->para = get(n * 4), a->row_n = get(n * 4),
        a->row = get(n * sizeof *a->row);
        a->cue = get(c * sizeof *a->cue);
        if (fread(a->word, 4, n, f) != n || fread(a->para, 4, n, f) != n ||
            fread(a->row_n, 4, n, f) != n || fread(a->row, sizeof *a->row, n, f) != n ||
            fread(a->cue, sizeof *a->cue, c, f) != c)
            exit(1);
    }
    fclose(f);
    return d;
}

/* Answers of teachers beside the articles of d, from the first on; those behind have people's. */
static void load_soft(data *d, const char *path)
{
    FILE *f = fopen(path, "rb");
    int32_t head[2];
    for (int32_t i = 0; f && i < d->n && fread(head, 4, 2, f) == 2; i++) {
        article *a = &d->v[i];
        if (head[0] != a->tokens || head[1] != a->cues)
            exit(1);
        size_t n = (size_t)a->tokens * 3, c = (size_t)a->cues * HEADS * (WIDE + 1);
        a->soft_tag = get(n * 2), a->soft_point = get(c * 2);
        if (fread(a->soft_tag, 2, n, f) != n || fread(a->soft_point, 2, c, f) != c)
            exit(1);
    }
    if (f)
        fclose(f);
}

static uint64_t seed_state = 88172645463325252ull;
static uint32_t rnd(void)
{
    seed_state ^= seed_state << 13, seed_state ^= seed_state >> 7, seed_state ^= seed_state << 17;
    return (uint32_t)(seed_state >> 32);
}
static float uniform(void)
{
    return (float)rnd() / 4294967296.0f;
}
static float normal(void)
{
    return sqrtf(-2 * logf(uniform() + 1e-9f)) * cosf(6.2831853f * uniform());
}

/* ------------------------------------------------------------------ parameters */

typedef struct {
    float *w, *g, *m, *v;
    size_t n;
} param;

static param make(size_t n, float deviation)
{
    param p = {get(n * 4), get(n * 4), get(n * 4), get(n * 4), n};
    for (size_t i = 0; i < n; i++)
        p.w[i] = deviation * normal();
    return p;
}

static int layers, dilation[LAYERS_MAX];
static param word, row, conv[LAYERS_MAX], bias[LAYERS_MAX], tag, tag_b, point, point_b, ask, ask_b,
    far_, say, say_b, none, none_b;
static int32_t *touched_word, *touched_row, touched_word_n, touched_row_n;
static uint8_t *is_word, *is_row;
static float rate = 3e-3f, trust_soft = 1;
static int64_t step;

static void adam(float *w, float *g, float *m, float *v, size_t n, float scale, float decay)
{
    float c1 = 1 / (1 - powf(0.9f, (float)step)), c2 = 1 / (1 - powf(0.98f, (float)step));
    for (size_t i = 0; i < n; i++) {
        float x = g[i] * scale;
        m[i] = 0.9f * m[i] + 0.1f * x;
        v[i] = 0.98f * v[i] + 0.02f * x * x;
        w[i] -= rate * (m[i] * c1 / (sqrtf(v[i] * c2) + 1e-8f) + decay * w[i]);
        g[i] = 0;
    }
}
static void update(param *p, float scale, float decay)
{
    adam(p->w, p->g, p->m, p->v, p->n, scale, decay);
}

/* ------------------------------------------------------------------ products, DIM wide */

enum { V = DIM / 16 };
_Static_assert(DIM % 16 == 0 && POINT % 16 == 0, "whole vectors");

/* out[t][0..N) += sum over i < n of in[t][i] * w[i][0..N), for t < T; rows at strides. */
#define PRODUCT(NAME, N)                                                                           \
    static void NAME(const float *in, size_t in_stride, const float *w, int n, float *out,         \
                     size_t out_stride, int T)                                                     \
    {                                                                                              \
        int t = 0;                                                                                 \
        for (; t + 4 <= T; t += 4) {                                                               \
            v16 acc[4][(N) / 16];                                                                  \
            for (int k = 0; k < 4; k++)                                                            \
                for (int j = 0; j < (N) / 16; j++)                                                 \
                    acc[k][j] = *(const v16 *)(out + (size_t)(t + k) * out_stride + 16 * j);       \
            for (int i = 0; i < n; i++)                                                            \
                for (int j = 0; j < (N) / 16; j++) {                                               \
                    v16 x = *(const v16 *)(w + (size_t)i * (N) + 16 * j);                          \
                    for (int k = 0; k < 4; k++)                                                    \
                        acc[k][j] += x * in[(size_t)(t + k) * in_stride + (size_t)i];              \
                }                                                                                  \
            for (int k = 0; k < 4; k++)                                                            \
                for (int j = 0; j < (N) / 16; j++)                                                 \
                    *(v16 *)(out + (size_t)(t + k) * out_stride + 16 * j) = acc[k][j];             \
        }                                                                                          \
        for (; t < T; t++)                                                                         \
            for (int i = 0; i < n; i++)                                                            \
                for (int j = 0; j < (N); j++)                                                      \
                    out[(size_t)t * out_stride + j] +=                                             \
                        in[(size_t)t * in_stride + (size_t)i] * w[(size_t)i * (N) + j];            \
    }                                                                                              \
    /* w[i][j] += sum over t of in[t][i] * d[t][j] */                                              \
    static void NAME##_weights(const float *in, size_t in_stride, const float *d, size_t d_stride, \
                               int n, float *w, int T)                                             \
    {                                                                                              \
        for (int i = 0; i < n; i += 4) {                                                           \
            v16 acc[4][(N) / 16];                                                                  \
            for (int k = 0; k < 4; k++)                                                            \
                for (int j = 0; j < (N) / 16; j++)                                                 \
                    acc[k][j] = *(const v16 *)(w + (size_t)(i + k) * (N) + 16 * j);                \
            for (int t = 0; t < T; t++)                                                            \
                for (int j = 0; j < (N) / 16; j++) {                                               \
                    v16 x = *(const v16 *)(d + (size_t)t * d_stride + 16 * j);                     \
                    for (int k = 0; k < 4; k++)                                                    \
                        acc[k][j] += x * in[(size_t)t * in_stride + (size_t)(i + k)];              \
                }                                                                                  \
            for (int k = 0; k < 4; k++)                                                            \
                for (int j = 0; j < (N) / 16; j++)                                                 \
                    *(v16 *)(w + (size_t)(i + k) * (N) + 16 * j) = acc[k][j];                      \
        }                                                                                          \
    }
PRODUCT(to_dim, DIM)
PRODUCT(to_point, POINT)
PRODUCT(to_tags, TAGS)

static void turn(const float *w, int n, int m, float *out) /* w[n][m] -> out[m][n] */
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            out[(size_t)j * (size_t)n + (size_t)i] = w[(size_t)i * (size_t)m + (size_t)j];
}

/* ------------------------------------------------------------------ one article */

enum { PAD = 64 }; /* more than the farthest neighbour */
static float *X[LAYERS_MAX + 1], *R[LAYERS_MAX], *dX, *dY, *G, *dG, *S, *mask0;
static float *conv_t[LAYERS_MAX], tag_t[TAGS * DIM], point_t[POINT * DIM], ask_t[POINT * 2 * DIM];
static size_t room;

static void make_room(size_t T)
{
    if (T <= room)
        return;
    room = T;
    size_t n = (T + 2 * PAD) * DIM * 4;
    for (int l = 0; l <= layers; l++)
        X[l] = get(n), R[l < layers ? l : 0] = get(n);
    dX = get(n), dY = get(n), mask0 = get(n);
    G = get((T + 2 * PAD) * POINT * 4), dG = get((T + 2 * PAD) * POINT * 4),
    S = get((T + 2 * PAD) * TAGS * 4);
}

static void forward(const article *a, float drop)
{
    int T = a->tokens;
    float keep = 1 / (1 - drop);
    uint32_t limit = (uint32_t)(drop * 4294967295.0f);
    float *x = X[0] + PAD * DIM;
    memset(X[0], 0, (size_t)(T + 2 * PAD) * DIM * 4);
    for (int t = 0; t < T; t++) {
        float *o = x + t * DIM;
        int w = a->word[t];
        if (drop > 0 && rnd() < 343597383u) /* 8 % of the words are not known */
            w = 0;
        memcpy(o, word.w + (size_t)w * DIM, DIM * 4);
        for (int k = 0; k < a->row_n[t]; k++)
            for (int j = 0; j < DIM; j++)
                o[j] += row.w[(size_t)a->row[t][k] * DIM + j];
        if (drop > 0) {
            float *m = mask0 + t * DIM;
            for (int j = 0; j < DIM; j++) {
                m[j] = rnd() < limit ? 0 : keep;
                o[j] *= m[j];
            }
        }
    }
    for (int l = 0; l < layers; l++) {
        int d = dilation[l];
        float *in = X[l] + PAD * DIM, *out = X[l + 1] + PAD * DIM, *r = R[l] + PAD * DIM;
        memset(X[l + 1], 0, (size_t)(T + 2 * PAD) * DIM * 4);
        for (int t = 0; t < T; t++)
            memcpy(r + t * DIM, bias[l].w, DIM * 4);
        for (int k = 0; k < 3; k++)
            to_dim(in + (k - 1) * d * DIM, DIM, conv[l].w + k * DIM * DIM, DIM, r, DIM, T);
        if (drop > 0)
            for (int i = 0; i < T * DIM; i++) {
                r[i] = r[i] > 0 && rnd() >= limit ? r[i] * keep : 0;
                out[i] = in[i] + r[i];
            }
        else
            for (int i = 0; i < T * DIM; i++) {
                r[i] = r[i] > 0 ? r[i] : 0;
                out[i] = in[i] + r[i];
            }
    }
    float *top = X[layers] + PAD * DIM;
    for (int t = 0; t < T; t++) {
        memcpy(S + t * TAGS, tag_b.w, TAGS * 4);
        memcpy(G + t * POINT, point_b.w, POINT * 4);
    }
    to_tags(top, DIM, tag.w, DIM, S, TAGS, T);
    to_point(top, DIM, point.w, DIM, G, POINT, T);
}

typedef struct {
    float z[WIDE][POINT], s[HEADS][WIDE + 1], q[POINT];
} pointing;

static void pointers(const article *a, int cb, int ce, pointing *p)
{
    const float *top = X[layers] + PAD * DIM;
    memcpy(p->q, ask_b.w, sizeof p->q);
    to_point(top + cb * DIM, DIM, ask.w, DIM, p->q, POINT, 1);
    to_point(top + (ce - 1) * DIM, DIM, ask.w + DIM * POINT, DIM, p->q, POINT, 1);
    for (int k = 0; k < WIDE; k++) {
        int at = cb + k - WINDOW;
        if (at < 0 || at >= a->tokens || a->para[at] != a->para[cb]) {
            for (int h = 0; h < HEADS; h++)
                p->s[h][k] = -1e9f;
            continue;
        }
        for (int j = 0; j < POINT; j++) {
            float z = G[at * POINT + j] + p->q[j] + far_.w[k * POINT + j];
            p->z[k][j] = z > 0 ? z : 0;
        }
        for (int h = 0; h < HEADS; h++) {
            float s = say_b.w[h];
            for (int j = 0; j < POINT; j++)
                s += p->z[k][j] * say.w[h * POINT + j];
            if ((at >= cb && at < ce) || (h / 2 == 1 && at >= cb) || (h / 2 == 2 && at < ce))
                s = -1e9f;
            p->s[h][k] = s;
        }
    }
    for (int r = 0; r < 3; r++) {
        float s = none_b.w[r];
        for (int j = 0; j < POINT; j++)
            s += (p->q[j] > 0 ? p->q[j] : 0) * none.w[r * POINT + j];
        p->s[2 * r][WIDE] = p->s[2 * r + 1][WIDE] = s;
    }
}

static double learn(const article *a, float drop, double *cue_loss)
{
    static pointing p;
    static uint8_t kind[1 << 20];
    int T = a->tokens;
    double loss = 0;
    float trust = a->soft_tag ? trust_soft : 1;
    forward(a, drop);
    memset(kind, 0, (size_t)T);
    for (int c = 0; c < a->cues; c++)
        for (int t = a->cue[c][0]; t < a->cue[c][1]; t++)
            kind[t] = t == a->cue[c][0] ? 1 : 2;
    memset(dX, 0, (size_t)(T + 2 * PAD) * DIM * 4);
    memset(dG, 0, (size_t)T * POINT * 4);
    float *top = X[layers] + PAD * DIM, *d = dX + PAD * DIM;
    for (int t = 0; t < T; t++) { /* cues: S becomes its gradient */
        float *s = S + t * TAGS, m = s[0];
        for (int k = 1; k < 3; k++)
            m = s[k] > m ? s[k] : m;
        float e[3], sum = 0;
        for (int k = 0; k < 3; k++)
            sum += e[k] = expf(s[k] - m);
        float want[3];
        for (int k = 0; k < 3; k++) {
            want[k] = a->soft_tag ? (float)a->soft_tag[t * 3 + k] / 65535 : k == kind[t];
            *cue_loss -= want[k] > 0 ? (double)(want[k] * (s[k] - m - logf(sum))) : 0;
        }
        for (int k = 0; k < TAGS; k++)
            s[k] = k < 3 ? trust * (e[k] / sum - want[k]) : 0;
        for (int k = 0; k < 3; k++)
            tag_b.g[k] += s[k];
    }
    to_tags_weights(top, DIM, S, TAGS, DIM, tag.g, T);
    to_dim(S, TAGS, tag_t, TAGS, d, DIM, T);
    for (int c = 0; c < a->cues; c++) {
        int cb = a->cue[c][0], ce = a->cue[c][1];
        pointers(a, cb, ce, &p);
        float dq[POINT] = {0}, ds[HEADS][WIDE + 1];
        for (int h = 0; h < HEADS; h++) {
            int at = a->cue[c][2 + h] - (h & 1),
                want = a->cue[c][2 + h] < 0 ? WIDE : at - cb + WINDOW;
            const uint16_t *soft =
                a->soft_point ? a->soft_point + ((size_t)c * HEADS + (size_t)h) * (WIDE + 1) : NULL;
            if (soft)
                want = WIDE;
            else if (want < 0 || (want >= WIDE && a->cue[c][2 + h] >= 0) || p.s[h][want] < -1e8f) {
                memset(ds[h], 0, sizeof ds[h]);
                continue;
            }
            float m = p.s[h][0], sum = 0;
            for (int k = 1; k <= WIDE; k++)
                m = p.s[h][k] > m ? p.s[h][k] : m;
            for (int k = 0; k <= WIDE; k++)
                sum += ds[h][k] = expf(p.s[h][k] - m);
            for (int k = 0; k <= WIDE; k++) {
                float q = soft ? (float)soft[k] / 65535 : k == want;
                loss -= q > 0 && p.s[h][k] > -1e8f ? (double)(q * (p.s[h][k] - m - logf(sum))) : 0;
                ds[h][k] = 0.5f * trust * (ds[h][k] / sum - q);
            }
        }
        for (int h = 0; h < HEADS; h++)
            for (int j = 0; j < POINT; j++) {
                float q = p.q[j] > 0 ? p.q[j] : 0;
                none.g[h / 2 * POINT + j] += ds[h][WIDE] * q;
                dq[j] += p.q[j] > 0 ? ds[h][WIDE] * none.w[h / 2 * POINT + j] : 0;
            }
        for (int h = 0; h < HEADS; h++)
            none_b.g[h / 2] += ds[h][WIDE];
        for (int j = 0; j < POINT; j++)
            dq[j] += QUESTION_PULL * p.q[j];
        for (int k = 0; k < WIDE; k++) {
            int at = cb + k - WINDOW;
            if (at < 0 || at >= T || a->para[at] != a->para[cb])
                continue;
            float dz[POINT] = {0}, most = 0;
            for (int h = 0; h < HEADS; h++)
                most = fmaxf(most, fabsf(ds[h][k]));
            if (most == 0) /* leaving out small ones would push all questions to one side */
                continue;
            for (int h = 0; h < HEADS; h++) {
                say_b.g[h] += ds[h][k];
                for (int j = 0; j < POINT; j++) {
                    say.g[h * POINT + j] += ds[h][k] * p.z[k][j];
                    dz[j] += ds[h][k] * say.w[h * POINT + j];
                }
            }
            for (int j = 0; j < POINT; j++) {
                float x = p.z[k][j] > 0 ? dz[j] : 0;
                dG[at * POINT + j] += x;
                dq[j] += x;
                far_.g[k * POINT + j] += x;
            }
        }
        for (int j = 0; j < POINT; j++)
            ask_b.g[j] += dq[j];
        to_point_weights(top + cb * DIM, DIM, dq, POINT, DIM, ask.g, 1);
        to_point_weights(top + (ce - 1) * DIM, DIM, dq, POINT, DIM, ask.g + DIM * POINT, 1);
        to_dim(dq, POINT, ask_t, POINT, d + cb * DIM, DIM, 1);
        to_dim(dq, POINT, ask_t + POINT * DIM, POINT, d + (ce - 1) * DIM, DIM, 1);
    }
    for (int t = 0; t < T; t++)
        for (int j = 0; j < POINT; j++)
            point_b.g[j] += dG[t * POINT + j];
    to_point_weights(top, DIM, dG, POINT, DIM, point.g, T);
    to_dim(dG, POINT, point_t, POINT, d, DIM, T);
    float keep = drop > 0 ? 1 / (1 - drop) : 1;
    for (int l = layers; l-- > 0;) {
        float *in = X[l] + PAD * DIM, *r = R[l] + PAD * DIM, *y = dY + PAD * DIM;
        memset(dY, 0, (size_t)(T + 2 * PAD) * DIM * 4);
        for (int i = 0; i < T * DIM; i++)
            y[i] = r[i] > 0 ? d[i] * keep : 0;
        for (int t = 0; t < T; t++)
            for (int j = 0; j < DIM; j++)
                bias[l].g[j] += y[t * DIM + j];
        for (int k = 0; k < 3; k++) {
            int far = (k - 1) * dilation[l];
            to_dim_weights(in + far * DIM, DIM, y, DIM, DIM, conv[l].g + k * DIM * DIM, T);
            to_dim(y - far * DIM, DIM, conv_t[l] + k * DIM * DIM, DIM, d, DIM, T);
        }
    }
    for (int t = 0; t < T; t++) {
        float *o = d + t * DIM;
        if (drop > 0)
            for (int j = 0; j < DIM; j++)
                o[j] *= mask0[t * DIM + j];
        int w = a->word[t];
        if (!is_word[w])
            is_word[w] = 1, touched_word[touched_word_n++] = w;
        for (int j = 0; j < DIM; j++)
            word.g[(size_t)w * DIM + j] += o[j];
        for (int k = 0; k < a->row_n[t]; k++) {
            int f = a->row[t][k];
            if (!is_row[f])
                is_row[f] = 1, touched_row[touched_row_n++] = f;
            for (int j = 0; j < DIM; j++)
                row.g[(size_t)f * DIM + j] += o[j];
        }
    }
    return loss;
}

static void turn_all(void)
{
    for (int l = 0; l < layers; l++)
        for (int k = 0; k < 3; k++)
            turn(conv[l].w + k * DIM * DIM, DIM, DIM, conv_t[l] + k * DIM * DIM);
    turn(tag.w, DIM, TAGS, tag_t);
    turn(point.w, DIM, POINT, point_t);
    turn(ask.w, DIM, POINT, ask_t);
    turn(ask.w + DIM * POINT, DIM, POINT, ask_t + POINT * DIM);
}

static int all_params(param **all)
{
    int n = 0;
    all[n++] = &word, all[n++] = &row;
    for (int l = 0; l < layers; l++)
        all[n++] = &conv[l], all[n++] = &bias[l];
    param *rest[] = {&tag,  &tag_b, &point, &point_b, &ask,   &ask_b,
                     &far_, &say,   &say_b, &none,    &none_b};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        all[n++] = rest[i];
    return n;
}

static double squares(const float *g, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)(g[i] * g[i]);
    return sum;
}

/* How much of the step is taken. */
static float held_back(float scale)
{
    static double usual;
    param *all[64];
    int n = all_params(all);
    double sum = 0;
    for (int i = 2; i < n; i++) /* behind words and rows */
        sum += squares(all[i]->g, all[i]->n);
    for (int i = 0; i < touched_word_n; i++)
        sum += squares(word.g + (size_t)touched_word[i] * DIM, DIM);
    for (int i = 0; i < touched_row_n; i++)
        sum += squares(row.g + (size_t)touched_row[i] * DIM, DIM);
    double now = sqrt(sum) * (double)scale, most = STEP_MOST * usual;
    float part = usual > 0 && now > most ? (float)(most / now) : 1;
    usual = usual > 0 ? STEP_MEMORY * usual + (1 - STEP_MEMORY) * now * (double)part : now;
    return part;
}

static void step_all(float scale)
{
    step++;
    scale *= held_back(scale);
    for (int l = 0; l < layers; l++)
        update(&conv[l], scale, 0.01f), update(&bias[l], scale, 0);
    update(&tag, scale, 0.01f), update(&tag_b, scale, 0), update(&point, scale, 0.01f),
        update(&point_b, scale, 0);
    update(&ask, scale, 0.01f), update(&ask_b, scale, 0), update(&far_, scale, 0.01f),
        update(&say, scale, 0.01f);
    update(&say_b, scale, 0), update(&none, scale, 0.01f), update(&none_b, scale, 0);
    for (int i = 0; i < touched_word_n; i++) {
        size_t o = (size_t)touched_word[i] * DIM;
        adam(word.w + o, word.g + o, word.m + o, word.v + o, DIM, scale, 0.01f);
        is_word[touched_word[i]] = 0;
    }
    for (int i = 0; i < touched_row_n; i++) {
        size_t o = (size_t)touched_row[i] * DIM;
        adam(row.w + o, row.g + o, row.m + o, row.v + o, DIM, scale, 0.01f);
        is_row[touched_row[i]] = 0;
    }
    touched_word_n = touched_row_n = 0;
    turn_all();
}

/* ------------------------------------------------------------------ what it says */

/* Best begin <= end of heads h, h + 1, or none; returns how much better it is than none. */
static float best_pair(const pointing *p, int h, int cb, int *b, int *e)
{
    float most = -1e9f, value = -1e9f;
    int from = 0;
    *b = *e = -1;
    for (int k = 0; k < WIDE; k++) {
        if (p->s[h][k] > most)
            most = p->s[h][k], from = k;
        if (most + p->s[h + 1][k] > value)
            value = most + p->s[h + 1][k], *b = from + cb - WINDOW, *e = k + 1 + cb - WINDOW;
    }
    value -= p->s[h][WIDE] + p->s[h + 1][WIDE];
    if (value < 0)
        *b = *e = -1;
    return value;
}

static void answer(FILE *f, int32_t n, const article *a)
{
    static pointing p;
    static uint8_t back[1 << 20][3], best[1 << 20];
    forward(a, 0);
    float prev[3] = {0, -1e9f, -1e9f};
    int T = a->tokens;
    for (int t = 0; t < T; t++) {
        int m = prev[1] > prev[0] ? 1 : 0, i = prev[1] > prev[2] ? 1 : 2;
        m = prev[2] > prev[m] ? 2 : m;
        const float *s = S + t * TAGS;
        float next[3] = {prev[m] + s[0], prev[m] + s[1], prev[i] + s[2]};
        back[t][0] = back[t][1] = (uint8_t)m, back[t][2] = (uint8_t)i;
        memcpy(prev, next, sizeof prev);
    }
    int k = prev[1] > prev[0] ? 1 : 0;
    k = prev[2] > prev[k] ? 2 : k;
    for (int t = T; t-- > 0;)
        best[t] = (uint8_t)k, k = back[t][k];
    for (int t = 0; t < T; t++) {
        if (best[t] != 1)
            continue;
        int e = t + 1;
        float sure = S[t * TAGS + 1] - S[t * TAGS];
        while (e < T && best[e] == 2)
            sure += S[e * TAGS + 2] - S[e * TAGS], e++;
        pointers(a, t, e, &p);
        int b[6];
        float v[3];
        for (int r = 0; r < 3; r++)
            v[r] = best_pair(&p, 2 * r, t, &b[2 * r], &b[2 * r + 1]);
        fprintf(f, "%d %d %d %d %d %d %d %d %d %.2f %.2f %.2f %.2f\n", n, t, e, b[0], b[1], b[2],
                b[3], b[4], b[5], sure, v[0], v[1], v[2]);
    }
}

static void save(const char *path)
{
    FILE *f = fopen(path, "wb");
    param *all[64];
    int n = all_params(all);
    for (int i = 0; i < n; i++)
        fwrite(all[i]->w, 4, all[i]->n, f);
    fclose(f);
}

static void load_params(const char *path)
{
    FILE *f = fopen(path, "rb");
    param *all[64];
    int n = all_params(all);
    for (int i = 0; i < n; i++)
        if (!f || fread(all[i]->w, 4, all[i]->n, f) != all[i]->n)
            exit(1);
    fclose(f);
    turn_all();
}

/* Adds to what other teachers said: for each article the chances of its tags, and for each of its
 * cues where source and content begin and end; floats, so that sums of several models can be parted
 * again. */
static void teach(const char *path, const data *d)
{
    static pointing p;
    FILE *f = fopen(path, "wb");
    for (int32_t i = 0; i < d->n; i++) {
        const article *a = &d->v[i];
        forward(a, 0);
        for (int t = 0; t < a->tokens; t++) {
            float *s = S + t * TAGS, m = fmaxf(s[0], fmaxf(s[1], s[2])), sum = 0, e[3];
            for (int k = 0; k < 3; k++)
                sum += e[k] = expf(s[k] - m);
            for (int k = 0; k < 3; k++)
                e[k] /= sum;
            fwrite(e, 4, 3, f);
        }
        for (int c = 0; c < a->cues; c++) {
            pointers(a, a->cue[c][0], a->cue[c][1], &p);
            for (int h = 0; h < HEADS; h++) {
                float m = -1e9f, sum = 0, e[WIDE + 1];
                for (int k = 0; k <= WIDE; k++)
                    m = fmaxf(m, p.s[h][k]);
                for (int k = 0; k <= WIDE; k++)
                    sum += e[k] = expf(p.s[h][k] - m);
                for (int k = 0; k <= WIDE; k++)
                    e[k] /= sum;
                fwrite(e, 4, WIDE + 1, f);
            }
        }
    }
    fclose(f);
}

int main(int argc, char **argv)
{
    if (argc < 10)
        return 2;
    data d = load(argv[1]), held = load(argv[2]);
    const char *soft = getenv("LEARN_SOFT"), *trust = getenv("LEARN_TRUST");
    if (soft)
        load_soft(&d, soft);
    trust_soft = trust ? strtof(trust, NULL) : 1;
    int epochs = atoi(argv[5]);
    float most = strtof(argv[6], NULL), drop = strtof(argv[7], NULL);
    seed_state ^= (uint64_t)atoll(argv[8]) * 0x9E3779B97F4A7C15ull;
    const char *vectors = argv[9];
    for (int i = 10; i < argc && layers < LAYERS_MAX; i++)
        dilation[layers++] = atoi(argv[i]);
    word = make((size_t)(d.words + 1) * DIM, 0.15f), row = make((size_t)d.features * DIM, 0.15f);
    FILE *f = fopen(vectors, "rb"); /* the words' first vectors */
    if (f && fread(word.w, 4, word.n, f) != word.n)
        return 1;
    if (f)
        fclose(f);
    for (int l = 0; l < layers; l++)
        conv[l] = make(3 * DIM * DIM, sqrtf(0.7f / (3 * DIM))), bias[l] = make(DIM, 0),
        conv_t[l] = get(3 * DIM * DIM * 4);
    tag = make(DIM * TAGS, 0.1f), tag_b = make(TAGS, 0), point = make(DIM * POINT, 0.12f),
    point_b = make(POINT, 0);
    ask = make(2 * DIM * POINT, 0.1f), ask_b = make(POINT, 0), far_ = make(WIDE * POINT, 0.1f),
    say = make(HEADS * POINT, 0.15f);
    say_b = make(HEADS, 0), none = make(3 * POINT, 0.15f), none_b = make(3, 0);
    is_word = get((size_t)d.words + 1), touched_word = get(((size_t)d.words + 1) * 4);
    is_row = get((size_t)d.features), touched_row = get((size_t)d.features * 4);
    size_t longest = 0;
    for (int i = 0; i < d.n; i++)
        longest = (size_t)d.v[i].tokens > longest ? (size_t)d.v[i].tokens : longest;
    for (int i = 0; i < held.n; i++)
        longest = (size_t)held.v[i].tokens > longest ? (size_t)held.v[i].tokens : longest;
    make_room(longest);
    turn_all();
    if (epochs == 0) { /* a teacher: says what it thinks of TRY.bin, and learns nothing */
        load_params(argv[3]);
        teach(argv[4], &held);
        return 0;
    }
    int32_t *order = get((size_t)d.n * 4);
    for (int i = 0; i < d.n; i++)
        order[i] = i;
    int64_t all = (int64_t)epochs * ((d.n + BATCH - 1) / BATCH);
    for (int e = 0; e < epochs; e++) {
        double loss = 0, cue_loss = 0;
        int64_t cues = 0;
        for (int i = d.n - 1; i > 0; i--) {
            int j = (int)(rnd() % (uint32_t)(i + 1)), x = order[i];
            order[i] = order[j], order[j] = x;
        }
        for (int i = 0; i < d.n; i += BATCH) {
            int n = 0;
            for (int k = i; k < i + BATCH && k < d.n; k++) {
                loss += learn(&d.v[order[k]], drop, &cue_loss);
                n += d.v[order[k]].cues;
            }
            cues += n;
            float warm = step < 50 ? (float)(step + 1) / 50 : 1;
            rate = warm * most * 0.5f * (1 + cosf(3.14159265f * (float)step / (float)all)) + 1e-6f;
            step_all(1.0f / (float)(n + 1));
        }
        printf("epoch %d cue %.3f point %.3f\n", e + 1, cue_loss / (double)cues,
               loss / (double)cues);
        fflush(stdout);
    }
    save(argv[3]);
    f = fopen(argv[4], "w");
    for (int i = 0; i < held.n; i++)
        answer(f, i, &held.v[i]);
    fclose(f);
    return 0;
}
