"""Which checker says whether the target is gone?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.findings_factory import at, compared, done
from understudy.core.text import Span


@pytest.mark.parametrize("source", ["Pylance", "Pyright", "basedpyright"])
def test_the_target_is_judged_by_the_checker_behind_the_editors_name(source: str) -> None:
    before, after = "x = undefd\n", "x = 1\n"
    message = '"undefd" is not defined'
    own = at(before, "undefd", "reportUndefinedVariable", message=message, source="basedpyright")
    target = replace(own, source=source)
    twin = at(before, "undefd")
    reports = (
        (done(twin), done(own, checker="basedpyright")),
        (done(replace(twin, span=Span(4, 5))), done(checker="basedpyright")),
    )
    result = compared(before, after, reports, target)
    assert (result.target_gone, result.target_judged_by) == (True, "basedpyright")


def test_a_foreign_target_is_judged_by_a_twin_that_names_the_same_identifier() -> None:
    before, after = "x = undefd\n", "x = 1\n"
    target = at(
        before, "undefd", "name-defined", message='Name "undefd" is not defined', source="mypy"
    )
    own = at(before, "undefd")
    gone = compared(before, after, ((done(own),), (done(),)), target)
    stays = compared(before, before, ((done(own),), (done(own),)), target)
    assert (gone.target_gone, gone.target_judged_by) == (True, "ruff")
    assert (stays.target_gone, stays.target_judged_by) == (False, "ruff")


def test_a_foreign_target_that_nobody_else_sees_is_unknown() -> None:
    before, after = "x = undefd; y = z\n", "x = 1; y = z\n"
    target = at(before, "undefd", "odd", message="This is odd", source="mypy")
    own = at(before, "undefd")
    elsewhere = at(before, "z", "odd", message="This is odd")
    for twin in (own, elsewhere):
        assert compared(before, after, ((done(twin),), (done(),)), target).target_gone is None


def test_one_twin_that_still_complains_is_enough_to_say_no() -> None:
    before, after = "x = undefd\n", "x = undefd  # noqa\n"
    target = at(
        before, "undefd", "name-defined", message='Name "undefd" is not defined', source="mypy"
    )
    own = at(before, "undefd")
    other = replace(own, source="basedpyright", code="reportUndefinedVariable")
    reports = (
        (done(own), done(other, checker="basedpyright")),
        (done(), done(other, checker="basedpyright")),
    )
    result = compared(before, after, reports, target)
    assert (result.target_gone, result.target_judged_by) == (False, "basedpyright")
