"""Objects that a function makes are filled in one way or another: what comes of it counts as a value."""

from __future__ import annotations

import pytest

from understudy.context.behaviour import other_behaviour
from understudy.languages import grammar_of

SAME = [
    ('python', 'import collections\n\n\ndef count(words):\n    counts = collections.defaultdict(int)\n    for word in words:\n        counts[word] += 1\n    return counts\n', 'import collections\n\n\ndef count(words):\n    return collections.Counter(words)\n'),
    ('python', 'import collections\n\n\ndef last(lines, n):\n    found = collections.deque()\n    for line in lines:\n        found.append(line.strip())\n    return list(found)[-n:]\n', 'def last(lines, n):\n    return [line.strip() for line in lines][-n:]\n'),
    ('python', 'def add(out, xs):\n    for x in xs:\n        out.append(x.n)\n', 'def add(out, xs):\n    out += [x.n for x in xs]\n'),
    ('python', 'def add(seen, xs):\n    for x in xs:\n        seen.add(x)\n    return len(seen)\n', 'def add(seen, xs):\n    seen |= set(xs)\n    return len(seen)\n'),
    ('python', 'def add(d, other):\n    for k, v in other.items():\n        d[k] = v\n    return len(d)\n', 'def add(d, other):\n    d |= other\n    return len(d)\n'),
    ('python', 'import numpy as np\n\n\ndef mul(a, b):\n    out = np.zeros(len(a))\n    for i in range(len(a)):\n        out[i] = a[i] * b[i]\n    return out\n', 'import numpy as np\n\n\ndef mul(a, b):\n    return a * b\n'),
    ('python', 'def make(x, y):\n    p = Point()\n    p.x = x\n    p.y = y\n    return p\n', 'def make(x, y):\n    return Point(x, y)\n'),
    ('python', 'class A:\n    def __init__(self, o):\n        self.a = o["a"]\n        self.b = o["b"]\n        self.c = o["c"]\n', 'class A:\n    def __init__(self, o):\n        for key in ("a", "b", "c"):\n            setattr(self, key, o[key])\n'),
    ('python', 'import json\n\n\ndef f(p, o):\n    with open(p, "w") as file:\n        file.write(json.dumps(o))\n', 'import json\n\n\ndef f(p, o):\n    with open(p, "w") as file:\n        json.dump(o, file)\n'),
    ('python', 'import subprocess\n\n\ndef f(cmd):\n    p = subprocess.Popen(cmd, stdout=subprocess.PIPE)\n    out, _ = p.communicate()\n    p.wait()\n    return out\n', 'import subprocess\n\n\ndef f(cmd):\n    return subprocess.run(cmd, stdout=subprocess.PIPE).stdout\n'),
    ('python', 'import io\n\n\ndef f(xs):\n    buf = io.BytesIO()\n    for x in xs:\n        buf.write(x)\n    return buf.getvalue()\n', 'def f(xs):\n    return b"".join(xs)\n'),
    ('typescript', 'export function url(q: string, n: number): string {\n  const params = new URLSearchParams();\n  params.append("q", q);\n  params.append("n", String(n));\n  return "/s?" + params.toString();\n}\n', 'export function url(q: string, n: number): string {\n  return `/s?${new URLSearchParams({ q, n: String(n) })}`;\n}\n'),
    ('typescript', 'export function headers(t: string): Headers {\n  const h = new Headers();\n  h.set("Accept", "text/plain");\n  h.set("X-Token", t);\n  return h;\n}\n', 'export function headers(t: string): Headers {\n  return new Headers({ Accept: "text/plain", "X-Token": t });\n}\n'),
    ('typescript', 'export function index(xs: A[]): Record<string, A> {\n  const out = Object.create(null);\n  for (const x of xs) {\n    out[x.id] = x;\n  }\n  return out;\n}\n', 'export function index(xs: A[]): Record<string, A> {\n  return Object.fromEntries(xs.map((x) => [x.id, x]));\n}\n'),
    ('typescript', 'export function sq(n: number): number[] {\n  const out = Array.from({ length: n }, () => 0);\n  for (let i = 0; i < n; i++) {\n    out[i] = i * i;\n  }\n  return out;\n}\n', 'export function sq(n: number): number[] {\n  return Array.from({ length: n }, (_, i) => i * i);\n}\n'),
    ('go', 'package p\n\nimport (\n\t"io"\n\t"os"\n\t"strings"\n)\n\nvar _ = strings.Join\nvar _ = io.EOF\nvar _ = os.Args\n\nfunc f(p string) ([]byte, error) {\n\tf, err := os.Open(p)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\tdefer f.Close()\n\treturn io.ReadAll(f)\n}\n', 'package p\n\nimport (\n\t"io"\n\t"os"\n\t"strings"\n)\n\nvar _ = strings.Join\nvar _ = io.EOF\nvar _ = os.Args\n\nfunc f(p string) ([]byte, error) {\n\treturn os.ReadFile(p)\n}\n'),
    ('go', 'package p\n\nimport (\n\t"io"\n\t"os"\n\t"strings"\n)\n\nvar _ = strings.Join\nvar _ = io.EOF\nvar _ = os.Args\n\nfunc f(p string, b []byte) error {\n\tf, err := os.Create(p)\n\tif err != nil {\n\t\treturn err\n\t}\n\tdefer f.Close()\n\t_, err = f.Write(b)\n\treturn err\n}\n', 'package p\n\nimport (\n\t"io"\n\t"os"\n\t"strings"\n)\n\nvar _ = strings.Join\nvar _ = io.EOF\nvar _ = os.Args\n\nfunc f(p string, b []byte) error {\n\treturn os.WriteFile(p, b, 0o666)\n}\n'),
    ('go', 'package p\n\nimport (\n\t"io"\n\t"os"\n\t"strings"\n)\n\nvar _ = strings.Join\nvar _ = io.EOF\nvar _ = os.Args\n\nfunc f(a []string) string {\n\tsb := &strings.Builder{}\n\tfor i, s := range a {\n\t\tif i > 0 {\n\t\t\tsb.WriteString(", ")\n\t\t}\n\t\tsb.WriteString(s)\n\t}\n\treturn sb.String()\n}\n', 'package p\n\nimport (\n\t"io"\n\t"os"\n\t"strings"\n)\n\nvar _ = strings.Join\nvar _ = io.EOF\nvar _ = os.Args\n\nfunc f(a []string) string {\n\treturn strings.Join(a, ", ")\n}\n'),
    ('go', 'package p\n\nimport (\n\t"io"\n\t"os"\n\t"strings"\n)\n\nvar _ = strings.Join\nvar _ = io.EOF\nvar _ = os.Args\n\nfunc f(x, y int) Point {\n\tvar p Point\n\tp.X = x\n\tp.Y = y\n\treturn p\n}\n', 'package p\n\nimport (\n\t"io"\n\t"os"\n\t"strings"\n)\n\nvar _ = strings.Join\nvar _ = io.EOF\nvar _ = os.Args\n\nfunc f(x, y int) Point {\n\treturn Point{x, y}\n}\n'),
    ('go', 'package p\n\nimport (\n\t"io"\n\t"os"\n\t"strings"\n)\n\nvar _ = strings.Join\nvar _ = io.EOF\nvar _ = os.Args\n\nfunc f(xs []T) {\n\tsort.Slice(xs, func(i, j int) bool {\n\t\treturn xs[i].n < xs[j].n\n\t})\n}\n', 'package p\n\nimport (\n\t"io"\n\t"os"\n\t"strings"\n)\n\nvar _ = strings.Join\nvar _ = io.EOF\nvar _ = os.Args\n\nfunc f(xs []T) {\n\tslices.SortFunc(xs, func(a, b T) int { return cmp.Compare(a.n, b.n) })\n}\n'),
    ('rust', 'pub fn f(xs: &[T]) -> std::collections::HashMap<u32, u32> {\n    let mut m = std::collections::HashMap::new();\n    for x in xs {\n        m.insert(x.a, x.b);\n    }\n    m\n}\n', 'pub fn f(xs: &[T]) -> std::collections::HashMap<u32, u32> {\n    xs.iter().map(|x| (x.a, x.b)).collect()\n}\n'),
    ('rust', 'pub fn f(x: i32, y: i32) -> P {\n    let mut p = P::default();\n    p.x = x;\n    p.y = y;\n    p\n}\n', 'pub fn f(x: i32, y: i32) -> P {\n    P::new(x, y)\n}\n'),
    ('java', 'class A { String f(List<String> a) { StringJoiner j = new StringJoiner(", "); for (String s : a) { j.add(s); } return j.toString(); } }\n', 'class A { String f(List<String> a) { return String.join(", ", a); } }\n'),
    ('java', 'class A { P f(int x, int y) { P p = new P(); p.setX(x); p.setY(y); return p; } }\n', 'class A { P f(int x, int y) { return P.builder().x(x).y(y).build(); } }\n'),
    ('java', 'class A { List<String> f(Path p) throws IOException { List<String> out = new ArrayList<>(); try (BufferedReader r = Files.newBufferedReader(p)) { String l; while ((l = r.readLine()) != null) { out.add(l); } } return out; } }\n', 'class A { List<String> f(Path p) throws IOException { return Files.readAllLines(p); } }\n'),
    ('c', 'struct point { int x; int y; };\nstruct point f(int x, int y) {\n  struct point p;\n  p.x = x;\n  p.y = y;\n  return p;\n}\n', 'struct point { int x; int y; };\nstruct point f(int x, int y) {\n  return (struct point){ .x = x, .y = y };\n}\n'),
    ('c', 'char *f(const char *s) {\n  char *c = malloc(strlen(s) + 1);\n  strcpy(c, s);\n  return c;\n}\n', 'char *f(const char *s) {\n  return strdup(s);\n}\n'),
    ('cpp', 'std::vector<int> f(const std::vector<T>& xs) {\n  std::vector<int> out;\n  for (const auto& x : xs) {\n    out.push_back(x.n);\n  }\n  return out;\n}\n', 'std::vector<int> f(const std::vector<T>& xs) {\n  return xs | std::views::transform(&T::n) | std::ranges::to<std::vector>();\n}\n'),
    ('cpp', 'std::string f(int a, int b) {\n  std::ostringstream os;\n  os << a << "," << b;\n  return os.str();\n}\n', 'std::string f(int a, int b) {\n  return std::format("{},{}", a, b);\n}\n'),
    ('cpp', 'std::map<int, int> f() {\n  std::map<int, int> m;\n  m[1] = 2;\n  m[3] = 4;\n  return m;\n}\n', 'std::map<int, int> f() {\n  return {{1, 2}, {3, 4}};\n}\n'),
    ('kotlin', 'fun f(a: List<T>): Map<Int, T> {\n    val m = HashMap<Int, T>()\n    for (x in a) {\n        m[x.id] = x\n    }\n    return m\n}\n', 'fun f(a: List<T>): Map<Int, T> = a.associateBy { it.id }\n'),
    ('kotlin', 'fun f(a: List<T>): List<Int> {\n    val r = ArrayList<Int>()\n    for (x in a) {\n        r.add(x.n)\n    }\n    return r\n}\n', 'fun f(a: List<T>): List<Int> = a.map { it.n }\n'),
]  # fmt: skip
OTHER = [
    ('python', 'def f(x):\n    p = Point()\n    p.x = x\n    p.y = 2\n    return p\n', 'def f(x):\n    p = Point()\n    p.y = 2\n    return p\n', '`p.x = x`'),
    ('python', 'def f(x):\n    job = Job(x)\n    job.start()\n    return x\n', 'def f(x):\n    return x\n', '`job.start()`'),
    ('python', 'def f(p, x):\n    p.x = x\n    return Point(x)\n', 'def f(p, x):\n    return Point(x, 1)\n', '`p.x = x`'),
    ('python', 'def f(out, xs):\n    for x in xs:\n        out.append(x)\n    n = 0\n    return n\n', 'def f(out, xs):\n    n = 0\n    n += 1\n    return n\n', '`out.append(x)`'),
    ('go', 'package p\n\nfunc f(p string) ([]byte, error) {\n\tf, err := os.Open(p)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\tdefer f.Close()\n\treturn io.ReadAll(f)\n}\n', 'package p\n\nfunc f(p string) ([]byte, error) {\n\tf, err := os.Open(p)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn io.ReadAll(f)\n}\n', '`defer f.Close()`'),
    ('go', 'package p\n\nfunc f(c *C) error {\n\terr := c.Save()\n\tif err != nil {\n\t\treturn err\n\t}\n\treturn nil\n}\n', 'package p\n\nfunc f(c *C) error {\n\tc.Save()\n\treturn nil\n}\n', '`err`'),
    ('cpp', 'std::vector<int> f(int x) {\n  std::vector<int> out;\n  log.put(x);\n  return out;\n}\n', 'std::vector<int> f(int x) {\n  std::vector<int> out{x};\n  return out;\n}\n', '`log.put(x)`'),
]  # fmt: skip


@pytest.mark.parametrize(("language", "before", "after"), SAME)
def test_an_object_that_is_made_in_another_way_is_no_effect_that_is_gone(
    language: str, before: str, after: str
) -> None:
    assert other_behaviour(before, after, grammar_of(language)) == ""


@pytest.mark.parametrize(("language", "before", "after", "told"), OTHER)
def test_what_goes_from_an_object_that_stays_or_that_others_know_is_told(
    language: str, before: str, after: str, told: str
) -> None:
    assert told in other_behaviour(before, after, grammar_of(language))
