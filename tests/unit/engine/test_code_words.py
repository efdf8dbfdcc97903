"""What of a code is words, and what is formatting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.lines import split_lines
from understudy.engine.code_words import code_words


def words(text: str, language: str = "python", *, comments: bool = False) -> list[str]:
    found = code_words(split_lines(text), language, comments=comments)
    return [word for line in found for word in line]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("python", "return ( result )\n", "return result  # the sum\n"),
        ("python", "f(a, 'b')\n", 'f(\n    a,\n    "b",\n)\n'),
        ("python", "x = 0XFF\n", "x = 0xff\n"),
        ("python", "a = b + \\\n    c\n", "a = (\n    b + c\n)\n"),
        ("python", "'''Says.'''\n", '"""Says."""\n'),
        ("python", "from a import b, c\n", "from a import (\n    b,\n    c,\n)\n"),
        ("javascript", "const a = x => [1, 2]\n", "const a = (x) => [\n  1,\n  2,\n];\n"),
        ("javascript", "f('it')  /* why */\n", 'f("it");\n'),
        ("go", "a := T{\n\t1, // one\n}\n", "a := T{1}\n"),
        ("rust", "fn f<'a>(x: &'a str) {}\n", "fn f<'a>(\n    x: &'a str,\n) {\n}\n"),
        ("sql", "select a from b\n", "SELECT a\nFROM b -- all\n"),
    ],
)
def test_formatting_is_no_word(language: str, one: str, other: str) -> None:
    assert words(one, language) == words(other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("python", "return total\n", "return total()\n"),
        ("python", "x = (a,)\n", "x = (a)\n"),
        ("python", "x = a\n", "x = a  # type: ignore\n"),
        ("python", "x = 'a'\n", "x = 'b'\n"),
        ("rust", "x;\n", "x\n"),
        ("go", "x := 'a'\n", 'x := "a"\n'),
        ("c", "f(a, b);\n", "f(a); b;\n"),
    ],
)
def test_what_means_something_is_one(language: str, one: str, other: str) -> None:
    assert words(one, language) != words(other, language)


def test_comments_are_words_where_that_is_wanted() -> None:
    assert words("# One two.\nx\n", comments=True) == ["One", "two", "x"]
    assert words("/* one\n two */ x\n", "go", comments=True) == ["one", "two", "x"]


def test_each_line_has_its_own_words() -> None:
    lines = ["f(\n", "    a,\n", "\n", ")\n", ""]
    assert code_words(lines, "python") == [["f", "("], ["a"], [], [")"], []]
    assert code_words(["/*\n", "*/ a\n", "b"], "c") == [[], ["a"], ["b"]]


TEXTS = st.text(st.sampled_from("ab1 '\"`#/*-(){}[],;\\\n\r\téß😀"), max_size=60)


@given(
    text=TEXTS, language=st.sampled_from(["python", "javascript", "rust", "go", "markdown", "x"])
)
def test_any_text_has_words_for_each_of_its_lines(text: str, language: str) -> None:
    lines = split_lines(text)
    assert len(code_words(lines, language)) == len(lines)
    assert not any(word.isspace() for word in words(text, language))
