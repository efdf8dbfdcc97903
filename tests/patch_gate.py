"""The patches of `tests/corpus/patches`, judged as `understudy gate --jsonl` judges them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.patch_tools import with_tools
from understudy.cli.gate_lines import parsed, targets_of
from understudy.engine.checking import close_checkers
from understudy.engine.scratch import scratch
from understudy.engine.setup import set_up
from understudy.engine.trial import Change, Trial, try_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.patch_cases import Patch
    from understudy.config.settings import Settings
    from understudy.engine.scratch import Scratch


@dataclass(frozen=True, slots=True)
class JudgedPatch:
    """A patch with the verdict on it."""

    patch: Patch
    trial: Trial

    @property
    def is_right(self) -> bool:
        """By its label."""
        return self.patch.label == "right"


async def judged(found: Iterable[Patch]) -> list[JudgedPatch]:
    """The verdicts by the real checkers, as if edits might be applied unseen."""
    with with_tools(), scratch() as place:
        usual = set_up(None).settings
        settings = replace(usual, gate=replace(usual.gate, auto_apply=True))
        try:
            return [JudgedPatch(one, await _tried(one, place, settings)) for one in found]
        finally:
            await close_checkers()


async def _tried(patch: Patch, place: Scratch, settings: Settings) -> Trial:
    given = parsed(json.dumps(patch.line).encode())
    with place.holding(given["before"], given["language"]) as view:
        targets = targets_of(given, view.index)
        change = Change(view, given["after"], targets, given["reply"])
        return await try_out(change, settings)
