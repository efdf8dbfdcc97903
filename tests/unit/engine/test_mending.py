"""Several syntax errors in one text, repaired together and proved one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.unit.engine.sweep_factory import ONLY_RUFF
from understudy.config.policy import Policy, Trust
from understudy.core.text import Span
from understudy.engine.evidence import Band
from understudy.engine.services import Services
from understudy.engine.sweep import Sweep
from understudy.journal.records import Run
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.engine.outcome import Outcome

BROKEN = "def total(items, tax=1)\n    result = sum(items\n    retrun result * tax\n"
MENDED = "def total(items, tax=1):\n    result = sum(items)\n    return result * tax\n"


@dataclass
class Kept:
    rows: list[object] = field(default_factory=list)

    def record(self, row: object) -> None:
        self.rows.append(row)


async def swept(text: str, tmp_path: Path, region: Span | None = None) -> tuple[Sweep, Kept]:
    view = View(
        uri=(tmp_path / "shop.py").as_uri(),
        text=text,
        policy=Policy(Trust.RESTRICTED),
        path=tmp_path / "shop.py",
        root=tmp_path,
    )
    kept = Kept()
    sweep = Sweep(view, Services(settings=ONLY_RUFF, recorder=kept), region=region)
    async for _ in sweep.steps():
        pass
    return sweep, kept


async def test_errors_that_hide_each_other_are_all_repaired(tmp_path: Path) -> None:
    sweep, _ = await swept(BROKEN, tmp_path)
    assert sweep.view.text == MENDED


async def test_each_repair_is_proved_on_a_text_where_it_is_the_only_one_missing(
    tmp_path: Path,
) -> None:
    sweep, _ = await swept(BROKEN, tmp_path)
    for outcome in sweep.outcomes:
        candidate = outcome.offered
        assert candidate is not None
        assert candidate.verdict.band is Band.CONFIRM
        assert outcome.view.edited(candidate.edits).text == MENDED
        assert outcome.view.text != MENDED


async def test_each_repair_is_one_run_of_the_journal(tmp_path: Path) -> None:
    sweep, kept = await swept(BROKEN, tmp_path)
    runs = [row.id for row in kept.rows if isinstance(row, Run)]
    assert runs == [outcome.run_id for outcome in sweep.outcomes]
    assert len(runs) == 3


async def test_a_repair_that_leaves_the_text_broken_is_at_most_for_review(tmp_path: Path) -> None:
    hopeless = BROKEN + "x = = 1 1 (((\n"
    sweep, _ = await swept(hopeless, tmp_path)
    assert sweep.view.text == hopeless
    bands: list[Outcome] = [one for one in sweep.outcomes if one.offered is not None]
    assert all(one.offered and one.offered.verdict.band is Band.REVIEW for one in bands)


async def test_errors_outside_of_the_region_are_left_alone(tmp_path: Path) -> None:
    sweep, _ = await swept(BROKEN, tmp_path, region=Span(0, 23))
    assert "retrun" in sweep.view.text
