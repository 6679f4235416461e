#!/usr/bin/env python3
"""A teacher for learn_quote.py that knows the language from far more text: development only, nothing of it runs in the program.

    teach_quote.py FOLDER MODEL.zip GOLD.jsonl TEACHER.pt [--hold 6] [--minutes 30] [--epochs 3] [--score FOLDER]
    teach_quote.py FOLDER MODEL.zip GOLD.jsonl TEACHER.pt --try --score FOLDER

FOLDER holds the features that learn_quote.py made of the files; --try tells the figures of a teacher that has learnt. learn_quote.py --teacher asks it. MODEL.zip is a published encoder of six layers (model.safetensors, tokenizer.json:
BERT's shape), which learns on from the people's answers with the same outputs as the program's network: cues, and for each cue where its source and
contents begin and end. Heard.write() writes what learn_quote.c writes when it says what it thinks: chances of tags of each token, then of each end for each cue.
Method: paragraphs packed into windows of LONG pieces, first piece of each token, beside it the rows that the program sees; Adam, rate
falling with the clock, numbers of 16 bits (bfloat16) in products. Needs torch 1.13 or later and numpy; about 8 minutes an epoch of one core with AMX.
"""
import argparse
import json
import os
import struct
import sys
import time
import unicodedata
import zipfile

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import learn_quote as L

LONG = 256                          # pieces of a window, with the two signs at its ends
BATCH = 8                           # windows
POINT, BESIDE = 96, 64              # width of pointing; of the rows beside the encoder
RATE, RATE_HEADS, DROP = 1.5e-4, 1.5e-3, 0.1
WARM = 0.08                         # part of the time in which the rate rises
WIDE = 2 * L.WINDOW + 1
PIECES_MAX = 8                      # of a token


class Pieces:
    def __init__(self, path):
        self.known = json.loads(zipfile.ZipFile(path).read("tokenizer.json"))["model"]["vocab"]
        self.kept = {}

    def of(self, word):
        out = self.kept.get(word)
        if out is None:
            out = self.kept[word] = self.cut(word)[:PIECES_MAX]
        return out

    def cut(self, word):
        s = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        parts, run = [], ""
        for c in s:
            if c.isalnum():
                run += c
            else:
                parts += [run, c] if run else [c]
                run = ""
        parts += [run] if run else []
        out = []
        for p in parts:
            x, mine = 0, []
            while x < len(p):
                y = next((y for y in range(len(p), x, -1) if ("##" if x else "") + p[x:y] in self.known), None)
                if y is None:
                    mine = [self.known["[UNK]"]]
                    break
                mine.append(self.known[("##" if x else "") + p[x:y]])
                x = y
            out += mine
        return out or [self.known["[UNK]"]]


class Window:
    """Paragraphs of an article: tokens [begin, end), their pieces, cues."""
    __slots__ = ("article", "begin", "end", "pieces", "first", "cues", "numbers")


def windows_of(i, a, text, pieces):
    raw = text.encode("utf-8")
    each = [pieces.of(raw[b:e].decode("utf-8", "ignore")) for b, e in zip(a.begin, a.end)]
    n, size = len(each), np.array([len(x) for x in each])
    out, at = [], 0
    while at < n:
        end, room, cut = at, LONG - 2, None
        while end < n and size[end] <= room:
            room -= size[end]
            end += 1
            if end < n and a.para[end] != a.para[end - 1]:
                cut = end
        if end < n and cut:
            end = cut
        w = Window()
        w.article, w.begin, w.end = i, at, end
        w.first = 1 + np.concatenate([[0], np.cumsum(size[at:end])[:-1]])
        w.pieces = [101] + [p for x in each[at:end] for p in x] + [102]
        w.cues = [(c, k) for k, c in enumerate(a.out) if at <= c[0] and c[1] <= end]
        w.numbers = None
        out.append(w)
        at = end
    return out


