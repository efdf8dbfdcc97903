"""Simplifications as models write them, right and wrong ones."""

from __future__ import annotations

import pytest

from understudy.context.behaviour import other_behaviour
from understudy.languages import grammar_of

SAME = [
    ('python', 'def f(a, b):\n    result = []\n    for i in range(len(a)):\n        result.append(a[i] * 2)\n    return result\n', 'def f(a, b):\n    return [x * 2 for x in a]\n'),
    ('python', 'def f(a, b):\n    if a is None:\n        return []\n    result = []\n    for x in a:\n        result.append(x.n)\n    return result\n', 'def f(a, b):\n    return [x.n for x in a or []]\n'),
    ('python', 'def f(a, b):\n    if not a:\n        return 0\n    total = 0\n    for x in a:\n        total += x\n    return total\n', 'def f(a, b):\n    return sum(a)\n'),
    ('python', 'def f(a, b, d):\n    if a in d:\n        return d[a]\n    else:\n        return b\n', 'def f(a, b, d):\n    return d.get(a, b)\n'),
    ('python', 'def f(a, b, d):\n    try:\n        return d[a]\n    except KeyError:\n        return b\n', 'def f(a, b, d):\n    return d.get(a, b)\n'),
    ('python', 'def f(a):\n    f = open(a)\n    data = f.read()\n    f.close()\n    return data\n', 'def f(a):\n    with open(a) as f:\n        return f.read()\n'),
    ('python', 'def f(a, b):\n    if a:\n        x = 1\n    else:\n        x = 2\n    return x\n', 'def f(a, b):\n    return 1 if a else 2\n'),
    ('python', 'def f(a, b):\n    if a:\n        x = 1\n    else:\n        x = 2\n    g(x)\n', 'def f(a, b):\n    x = 1 if a else 2\n    g(x)\n'),
    ('python', "def f(a, b):\n    if a == 'x' or a == 'y':\n        return 1\n    return 0\n", "def f(a, b):\n    return int(a in ('x', 'y'))\n"),
    ('python', "def f(a, b):\n    if a == 'x' or a == 'y':\n        return True\n    return False\n", "def f(a, b):\n    return a in {'x', 'y'}\n"),
    ('python', 'def f(a, b):\n    if a >= 0:\n        if a <= 10:\n            return True\n    return False\n', 'def f(a, b):\n    return 0 <= a <= 10\n'),
    ('python', 'def f(a, b):\n    while True:\n        x = a.get()\n        if x is None:\n            break\n        b(x)\n', 'def f(a, b):\n    while (x := a.get()) is not None:\n        b(x)\n'),
    ('python', 'def f(a, b):\n    for x in a:\n        if x.ok:\n            b.append(x)\n', 'def f(a, b):\n    b.extend(x for x in a if x.ok)\n'),
    ('python', "def f(a, b):\n    if a and not b:\n        raise E('x')\n    if b and not a:\n        raise E('x')\n    return 1\n", "def f(a, b):\n    if bool(a) != bool(b):\n        raise E('x')\n    return 1\n"),
    ('python', "def f(a, b):\n    if not a:\n        log('none')\n        return None\n    if not b:\n        log('none')\n        return None\n    return a + b\n", "def f(a, b):\n    if not a or not b:\n        log('none')\n        return None\n    return a + b\n"),
    ('python', 'def f(a, b):\n    d = {}\n    for k, v in a.items():\n        if v is not None:\n            d[k] = v\n    return d\n', 'def f(a, b):\n    return {k: v for k, v in a.items() if v is not None}\n'),
    ('python', 'def f(a, b):\n    x = a\n    if x is None:\n        x = b\n    return x\n', 'def f(a, b):\n    return b if a is None else a\n'),
    ('python', 'def f(a, b):\n    if isinstance(a, int) or isinstance(a, float):\n        return 1\n    return 2\n', 'def f(a, b):\n    return 1 if isinstance(a, (int, float)) else 2\n'),
    ('python', 'def f(a, b):\n    if a is None:\n        return 1\n    if not isinstance(a, str):\n        return 1\n    return 2\n', 'def f(a, b):\n    return 2 if isinstance(a, str) else 1\n'),
    ('typescript', 'function f(a: any) {\nif (!a) { return null; }\nif (!a.user) { return null; }\nreturn a.user.name;\n}\n', 'function f(a: any) {\nreturn a?.user?.name ?? null;\n}\n'),
    ('typescript', 'function f(xs: T[]) {\nlet t = 0;\nfor (const x of xs) { if (x.paid) { t += x.n; } }\nreturn t;\n}\n', 'function f(xs: T[]) {\nreturn xs.filter((x) => x.paid).reduce((t, x) => t + x.n, 0);\n}\n'),
    ('typescript', "function f(a: number, b: number) {\nswitch (a) { case 1: return 'x'; case 2: return 'y'; default: return 'z'; }\n}\n", "function f(a: number, b: number) {\nreturn a === 1 ? 'x' : a === 2 ? 'y' : 'z';\n}\n"),
    ('typescript', 'function f(xs: T[], a: number) {\nreturn xs.find((x) => x.id === a) !== undefined;\n}\n', 'function f(xs: T[], a: number) {\nreturn xs.some((x) => x.id === a);\n}\n'),
    ('typescript', 'function f(xs: T[], a: number) {\nreturn xs.indexOf(a) !== -1;\n}\n', 'function f(xs: T[], a: number) {\nreturn xs.includes(a);\n}\n'),
    ('typescript', 'function f(a: number, b: number) {\nif (a) { go(); } else { stop(); }\n}\n', 'function f(a: number, b: number) {\na ? go() : stop();\n}\n'),
    ('typescript', 'function f(xs: T[]) {\nconst r = xs.map((x) => x.n).filter((n) => n > 0);\nreturn r;\n}\n', 'function f(xs: T[]) {\nreturn xs.map((x) => x.n).filter((n) => n > 0);\n}\n'),
    ('typescript', "function f(a: number, b: number) {\nreturn new Promise((ok, no) => { if (a) { ok(1); } else { no(new E('x')); } });\n}\n", "function f(a: number, b: number) {\nif (a) { return 1; }\nthrow new E('x');\n}\n"),
    ('rust', 'fn f(a: Option<i32>) -> Option<i32> {\nmatch a { Some(x) => { if x > 0 { Some(x) } else { None } } None => None }\n}\n', 'fn f(a: Option<i32>) -> Option<i32> {\na.filter(|x| *x > 0)\n}\n'),
    ('rust', 'fn f(xs: &[T]) -> Vec<i32> {\nlet mut v = Vec::new();\nfor x in xs { if x.ok { v.push(x.n); } }\nv\n}\n', 'fn f(xs: &[T]) -> Vec<i32> {\nxs.iter().filter(|x| x.ok).map(|x| x.n).collect()\n}\n'),
    ('rust', 'fn f(v: &[i32]) -> Option<i32> {\nif v.len() == 0 { return None; }\nSome(v[0])\n}\n', 'fn f(v: &[i32]) -> Option<i32> {\nif v.is_empty() { return None; }\nSome(v[0])\n}\n'),
    ('rust', 'fn f(v: &[i32]) -> Option<i32> {\nif v.len() == 0 { return None; }\nSome(v[0])\n}\n', 'fn f(v: &[i32]) -> Option<i32> {\nv.first().copied()\n}\n'),
    ('rust', 'fn f(r: Result<i32, E>) -> Result<i32, E> {\nmatch r { Ok(v) => Ok(v), Err(e) => Err(e) }\n}\n', 'fn f(r: Result<i32, E>) -> Result<i32, E> {\nr\n}\n'),
    ('rust', 'fn f(r: Result<i32, E>) -> Result<i32, E> {\nmatch r { Ok(v) => v, Err(e) => return Err(e.into()) };\nOk(1)\n}\n', 'fn f(r: Result<i32, E>) -> Result<i32, E> {\nr?;\nOk(1)\n}\n'),
    ('rust', 'fn f(a: bool) -> i32 {\nif a == true { 1 } else { 2 }\n}\n', 'fn f(a: bool) -> i32 {\nif a { 1 } else { 2 }\n}\n'),
    ('rust', 'fn f(a: Option<i32>) -> i32 {\nif let Some(x) = a { return x; }\npanic!("m")\n}\n', 'fn f(a: Option<i32>) -> i32 {\na.expect("m")\n}\n'),
    ('rust', 'fn f(s: &str) -> Result<u32, E> {\nlet n: u32 = s.parse().map_err(|_| E::Bad)?;\nOk(n)\n}\n', 'fn f(s: &str) -> Result<u32, E> {\ns.parse().map_err(|_| E::Bad)\n}\n'),
    ('go', 'package p\n\nfunc f(a bool) bool {\n\tif a {\n\t\treturn true\n\t} else {\n\t\treturn false\n\t}\n}\n', 'package p\n\nfunc f(a bool) bool {\n\treturn a\n}\n'),
    ('go', 'package p\n\nfunc f(a *A) {\n\tif a != nil {\n\t\tif a.ok {\n\t\t\tgo1()\n\t\t}\n\t}\n}\n', 'package p\n\nfunc f(a *A) {\n\tif a != nil && a.ok {\n\t\tgo1()\n\t}\n}\n'),
    ('go', 'package p\n\nfunc f(xs []int) {\n\tfor i := 0; i < len(xs); i++ {\n\t\tg(xs[i])\n\t}\n}\n', 'package p\n\nfunc f(xs []int) {\n\tfor _, x := range xs {\n\t\tg(x)\n\t}\n}\n'),
    ('go', 'package p\n\nfunc f(xs []int, a int) bool {\n\tfor _, x := range xs {\n\t\tif x == a {\n\t\t\treturn true\n\t\t}\n\t}\n\treturn false\n}\n', 'package p\n\nfunc f(xs []int, a int) bool {\n\treturn slices.Contains(xs, a)\n}\n'),
    ('go', 'package p\n\nfunc f() (int, error) {\n\tv, err := g()\n\tif err != nil {\n\t\treturn 0, err\n\t}\n\treturn v, nil\n}\n', 'package p\n\nfunc f() (int, error) {\n\treturn g()\n}\n'),
    ('go', 'package p\n\nfunc f() (int, error) {\n\tv, err := g()\n\tif err != nil {\n\t\treturn 0, fmt.Errorf("g: %w", err)\n\t}\n\treturn v + 1, nil\n}\n', 'package p\n\nfunc f() (int, error) {\n\tif v, err := g(); err != nil {\n\t\treturn 0, fmt.Errorf("g: %w", err)\n\t} else {\n\t\treturn v + 1, nil\n\t}\n}\n'),
    ('go', 'package p\n\nfunc f(s string) string {\n\tif len(s) == 0 {\n\t\treturn "x"\n\t}\n\treturn s\n}\n', 'package p\n\nfunc f(s string) string {\n\tif s == "" {\n\t\treturn "x"\n\t}\n\treturn s\n}\n'),
    ('go', 'package p\n\nfunc f(a int) int {\n\tswitch {\n\tcase a < 0:\n\t\treturn -1\n\tcase a > 0:\n\t\treturn 1\n\t}\n\treturn 0\n}\n', 'package p\n\nfunc f(a int) int {\n\tif a < 0 {\n\t\treturn -1\n\t}\n\tif a > 0 {\n\t\treturn 1\n\t}\n\treturn 0\n}\n'),
    ('go', 'package p\n\nfunc f(a int) int {\n\tm, ok := d[a]\n\tif !ok {\n\t\treturn 0\n\t}\n\treturn m\n}\n', 'package p\n\nfunc f(a int) int {\n\tif m, ok := d[a]; ok {\n\t\treturn m\n\t}\n\treturn 0\n}\n'),
    ('python', 'def f(a):\n    for k, v in a:\n        if k == v:\n            return True\n    return False\n', 'def f(a):\n    return any(x == y for x, y in a)\n'),
]  # fmt: skip
OTHER = [
    ('python', 'def f(a, d):\n    return d[a]\n', 'def f(a, d):\n    return d.get(a)\n'),
    ('python', 'def f(a, d):\n    v = d[a]\n    return v + 1\n', 'def f(a, d):\n    return d.get(a, 0) + 1\n'),
    ('python', 'def f(a, b):\n    if a:\n        x = 1\n    else:\n        x = 2\n    g(x)\n', 'def f(a, b):\n    x = 2 if a else 1\n    g(x)\n'),
    ('python', "def f(a, b):\n    if a == 'x' or a == 'y':\n        return True\n    return False\n", "def f(a, b):\n    return a not in {'x', 'y'}\n"),
    ('python', "def f(a, b):\n    if a == 'x' or a == 'y':\n        return True\n    return False\n", "def f(a, b):\n    return a in {'x', 'z'}\n"),
    ('python', 'def f(a, b):\n    if a >= 0:\n        if a <= 10:\n            return True\n    return False\n', 'def f(a, b):\n    return 0 < a < 10\n'),
    ('python', 'def f(a, b):\n    if a >= 0:\n        if a <= 10:\n            return True\n    return False\n', 'def f(a, b):\n    return a >= 0 or a <= 10\n'),
    ('python', 'def f(a, b):\n    for x in a:\n        if x.ok:\n            b.append(x)\n', 'def f(a, b):\n    b.extend(x for x in a if not x.ok)\n'),
    ('python', "def f(a, b):\n    if a and not b:\n        raise E('x')\n    if b and not a:\n        raise E('x')\n    return 1\n", "def f(a, b):\n    if a and not b:\n        raise E('x')\n    return 1\n"),
    ('python', "def f(a, b):\n    if not a:\n        log('none')\n        return None\n    if not b:\n        log('none')\n        return None\n    return a + b\n", "def f(a, b):\n    if not a and not b:\n        log('none')\n        return None\n    return a + b\n"),
    ('python', 'def f(a, b):\n    d = {}\n    for k, v in a.items():\n        if v is not None:\n            d[k] = v\n    return d\n', 'def f(a, b):\n    return {k: v for k, v in a.items() if v is None}\n'),
    ('python', 'def f(a, b):\n    d = {}\n    for k, v in a.items():\n        if v is not None:\n            d[k] = v\n    return d\n', 'def f(a, b):\n    return {k: v for k, v in a.items() if v}\n'),
    ('typescript', 'function f(xs: T[]) {\nlet t = 0;\nfor (const x of xs) { if (x.paid) { t += x.n; } }\nreturn t;\n}\n', 'function f(xs: T[]) {\nreturn xs.filter((x) => !x.paid).reduce((t, x) => t + x.n, 0);\n}\n'),
    ('typescript', 'function f(xs: T[], a: number) {\nreturn xs.indexOf(a) === -1;\n}\n', 'function f(xs: T[], a: number) {\nreturn xs.includes(a);\n}\n'),
    ('typescript', 'function f(a: number, b: number) {\nif (a) { go(); } else { stop(); }\n}\n', 'function f(a: number, b: number) {\nif (!a) { go(); } else { stop(); }\n}\n'),
    ('typescript', "function f(a: number, b: number) {\nif (typeof a !== 'string') { throw new E('x'); }\nreturn a;\n}\n", 'function f(a: number, b: number) {\nreturn a;\n}\n'),
    ('typescript', 'function f(xs: T[]) {\nconst r = xs.map((x) => x.n).filter((n) => n > 0);\nreturn r;\n}\n', 'function f(xs: T[]) {\nreturn xs.map((x) => x.n).filter((n) => n >= 0);\n}\n'),
    ('rust', 'fn f(xs: &[T]) -> Vec<i32> {\nlet mut v = Vec::new();\nfor x in xs { if x.ok { v.push(x.n); } }\nv\n}\n', 'fn f(xs: &[T]) -> Vec<i32> {\nxs.iter().filter(|x| !x.ok).map(|x| x.n).collect()\n}\n'),
    ('rust', 'fn f(v: &[i32]) -> Option<i32> {\nif v.len() == 0 { return None; }\nSome(v[0])\n}\n', 'fn f(v: &[i32]) -> Option<i32> {\nif !v.is_empty() { return None; }\nSome(v[0])\n}\n'),
    ('rust', 'fn f(a: bool) -> i32 {\nif a == false { 1 } else { 2 }\n}\n', 'fn f(a: bool) -> i32 {\nif a { 1 } else { 2 }\n}\n'),
    ('rust', 'fn f(a: Option<i32>) -> i32 {\nlet x = a.unwrap();\nx + 1\n}\n', 'fn f(a: Option<i32>) -> i32 {\nlet x = a.unwrap_or_default();\nx + 1\n}\n'),
    ('rust', 'fn f(s: &str) -> Result<u32, E> {\nlet n: u32 = s.parse().map_err(|_| E::Bad)?;\nOk(n)\n}\n', 'fn f(s: &str) -> Result<u32, E> {\nOk(s.parse().unwrap_or(0))\n}\n'),
    ('go', 'package p\n\nfunc f(a bool) bool {\n\tif a {\n\t\treturn true\n\t} else {\n\t\treturn false\n\t}\n}\n', 'package p\n\nfunc f(a bool) bool {\n\treturn !a\n}\n'),
    ('go', 'package p\n\nfunc f(a *A) {\n\tif a != nil {\n\t\tif a.ok {\n\t\t\tgo1()\n\t\t}\n\t}\n}\n', 'package p\n\nfunc f(a *A) {\n\tif a != nil || a.ok {\n\t\tgo1()\n\t}\n}\n'),
    ('go', 'package p\n\nfunc f(xs []int, a int) bool {\n\tfor _, x := range xs {\n\t\tif x == a {\n\t\t\treturn true\n\t\t}\n\t}\n\treturn false\n}\n', 'package p\n\nfunc f(xs []int, a int) bool {\n\treturn !slices.Contains(xs, a)\n}\n'),
    ('go', 'package p\n\nfunc f() (int, error) {\n\tv, err := g()\n\tif err != nil {\n\t\treturn 0, err\n\t}\n\treturn v + 1, nil\n}\n', 'package p\n\nfunc f() (int, error) {\n\tv, _ := g()\n\treturn v + 1, nil\n}\n'),
    ('go', 'package p\n\nfunc f(s string) string {\n\tif len(s) == 0 {\n\t\treturn "x"\n\t}\n\treturn s\n}\n', 'package p\n\nfunc f(s string) string {\n\tif s != "" {\n\t\treturn "x"\n\t}\n\treturn s\n}\n'),
    ('go', 'package p\n\nfunc f(a int) int {\n\tm, ok := d[a]\n\tif !ok {\n\t\treturn 0\n\t}\n\treturn m\n}\n', 'package p\n\nfunc f(a int) int {\n\tif m, ok := d[a]; !ok {\n\t\treturn m\n\t}\n\treturn 0\n}\n'),
    ('python', 'def f(a):\n    return {k: v for k, v in a.items() if k}\n', 'def f(a):\n    return {k: v for k, v in a.items() if not k}\n'),
    ('python', 'def f(a):\n    for k, v in a:\n        if k < v:\n            return True\n    return False\n', 'def f(a):\n    return any(x > y for x, y in a)\n'),
]  # fmt: skip


@pytest.mark.parametrize(("language", "before", "after"), SAME)
def test_simplifications_said_otherwise_are_the_same(
    language: str, before: str, after: str
) -> None:
    assert other_behaviour(before, after, grammar_of(language)) == ""


@pytest.mark.parametrize(("language", "before", "after"), OTHER)
def test_other_simplifications_are_seen(language: str, before: str, after: str) -> None:
    assert other_behaviour(before, after, grammar_of(language))
