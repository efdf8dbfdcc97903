from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.index.extraction import facts_of
from understudy.index.shifting import shifted

if TYPE_CHECKING:
    from understudy.index.facts import Facts

SOURCE = Path(__file__).read_text("utf-8")
C = """#include <a.h>

struct item
{
    int size;
};

static int
count(struct item *one)
{
    return one->size;
}

int
twice(struct item *one)
{
    return count(one) + count(one);
}
"""


def heads(facts: Facts, text: str) -> list[str]:
    lines = text.splitlines()
    return [lines[one.head] for one in facts.definitions]


def test_most_names_tell_where_the_others_stand() -> None:
    before = facts_of("a.c", "c", C)
    for text in (
        "int more;\n\n" + C,
        C + "int last(void);\n",
        C.replace("struct item\n{", "\n\nstruct item\n{"),
    ):
        assert heads(shifted(before, text, "d"), text) == heads(before, C)


def test_what_grew_in_its_middle_holds_what_it_held() -> None:
    text = C.replace("    int size;", "    int more;\n    int size;")
    found = shifted(facts_of("a.c", "c", C), text, "d")
    assert [one.name for one in found.definitions] == ["item", "size", "count", "twice"]
    assert heads(found, text)[1] == "    int size;"


def test_what_is_gone_is_dropped() -> None:
    text = C.replace("twice", "thrice")
    assert [one.name for one in shifted(facts_of("a.c", "c", C), text, "d").definitions] == [
        "item",
        "size",
        "count",
    ]
    assert shifted(facts_of("a.c", "c", C), "", "d").definitions == ()


def test_any_change_leaves_places_within_the_text_and_in_order() -> None:
    chance = random.Random(3)  # noqa: S311 - the same changes in every run
    lines = SOURCE.splitlines(keepends=True)
    before = facts_of("a.py", "python", SOURCE)
    for _ in range(80):
        changed = list(lines)
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(changed))
            changed[at : at + chance.randrange(4)] = chance.sample(lines, chance.randrange(5))
        found = shifted(before, "".join(changed), "d").definitions
        assert [one.first for one in found] == sorted(one.first for one in found)
        for number, one in enumerate(found):
            assert one.parent < number
            assert 0 <= one.first <= one.head <= one.body <= one.stop <= len(changed)
