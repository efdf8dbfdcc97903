from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.reading.languages import (
    fence_word,
    fits,
    language_of_word,
    names_language,
    never_a_file,
)
from understudy.reading.prose import declines, without_prose
from understudy.reading.rewriting import parses

PYTHON = partial(parses, language="python")
CODE = ["import os", "", "x = os.name"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["Here is the fixed code:", ""], []),
        (["Here is the fixed code:"], []),
        ([], ["", "I changed the name."]),
        (["Sure!", "", "The file is this one:", ""], ["", "Note that nothing else changed."]),
    ],
)
def test_sentences_around_code_are_taken_off(above: list[str], below: list[str]) -> None:
    freed = without_prose([*above, *CODE, *below], PYTHON)
    assert freed is not None
    assert list(freed.lines) == CODE
    assert [*freed.above, *freed.below] == [*above, *below]


@pytest.mark.parametrize(
    "lines",
    [
        CODE,
        ["Note: int", *CODE],
        ['"""', "Here is the text.", '"""', *CODE],
        ["x = (", *CODE],
        ["Here is no code.", "", "None at all."],
        ["I'll cache = 1.", "x ="],
        [],
    ],
)
def test_nothing_is_taken_off_unless_only_then_the_rest_parses(lines: list[str]) -> None:
    assert without_prose(lines, PYTHON) is None


@given(st.lists(st.sampled_from([*CODE, "Here is it:", "Done.", "x = (", ")", ""]), max_size=12))
def test_what_is_left_parses_and_what_went_does_not(lines: list[str]) -> None:
    freed = without_prose(lines, PYTHON)
    if freed is not None:
        assert [*freed.above, *freed.lines, *freed.below] == lines
        assert PYTHON("\n".join(freed.lines))
        assert not PYTHON("\n".join(lines))
        assert not any(PYTHON(one) for one in (*freed.above, *freed.below) if one)


def test_only_an_answer_that_begins_by_saying_no_declines() -> None:
    assert declines("I'm sorry, but I can't help with that.")
    assert declines("As an AI, I will not do this.")
    assert not declines("I can see the name is wrong.")


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("py", "python"),
        ("C++", "cpp"),
        ("c#", "csharp"),
        ("objective-c", "objective-c"),
        ("objc", "objective-c"),
        ("golang", "go"),
        ("rs", "rust"),
        ("tsx", "typescriptreact"),
        ("zsh", "shellscript"),
        ("console", "shellscript"),
        ("yml", "yaml"),
        ("made-up", "made-up"),
    ],
)
def test_words_behind_fences_name_languages(word: str, language: str) -> None:
    assert language_of_word(word) == language


def test_a_word_fits_its_language_and_its_near_kin() -> None:
    assert fits("", "go")
    assert fits("js", "typescript")
    assert not fits("python", "go")
    assert never_a_file("bash")
    assert not never_a_file("go")
    assert fence_word("objective-c") == "objective-c"
    assert fence_word("no word") == ""


def test_a_first_line_that_only_names_the_language_is_known() -> None:
    assert names_language(["python", "x = 1"], "python", ["x = 2"])
    assert not names_language(["python", "x = 1"], "python", ["python"])
    assert not names_language(["python"], "python", [])
    assert not names_language(["bash", "ls"], "shellscript", [])
