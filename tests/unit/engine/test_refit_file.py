from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.engine.labelled_user import OVERCONFIDENT
from understudy.core.failures import UnavailableError
from understudy.engine.gate_weights import WEIGHTS
from understudy.engine.refit_file import (
    RefitRecord,
    read_refit,
    refit_file,
    refit_in_force,
    refit_text,
    write_refit,
)
from understudy.engine.refitting import attempt
from understudy.journal.gate_refit import Change, Refit

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path))
    return tmp_path


def test_without_a_file_the_coefficients_that_came_along_count() -> None:
    assert read_refit() == RefitRecord()


def test_what_was_written_is_read() -> None:
    refit = attempt(OVERCONFIDENT.labels(150), RefitRecord()).refit
    assert refit is not None
    write_refit(RefitRecord(refit, after_us=3))
    assert read_refit() == RefitRecord(refit, after_us=3)
    assert refit_in_force() == refit


def test_the_file_tells_a_reader_what_was_and_what_is() -> None:
    size = WEIGHTS["size"]
    refit = Refit(-0.5, {"size": Change(size.log_odds, 4.0, size.neutral)}, None, 9)
    text = refit_text(RefitRecord(refit))
    assert text.startswith("# The gate's coefficients")
    assert f"[weights.size]\nold = {size.log_odds!r}\nnew = 4.0\n" in text
    assert "[intercept]\nold = 0.0\nnew = -0.5\n" in text


@pytest.mark.parametrize(
    "weights",
    [
        "[weights.size]\nold = 1.0\nnew = 1.5\nneutral = 0.714\n",
        "[weights.size]\nold = 3.3387483848413666\nnew = -1.0\nneutral = 0.714\n",
        "[weights.size]\nold = 3.3387483848413666\nnew = 70.0\nneutral = 0.714\n",
        "[weights.size]\nold = 3.3387483848413666\nnew = nan\nneutral = 0.714\n",
        "[weights.parses]\nold = 8.0\nnew = 1.0\nneutral = 1.0\n",
        "[weights.words]\nold = 0.2\nnew = 0.4\nneutral = 0.5\n",
    ],
    ids=("older", "other side", "too far", "no number", "hard", "words"),
)
def test_coefficients_that_must_not_be_so_do_not_count(home: Path, weights: str) -> None:
    text = f'state = "refitted"\nafter_us = 4\n[intercept]\nnew = 0.1\n{weights}'
    refit_file().write_text(text, encoding="utf-8")
    assert read_refit() == RefitRecord(None, 4)
    assert refit_file().parent == home


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_whatever_the_file_says_reading_it_never_fails(content: bytes) -> None:
    refit_file().write_bytes(content)
    assert read_refit().refit is None


def test_a_file_that_can_not_be_written_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = home / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("UNDERSTUDY_HOME", str(blocked))
    with pytest.raises(UnavailableError, match="can't be written"):
        write_refit(RefitRecord())
