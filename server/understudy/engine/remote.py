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
from understudy.engine.drafting import Unread, count_reply, draft_of
from understudy.engine.fitting import longer, most_written, tokens_of
from understudy.engine.other_files import diff_of
from understudy.engine.others import prove_many
from understudy.engine.prompts import Besides, place_of, prompt_of, to_model
from understudy.engine.proposals import Mishap, learn_from, note_standings, notebook_of
from understudy.engine.questions import Question, unjudged_if_stopped
from understudy.engine.reader import watch_as_asked
from understudy.engine.scope import block_of
from understudy.engine.selection import Recipient, Selection
from understudy.engine.sendable import require_sendable, samples_for
from understudy.engine.shortcoming import failure_of
from understudy.engine.tactics import Tactics
from understudy.engine.taught_plan import with_lessons
from understudy.engine.teaching import Teaching
from understudy.engine.told import shortened
from understudy.engine.turns import Tested
from understudy.engine.ways import Plan
from understudy.failures.own import reclassified
from understudy.prompt.pieces import Tried
from understudy.prompt.trouble import FragmentError
from understudy.workspace.secrets import Masks

if TYPE_CHECKING:
    from understudy.core.failures import Failure
    from understudy.edit_formats import EditFormat, Region
    from understudy.engine.attempt import Ask
    from understudy.engine.questions import Answered
    from understudy.engine.reach import Reach
    from understudy.engine.rules import Draft
    from understudy.engine.selection import Whole
    from understudy.engine.turns import Turn
    from understudy.models.registry import Model
    from understudy.models.room import Room
    from understudy.models.tokens import TokenCounter
    from understudy.prompt import Prompt
    from understudy.prompt.pieces import Shown

_USUAL = "region"
_WHOLE_FILE = "whole_file"


