from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.engine.calibration import calibrate
from understudy.engine.calibration_text import bin_lines
from understudy.journal.labels import Kind, Label

KIND = Kind("acme/one", "fix", "python", "region")


def label(number: int, score: float, *, good: bool, band: str = "confirm") -> Label:
    return Label(KIND, "two_models", band, score, 1.0, f"problem {number}", good)


def labels(*found: tuple[float, bool]) -> list[Label]:
    return [label(number, score, good=good) for number, (score, good) in enumerate(found)]


def test_nothing_is_said_without_labels() -> None:
    found = calibrate([])
    assert (found.total, found.brier, found.skill, found.ece, found.auroc) == (0, *[None] * 4)
    assert [one.stratum for one in found.strata] == ["tool_fix", "rule_fix", "two_models"]


def test_scores_that_say_what_happens_have_no_error() -> None:
    found = calibrate(labels((1.0, True), (0.0, False), (1.0, True), (0.0, False)))
    assert (found.brier, found.skill, found.ece, found.auroc) == (0, 1, 0, 1)


def test_scores_that_say_the_rate_have_no_skill_and_no_calibration_error() -> None:
    found = calibrate(labels(*[(0.5, True), (0.5, False)] * 20))
    assert found.skill == pytest.approx(0)
    assert found.ece == pytest.approx(0)
    assert found.auroc == pytest.approx(0.5)
    assert len(found.bins) == 10
    assert {one.total for one in found.bins} == {4}


def test_bands_and_kinds_are_counted_by_problem() -> None:
    twice = [label(1, 0.9, good=False, band="auto"), label(1, 0.9, good=True, band="auto")]
    found = calibrate([*twice, label(2, 0.8, good=False)])
    assert [(one.name, one.good, one.total) for one in found.bands] == [
        ("auto", 1, 1),
        ("confirm", 0, 1),
    ]
    assert found.total == 2


def test_a_group_is_fitted_from_fifty_problems_on() -> None:
    many = [label(number, 0.73, good=number % 5 == 0) for number in range(50)]
    assert calibrate(many[:49]).fits == ()
    (fit,) = calibrate(many).fits
    assert (fit.model, fit.total) == ("acme/one", 50)
    assert fit.shift == pytest.approx(-2.35, abs=0.1)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60))
def test_every_figure_keeps_its_range(found: list[tuple[float, bool]]) -> None:
    told = calibrate(labels(*found))
    assert sum(one.total for one in told.bins) == told.total == len(found)
    assert all(one.low <= one.predicted + 1e-9 <= one.high + 2e-9 for one in told.bins)
    for value in (told.brier, told.ece, told.auroc):
        assert value is None or 0 <= value <= 1 + 1e-9
    assert told.skill is None or told.skill <= 1


@pytest.mark.parametrize(("number", "lines"), [(1, 1), (12, 1), (25, 2), (99, 9), (200, 10)])
def test_thin_bins_are_one_line_with_their_neighbours(number: int, lines: int) -> None:
    found = calibrate(labels(*((n / number, n % 2 == 0) for n in range(number))))
    rows = [line.split() for line in bin_lines(found)[1:]]
    assert len(rows) == lines
    assert sum(int(row[1]) for row in rows) == number
    assert rows[0][0].startswith("0.00-")
    assert rows[-1][0].endswith(f"-{(number - 1) / number:.2f}")
