"""Ends with an error that a rewriting has no more."""

from __future__ import annotations

import pytest

from understudy.context.behaviour import other_behaviour
from understudy.languages import grammar_of

SAME = [
    (
        "python",
        "def f(a):\n    if a:\n        x = 1\n        return x\n    else:\n        raise X('x')\n",
        "def f(a):\n    if not a:\n        raise X('x')\n    return 1\n",
    ),
    (
        "ruby",
        "def f(a)\n  raise X if a < 18\n  1\nend\n",
        "def f(a)\n  raise X unless a >= 18\n  1\nend\n",
    ),
    (
        "python",
        "def f(a, b):\n    for x in a:\n        if x < 1:\n            raise X('x')\n    for x in b:\n        if x < 1:\n            raise X('x')\n",
        "def f(a, b):\n    for x in (*a, *b):\n        if x < 1:\n            raise X('x')\n",
    ),
    (
        "rust",
        "fn f() -> u8 {\n    match g() { Some(v) => v, None => 0 }\n}\n",
        "fn f() -> u8 {\n    g().unwrap_or(0)\n}\n",
    ),
    (
        "rust",
        "fn f(a: u8) -> u8 {\n    assert!(a > 0);\n    let b = a;\n    b\n}\n",
        "fn f(a: u8) -> u8 {\n    assert!(a > 0);\n    a\n}\n",
    ),
    (
        "shellscript",
        'f() {\n  if [ "$1" = x ]; then\n    exit 1\n  fi\n}\n',
        'f() {\n  [ "$1" = x ] && exit 1\n}\n',
    ),
    (
        "javascript",
        "const a = require('a');\nconst b = require('b');\na();\n",
        "const a = require('a');\na();\n",
    ),
    (
        "go",
        "package a\nfunc f(a int) {\n\tif a < 1 {\n\t\tpanic(1)\n\t} else {\n\t\tg()\n\t}\n}\n",
        "package a\nfunc f(a int) {\n\tif a < 1 {\n\t\tpanic(1)\n\t}\n\tg()\n}\n",
    ),
    (
        "python",
        "def f(a, b):\n    if a:\n        raise X('x')\n    if b:\n        raise X('x')\n",
        "def f(a, b):\n    for c in (a, b):\n        if c:\n            raise X('x')\n",
    ),
    (
        "python",
        "def f(u):\n    if u.age < 0:\n        raise X('x')\n    if u.age > 200:\n        raise X('x')\n",
        "def f(u):\n    if not 0 <= u.age <= 200:\n        raise X('x')\n",
    ),
    ("rust", "fn f() -> R {\n    Ok(g().unwrap())\n}\n", "fn f() -> R {\n    Ok(g()?)\n}\n"),
    (
        "rust",
        'fn f() -> u8 {\n    g().expect("x")\n}\n',
        "fn f() -> u8 {\n    g().unwrap()\n}\n",
    ),
    (
        "kotlin",
        'fun f(a: Int) {\n    if (a < 1) throw E("x")\n    go(a)\n}\n',
        'fun f(a: Int) {\n    require(a >= 1) { "x" }\n    go(a)\n}\n',
    ),
    (
        "go",
        "package a\nfunc f() {\n\tif err := g(); err != nil {\n\t\tpanic(err)\n\t}\n\tif err := h(); err != nil {\n\t\tpanic(err)\n\t}\n}\n",
        "package a\nfunc must(err error) {\n\tif err != nil {\n\t\tpanic(err)\n\t}\n}\nfunc f() {\n\tmust(g())\n\tmust(h())\n}\n",
    ),
    (
        "lua",
        'function f(a)\n  if not a then\n    error("x")\n  end\nend\n',
        'function f(a)\n  assert(a, "x")\nend\n',
    ),
    (
        "javascript",
        "function f(a) { if (!a) { return; } g(a); }\n",
        "function f(a) { if (a) { g(a); } }\n",
    ),
    (
        "go",
        "package a\nfunc f(a bool) {\n\tif !a {\n\t\treturn\n\t}\n\tg()\n}\n",
        "package a\nfunc f(a bool) {\n\tif a {\n\t\tg()\n\t}\n}\n",
    ),
]
OTHER = [
    ("python", "def f(a):\n    assert a > 0\n    return a\n", "def f(a):\n    return a\n"),
    (
        "python",
        "def f(a):\n    if a:\n        sys.exit(1)\n    return a\n",
        "def f(a):\n    return a\n",
    ),
    (
        "python",
        "def f(a, b):\n    if a:\n        raise X('x')\n    if b:\n        raise X('x')\n    return 1\n",
        "def f(a, b):\n    if a:\n        raise X('x')\n    return 1\n",
    ),
    (
        "rust",
        "fn f(a: u8) -> u8 {\n    assert!(a > 0);\n    a\n}\n",
        "fn f(a: u8) -> u8 {\n    a\n}\n",
    ),
    (
        "rust",
        "fn f(a: u8) -> u8 {\n    assert_eq!(a, 0);\n    a\n}\n",
        "fn f(a: u8) -> u8 {\n    a\n}\n",
    ),
    (
        "rust",
        "fn f(a: u8) -> u8 {\n    debug_assert!(a > 0);\n    a\n}\n",
        "fn f(a: u8) -> u8 {\n    a\n}\n",
    ),
    (
        "rust",
        "fn f(a: u8) -> u8 {\n    if a == 0 { unreachable!() }\n    a\n}\n",
        "fn f(a: u8) -> u8 {\n    a\n}\n",
    ),
    (
        "rust",
        "fn f() -> R {\n    let x = g()?;\n    Ok(x)\n}\n",
        "fn f() -> R {\n    let x = g().unwrap_or(0);\n    Ok(x)\n}\n",
    ),
    (
        "rust",
        'fn f() -> u8 {\n    g().expect("x")\n}\n',
        "fn f() -> u8 {\n    g().unwrap_or(0)\n}\n",
    ),
    (
        "kotlin",
        "fun f(a: Int): Int {\n    require(a > 1)\n    return a\n}\n",
        "fun f(a: Int): Int {\n    return a\n}\n",
    ),
    (
        "kotlin",
        'fun f(a: Int): Int {\n    if (a < 1) error("x")\n    return a\n}\n',
        "fun f(a: Int): Int {\n    return a\n}\n",
    ),
    (
        "kotlin",
        "fun f(a: Int?): Int {\n    val b = checkNotNull(a)\n    return b\n}\n",
        "fun f(a: Int?): Int {\n    val b = a\n    return b\n}\n",
    ),
    (
        "shellscript",
        'f() {\n  if [ "$1" = x ]; then\n    exit 1\n  fi\n  echo y\n}\n',
        "f() {\n  echo y\n}\n",
    ),
    (
        "go",
        "package a\nfunc f(a int) {\n\tif a < 1 {\n\t\tpanic(1)\n\t}\n}\n",
        "package a\nfunc f(a int) {\n}\n",
    ),
    (
        "go",
        "package a\nfunc f(a int) {\n\tif a < 1 {\n\t\tlog.Fatal(1)\n\t}\n}\n",
        "package a\nfunc f(a int) {\n}\n",
    ),
    (
        "javascript",
        "function f(a) { if (!a) { process.exit(1); } return a; }\n",
        "function f(a) { return a; }\n",
    ),
    (
        "lua",
        "function f(a)\n  assert(a > 1)\n  return a\nend\n",
        "function f(a)\n  return a\nend\n",
    ),
    (
        "php",
        "<?php function f($a) { if ($a < 18) { exit(1); } return 1; }\n",
        "<?php function f($a) { return 1; }\n",
    ),
]


@pytest.mark.parametrize(("language", "before", "after"), SAME)
def test_an_end_in_another_form_or_place_is_kept(language: str, before: str, after: str) -> None:
    assert other_behaviour(before, after, grammar_of(language)) == ""


@pytest.mark.parametrize(("language", "before", "after"), OTHER)
def test_an_end_with_an_error_that_is_gone_is_seen(language: str, before: str, after: str) -> None:
    assert other_behaviour(before, after, grammar_of(language))
