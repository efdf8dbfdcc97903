"""One model over the network, one problem: ask, read the reply, and have its edit proved."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.core.failures import CallError
from understudy.core.stopping import in_thread
from understudy.edit_formats import all_edit_formats
from understudy.engine.attempt import prove
from understudy.engine.contract import contract_for, region_for
from understudy.engine.drafting import Unread, draft_of
from understudy.engine.fitting import fitting, max_output
from understudy.engine.other_files import diff_of
from understudy.engine.others import prove_many
from understudy.engine.questions import Question
from understudy.engine.scope import block_of
from understudy.engine.sendable import require_sendable, samples_for
from understudy.engine.shortcoming import failure_of
from understudy.engine.told import shortened
from understudy.failures.own import reclassified
from understudy.prompt.fix import Case, edit_prompt
from understudy.prompt.pieces import Tried

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.core.failures import Failure
    from understudy.edit_formats import EditFormat, Region
    from understudy.engine.attempt import Ask
    from understudy.engine.cascade import How
    from understudy.engine.outcome import Candidate
    from understudy.engine.questions import Answered
    from understudy.engine.reach import Reach
    from understudy.engine.rules import Draft
    from understudy.models.registry import Model
    from understudy.prompt import Prompt
    from understudy.workspace.view import View

_NONE: Mapping[str, View] = MappingProxyType({})
_USUAL = "region"
_OUTPUT_TOKENS = 1_024
"""Room for an answer beside the region's own size, thinking included."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One asking of one model.

    Attributes:
        number: counts the calls of the run from 1.
        how: how the cascade came to ask.
        silence_s: how long the model may be silent before it is given up.
        deadline: `time.monotonic()` at which the run ends.
    """

    model: Model
    run_id: str
    number: int
    how: How
    silence_s: float | None
    deadline: float


@dataclass(frozen=True, slots=True)
class Tested:
    """What came of it: an edit that may be shown, or the failure.

    Attributes:
        candidate: the edit as it was proved, also when it failed; None without a readable reply.
        cost_usd: None when unknown.
        replied: whether the model gave a finished reply just now, whatever that was worth.
    """

    candidate: Candidate | None
    failure: Failure | None
    cost_usd: float | None = 0.0
    replied: bool = False


@dataclass
class Remote:
    """All the asking of one run over the network.

    Attributes:
        told: earlier attempts, for the dossier that the next one gets.
        smaller: by how many ranks the prompt is cut down.
        asked: the last prompt that was put together.
    """

    ask: Ask
    reach: Reach
    told: list[Tried] = field(default_factory=list)
    smaller: int = 0
    asked: Prompt | None = None
    _attempts: int = 0

    async def test(self, turn: Turn) -> Tested:
        """Ask a model and prove what it answers. Failures are results; only cancelling raises."""
        if turn.how == "reduce_context":
            self.smaller += 1
        elif turn.how == "next":
            # It may have more room than the one before.
            self.smaller = 0
        settings = self.ask.services.settings
        try:
            question = await asyncio.to_thread(self._question, turn)
            self.asked = question.prompt
            self._attempts = 1 if turn.how in {"first", "next"} else self._attempts + 1
            answered = await self.reach.ask(question, settings)
        except CallError as error:
            return Tested(None, error.failure, error.cost_usd)
        tested = await self._prove(turn, answered)
        self.reach.judged(answered, tested.failure)
        if tested.failure is None:
            await asyncio.to_thread(self.reach.keep, answered, settings)
        return replace(tested, cost_usd=answered.cost_usd, replied=not answered.remembered)

    async def opinion(self, turn: Turn) -> tuple[Draft | None, float | None]:
        """`(what a model would write, what it cost)`, unproved; None where it writes no edit."""
        settings = self.ask.services.settings
        try:
            question = await asyncio.to_thread(self._question, turn)
            answered = await self.reach.ask(question, settings)
        except CallError as error:
            return None, error.cost_usd
        edit_format = all_edit_formats()[answered.edit_format]
        region = await asyncio.to_thread(self._region, edit_format)
        text = answered.reply.text
        read = await asyncio.to_thread(draft_of, turn.model.id, text, region, edit_format)
        failure = read.failure if isinstance(read, Unread) else None
        self.reach.judged(answered, failure)
        return (None if isinstance(read, Unread) else read), answered.cost_usd

    @property
    def can_shrink(self) -> bool:
        """Whether the prompt has parts that could still be left out. Looks at the whole text."""
        edit_format = all_edit_formats()[_USUAL]
        return self._prompt(self._region(edit_format), edit_format).ranks > self.smaller

    def estimate(self, model: Model) -> float | None:
        """The most that asking a model about this problem can cost, in US dollars. May block."""
        edit_format = self._format(model)
        region = self._region(edit_format)
        prompt = self._prompt(region, edit_format)
        return self.reach.estimate(model, prompt.size, self._max_output(model, region))

    def _format(self, model: Model) -> EditFormat:
        """How the model is to write its edit. Reads the caches."""
        settings = self.ask.services.settings
        return contract_for(model, self.ask.subject, settings, self.reach.caches.read_so_far)

    def _region(self, edit_format: EditFormat) -> Region:
        subject = self.ask.subject
        if subject.wish is not None:
            return region_for(subject, subject.wish.lines, edit_format)
        span = subject.target.span if subject.target is not None else subject.view.selection
        return region_for(subject, block_of(subject.view, span), edit_format)

    def _prompt(
        self, region: Region, edit_format: EditFormat, samples: Mapping[str, View] = _NONE
    ) -> Prompt:
        span = region.span
        others = {
            one: None
            for report in self.ask.baseline
            for one in report.diagnostics
            if span.start <= one.span.start < span.end
        }
        subject, wish = self.ask.subject, self.ask.subject.wish
        return edit_prompt(
            Case(
                view=subject.view,
                target=subject.target,
                lines=region.lines,
                rules=edit_format.rules(region),
                wish=wish.instruction if wish is not None else "",
                selected=(wish.selected or wish.lines) if wish is not None else range(0),
                files=wish.others if wish is not None else {},
                samples=samples,
                stays=wish is not None and wish.stays,
                others=tuple(others),
                tried=tuple(self.told),
            )
        )

    def _question(self, turn: Turn) -> Question:
        """What the model is asked. Reads the caches."""
        edit_format = self._format(turn.model)
        region = self._region(edit_format)
        wish, settings = self.ask.subject.wish, self.ask.services.settings
        require_sendable(wish, turn.model, settings)
        whole = self._prompt(region, edit_format, samples_for(wish, turn.model, settings))
        output = self._max_output(self.reach.as_learned(turn.model), region)
        prompt = fitting(whole, turn.model, self.reach, smaller=self.smaller, output=output)
        return Question(
            run_id=turn.run_id,
            number=turn.number,
            model=turn.model,
            view=self.ask.subject.view,
            prompt=prompt,
            max_output=output,
            deadline=turn.deadline,
            how=turn.how,
            silence_s=turn.silence_s,
            edit_format=edit_format.id,
            request=self.ask.services.request,
            schema=edit_format.schema if turn.model.structured_output else None,
            look=lambda text: edit_format.watch(text, region),
            tell=self.ask.services.listen,
        )

    def _max_output(self, model: Model, region: Region) -> int:
        wanted = 2 * self.reach.tokens(model, len(region.text)) + _OUTPUT_TOKENS
        return max_output(model, wanted)

    def _count(self, model: Model, edit_format: EditFormat, read: Draft | Unread) -> None:
        """Remember whether the reply's form could be read."""
        readable = not (isinstance(read, Unread) and read.is_form)
        self.reach.caches.count_reply(model.id, edit_format.id, readable=readable)

    async def _prove(self, turn: Turn, answered: Answered) -> Tested:
        """The proved edit of a reply, or why there is none."""
        edit_format = all_edit_formats()[answered.edit_format]
        region = await asyncio.to_thread(self._region, edit_format)
        read = await asyncio.to_thread(
            draft_of, turn.model.id, answered.reply.text, region, edit_format
        )
        if not answered.remembered:
            await asyncio.to_thread(self._count, turn.model, edit_format, read)
        if isinstance(read, Unread):
            self.told.append(Tried(shortened(answered.reply.text), read.teaching))
            return Tested(None, read.failure)
        return await self.proved(replace(read, attempt=self._attempts))

    async def proved(self, draft: Draft) -> Tested:
        """An edit with the verdict on it. Whoever is asked next is told what is wrong with it."""
        view = self.ask.subject.view
        candidate = await (prove_many if draft.others else prove)(self.ask, draft)
        self.ask.tried.append(candidate)
        failure = await in_thread(failure_of, candidate, view, draft.after)
        if failure is not None:
            rules = self.ask.services.settings.failures.rules
            failure = replace(reclassified(failure, rules), message=failure.message)
            diff = await asyncio.to_thread(diff_of, view, draft.after, draft.others)
            self.told.append(Tried(shortened(diff), failure.message))
        return Tested(candidate, failure)
