"""What holds for a comparison whatever the text and the findings in it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.findings_factory import done, ruff
from understudy.config.policy import Policy
from understudy.core.text import Edit, Span, apply
from understudy.engine.compare import compare
from understudy.workspace.diagnostics import Diagnostic
from understudy.workspace.view import View

if TYPE_CHECKING:
    import random


@st.composite
def findings(draw: st.DrawFn) -> tuple[str, list[Diagnostic]]:
    """A text, and diagnostics anywhere in it, syntax errors among them."""
    text = draw(st.text(st.sampled_from("aπ😀x \n\r\t"), max_size=60))
    found = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        span = Span(start, draw(st.integers(start, len(text))))
        code = draw(st.sampled_from(["F821", "F401", "syntax-error"]))
        found.append(Diagnostic("ruff", code, draw(st.sampled_from(["a", "b", "line 3"])), span))
    return text, found


def shifted(found: list[Diagnostic], by: int) -> list[Diagnostic]:
    return [replace(one, span=Span(one.span.start + by, one.span.end + by)) for one in found]


@given(findings())
def test_nothing_changes_without_an_edit(case: tuple[str, list[Diagnostic]]) -> None:
    text, found = case
    result = ruff(text, text, found, found)
    assert (result.new, result.fixed) == ((), ())
    assert result.target_gone is (False if found else None)


@given(findings(), st.lists(st.sampled_from(["a = 1\n", "\n", "x\r\n"]), min_size=1, max_size=4))
def test_lines_inserted_above_change_nothing(
    case: tuple[str, list[Diagnostic]], lines: list[str]
) -> None:
    text, found = case
    above = "".join(lines)
    view = View("untitled:a", text, Policy())
    reports = (done(*found),), (done(*shifted(found, len(above))),)
    result = compare(*reports, view, (Edit(Span(0, 0), above),), found[0] if found else None)
    assert (result.new, result.fixed) == ((), ())
    assert result.target_gone is (False if found else None)


@given(findings(), findings(), st.lists(st.integers(0, 60), max_size=6), st.randoms())
def test_the_order_of_diagnostics_reports_and_edits_does_not_matter(
    one: tuple[str, list[Diagnostic]],
    other: tuple[str, list[Diagnostic]],
    cuts: list[int],
    dice: random.Random,
) -> None:
    text, old = one
    borders = sorted({min(cut, len(text)) for cut in cuts})
    edits = [Edit(Span(start, end), "x\n") for start, end in list(pairwise(borders))[::2]]
    limit = len(apply(text, edits))
    new = [
        replace(d, span=Span(min(d.span.start, limit), min(d.span.end, limit))) for d in other[1]
    ]
    view = View("untitled:a", text, Policy())
    before, after = [done(*old), done(*old, checker="b")], [done(*new), done(*new, checker="b")]
    target = old[0] if old else None
    expected = compare(tuple(before), tuple(after), view, tuple(edits), target)
    for pile in (old, new, before, after, edits):
        dice.shuffle(pile)
    before = [replace(report, diagnostics=tuple(old)) for report in before]
    after = [replace(report, diagnostics=tuple(new)) for report in after]
    assert compare(tuple(before), tuple(after), view, tuple(edits), target) == expected
