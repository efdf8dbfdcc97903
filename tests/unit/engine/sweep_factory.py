"""Sweeps over texts of the tests, with a journal that keeps its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings, Settings
from understudy.engine.services import Services
from understudy.engine.sweep import Sweep
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")
ONLY_RUFF = Settings(checkers=MappingProxyType({"basedpyright": CheckerSettings(enabled=False)}))


@dataclass
class Kept:
    """The rows of a journal, in order."""

    rows: list[object] = field(default_factory=list)

    def record(self, row: object) -> None:
        self.rows.append(row)

    def of(self, kind: type[T]) -> list[T]:
        return [row for row in self.rows if isinstance(row, kind)]


def document(text: str, folder: Path) -> View:
    path = folder / "x.py"
    return View(path.as_uri(), text, Policy(Trust.RESTRICTED), path=path, root=folder)


def sweep_of(text: str, folder: Path, settings: Settings = ONLY_RUFF) -> tuple[Sweep, Kept]:
    kept = Kept()
    sweep = Sweep(document(text, folder), Services(settings=settings, recorder=kept), job="job-1")
    return sweep, kept


async def walked(sweep: Sweep) -> Sweep:
    async for _ in sweep.steps():
        pass
    return sweep
