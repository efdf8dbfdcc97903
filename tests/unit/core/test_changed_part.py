"""That only the changed part of a long text is looked through for what is lost."""

from __future__ import annotations

import pytest

from understudy.core.changed_part import changed_part
from understudy.index.lost import lost_definitions
from understudy.index.lost_heads import lost_heads
from understudy.index.lost_statements import lost_statements

MANY = 1_500
FEW = 200


def _unit(number: int) -> str:
    return f"def f{number}():\n    return {number}\n"


LONG = "\n".join(map(_unit, range(MANY)))
PLACES = [0, 1, MANY // 2, MANY - 2, MANY - 1]


@pytest.mark.parametrize("at", PLACES)
def test_the_part_is_small_and_whole(at: int) -> None:
    part = changed_part(LONG, LONG.replace(f"return {at}\n", "return -1\n"))
    assert len(part.before) + len(part.after) < FEW
    assert part.before.startswith("def ")
    assert f"return {at}\n" in part.before
    assert "return -1\n" in part.after
    assert LONG.splitlines()[part.start] == part.before.splitlines()[0]


@pytest.mark.parametrize("at", PLACES)
def test_a_lost_definition_of_a_long_text_is_told_where_it_stood(at: int) -> None:
    after = LONG.replace(_unit(at) + "\n", "") if at < MANY - 1 else LONG.replace(_unit(at), "")
    (lost,) = lost_definitions(LONG, after, "python")
    assert lost.name == f"f{at}"
    assert LONG.splitlines()[lost.head] == f"def f{at}():"
    assert lost.lines.start == lost.head


def test_a_class_around_the_change_stays_around_it() -> None:
    methods = "\n".join(f"    def f{at}(self):\n        return {at}\n" for at in range(MANY))
    before = f"LIMIT = 1\n\nclass A:\n{methods}\n\ndef last():\n    return 1\n"
    gone = before.replace("    def f9(self):\n        return 9\n", "    f9 = 1\n")
    assert [one.name for one in lost_definitions(before, gone, "python")] == ["f9"]


def test_what_moves_within_a_long_text_is_not_lost() -> None:
    after = LONG.replace(_unit(3), "") + "\n" + _unit(3)
    assert lost_definitions(LONG, after, "python") == ()


def test_equal_texts_and_short_ones_and_those_with_an_opening_tag_stay_as_they_are() -> None:
    assert changed_part("a\n", "b\n") == ("a\n", "b\n", 0)
    tagged = "<?php\n" + "\nx();\n" * MANY
    assert changed_part(tagged, tagged + "y();\n").before == tagged


def test_what_a_very_long_line_holds_is_not_looked_at_and_all_else_is() -> None:
    data = f"DATA = [{'1, ' * 100_000}]"
    before = f"def a():\n    return 1\n\n\n{data}\n\n\n@cached\ndef b():\n    return 2\n\n\nrun()\n"
    after = before.replace("1, ", "2, ", 9)
    assert sum(map(len, changed_part(before, after)[:2])) < 200
    assert lost_definitions(before, after, "python") == ()
    gone = (
        after.replace("def a():\n    return 1\n", "")
        .replace("@cached\n", "")
        .replace("run()\n", "")
    )
    assert [one.name for one in lost_definitions(before, gone, "python")] == ["a"]
    assert [one.what for one in lost_heads(before, gone, "python")] == ["@cached"]
    assert [one.what for one in lost_statements(before, gone, "python")] == ["run()"]
    (lost,) = lost_definitions(before, gone, "python")
    assert lost.head == 0
