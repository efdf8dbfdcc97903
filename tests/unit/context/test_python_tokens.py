from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.context.python_tokens import line_end, scan


def words(text: str) -> list[str]:
    return [token.text for token in scan(text).code]


def test_code_is_cut_into_its_tokens() -> None:
    text = "π = rb'a' + f(1.5e-3)  # note\r\nx **= 'it\\'s'\\\n  '''a\nb'''\n"
    assert words(text) == [
        *("π", "=", "rb'a'", "+", "f", "(", "1.5e-3", ")"),
        *("x", "**=", "'it\\'s'", "'''a\nb'''"),
    ]


@pytest.mark.parametrize(
    ("text", "quote", "prefix", "closed"),
    [
        ("'a'", "'", "", True),
        ("'a", "'", "", False),
        ("'a\\'", "'", "", False),
        ("'a\\\\'", "'", "", True),
        ("'", "'", "", False),
        ("''", "'", "", True),
        ("'''", "'''", "", False),
        ('Rb"""a""b"""', '"""', "Rb", True),
        ('f"""a""', '"""', "f", False),
    ],
)
def test_a_string_knows_its_quotes(text: str, quote: str, prefix: str, *, closed: bool) -> None:
    (token,) = scan(text).code
    assert (token.quote, token.prefix, token.closed) == (quote, prefix, closed)


def test_an_open_string_ends_with_its_line() -> None:
    assert words("x = 'a\r\ny = 1") == ["x", "=", "'a", "y", "=", "1"]


def test_statements_end_at_lines_and_semicolons_but_not_inside_brackets() -> None:
    source = scan("x = (1,\n  2); y = 1\n# note\nif z: w\n")
    assert [(s.first.text, s.last.text) for s in source.statements] == [
        ("x", ")"),
        ("y", "1"),
        ("if", "w"),
    ]


def test_a_new_definition_ends_a_statement_with_an_open_bracket() -> None:
    source = scan("x = [1, f(2\n\ndef g():\n    return 1\n")
    first = source.statements[0]
    assert (first.last.text, [t.text for t in first.unclosed]) == ("2", ["[", "("])
    assert source.statements[1].first.text == "def"


def test_tokens_are_found_by_place() -> None:
    source = scan("a = b\n\nc\n")
    assert source.code[source.at(0)].text == "a"
    assert source.code[source.at(1)].text == "="
    assert source.at(9) == len(source.code)
    assert source.before(0) is None
    before = source.before(7)
    assert before is not None
    assert before.text == "b"
    assert [token.text for token in source.on_line(0)] == ["a", "=", "b"]
    assert source.on_line(1) == []


@pytest.mark.parametrize(
    ("text", "unit"), [("x\n", "    "), ("if x:\n  y\n", "  "), ("if x:\n\ty\n", "\t")]
)
def test_the_unit_of_indentation_is_read_from_the_text(text: str, unit: str) -> None:
    assert scan(text).indent_unit() == unit


def test_the_line_end_is_the_first_one() -> None:
    assert [line_end(text) for text in ("a", "a\r\nb\n", "a\rb\n")] == ["\n", "\r\n", "\r"]


@given(st.text() | st.text(alphabet="'\"rf\\\n\r#()x ="))
def test_any_text_is_cut_without_loss(text: str) -> None:
    source = scan(text)
    at = 0
    for token in source.tokens:
        gap = text[at : token.start]
        assert not gap.replace("\\\n", "").replace("\\\r", "").strip(" \t\f\n\r")
        assert token.text == text[token.start : token.end]
        at = token.end
    assert [token for found in source.statements for token in found.tokens] == [
        token for token in source.code if token.text != ";"
    ]
