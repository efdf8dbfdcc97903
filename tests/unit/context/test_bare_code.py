"""Code without comments and docstrings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.context.bare_code import bare, blanked
from understudy.languages import grammar_of

LANGUAGES = ("python", "typescript", "go", "rust")
TEXTS = {
    "python": '"""m 😀"""\n\ndef f(a):\n    """doc"""\n    return f"{a} x"  # why\n',
    "typescript": "/** doc */\nexport const f = (a: number) => `${a} x`; // why\n",
    "go": "package a\n\n// doc\nfunc f(a int) string {\n\treturn `x` // why\n}\n",
    "rust": '/// doc\nfn f(a: i64) -> &\'static str {\n    "x" // why\n}\n',
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_comments_and_docstrings_are_no_code(language: str) -> None:
    found = bare(TEXTS[language], grammar_of(language))
    assert found is not None
    assert found.functions == 1
    assert any("doc" in note for note in found.notes)
    assert any("why" in note for note in found.notes)
    assert not any("doc" in one.text or "why" in one.text for one in found.code)
    assert "a" in [one.text for one in found.code if one.is_name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_layout_and_comments_leave_the_words_of_code_as_they_are(language: str) -> None:
    text = TEXTS[language]
    mark = "#" if language == "python" else "//"
    found = bare(text, grammar_of(language))
    other = bare(text.replace("\n", f"  {mark} more\n\n"), grammar_of(language))
    assert found is not None
    assert other is not None
    assert other.code == found.code


def test_a_string_that_stands_alone_does_something_outside_of_python() -> None:
    found = bare('function f() { "use strict" }\n', grammar_of("javascript"))
    assert found is not None
    assert '"use strict"' in [one.text for one in found.code]


@pytest.mark.parametrize("text", ["def f(:\n", "x = (\n"])
def test_of_a_text_that_does_not_parse_nothing_is_said(text: str) -> None:
    assert bare(text, grammar_of("python")) is None


def test_without_a_grammar_nothing_is_said() -> None:
    assert bare("a: 1\n", grammar_of("yaml")) is None
    assert blanked("a: 1\n", grammar_of("yaml")) is None


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(alphabet="ab(){}\"'`#/*\n\r\t 😀\u2028=:", max_size=60))
def test_what_is_blanked_keeps_every_place(language: str, text: str) -> None:
    found = blanked(text, grammar_of(language))
    if found is None:
        return
    assert len(found) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, found, strict=True))
