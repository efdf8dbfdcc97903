"""The sections of prose, and those that a new version lacks."""

from __future__ import annotations

import pytest

from understudy.index.lost import lost_definitions
from understudy.index.sections import sections

FORMS = {
    "markdown": "## {}\n\nThis is about {}.\n",
    "latex": "\\section{{{}}}\nThis is about {}.\n",
    "restructuredtext": "{}\n=====\n\nThis is about {}.\n",
}
HEADS = {"markdown": "# Shop\n\n"}


def _text(language: str, *names: str) -> str:
    units = (FORMS[language].format(name, name.lower()) for name in names)
    return HEADS.get(language, "") + "\n".join(units)


@pytest.mark.parametrize("language", FORMS)
def test_sections_that_are_gone_are_told(language: str) -> None:
    before = _text(language, "Alpha", "Beta", "Gamma", "Delta")
    after = _text(language, "Alpha", "Omega", "Theta")
    found = [one.name for one in lost_definitions(before, after, language)]
    assert found == ["Beta", "Gamma", "Delta"]
    shorter = _text(language, "Alpha", "Beta", "Delta", "Omega")
    assert [one.name for one in lost_definitions(before, shorter, language)] == ["Gamma"]


@pytest.mark.parametrize("language", FORMS)
def test_sections_that_move_grow_or_get_another_heading_are_there(language: str) -> None:
    before = _text(language, "Alpha", "Beta", "Gamma")
    assert not lost_definitions(before, _text(language, "Gamma", "Alpha", "Beta"), language)
    assert not lost_definitions(before, _text(language, "Alpha", "Beta", "Gamma", "New"), language)
    renamed = before.replace("Beta", "Betas")
    assert not lost_definitions(before, renamed, language)


@pytest.mark.parametrize("language", FORMS)
def test_sections_in_other_words_are_there_when_they_are_as_many(language: str) -> None:
    before = _text(language, "Alpha", "Beta", "Gamma")
    assert not lost_definitions(before, _text(language, "Eins", "Zwei", "Drei"), language)
    found = lost_definitions(before, _text(language, "Eins", "Zwei"), language)
    assert [one.name for one in found] == ["Alpha", "Beta", "Gamma"]


def test_a_section_ends_at_the_next_one_of_its_level() -> None:
    text = "# A\n\n## B\n\n```sh\n# no heading\n```\n\n### C\n\n## D ##\n"
    found = [(one.name, one.head, one.stop) for one in sections(text.split("\n"), "markdown")]
    assert found == [("A", 0, 12), ("B", 2, 10), ("C", 8, 10), ("D", 10, 12)]


def test_what_is_below_a_section_that_is_gone_goes_with_it() -> None:
    text = "# A\n\n## B\n\nb\n\n### C\n\nc\n\n## D\n\nd\n"
    found = lost_definitions(text, "# A\n\n## D\n\nd\n", "markdown")
    assert [one.name for one in found] == ["B"]


def test_titles_are_ranked_by_the_signs_below_them() -> None:
    text = "Shop\n====\n\nOne\n---\n\nx\n\nTwo\n---\n\nLast\n====\n"
    found = [(one.name, one.stop) for one in sections(text.split("\n"), "restructuredtext")]
    assert found == [("Shop", 11), ("One", 8), ("Two", 11), ("Last", 14)]
