from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from understudy.index.extraction import facts_of
from understudy.index.moving import moved

if TYPE_CHECKING:
    from understudy.index.facts import Facts

PYTHON = '''import os
from b import c


@cached
def first(x):
    """What it is."""
    return x


class Second(Base):
    size = 1

    def third(self):
        return self.size

    def fourth(self):
        return 4


def fifth():
    return 5
'''


def told(facts: Facts, text: str) -> list[tuple[str, str, str]]:
    """The definitions by name: the line of the head, and the last line."""
    lines = text.splitlines()
    return [(one.name, lines[one.head], lines[one.stop - 1]) for one in facts.definitions]


def after(text: str, *, before: str = PYTHON, language: str = "python") -> Facts:
    return moved(facts_of("a", language, before), before, text, "digest")


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n\n\n" + PYTHON,
        PYTHON + "\n\ndef sixth(): ...\n",
        PYTHON.replace("    size = 1\n", "    size = 1\n    # more\n    # lines\n"),
        "# top\n" + PYTHON.replace("return self.size", "y = 3\n        return self.size") + "z\n",
        PYTHON.replace("return x", "return xy").replace("return 4", "return 44"),
        PYTHON.replace("def first(x)", "def first(x, y"),
        PYTHON.replace("\n", "\r\n"),
        PYTHON.replace("\n\n\nclass", "\nclass"),
    ],
)
def test_what_was_not_taken_away_is_found_where_it_stands(text: str) -> None:
    found, before = after(text), facts_of("a", "python", PYTHON)
    assert [one.name for one in found.definitions] == [one.name for one in before.definitions]
    assert [one.parent for one in found.definitions] == [one.parent for one in before.definitions]
    lines = text.splitlines()
    for one in found.definitions:
        assert one.name in lines[one.head]
        assert one.first <= one.head < one.stop <= len(lines)
        assert one.head <= one.body <= one.stop
    assert lines[found.definitions[0].first] == "@cached"
    assert [lines[one.line] for one in found.imports] == ["import os", "from b import c"]


def test_without_a_change_of_size_everything_is_as_a_new_reading_has_it() -> None:
    text = PYTHON.replace("return x", "return 17").replace("size = 1", "size = 1777")
    assert after(text).definitions == facts_of("a", "python", text).definitions


def test_what_grows_ends_where_the_next_thing_begins() -> None:
    text = PYTHON.replace("return x", "return x + 1\n    return 2")
    assert told(after(text), text)[0] == ("first", "def first(x):", "    return 2")


def test_what_was_taken_away_or_renamed_goes_with_what_it_holds() -> None:
    for text in (
        PYTHON[: PYTHON.index("class")] + PYTHON[PYTHON.index("def fifth") :],
        PYTHON.replace("Second", "Another"),
    ):
        found = after(text)
        assert [one.name for one in found.definitions] == ["first", "fifth"]
        assert [one.parent for one in found.definitions] == [-1, -1]


def test_a_function_that_was_put_elsewhere_costs_the_others_nothing() -> None:
    at, end = PYTHON.index("@cached"), PYTHON.index("class")
    text = PYTHON[:at] + PYTHON[end:] + "\n\n" + PYTHON[at:end]
    names = [one.name for one in after(text).definitions]
    assert names == ["Second", "size", "third", "fourth", "fifth"]


def test_any_change_leaves_places_within_the_text() -> None:
    source = Path(__file__).read_text("utf-8")
    chance = random.Random(7)  # noqa: S311 - the same changes in every run
    lines = source.splitlines(keepends=True)
    for _ in range(60):
        changed = list(lines)
        for _ in range(chance.randrange(1, 8)):
            at = chance.randrange(len(changed))
            stop = at + chance.randrange(4)
            changed[at:stop] = chance.sample(lines, chance.randrange(4))
        text = "".join(changed)
        found = after(text, before=source)
        size = len(text.splitlines()) + 1
        for number, one in enumerate(found.definitions):
            assert one.parent < number
            assert 0 <= one.first <= one.head <= one.body <= one.stop <= size
    assert after("", before=source).definitions == ()
