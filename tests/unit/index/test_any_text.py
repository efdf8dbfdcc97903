"""Whatever a text is, something sensible is found in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understudy.core.lines import split_lines
from understudy.index.extraction import facts_of, is_indexed
from understudy.index.packing import packed, unpacked
from understudy.languages import all_languages

LANGUAGES = sorted(language for language in all_languages() if is_indexed(language))
CORPUS = Path(__file__).parents[2] / "corpus" / "outlines"
PIECES = {
    language: [
        *(CORPUS / f"{language}.txt").read_text(encoding="utf-8").partition("=====")[0].split(" "),
        *(
            "\n",
            "\r",
            "\r\n",
            "\u2028",
            "😀",
            "\ud800",
            "{",
            "}",
            "(",
            ")",
            "'",
            '"',
            "\0",
            "<",
            "\\",
        ),
    ]
    for language in LANGUAGES
}


def texts(language: str) -> st.SearchStrategy[str]:
    piece = st.sampled_from(PIECES[language])
    return st.text(max_size=60) | st.lists(piece, max_size=60).map(" ".join)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60)
@given(data=st.data())
def test_lines_are_in_range_and_definitions_in_order(language: str, data: st.DataObject) -> None:
    text = data.draw(texts(language))
    facts = facts_of("here", language, text)
    count = len(split_lines(text))
    for number, one in enumerate(facts.definitions):
        assert 0 <= one.first <= one.head < one.body <= one.stop <= count
        assert -1 <= one.parent < number
        assert one.name
        if one.parent >= 0:
            around = facts.definitions[one.parent]
            assert around.head <= one.head <= one.stop <= around.stop
    assert all(0 <= one.line < count for one in facts.imports)
    assert len(set(facts.uses)) == len(facts.uses)
    assert unpacked(packed(facts)) == facts


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_line_end_counts_the_same(language: str, end: str) -> None:
    text = (CORPUS / f"{language}.txt").read_text(encoding="utf-8").partition("=====")[0]
    same = facts_of("here", language, text.replace("\n", end))
    wanted = facts_of("here", language, text)
    assert (same.definitions, same.imports, same.uses) == (
        wanted.definitions,
        wanted.imports,
        wanted.uses,
    )


def test_a_text_that_no_parser_is_given_defines_nothing_and_still_uses_names() -> None:
    facts = facts_of("a.py", "python", "found = " + "[" * 100_000)
    assert facts.definitions == ()
    assert facts.uses == ("found",)


def test_a_table_that_a_program_wrote_does_not_fill_the_index() -> None:
    facts = facts_of("a.c", "c", "".join(f"#define NAME_{n} {n}\n" for n in range(9_000)))
    assert len(facts.definitions) == 5_000
