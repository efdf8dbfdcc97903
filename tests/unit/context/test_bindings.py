"""Whether two texts call the same things by other names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.context.bindings import only_renamed
from understudy.context.python_bindings import python_bindings
from understudy.context.tree_bindings import tree_bindings
from understudy.languages import grammar_of

Pairs = tuple[tuple[str, str], ...]


def same(language: str, before: str, after: str) -> bool:
    texts = (before, after)
    if language == "python":
        was, now = map(python_bindings, texts)
    else:
        was, now = (tree_bindings(text, grammar_of(language)) for text in texts)
    assert was is not None
    assert now is not None
    return only_renamed(was, now)


def replaced(text: str, pairs: Pairs) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


PYTHON = """\
import os


class Cart:
    def __init__(self, x):
        self._x = x

    def g(self):
        return [y for y in self._x if os.path.exists(y)]


def _h(a, b=1):
    c = a - b
    d = len(a) + b
    try:
        return c * d - b
    except ValueError as e:
        raise RuntimeError(f"{e}") from e


def f(k):
    def inner():
        nonlocal k
        k = _h(k, b=2)

    inner()
    return Cart(x=k)
"""
GO = """\
package s

import "fmt"

type C struct{ p []int }

func (c *C) F(a, b int) int {
	x := a - b
	y := a + len(c.p)
	for i := range 3 {
		fmt.Println(i)
	}
	for i := range 4 {
		fmt.Println(i)
	}
	return x*2 - y
}
"""
RUST = """\
struct P { n: i64 }

impl P {
    fn h(&self, v: Vec<i64>) -> i64 {
        let s: i64 = v.iter().map(|x| x * self.n).sum();
        let t = s + 1;
        if let Some(q) = v.first() { return *q; }
        match s { 0 => t, k => k + self.g() }
    }
    fn g(&self) -> i64 { 1 }
}
"""
SCRIPT = """\
class A {
  private p: number[] = [];
  t(a: number, b: number): number {
    const x = a - b;
    const y = parseInt("1");
    try { h(a); } catch (e) { console.log(e.message); }
    for (const k of this.p) { h(k); }
    return x * y - this.p.map((v) => v + a).length;
  }
}
function h(z: number) { return z; }
"""
JAVA = """\
class A {
  private int p;
  int f(int a, int b) {
    int x = a - b;
    for (int i : new int[]{1}) { x += i; }
    return g(x) - b + this.p;
  }
  int g(int q) { return q; }
}
"""
TEXTS = {"python": PYTHON, "go": GO, "rust": RUST, "typescript": SCRIPT, "java": JAVA}
GOOD: list[tuple[str, Pairs]] = [
    ("python", (("c = a", "less = a"), ("c * d", "less * d"))),
    ("python", (("_h(", "_half("),)),
    ("python", (("_x", "_items"), ("self, x", "self, items"), ("= x\n", "= items\n"), ("(x=k", "(items=k"))),
    ("python", (("y for y in", "one for one in"), ("exists(y", "exists(one"))),
    ("python", (("as e:", "as error:"), ("{e}", "{error}"), ("from e", "from error"))),
    ("python", (("f(k)", "f(key)"), ("nonlocal k", "nonlocal key"), ("        k =", "        key ="), ("_h(k", "_h(key"), ("x=k", "x=key"))),
    ("go", (("x :=", "less :="), ("x*2", "less*2"))),
    ("go", (("i := range 3 {\n\t\tfmt.Println(i)", "row := range 3 {\n\t\tfmt.Println(row)"),)),
    ("go", (("p []int", "prices []int"), ("c.p", "c.prices"))),
    ("rust", (("|x| x", "|value| value"), ("Some(q)", "Some(first)"), ("*q", "*first"))),
    ("rust", (("k => k", "other => other"), ("fn g", "fn one"), ("self.g()", "self.one()"))),
    ("typescript", (("const x", "const less"), ("return x", "return less"))),
    ("typescript", (("(e)", "(error)"), ("e.message", "error.message"))),
    ("typescript", (("(v) => v", "(price) => price"), ("private p", "private prices"), ("this.p", "this.prices"))),
    ("typescript", (("function h", "function show"), ("h(a)", "show(a)"), ("h(k)", "show(k)"))),
    ("java", (("int x", "int less"), ("x += i", "less += i"), ("g(x)", "g(less)"))),
]  # fmt: skip
BAD: list[tuple[str, Pairs]] = [
    ("python", (("c * d - b", "c * d - a"),)),
    ("python", (("c * d", "d * c"),)),
    ("python", (("c = a", "d = a"), ("c * d", "d * d"))),
    ("python", (("c = a", "len = a"), ("c * d", "len * d"))),
    ("python", (("def _h(", "def _half("),)),
    ("python", (("b=1", "rate=1"), ("a - b", "a - rate"), ("+ b", "+ rate"), ("d - b", "d - rate"))),
    ("python", (("self, x", "self, items"), ("= x\n", "= items\n"))),
    ("python", (("os.path", "os.paths"),)),
    ("python", (("import os", "import posix"), ("os.path", "posix.path"))),
    ("python", (("nonlocal k", "nonlocal f"),)),
    ("go", (("x*2 - y", "y*2 - x"),)),
    ("go", (("x :=", "len :="), ("x*2", "len*2"))),
    ("go", (("y :=", "x :="), ("- y", "- x"))),
    ("go", (("c.p", "c.prices"),)),
    ("go", (("fmt.Println(i)", "fmt.Print(i)"),)),
    ("rust", (("0 => t", "0 => s"),)),
    ("rust", (("let t", "let s"), ("0 => t", "0 => s"))),
    ("rust", (("self.n", "self.m"),)),
    ("typescript", (("x * y", "y * x"),)),
    ("typescript", (("v + a", "v + b"),)),
    ("typescript", (("const x", "const parseInt"), ("return x", "return parseInt"))),
    ("typescript", (("function h", "function show"),)),
    ("java", (("g(x) - b", "g(x) - a"),)),
]  # fmt: skip


@pytest.mark.parametrize(("language", "pairs"), GOOD)
def test_one_new_name_for_one_thing_is_a_renaming(language: str, pairs: Pairs) -> None:
    assert same(language, TEXTS[language], replaced(TEXTS[language], pairs))


@pytest.mark.parametrize(("language", "pairs"), BAD)
def test_a_name_that_comes_to_stand_for_something_else_is_none(language: str, pairs: Pairs) -> None:
    assert not same(language, TEXTS[language], replaced(TEXTS[language], pairs))


def test_names_may_be_swapped_where_they_are_bound() -> None:
    before = "def f(a, b):\n    return a - b\n"
    assert same("python", before, "def f(b, a):\n    return b - a\n")
    assert not same("python", before, "def f(b, a):\n    return a - b\n")


@given(st.text(alphabet="def class(a):=x.,\n []lambda:globl*😀", max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = python_bindings(text)
    assert found is None or only_renamed(found, found) in {True, False}
    for language in ("go", "typescript"):
        tree = tree_bindings(text, grammar_of(language))
        assert tree is None or len(tree.keys) <= len(text)
