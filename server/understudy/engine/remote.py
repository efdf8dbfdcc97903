"""One model over the network, one problem: ask, read the reply, and have its edit proved."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.core.failures import CallError
from understudy.core.stopping import in_thread
from understudy.edit_formats import all_edit_formats
from understudy.engine.addressing import as_failure
from understudy.engine.attempt import prove
from understudy.engine.contract import contract_for, region_for
from understudy.engine.drafting import Unread, draft_of
from understudy.engine.fitting import fitting, max_output, tokens_of
from understudy.engine.material import sent_of
from understudy.engine.other_files import diff_of
from understudy.engine.others import prove_many
from understudy.engine.prompts import Besides, place_of, prompt_of, to_model
from understudy.engine.questions import Question
from understudy.engine.reader import watch_as_asked
from understudy.engine.scope import block_of
from understudy.engine.selection import Selection
from understudy.engine.sendable import require_sendable, samples_for
from understudy.engine.shortcoming import failure_of
from understudy.engine.told import shortened
from understudy.failures.own import reclassified
from understudy.prompt.pieces import Tried
from understudy.prompt.trouble import FragmentError

if TYPE_CHECKING:
    from understudy.context.items import Packed
    from understudy.core.failures import Failure
    from understudy.edit_formats import EditFormat, Region
    from understudy.engine.attempt import Ask
    from understudy.engine.cascade import How
    from understudy.engine.outcome import Candidate
    from understudy.engine.questions import Answered
    from understudy.engine.reach import Reach
    from understudy.engine.rules import Draft
    from understudy.models.registry import Model
    from understudy.models.room import Room
    from understudy.models.tokens import TokenCounter
    from understudy.prompt import Prompt
    from understudy.prompt.pieces import Shown

_USUAL = "region"
_WHOLE_FILE = "whole_file"
_WHOLE_SHARE = 1.3
"""By how much a file may grow in one edit."""
_PROSE, _LEAST_OUTPUT = 512, 1_024
"""Tokens for an answer beside the edit itself, and for one of a few lines."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One asking of one model.

    Attributes:
        number: counts the calls of the run from 1.
        how: how the cascade came to ask.
        hedge_after_s: see `understudy.engine.questions.Question`; the same for `named`.
        deadline: `time.monotonic()` at which the run ends.
    """

    model: Model
    run_id: str
    number: int
    how: How
    hedge_after_s: float | None
    deadline: float
    named: bool = False


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
    _selection: Selection = field(init=False)

    def __post_init__(self) -> None:
        """Nothing of the workspace is chosen yet."""
        self._selection = Selection(self.ask.services)

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
        try:
            whole = self._prompt(self._region(edit_format), edit_format, None, Besides(self.told))
        except FragmentError:
            return False
        return whole.ranks > self.smaller

    def estimate(self, model: Model) -> float | None:
        """The most that asking a model about this problem can cost, in US dollars. May block."""
        edit_format = self._format(model)
        region = self._region(edit_format)
        output = self._max_output(model, region, edit_format)
        room = self.reach.room_for(model, output, self.ask.subject.view.language)
        besides = Besides(self.told)
        try:
            prompt, _ = self._whole(region, edit_format, model, besides, room)
        except FragmentError:
            return None  # The question will say so.
        tokens = tokens_of(prompt, self._counter(model))
        return self.reach.estimate(model, min(tokens, room.prompt), output)

    def _counter(self, model: Model) -> TokenCounter:
        return self.reach.counter(model, self.ask.subject.view.language)

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
        self,
        region: Region,
        edit_format: EditFormat,
        model: Model | None,
        besides: Besides,
    ) -> Prompt:
        counter = self._counter(model) if model is not None else None
        to = to_model(self.ask, edit_format, model, counter)
        return prompt_of(self.ask, region, to, besides)

    def _whole(
        self, region: Region, edit_format: EditFormat, model: Model, besides: Besides, room: Room
    ) -> tuple[Prompt, Packed]:
        """The prompt with what there is room for of the workspace, and what that is."""
        place, counter = place_of(self.ask, region, model), self._counter(model)

        def write(shown: Shown) -> Prompt:
            return self._prompt(region, edit_format, model, replace(besides, shown=shown))

        return self._selection.whole(write, place, counter, room, self.smaller)

    def _question(self, turn: Turn) -> Question:
        """What the model is asked. Reads the caches."""
        edit_format = self._format(turn.model)
        region = self._region(edit_format)
        wish, settings = self.ask.subject.wish, self.ask.services.settings
        require_sendable(wish, turn.model, settings)
        besides = Besides(self.told, samples_for(wish, turn.model, settings))
        known, view = self.reach.as_learned(turn.model), self.ask.subject.view
        output = self._max_output(known, region, edit_format)
        room = self.reach.room_for(turn.model, output, view.language)
        with as_failure():
            whole, packed = self._whole(region, edit_format, turn.model, besides, room)
        prompt = fitting(whole, known, self._counter(turn.model), smaller=self.smaller, room=room)
        return Question(
            run_id=turn.run_id,
            number=turn.number,
            model=turn.model,
            view=view,
            prompt=prompt,
            spans=sent_of(packed, prompt),
            max_output=output,
            deadline=turn.deadline,
            how=turn.how,
            hedge_after_s=turn.hedge_after_s,
            named=turn.named,
            edit_format=edit_format.id,
            request=self.ask.services.request,
            schema=edit_format.schema if turn.model.structured_output else None,
            look=lambda text: watch_as_asked(text, region, edit_format),
            tell=self.ask.services.listen,
        )

    def _max_output(self, model: Model, region: Region, edit_format: EditFormat) -> int:
        tokens = self._counter(model).most(region.text)
        whole = edit_format.id == _WHOLE_FILE
        wanted = _WHOLE_SHARE * tokens + _PROSE if whole else 2 * tokens + _PROSE
        return max_output(model, max(int(wanted), _LEAST_OUTPUT))

    def _count(self, model: Model, edit_format: EditFormat, read: Draft | Unread) -> None:
        """Remember whether the reply's form could be read, as asked for and as it was written."""
        readable = not (isinstance(read, Unread) and read.is_form)
        found = (read.edit_format if isinstance(read, Unread) else read.author) or edit_format.id
        as_asked = readable and found == edit_format.id
        self.reach.caches.count_reply(model.id, edit_format.id, readable=as_asked)
        if found != edit_format.id:
            self.reach.caches.count_reply(model.id, found, readable=readable)

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
