"""Decorators, attributes and annotations that definitions lose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.index.lost_heads import lost_heads

LOST = [
    ("python", "@app.route('/a')\ndef a():\n    return 1\n", "@app.route('/a')\n"),
    ("python", "class A:\n    @property\n    def x(self):\n        return 1\n", "    @property\n"),
    (
        "python",
        "class A:\n    @property\n    def x(self):\n        return 1\n\n    @x.setter\n    def x(self, v):\n        pass\n",
        "    @x.setter\n",
    ),
    ("python", "@cache\n@login\ndef a():\n    return 1\n", "@login\n"),
    (
        "typescript",
        "class A {\n  @HostListener('a')\n  f() {\n    return 1;\n  }\n}\n",
        "  @HostListener('a')\n",
    ),
    (
        "java",
        "class A {\n  @Override\n  @Transactional(readOnly = true)\n  int f() { return 1; }\n}\n",
        "  @Transactional(readOnly = true)\n",
    ),
    ("java", "class A {\n  @Override public int f() { return 1; }\n}\n", "@Override "),
    (
        "rust",
        "#[derive(Debug)]\n#[serde(default)]\nstruct P {\n    a: i64,\n}\n",
        "#[serde(default)]\n",
    ),
    ("rust", "impl P {\n    #[must_use]\n    fn h(&self) -> i64 { 1 }\n}\n", "    #[must_use]\n"),
    ("go", "package a\n\n// F is f.\n//go:noinline\nfunc F() {}\n", "//go:noinline\n"),
]


@pytest.mark.parametrize(("language", "before", "gone"), LOST)
def test_what_stood_above_a_definition_that_stays_is_missed(
    language: str, before: str, gone: str
) -> None:
    (found,) = lost_heads(before, before.replace(gone, ""), language)
    assert found.what == gone.strip()
    assert before.splitlines()[found.line].strip().startswith(gone.strip())


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("python", "@lru_cache\ndef a(): ...\n", "@lru_cache(maxsize=None)\ndef a(): ...\n"),
        ("python", "@staticmethod\ndef a(): ...\n", "@classmethod\ndef a(): ...\n"),
        ("python", "@one\n@two\ndef a(): ...\n", "@two\n@one\ndef a(): ...\n"),
        ("python", "@one\ndef a(): ...\n", "x = 1\n"),
        ("python", "# A comment.\ndef a(): ...\n", "def a(): ...\n"),
        ("rust", "#[derive(Debug)]\nstruct P;\n", "#[derive(Debug, Clone)]\nstruct P;\n"),
        ("go", "package a\n\n// F is f.\nfunc F() {}\n", "package a\n\nfunc F() {}\n"),
        (
            "java",
            "class A {\n  @Override int f() { return 1; }\n}\n",
            "class A {\n  @Override\n  int f() { return 2; }\n}\n",
        ),
    ],
)
def test_what_changed_moved_or_went_with_its_definition_is_not_lost(
    language: str, before: str, after: str
) -> None:
    assert lost_heads(before, after, language) == ()


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (
            "python",
            "@route('/a')\ndef a():\n    return 1\n",
            "@route('/a')\ndef helper():\n    return 1\n\n\ndef a():\n    return helper()\n",
        ),
        ("rust", "#[test]\nfn a() {}\n", "#[test]\nfn b() {}\n\nfn a() {}\n"),
        (
            "java",
            "class A {\n  @Override\n  int a() { return 1; }\n}\n",
            "class A {\n  @Override\n  int b() { return 1; }\n\n  int a() { return b(); }\n}\n",
        ),
    ],
)
def test_what_went_to_another_definition_is_gone_from_its_own(
    language: str, before: str, after: str
) -> None:
    (found,) = lost_heads(before, after, language)
    assert found.name == "a"
    again = before.splitlines()[0 if language != "java" else 1]
    both = after.replace(" a()", " A()").replace(f"{again}\n", "", 1)
    assert lost_heads(after, both, language)


def test_definitions_of_one_name_that_change_places_lose_nothing() -> None:
    one, two = "@f.register\ndef _(a: int): ...\n", "@g.register\ndef _(a: str): ...\n"
    assert lost_heads(one + two, two + one, "python") == ()


TEXT = st.text(alphabet="@#[]a()\n\r :{}/defclass\u2028", max_size=60)


@given(before=TEXT, after=TEXT, language=st.sampled_from(("python", "rust", "java", "go")))
def test_any_texts_are_compared(before: str, after: str, language: str) -> None:
    for one in lost_heads(before, after, language):
        assert one.what