class Teacher(torch.nn.Module):
    def __init__(self, path):
        super().__init__()
        raw = zipfile.ZipFile(path).read("model.safetensors")
        n = struct.unpack("<Q", raw[:8])[0]
        head = json.loads(raw[8:8 + n])

        def take(name):
            key = next(k for k in head if k.endswith(name))
            at = head[key]["data_offsets"]
            kind = {"F32": np.float32, "F16": np.float16}[head[key]["dtype"]]
            return torch.tensor(np.frombuffer(raw[8 + n + at[0]:8 + n + at[1]], dtype=kind).reshape(head[key]["shape"]).astype(np.float32))
        self.words = take("embeddings.word_embeddings.weight")
        self.place = take("embeddings.position_embeddings.weight") + take("embeddings.token_type_embeddings.weight")[0]
        width = self.words.shape[1]

        def linear(name):
            w = take(name + ".weight")
            l = torch.nn.Linear(w.shape[1], w.shape[0])
            l.weight.data, l.bias.data = w, take(name + ".bias")
            return l

        def norm(name):
            l = torch.nn.LayerNorm(width, eps=1e-12)
            l.weight.data, l.bias.data = take(name + ".weight"), take(name + ".bias")
            return l
        self.norm = norm("embeddings.LayerNorm")
        self.layers = torch.nn.ModuleList()
        for i in range(sum(k.endswith("attention.self.query.weight") for k in head)):
            p = f"encoder.layer.{i}."
            self.layers.append(torch.nn.ModuleDict({"q": linear(p + "attention.self.query"), "k": linear(p + "attention.self.key"),
                                                    "v": linear(p + "attention.self.value"), "o": linear(p + "attention.output.dense"),
                                                    "n1": norm(p + "attention.output.LayerNorm"), "up": linear(p + "intermediate.dense"),
                                                    "down": linear(p + "output.dense"), "n2": norm(p + "output.LayerNorm")}))
        self.heads = 12
        self.beside = torch.nn.EmbeddingBag(L.FEATURE_N + 1, BESIDE, mode="sum", padding_idx=L.FEATURE_N)
        torch.nn.init.normal_(self.beside.weight, std=0.1)
        both = width + BESIDE
        self.tags = torch.nn.Linear(both, 3)
        self.point = torch.nn.Linear(both, POINT)
        self.ask = torch.nn.Linear(2 * both, POINT)
        self.far = torch.nn.Parameter(torch.randn(WIDE, POINT) * 0.1)
        self.says = torch.nn.Linear(POINT, 6)
        self.none = torch.nn.Linear(POINT, 3)

    def encode(self, ids, mask, drop):
        x = self.norm(self.words[ids] + self.place[:ids.shape[1]])
        x = F.dropout(x, drop, drop > 0)
        b, n, w = x.shape
        bias = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
        for l in self.layers:
            q, k, v = (l[c](x).view(b, n, self.heads, w // self.heads).transpose(1, 2) for c in "qkv")
            s = torch.matmul(q, k.transpose(2, 3)).float() / (w // self.heads) ** 0.5 + bias
            y = torch.matmul(torch.softmax(s, -1).to(v.dtype), v).transpose(1, 2).reshape(b, n, w)
            x = l["n1"](x + F.dropout(l["o"](y), drop, drop > 0))
            x = l["n2"](x + F.dropout(l["down"](F.gelu(l["up"](x))), drop, drop > 0))
        return x

    def forward(self, batch, drop):
        """Points of tags [tokens, 3], and of the ends [cues, 6, WIDE + 1], tokens of all windows one after the other."""
        x = self.encode(batch["ids"], batch["mask"], drop)
        h = F.dropout(self.seen(x[batch["window"], batch["first"]].float(), batch["rows"]), drop, drop > 0)
        return self.tags(h).float(), self.ends(h, batch["cue"], batch["para"]) if len(batch["cue"]) else None

    def seen(self, x, rows):
        return torch.cat([x, self.beside(rows)], 1)

    def ends(self, h, cue, para):
        q = self.ask(torch.cat([h[cue[:, 0]], h[cue[:, 1] - 1]], 1)).float()
        k = cue[:, :1] + torch.arange(-L.WINDOW, L.WINDOW + 1)[None]
        inside = (k >= 0) & (k < len(h))
        k = k.clamp(0, len(h) - 1)
        inside &= para[k] == para[cue[:, :1]]
        z = torch.relu(self.point(h).float()[k] + q[:, None] + self.far)
        s = self.says(z).float().transpose(1, 2)
        before, behind = k < cue[:, :1], k >= cue[:, 1:2]
        may = torch.stack([before | behind] * 2 + [before] * 2 + [behind] * 2, 1) & inside[:, None]
        s = s.masked_fill(~may, -1e9)
        none = self.none(torch.relu(q)).float()
        return torch.cat([s, none.repeat_interleave(2, 1)[:, :, None]], 2)


def rows_of(rows):
    out = np.full((len(rows), L.ROWS), L.FEATURE_N, np.int64)
    for t, x in enumerate(rows):
        out[t, :len(x)] = x
    return out


def batch_of(windows, articles):
    n = max(len(w.pieces) for w in windows)
    ids, mask = np.zeros((len(windows), n), np.int64), np.zeros((len(windows), n), bool)
    window, first, rows, para, cue, wants, kind, tokens = [], [], [], [], [], [], [], 0
    for i, w in enumerate(windows):
        a = articles[w.article]
        ids[i, :len(w.pieces)], mask[i, :len(w.pieces)] = w.pieces, True
        m = w.end - w.begin
        window.append(np.full(m, i))
        first.append(w.first)
        rows.append(rows_of(a.rows[w.begin:w.end]))
        para.append(np.array(a.para[w.begin:w.end]) + 100000 * i)
        k = np.zeros(m, np.int64)
        for c, _ in w.cues:
            k[c[0] - w.begin:c[1] - w.begin] = 2
            k[c[0] - w.begin] = 1
            cue.append([c[0] - w.begin + tokens, c[1] - w.begin + tokens])
            want = []
            for h in range(6):
                at = c[2 + h] - (h & 1) - c[0] + L.WINDOW
                want.append(WIDE if c[2 + h] < 0 else at if 0 <= at < WIDE else -100)
            wants.append(want)
        kind.append(k)
        tokens += m
    as_tensor = lambda x: torch.from_numpy(np.concatenate(x))
    return {"ids": torch.from_numpy(ids), "mask": torch.from_numpy(mask), "window": as_tensor(window), "first": as_tensor(first), "rows": as_tensor(rows),
            "para": as_tensor(para), "kind": as_tensor(kind), "cue": torch.tensor(cue, dtype=torch.int64).reshape(-1, 2),
            "want": torch.tensor(wants, dtype=torch.int64).reshape(-1, 6)}


def loss_of(tags, ends, batch):
    loss = F.cross_entropy(tags, batch["kind"], reduction="sum")
    n = len(batch["cue"])
    if n:
        want = batch["want"].reshape(-1).clone()
        s = ends.reshape(-1, WIDE + 1)
        # an end that the window does not hold tells nothing
        lost = (want >= 0) & (s.gather(1, want.clamp(min=0)[:, None])[:, 0] < -1e8)
        want[lost] = -100
        loss = loss + 0.5 * F.cross_entropy(s, want, ignore_index=-100, reduction="sum")
    return loss / (n + 1)


def read(folder, path, hold=None):
    """Articles and texts; features as learn_quote.py keeps them."""
    with open(path, encoding="utf-8") as f:
        docs = {d["id"]: d for d in map(json.loads, f)}
    articles = L.parse_features(os.path.join(folder, os.path.basename(path) + ".features"))
    for a in articles:
        a.out = L.answers(a, docs[a.id]) if "annotations" in docs[a.id] and hold is not None else []
    return articles, [docs[a.id]["text"] for a in articles]


class Heard:
    """Articles as the teacher sees them: encoded once, then asked for tags, and for the ends of whatever cues stand in a.out."""

    def __init__(self, model, articles, texts, pieces):
        self.model, self.articles = model, articles
        for a in articles:
            a.out = []
        self.at = np.concatenate([[0], np.cumsum([len(a.rows) for a in articles])])
        self.kept = torch.zeros((int(self.at[-1]), model.words.shape[1]), dtype=torch.bfloat16)
        windows = [w for i, a in enumerate(articles) for w in windows_of(i, a, texts[i], pieces)]
        windows.sort(key=lambda w: len(w.pieces))
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            for i in range(0, len(windows), 2 * BATCH):
                mine = windows[i:i + 2 * BATCH]
                n = max(len(w.pieces) for w in mine)
                ids = torch.tensor([w.pieces + [0] * (n - len(w.pieces)) for w in mine])
                mask = torch.tensor([[k < len(w.pieces) for k in range(n)] for w in mine])
                x = model.encode(ids, mask, 0)
                for k, w in enumerate(mine):
                    at = self.at[w.article]
                    self.kept[at + w.begin:at + w.end] = x[k, torch.from_numpy(w.first)].to(torch.bfloat16)

    def seen(self, i):
        return self.model.seen(self.kept[self.at[i]:self.at[i + 1]].float(), torch.from_numpy(rows_of(self.articles[i].rows)))

    def tags(self, i):
        """Chances of tags of each token of article i."""
        with torch.no_grad():
            return torch.softmax(self.model.tags(self.seen(i)), 1).numpy()

    def ends(self, i):
        """Chances of each end for each cue of article i."""
        a = self.articles[i]
        if not a.out:
            return np.zeros((0, 6, WIDE + 1), np.float32)
        with torch.no_grad():
            cue = torch.tensor([c[:2] for c in a.out], dtype=torch.int64)
            return torch.softmax(self.model.ends(self.seen(i), cue, torch.tensor(a.para)), 2).numpy()

    def write(self, path):
        """What learn_quote.c writes when it says what it thinks."""
        with open(path, "wb") as f:
            for i in range(len(self.articles)):
                self.tags(i).astype(np.float32).tofile(f)
                self.ends(i).astype(np.float32).tofile(f)


def teacher_of(model, path):
    """A teacher that has learnt."""
    out = Teacher(model)
    out.load_state_dict(torch.load(path))
    return out


def cues_of(tag):
    """The best row of tags."""
    s = np.log(tag + 1e-9)
    n = len(s)
    back, prev = np.zeros((n, 3), int), np.array([0, -1e9, -1e9])
    for t in range(n):
        m, i = int(prev.argmax()), 1 if prev[1] > prev[2] else 2
        back[t] = m, m, i
        prev = np.array([prev[m] + s[t, 0], prev[m] + s[t, 1], prev[i] + s[t, 2]])
    k, best = int(prev.argmax()), np.zeros(n, int)
    for t in range(n - 1, -1, -1):
        best[t], k = k, back[t][k]
    out, t = [], 0
    while t < n:
        e = t + 1
        if best[t] == 1:
            while e < n and best[e] == 2:
                e += 1
            out.append([t, e] + [-1] * 6)
        t = e
    return out


def answers_to(path, ends, articles):
    """As learn_quote.c writes them."""
    with open(path, "w") as f:
        for i, a in enumerate(articles):
            for c, p in zip(a.out, ends[i]):
                s, row = np.log(p + 1e-12), [i, c[0], c[1]]
                for r in range(3):
                    b, e = s[2 * r][:WIDE], s[2 * r + 1][:WIDE]
                    top = np.maximum.accumulate(b)
                    k = int((top + e).argmax())
                    if (top + e)[k] > s[2 * r][WIDE] + s[2 * r + 1][WIDE]:
                        row += [int(b[:k + 1].argmax()) + c[0] - L.WINDOW, k + 1 + c[0] - L.WINDOW]
                    else:
                        row += [-1, -1]
                f.write(" ".join(map(str, row)) + "\n")


def hear(model, articles, texts, pieces, path, score):
    """Figures on articles kept back."""
    gold = [a.out for a in articles]
    heard = Heard(model, articles, texts, pieces)
    for i, a in enumerate(articles):
        a.out = cues_of(heard.tags(i))
    answers_to(path, [heard.ends(i) for i in range(len(articles))], articles)
    for a, g in zip(articles, gold):
        a.out = g
    return L.figures(path, articles, score)


def learn(args):
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    pieces, model = Pieces(args.model), Teacher(args.model)
    articles, texts = read(args.folder, args.gold, True)
    held = [i for i in range(len(articles)) if args.hold and i % args.hold == 0]
    windows = [w for i, a in enumerate(articles) if i not in set(held) for w in windows_of(i, a, texts[i], pieces)]
    inner = [p for n, p in model.named_parameters() if n.startswith(("layers", "norm"))]
    outer = [p for n, p in model.named_parameters() if not n.startswith(("layers", "norm"))]
    adam = torch.optim.AdamW([{"params": inner, "most": RATE}, {"params": outer, "most": RATE_HEADS}], lr=1e-4, weight_decay=0.01, betas=(0.9, 0.98))
    steps, begin, done, total, seen = args.epochs * ((len(windows) + BATCH - 1) // BATCH), time.time(), 0, 0.0, 0
    print(f"{len(windows)} windows, {steps} steps at most", flush=True)
    for epoch in range(args.epochs):
        order = rng.permutation(len(windows))
        for i in range(0, len(order), BATCH):
            part = max(done / steps, (time.time() - begin) / (60 * args.minutes))
            if part >= 1:
                break
            for g in adam.param_groups:
                g["lr"] = g["most"] * min(part / WARM, (1 - part) / (1 - WARM)) + 1e-7
            batch = batch_of([windows[k] for k in order[i:i + BATCH]], articles)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                tags, ends = model(batch, DROP)
            loss = loss_of(tags, ends, batch)
            adam.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            adam.step()
            done, total, seen = done + 1, total + loss.item(), seen + 1
            if done % 10 == 0:
                print(f"step {done} part {part:.3f} loss {total / seen:.3f} cpu {time.process_time():.0f} s, {time.time() - begin:.0f} s", flush=True)
                total, seen = 0.0, 0
        torch.save(model.state_dict(), args.out)
    if held and args.score:
        sys.path.insert(0, args.score)
        import score
        mine = [articles[i] for i in held]
        print(f"{len(held)} articles:", hear(model, mine, [texts[i] for i in held], pieces, args.out + ".txt", score), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("model")
    parser.add_argument("gold")
    parser.add_argument("out")
    parser.add_argument("--hold", type=int, default=6)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--score")
    parser.add_argument("--try", dest="only", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    if not args.only:
        return learn(args)
    sys.path.insert(0, args.score)
    import score
    articles, texts = read(args.folder, args.gold, True)
    print(f"{len(articles)} articles:", hear(teacher_of(args.model, args.out), articles, texts, Pieces(args.model), args.out + ".txt", score), flush=True)
    return None


if __name__ == "__main__":
    main()
