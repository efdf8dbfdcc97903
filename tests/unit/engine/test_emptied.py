"""Marked code in whose place there is nothing but a constant."""

from __future__ import annotations

import pytest

from tests.unit.engine.facts_factory import AUTO, edited, evidence
from understudy.engine.emptied import emptied
from understudy.engine.evidence import Band
from understudy.engine.gate import judge

DOMAIN = """\
export function domain(id: number): string {
  const user = users.get(id);
  return user.name + user.email;
}
"""
AREA = """\
export function area(shape: Shape): number {
  switch (shape.kind) {
    case "circle":
      return shape.a;
    case "square":
      return shape.r ** 2;
  }
}
"""
TOTAL = "def total(cart):\n    prices = cart.prices\n    return sum(prices.values)\n"
COUNT = "package p\n\nfunc f(c *C) (int, error) {\n\tn := c.m.Size()\n\treturn n, nil\n}\n"
RUST = "fn f(c: &C) -> usize {\n    let n = c.m.size();\n    n.sum()\n}\n"
EMPTIED = [
    ("typescript", DOMAIN, "user.name", ("  const user = users.get(id);\n  return user.name + user.email;\n", '  return "";\n')),
    ("typescript", DOMAIN, "user.name", ("return user.name + user.email;", 'return "";')),
    ("typescript", AREA, "shape.r", ('    case "square":\n      return shape.r ** 2;\n', "    default:\n      return 0;\n")),
    ("python", TOTAL, "prices.values", ("    prices = cart.prices\n    return sum(prices.values)\n", "    return 0\n")),
    ("python", TOTAL, "prices.values", ("    return sum(prices.values)\n", "    return []\n")),
    ("python", TOTAL, "prices.values", ("    return sum(prices.values)\n", "    return None  # nothing is known\n")),
    ("python", TOTAL, "prices.values", ("    prices = cart.prices\n    return sum(prices.values)\n", "    pass\n")),
    ("go", COUNT, "c.m.Size", ("\tn := c.m.Size()\n\treturn n, nil\n", "\treturn 0, nil\n")),
    ("rust", RUST, "n.sum", ("    let n = c.m.size();\n    n.sum()\n", "    0\n")),
    ("rust", "fn f() -> u8 {\n    Some(5)\n}\n", "Some(5)", ("Some(5)", "0")),
    ("rust", "fn f() -> u8 {\n    load()\n}\n", "load()", ("load()", "0")),
    ("rust", "fn f() -> u8 {\n    Some(count())\n}\n", "count()", ("Some(count())", "0")),
    ("typescript", "function f() {\n  return Promise.resolve(total);\n}\n", "total", ("Promise.resolve(total)", "0")),
    ("python", 'def f():\n    return Decimal("9.5")\n', "Decimal", ('Decimal("9.5")', "0")),
    ("java", "class A {\n  int f() {\n    return Store.count();\n  }\n}\n", "Store", ("Store.count()", "0")),
    ("go", "package a\n\nfunc f() int {\n\treturn Count()\n}\n", "Count", ("Count()", "0")),
    ("c", "int f(void) {\n  return LIMIT;\n}\n", "LIMIT", ("LIMIT", "0")),
]  # fmt: skip
FINE = [
    ("typescript", DOMAIN, "user.name", "user is possibly undefined", ("return user.name + user.email;", 'return user ? user.name : "";')),
    ("typescript", DOMAIN, "user.name", "user is possibly undefined", ("  return user", '  if (!user) {\n    return "";\n  }\n  return user')),
    ("python", TOTAL, "sum(prices.values)", "Use `0` instead of `sum(prices.values)`", ("sum(prices.values)", "0")),
    ("python", TOTAL, "sum(prices.values)", "This condition will always evaluate to False", ("sum(prices.values)", "False")),
    ("python", "def f():\n    return none\n", "none", "Undefined name `none`", ("return none", "return None")),
    ("python", 'def f():\n    return "a" "b"\n', '"a"', "Implicitly concatenated", ('"a" "b"', '"ab"')),
    ("python", TOTAL, "sum(prices.values)", "wrong", ("    return sum(prices.values)\n", "    return 0 if prices is None else 1\n")),
    ("go", COUNT, "n, nil", "not enough return values", ("return n, nil", "return n, nil, 0")),
    ("rust", "fn f() -> u8 {\n    Some(0)\n}\n", "Some(0)", "mismatched types", ("Some(0)", "0")),
    ("rust", "fn f() -> u8 {\n    Some(7)\n}\n", "Some(7)", "mismatched types", ("Some(7)", "7")),
    ("typescript", "function f() {\n  return Promise.resolve(0);\n}\n", "Promise", "not assignable", ("Promise.resolve(0)", "0")),
    ("python", "def f():\n    return Decimal(0)\n", "Decimal", "wrong type", ("Decimal(0)", "0")),
    ("python", 'def f():\n    return Decimal("9.5")\n', "Decimal", "wrong type", ('Decimal("9.5")', "9.5")),
    ("python", "def f():\n    return frozenset()\n", "frozenset", "wrong type", ("frozenset()", "[]")),
    ("python", "def f():\n    return None\n", "None", "wrong type", ("None", "0")),
    ("java", "class A {\n  boolean f() {\n    return Integer.valueOf(1);\n  }\n}\n", "Integer", "incompatible types", ("Integer.valueOf(1)", "true")),
    ("java", "class A {\n  B f() {\n    return Optional.empty();\n  }\n}\n", "Optional", "incompatible types", ("Optional.empty()", "null")),
    ("c", "int f(void) {\n  return EXIT_FAILURE;\n}\n", "EXIT", "undeclared", ("EXIT_FAILURE", "1")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "before", "at", "pair"), EMPTIED)
def test_a_constant_in_place_of_the_marked_statement_is_looked_at(
    language: str, before: str, at: str, pair: tuple[str, str]
) -> None:
    facts = edited(before, pair, language=language, at=at, message="Object is possibly undefined")
    assert "takes its place" in emptied(facts)
    verdict = judge(facts, AUTO)
    assert verdict.band in {Band.REVIEW, Band.BLOCK}
    assert "takes its place, so look at it closely" in evidence(verdict)


@pytest.mark.parametrize(("language", "before", "at", "message", "pair"), FINE)
def test_what_else_takes_its_place_is_not_told(
    language: str, before: str, at: str, message: str, pair: tuple[str, str]
) -> None:
    facts = edited(before, pair, language=language, at=at, message=message)
    assert emptied(facts) == ""
