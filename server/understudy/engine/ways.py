"""In which ways a question could be put differently after a failure, and the question that each makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.text import apply
from understudy.edit_formats import all_edit_formats
from understudy.engine.contract import other_formats, region_for
from understudy.engine.names_defined import definitions
from understudy.engine.narrowing import narrower
from understudy.engine.setbacks import excerpt_of, found_in
from understudy.prompt.pieces import FIRST_TIME, NOTHING_TAUGHT, Again
from understudy.strategies import PLAIN, Setback

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.core.failures import Failure
    from understudy.edit_formats import EditFormat, Region
    from understudy.engine.attempt import Ask
    from understudy.engine.outcome import Candidate
    from understudy.engine.reach import Reach
    from understudy.models.registry import Model
    from understudy.prompt.pieces import Excerpt, Taught, Tried
    from understudy.strategies import Strategy
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View


@dataclass(frozen=True, slots=True)
class Failed:
    """The last attempt of a model.

    Attributes:
        model: its id.
        after: the document as the attempt would have it; None without a readable edit.
        found: what stands against it, in code points of that text.
    """

    model: str
    failure: Failure
    after: View | None = None
    found: tuple[Diagnostic, ...] = ()


def failed(ask: Ask, failure: Failure, candidate: Candidate | None) -> Failed:
    """An attempt, by what was found out about it."""
    if candidate is None:
        return Failed(ask.model, failure)
    view = ask.subject.view
    after = replace(view, text=apply(view.text, candidate.edits))
    return Failed(ask.model, failure, after, found_in(candidate, ask.subject.target))


@dataclass(frozen=True, slots=True)
class Plan:
    """How one question is put.

    Attributes:
        strategy: the plain one for a question that is put as always.
        temperature: None for what the settings say.
        again: what the prompt shows for the strategy.
        told: why the last attempt did not do, where what its reader said is about another format.
        taught: what earlier failures taught.
    """

    edit_format: EditFormat
    region: Region
    strategy: str = PLAIN
    temperature: float | None = None
    again: Again = FIRST_TIME
    told: str = ""
    taught: Taught = NOTHING_TAUGHT

    def tried(self, attempts: Sequence[Tried]) -> Sequence[Tried]:
        """Earlier attempts, in the words that fit to this question."""
        if not (self.told and attempts):
            return attempts
        return (*attempts[:-1], replace(attempts[-1], why=self.told))


@dataclass(frozen=True, slots=True)
class Ways:
    """What a question can be made of.

    Attributes:
        last: the attempt that failed.
        ask: what is asked.
        usual: how the question would be put without a strategy.
        model: who is asked.
    """

    last: Failed
    ask: Ask
    usual: Plan
    model: Model
    reach: Reach

    def setback(self) -> Setback:
        """The failure, with what stands open. Reads the caches."""
        settings = self.ask.services.settings
        own = settings.models.get(self.model.id)
        cold = self.usual.temperature == 0 or (own is not None and own.temperature == 0)
        refused = self.reach.caches.refused(self.model.provider, self.model.name)
        thinks = "reasoning" in self.model.capabilities
        region, edit_format = self.usual.region, self.usual.edit_format
        return Setback(
            failure=self.last.failure,
            found=self.last.found,
            language=self.ask.subject.view.language,
            can_cool=not (cold or thinks or "temperature" in refused),
            other_formats=self._formats(),
            can_narrow=narrower(self.ask.subject, region, edit_format) is not None,
        )

    def plan(self, strategy: Strategy) -> Plan | None:
        """The question that a strategy makes; None when it finds nothing to show. Reads the disk."""
        change, region = strategy.change, self.usual.region
        named: tuple[tuple[str, str], ...] = ()
        if change.definitions:
            named = self._definitions()
            if not named:
                return None
        edit_format, told = self.usual.edit_format, ""
        if change.other_format:
            edit_format = all_edit_formats()[self._formats()[0]]
            told = self.last.failure.message if self.last.after is None else ""
            region = region_for(self.ask.subject, region.lines, edit_format)
        if change.narrower:
            lines = narrower(self.ask.subject, region, edit_format)
            region = replace(region, lines=lines if lines is not None else region.lines)
        usual_temperature = self.usual.temperature
        return Plan(
            edit_format,
            region,
            strategy.id,
            usual_temperature if change.temperature is None else change.temperature,
            Again(strategy.id, self._excerpt() if change.finding else None, named),
            told,
        )

    def _excerpt(self) -> Excerpt | None:
        last = self.last
        if last.after is None or not last.found:
            return None
        return excerpt_of(last.after, last.found[0])

    def _definitions(self) -> tuple[tuple[str, str], ...]:
        last, view = self.last, self.ask.subject.view
        if last.after is None or not last.found:
            return ()
        counter = self.reach.counter(self.model, view.language)
        return definitions(last.after, last.found[0], self.ask.services, self.model, counter)

    def _formats(self) -> tuple[str, ...]:
        """Edit formats that could be asked for instead of the usual one, the best first."""
        settings, read_so_far = self.ask.services.settings, self.reach.caches.read_so_far
        used = self.usual.edit_format.id
        return other_formats(used, self.model, self.ask.subject, settings, read_so_far)
