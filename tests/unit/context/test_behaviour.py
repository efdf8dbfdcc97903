"""Rewritings that keep what code does, and those that don't."""

from __future__ import annotations

import pytest

from understudy.context.behaviour import other_behaviour
from understudy.languages import grammar_of

SAME = [
    (
        "python",
        "def f(x):\n    if not x:\n        return False\n    return True\n",
        "def f(x):\n    return bool(x)\n",
    ),
    (
        "python",
        "def f(a,b):\n    if a == b:\n        return True\n    else:\n        return False\n",
        "def f(a,b):\n    return a == b\n",
    ),
    (
        "python",
        "def f(a):\n    if a:\n        raise X('1')\n    if b:\n        raise X('1')\n    return 1\n",
        "def f(a):\n    if a or b:\n        raise X('1')\n    return 1\n",
    ),
    (
        "python",
        "def f(a):\n    if a > 0:\n        if a < 10:\n            go()\n",
        "def f(a):\n    if 0 < a < 10:\n        go()\n",
    ),
    (
        "python",
        "def f(a):\n    if a.ok:\n        go()\n        return 1\n    else:\n        raise X\n",
        "def f(a):\n    if not a.ok:\n        raise X\n    go()\n    return 1\n",
    ),
    (
        "python",
        "def f(a):\n    try:\n        return g()\n    except E as e:\n        raise e\n",
        "def f(a):\n    return g()\n",
    ),
    (
        "python",
        "def f(a):\n    try:\n        return g()\n    except E:\n        raise\n",
        "def f(a):\n    return g()\n",
    ),
    ("python", "def f(a):\n    x = x + 1\n    y = y * 2\n", "def f(a):\n    x += 1\n    y *= 2\n"),
    (
        "python",
        "def f(a):\n    if len(a) == 0:\n        return None\n    m = a if a > b else b\n",
        "def f(a):\n    if not a:\n        return None\n    m = max(a, b)\n",
    ),
    (
        "python",
        "def f(a):\n    if not (a == b):\n        go()\n",
        "def f(a):\n    if a != b:\n        go()\n",
    ),
    (
        "python",
        "def f(a):\n    if a == b:\n        one()\n    else:\n        two()\n",
        "def f(a):\n    if a != b:\n        two()\n    else:\n        one()\n",
    ),
    (
        "python",
        "def f(a):\n    if not a or not b:\n        go()\n",
        "def f(a):\n    if not (a and b):\n        go()\n",
    ),
    (
        "python",
        "def f(a):\n    if x == None:\n        go()\n",
        "def f(a):\n    if x is None:\n        go()\n",
    ),
    (
        "python",
        "def f(a):\n    for i in range(len(a)):\n        t = t + a[i]\n    return t\n",
        "def f(a):\n    return sum(a)\n",
    ),
    (
        "go",
        "package a\nfunc f() error {\n\terr := g()\n\tif err != nil {\n\t\treturn err\n\t}\n\treturn nil\n}\n",
        "package a\nfunc f() error {\n\treturn g()\n}\n",
    ),
    (
        "rust",
        "fn f() -> Result<u8, E> { let x = match g() { Ok(v) => v, Err(e) => return Err(e), }; Ok(x) }\n",
        "fn f() -> Result<u8, E> { let x = g()?; Ok(x) }\n",
    ),
    (
        "rust",
        "fn f() -> Result<u8, E> { match o { Some(v) => Ok(v), None => Err(E::A) } }\n",
        "fn f() -> Result<u8, E> { o.ok_or(E::A) }\n",
    ),
    (
        "rust",
        "fn f() -> Result<u8, E> { let x = g()?; Ok(x) }\n",
        "fn f() -> Result<u8, E> { g() }\n",
    ),
    (
        "typescript",
        "function f(a) { if (a !== null && a !== undefined) { go(); } else { throw new E(); } }\n",
        "function f(a) { if (a == null) { throw new E(); } go(); }\n",
    ),
    (
        "typescript",
        "function f(a) { if (a > 1) { return true; } return false; }\n",
        "function f(a) { return a > 1; }\n",
    ),
    (
        "python",
        "def f(u):\n    if u.age < 18:\n        raise X('young')\n    return 1\n",
        "def _young(u):\n    return u.age < 18\n\ndef f(u):\n    if _young(u):\n        raise X('young')\n    return 1\n",
    ),
    (
        "python",
        "def f(u):\n    if u.age < 18:\n        raise X('young')\n    return 1\n",
        "def _adult(u):\n    return u.age >= 18\n\ndef f(u):\n    if not _adult(u):\n        raise X('young')\n    return 1\n",
    ),
    (
        "python",
        "def f(u):\n    if u.age < 18:\n        raise X('young')\n    return 1\n",
        "def _check(u):\n    if u.age < 18:\n        raise X('young')\n\ndef f(u):\n    _check(u)\n    return 1\n",
    ),
    (
        "go",
        'package a\nfunc f(age int) (int, error) {\n\tif age < 18 {\n\t\treturn 0, errors.New("x")\n\t}\n\treturn 1, nil\n}\n',
        'package a\nfunc c(age int) error {\n\tif age < 18 {\n\t\treturn errors.New("x")\n\t}\n\treturn nil\n}\nfunc f(age int) (int, error) {\n\tif err := c(age); err != nil {\n\t\treturn 0, err\n\t}\n\treturn 1, nil\n}\n',
    ),
    (
        "rust",
        'fn f(a: u8) -> R { if a < 18 { return Err("x".into()); } Ok(1) }\n',
        'fn y(a: u8) -> bool { a < 18 }\nfn f(a: u8) -> R { if y(a) { return Err("x".into()); } Ok(1) }\n',
    ),
    (
        "python",
        "def f(a):\n    total = 0\n    for x in a:\n        if x > 0:\n            total += x\n    return total\n",
        "def f(a):\n    return sum(x for x in a if x > 0)\n",
    ),
    (
        "python",
        "def f(a, b):\n    if a:\n        return 1\n    elif not a and b:\n        return 2\n    return 3\n",
        "def f(a, b):\n    if a:\n        return 1\n    return 2 if b else 3\n",
    ),
]
OTHER = [
    (
        "python",
        "def f(u):\n    if u.age < 18:\n        raise X('young')\n    return 1\n",
        "def f(u):\n    return 1\n",
    ),
    ("python", "def f(s):\n    r = s.w * s.h\n    return r\n", "def f(s):\n    return s.w + s.h\n"),
    (
        "python",
        "def f(u):\n    if u.age < 18:\n        raise X('young')\n    return 1\n",
        "def _grown(u):\n    return u.age < 18\n\ndef f(u):\n    if not _grown(u):\n        raise X('young')\n    return 1\n",
    ),
    (
        "python",
        "def f(u):\n    if u.age < 18:\n        raise X('young')\n    return 1\n",
        "def f(u):\n    if u.age <= 18:\n        raise X('young')\n    return 1\n",
    ),
    (
        "python",
        "def f(u):\n    if u.ok:\n        go()\n    return 1\n",
        "def f(u):\n    if not u.ok:\n        go()\n    return 1\n",
    ),
    (
        "typescript",
        "function f(a) { if (a < 18) { throw new E('x'); } return 1; }\n",
        "function f(a) { return 1; }\n",
    ),
    (
        "typescript",
        "function f(a) { if (a && b) { go(); } return 1; }\n",
        "function f(a) { if (a || b) { go(); } return 1; }\n",
    ),
    (
        "rust",
        'fn f(a: u8) -> R { if a < 18 { return Err("x".into()); } Ok(1) }\n',
        "fn f(_a: u8) -> R { Ok(1) }\n",
    ),
    (
        "rust",
        'fn f(a: u8) -> R { if a < 18 { return Err("x".into()); } Ok(1) }\n',
        'fn f(a: u8) -> R { if a > 18 { return Err("x".into()); } Ok(1) }\n',
    ),
    (
        "go",
        'package a\nfunc f(age int) (int, error) {\n\tif age < 18 {\n\t\treturn 0, errors.New("x")\n\t}\n\treturn 1, nil\n}\n',
        "package a\nfunc f(age int) (int, error) {\n\treturn 1, nil\n}\n",
    ),
    (
        "go",
        'package a\nfunc f(age int) (int, error) {\n\tif age < 18 {\n\t\treturn 0, errors.New("x")\n\t}\n\treturn 1, nil\n}\n',
        'package a\nfunc y(age int) bool {\n\treturn age <= 18\n}\nfunc f(age int) (int, error) {\n\tif y(age) {\n\t\treturn 0, errors.New("x")\n\t}\n\treturn 1, nil\n}\n',
    ),
    (
        "java",
        "class A { int f(int a) { if (a < 18) { throw new E(); } return 1; } }\n",
        "class A { int f(int a) { return 1; } }\n",
    ),
    ("ruby", "def f(a)\n  raise X if a < 18\n  1\nend\n", "def f(a)\n  1\nend\n"),
    (
        "swift",
        "func f(a: Int) throws -> Int {\n  if a < 18 { throw E.x }\n  return a * 2\n}\n",
        "func f(a: Int) throws -> Int {\n  return a * 2\n}\n",
    ),
    (
        "kotlin",
        "fun f(a: Int): Int {\n  if (a < 18) throw E()\n  return a * 2\n}\n",
        "fun f(a: Int): Int {\n  return a * 2\n}\n",
    ),
    (
        "php",
        "<?php function f($a) { if ($a < 18) { throw new E(); } return 1; }\n",
        "<?php function f($a) { return 1; }\n",
    ),
    (
        "csharp",
        "class A { int f(int a) { if (a < 18) { throw new E(); } return 1; } }\n",
        "class A { int f(int a) { return 1; } }\n",
    ),
]


@pytest.mark.parametrize(("language", "before", "after"), SAME)
def test_an_honest_rewriting_keeps_what_code_does(language: str, before: str, after: str) -> None:
    assert other_behaviour(before, after, grammar_of(language)) == ""


@pytest.mark.parametrize(("language", "before", "after"), OTHER)
def test_a_lost_error_and_a_turned_condition_or_operator_are_seen(
    language: str, before: str, after: str
) -> None:
    assert other_behaviour(before, after, grammar_of(language))


def test_what_nothing_can_read_is_not_judged() -> None:
    assert other_behaviour("def f(:\n", "raise X\n", grammar_of("python")) == ""
    assert other_behaviour("raise X", "x", None) == ""
