"""The lessons of one run: which are in its prompts, and which it goes without to see how that goes."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.config.policy import Trust
from understudy.core.clock import now_us
from understudy.engine.influence import Influence, LessonUse
from understudy.engine.record import code_of
from understudy.journal.workspaces import workspace_id
from understudy.learning.identity import identity, remedy_digest
from understudy.learning.judging import Judge
from understudy.learning.lesson import IMPORTED, Situation
from understudy.learning.memory import recalled_at
from understudy.learning.selection import NONE, Chosen, select
from understudy.learning.shelf import load_shelf
from understudy.learning.tiers import Tier
from understudy.models.registry import find_model
from understudy.prompt.pieces import NOTHING_TAUGHT, Taught, name_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from understudy.core.failures import Failure
    from understudy.engine.attempt import Ask
    from understudy.engine.rules import Draft
    from understudy.engine.services import Services
    from understudy.learning.selection import Selected
    from understudy.models.registry import Model
    from understudy.prompt import Prompt
    from understudy.workspace.view import View

log = logging.getLogger("understudy.learning")

ORGANIZE = "organize_imports"
"""The remedy that is carried out on the edit, before it is proved."""
_SHOWN_BY, _ANY = {"definitions": "definitions.taught"}, ""
"""The fragment without which a remedy did nothing for a question: for others, nothing need be there."""
OWN, NOTED = "lessons", "lessons.noted"
"""The fragments that lessons stand in."""


@dataclass
class Teaching:
    """What earlier failures mean for the questions of one run. Every method may block.

    Attributes:
        journal: the file in which lessons are remembered; None where nothing is learned.
        influences: the lessons that were in the last question.
    """

    services: Services
    view: View
    journal: Path | None
    influences: tuple[Influence, ...] = ()
    _remedies: frozenset[str] = frozenset()
    _failures: set[tuple[str, str]] = field(default_factory=set)
    _fingerprints: set[str] = field(default_factory=set)

    def failed(self, failure: Failure) -> None:
        """Note what went wrong in this run, for the questions that follow."""
        self._failures.add((failure.category.value, code_of(failure)))
        self._fingerprints.add(failure.fingerprint)

    def selected(self, model: Model, run: str, tokens: Callable[[str], int]) -> Selected:
        """The lessons for a question to a model."""
        settings = self.services.settings
        if self.journal is None or not settings.learning.enabled:
            return NONE
        lessons = load_shelf(trusted_root(self.view)).lessons
        if not lessons:
            return NONE
        recalled = recalled_at(self.journal)
        judge = Judge(recalled, settings.learning, now_us(), self._workspace(), self._revision)
        chosen = [Chosen(one, judge.standing(one)) for one in lessons]
        language = self.view.language
        known = recalled.failures.get(language, frozenset())
        situation = Situation(
            model=model.id,
            provider=model.provider,
            language=language,
            task=self.services.task.id,
            path=name_of(self.view),
            failures=known | self._failures,
            fingerprints=frozenset(self._fingerprints),
        )
        return select(chosen, situation, run, settings.learning, tokens)

    def used(
        self, selected: Selected, applied: tuple[Chosen, ...], prompt: Prompt, model: Model
    ) -> tuple[LessonUse, ...]:
        """What is noted of the lessons of a question, as far as there was room for their words.

        Args:
            selected: the lessons.
            applied: those without words that had a part in it.
            prompt: as it is sent.
            model: to whom.
        """
        parts = {part.name for turn in prompt.turns for part in turn.parts}
        shown = tuple(one for one in selected.words if _fragment(one) in parts)
        done = tuple(one for one in applied if _SHOWN_BY.get(_body(one), _ANY) in {_ANY, *parts})
        inside = (*shown, *done)
        self._remedies = frozenset(map(_body, done))
        self.influences = tuple(map(_influence, inside))
        for one in self.influences:
            if one.aloud:
                log.info("The lesson `%s` is in a question to %s.", one.id, model.id)
        revision = revision_of(model)
        roles = [(one, "in") for one in inside]
        roles += [(one, "held_out") for one in selected.held_out]
        return tuple(
            LessonUse(identity(one.lesson), remedy_digest(one.lesson), role, revision)
            for one, role in roles
        )

    async def processed(self, ask: Ask, draft: Draft) -> Draft:
        """An edit as the lessons of the last question would have it, before anybody judges it."""
        if ORGANIZE not in self._remedies:
            return draft
        from understudy.engine.organizing import organized

        return await organized(ask, draft)

    def _workspace(self) -> str:
        root = self.view.root
        return workspace_id(root) if root is not None else ""

    def _revision(self, model: str) -> str:
        found = find_model(self.services.settings, model)
        return revision_of(found) if found is not None else ""


def taught(selected: Selected) -> Taught:
    """The words of lessons for a prompt: what others wrote is material, whoever accepted it."""
    if not selected.words:
        return NOTHING_TAUGHT
    own = tuple(one.lesson.remedy.body for one in selected.words if _fragment(one) == OWN)
    noted = tuple(one.lesson.remedy.body for one in selected.words if _fragment(one) == NOTED)
    return Taught(own, noted)


def trusted_root(view: View) -> Path | None:
    """The workspace folder whose files may say something to models; None where it is not trusted."""
    return view.root if view.policy.trust is Trust.TRUSTED else None


def revision_of(model: Model) -> str:
    """Ten hexadecimal digits that differ for another version of a model."""
    fixed = (model.id, model.provider, model.name, model.context_window, model.max_output)
    return hashlib.sha256(repr(fixed).encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _fragment(chosen: Chosen) -> str:
    lesson = chosen.lesson
    foreign = lesson.source in {"model", "file"} or lesson.source.startswith(IMPORTED)
    ours = lesson.remedy.is_ours or lesson.source == "user"
    in_repository = lesson.scope.level == "workspace"
    return NOTED if foreign or in_repository or not ours else OWN


def _body(chosen: Chosen) -> str:
    return chosen.lesson.remedy.body


def _influence(chosen: Chosen) -> Influence:
    lesson, standing = chosen.lesson, chosen.standing
    return Influence(
        id=lesson.id,
        words=" ".join(lesson.remedy.body.split()),
        why=standing.why,
        aloud=standing.tier is not Tier.AUTO,
    )