@dataclass
class Remote:
    """All the asking of one run over the network.

    Attributes:
        told: earlier attempts, for the dossier that the next one gets.
        smaller: by how many ranks the prompt is cut down.
        asked: the last prompt that was put together.
        run_id: of the run, in whose record it stands how models were asked again; empty for none.
    """

    ask: Ask
    reach: Reach
    told: list[Tried] = field(default_factory=list)
    smaller: int = 0
    asked: Prompt | None = None
    run_id: str = ""
    _attempts: int = 0
    _longer: bool = False
    """Whether an answer of the model that is asked now was cut at its limit."""
    _masks: Masks = field(default_factory=Masks)
    _selection: Selection = field(init=False)
    _tactics: Tactics = field(init=False)
    teaching: Teaching = field(init=False)
    _region_asked: Region = field(init=False)

    def __post_init__(self) -> None:
        """Nothing of the workspace is chosen yet, and nothing failed."""
        self._selection = Selection(self.ask.services, self.run_id)
        self._tactics = Tactics(self.ask.services, self.reach, self.run_id)
        view = self.ask.subject.view
        self.teaching = Teaching(self.ask.services, view, self.reach.journal)

    async def test(self, turn: Turn) -> Tested:
        """Ask a model and prove what it answers. Failures are results; only cancelling raises."""
        if turn.how == "reduce_context":
            self.smaller += 1
        elif turn.how == "next":
            # It may have more room than the one before.
            self.smaller = 0
        self._longer = turn.how == "longer" or (self._longer and turn.how != "next")
        settings = self.ask.services.settings
        if turn.number == 1 and (notebook := notebook_of(self.reach, self.ask.services)):
            note_standings(notebook)
        try:
            question = await asyncio.to_thread(self._question, turn)
            self.asked = question.prompt
            self._attempts = 1 if turn.how in {"first", "next"} else self._attempts + 1
            answered = await self.reach.ask(question, settings)
        except CallError as error:
            self._tactics.note(self.ask, error.failure)
            return Tested(None, error.failure, error.cost_usd)
        self._tactics.call = answered.call
        with unjudged_if_stopped(self.reach.judged, answered, turn.model):
            tested = await self._prove(turn, answered)
        self.reach.judged(answered, tested.failure)
        if tested.failure is None:
            await asyncio.to_thread(self.reach.keep, answered, settings)
        else:
            self._learn(question, tested.failure)
        return replace(tested, cost_usd=answered.cost_usd, replied=not answered.remembered)

    def _learn(self, question: Question, failure: Failure) -> None:
        """Note what went wrong, for the questions that follow and for other runs."""
        self.teaching.failed(failure)
        notebook = notebook_of(self.reach, self.ask.services)
        if notebook is None or not self.run_id:
            return
        held_out = frozenset(one.lesson for one in question.lessons if one.role == "held_out")
        language, model = question.view.language, question.model.id
        sample = self.told[-1].what if self.told else ""
        learn_from(Mishap(self.run_id, model, language, failure, held_out, sample), notebook)

    async def opinion(self, turn: Turn) -> tuple[Draft | None, float | None]:
        """`(what a model would write, what it cost)`, unproved; None where it writes no edit."""
        try:
            # Nobody proves this edit, so it tells nothing of lessons.
            question = replace(await asyncio.to_thread(self._question, turn), lessons=())
            answered = await self.reach.ask(question, self.ask.services.settings)
        except CallError as error:
            return None, error.cost_usd
        read = await self._draft(turn.model, answered)
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
        try:
            whole = self._whole(region, edit_format, model, Besides(self.told), room)
        except FragmentError:
            return None  # The question will say so.
        tokens = tokens_of(whole.prompt, self._counter(model))
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
        self, region: Region, edit_format: EditFormat, model: Model | None, besides: Besides
    ) -> Prompt:
        to = to_model(self.ask, edit_format, model, self._counter(model) if model else None)
        return prompt_of(self.ask, region, to, besides)

    def _whole(
        self, region: Region, edit_format: EditFormat, model: Model, besides: Besides, room: Room
    ) -> Whole:
        """The prompt with what there is room for of the workspace, and what that is."""
        place = place_of(self.ask, region, model)

        def write(shown: Shown) -> Prompt:
            return self._prompt(region, edit_format, model, replace(besides, shown=shown))

        return self._selection.whole(write, place, self._recipient(model, room))

    def _recipient(self, model: Model, room: Room) -> Recipient:
        return Recipient(model, self._counter(model), room, self.smaller)

    def _weigh(self, whole: Prompt, usual: Plan, model: Model, besides: Besides) -> None:
        """Note by how much a question is longer than the plain one."""
        region, edit_format = usual.region, usual.edit_format
        room = self.reach.room_for(model, self._max_output(model, region, edit_format))
        counter = self._counter(model)
        plain = self._whole(region, edit_format, model, besides, room).prompt
        self._tactics.weigh(tokens_of(whole, counter) - tokens_of(plain, counter))

    def _question(self, turn: Turn) -> Question:
        """What the model is asked. Reads the caches."""
        usual_format = self._format(turn.model)
        usual = Plan(usual_format, self._region(usual_format))
        wish, settings = self.ask.subject.wish, self.ask.services.settings
        require_sendable(wish, turn.model, settings)
        counter = self._counter(turn.model)
        lessons = self.teaching.selected(turn.model, turn.run_id, counter.most)
        usual, applied = with_lessons(usual, lessons, self.ask, turn.model, self.reach)
        plan = self._tactics.plan(turn, self.ask, usual)
        edit_format, region = plan.edit_format, plan.region
        self._region_asked = region
        samples = samples_for(wish, turn.model, settings)
        besides = Besides(plan.tried(self.told), samples, again=plan.again, taught=usual.taught)
        known, view = self.reach.as_learned(turn.model), self.ask.subject.view
        output = self._max_output(known, region, edit_format)
        output = longer(known, output) if self._longer else output
        room = self.reach.room_for(turn.model, output, view.language)
        with as_failure():
            whole = self._whole(region, edit_format, turn.model, besides, room)
            if plan is not usual:
                plain = Besides(self.told, samples, taught=besides.taught)
                self._weigh(whole.prompt, usual, turn.model, plain)
        prompt, spans = whole.fitted(self._recipient(known, room))
        return Question(
            run_id=turn.run_id,
            number=turn.number,
            model=turn.model,
            view=view,
            prompt=replace(prompt, masks=self._masks),
            spans=spans,
            lessons=self.teaching.used(lessons, applied, prompt, turn.model),
            max_output=output,
            deadline=turn.deadline,
            how=turn.how,
            hedge_after_s=turn.hedge_after_s,
            named=turn.named,
            edit_format=edit_format.id,
            temperature=plan.temperature,
            request=self.ask.services.request,
            schema=edit_format.schema if turn.model.structured_output else None,
            look=lambda text, thought: watch_as_asked(
                text, region, edit_format, has_thought=thought
            ),
            tell=self.ask.services.listen,
        )

    def _max_output(self, model: Model, region: Region, edit_format: EditFormat) -> int:
        whole = edit_format.id == _WHOLE_FILE
        return most_written(model, region.text, self._counter(model), whole=whole)

    def may_be_longer(self, model: Model) -> bool:
        """Whether there is room for a longer answer of a model than at first. Reads the caches."""
        known, edit_format = self.reach.as_learned(model), self._format(model)
        usual = self._max_output(known, self._region(edit_format), edit_format)
        return longer(known, usual) > usual

    async def _draft(self, model: Model, answered: Answered) -> Draft | Unread:
        edit_format = all_edit_formats()[answered.edit_format]
        text, region = answered.reply.text, self._region_asked
        return await asyncio.to_thread(draft_of, model.id, text, region, edit_format, self._masks)

    async def _prove(self, turn: Turn, answered: Answered) -> Tested:
        """The proved edit of a reply, or why there is none."""
        read = await self._draft(turn.model, answered)
        if not answered.remembered:
            caches, name = self.reach.caches, turn.model.id
            await asyncio.to_thread(count_reply, caches, name, answered.edit_format, read)
        if isinstance(read, Unread):
            self._tactics.note(self.ask, read.failure)
            self.told.append(Tried(shortened(answered.reply.text), read.teaching))
            return Tested(None, read.failure)
        draft = replace(read, attempt=self._attempts)
        return await self.proved(await self.teaching.processed(self.ask, draft))

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
        self._tactics.note(self.ask, failure, candidate)
        if failure is not None:
            mended = await self._tactics.mended(self.ask, draft, failure, candidate)
            if mended is not None:
                return Tested(mended, None)
        return Tested(candidate, failure)
