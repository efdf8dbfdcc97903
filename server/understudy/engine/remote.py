"""One model over the network, one problem: ask, read the reply, and have its edit proved."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.context.block import block_around
from understudy.core.diff import unified
from understudy.core.failures import CallError, Evidence, Failure, FailureCategory
from understudy.core.minimise import minimise
from understudy.edit_formats import Region, UnreadableError, all_edit_formats
from understudy.engine.attempt import prove
from understudy.engine.clearance import drops_secret
from understudy.engine.evidence import Band
from understudy.engine.questions import Question
from understudy.engine.rules import Draft
from understudy.failures.output import classify_output
from understudy.failures.own import reclassified
from understudy.failures.proof import incomplete, polluted
from understudy.fixers import Proposal
from understudy.prompt import Prompt, fitted, without_ranks
from understudy.prompt.fix import Case, Tried, fix_prompt
from understudy.workspace.secrets import mask

if TYPE_CHECKING:
    from understudy.edit_formats import EditFormat, Reading
    from understudy.engine.attempt import Ask
    from understudy.engine.cascade import How
    from understudy.engine.outcome import Candidate
    from understudy.engine.questions import Answered
    from understudy.engine.reach import Reach
    from understudy.models.registry import Model
    from understudy.workspace.diagnostics import Diagnostic

_FORMAT = "region"
_OUTPUT_TOKENS = 1_024
"""Room for an answer beside the region's own size, thinking included."""
_MAX_OUTPUT = 8_192
_TRIED_CHARACTERS = 2_400
"""How much of an earlier attempt the next one is told."""


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
            answered = await self.reach.ask(question, settings)
        except CallError as error:
            return Tested(None, error.failure, error.cost_usd)
        tested = await self._prove(turn, answered)
        self.reach.judged(answered, tested.failure)
        if tested.failure is None:
            await asyncio.to_thread(self.reach.keep, answered, settings)
        return replace(tested, cost_usd=answered.cost_usd, replied=not answered.remembered)

    @property
    def can_shrink(self) -> bool:
        """Whether the prompt has parts that could still be left out. Looks at the whole text."""
        return self._prompt(self._region(), all_edit_formats()[_FORMAT]).ranks > self.smaller

    def estimate(self, model: Model) -> float | None:
        """The most that asking a model about this problem can cost, in US dollars. May block."""
        region = self._region()
        prompt = self._prompt(region, all_edit_formats()[_FORMAT])
        return self.reach.estimate(model, prompt.size, self._max_output(model, region))

    def _region(self) -> Region:
        view, target = self.ask.problem.view, self.ask.problem.diagnostic
        lines = block_around(view.index, view.index.lines_of(target.span))
        return Region(view, lines)

    def _prompt(self, region: Region, edit_format: EditFormat) -> Prompt:
        span = region.span
        others = {
            one: None
            for report in self.ask.baseline
            for one in report.diagnostics
            if span.start <= one.span.start < span.end
        }
        return fix_prompt(
            Case(
                view=self.ask.problem.view,
                target=self.ask.problem.diagnostic,
                lines=region.lines,
                rules=edit_format.rules(region),
                others=tuple(others),
                tried=tuple(self.told),
            )
        )

    def _question(self, turn: Turn) -> Question:
        """What the model is asked. Reads the caches."""
        edit_format, region = all_edit_formats()[_FORMAT], self._region()
        whole = self._prompt(region, edit_format)
        cut = without_ranks(whole, max(whole.ranks - self.smaller, 0)) if self.smaller else whole
        max_output = self._max_output(turn.model, region)
        room = self.reach.room_for(turn.model, max_output)
        prompt = fitted(cut, room)
        if prompt is None:
            raise CallError(_too_long(turn.model, whole, room))
        return Question(
            run_id=turn.run_id,
            number=turn.number,
            model=turn.model,
            view=self.ask.problem.view,
            prompt=prompt,
            max_output=max_output,
            deadline=turn.deadline,
            how=turn.how,
            silence_s=turn.silence_s,
            edit_format=edit_format.id,
        )

    def _max_output(self, model: Model, region: Region) -> int:
        wanted = 2 * self.reach.tokens(model, len(region.text)) + _OUTPUT_TOKENS
        if "reasoning" in model.capabilities:
            wanted = _MAX_OUTPUT
        return min(wanted, model.max_output or _MAX_OUTPUT, max(model.context_window // 2, 256))

    async def _prove(self, turn: Turn, answered: Answered) -> Tested:
        """The proved edit of a reply, or why there is none."""
        region = self._region()
        read = await asyncio.to_thread(_read, turn, answered.reply.text, region)
        if isinstance(read, Failure):
            self.told.append(Tried(_shortened(answered.reply.text), read.message))
            return Tested(None, read)
        candidate = await prove(self.ask, read)
        self.ask.tried.append(candidate)
        failure = failure_of(candidate, region.view.language)
        if failure is not None:
            rules = self.ask.services.settings.failures.rules
            failure = replace(reclassified(failure, rules), message=failure.message)
            view = region.view
            diff = await asyncio.to_thread(unified, view.text, read.after, view.name)
            self.told.append(Tried(_shortened(diff), failure.message))
        return Tested(candidate, failure)


def _read(turn: Turn, text: str, region: Region) -> Draft | Failure:
    """The edit that a reply stands for, or why it is none. Looks at the whole document."""
    try:
        reading = all_edit_formats()[_FORMAT].read(text, region)
    except UnreadableError as error:
        return error.failure
    return _spoilt(region, reading) or _draft(turn, reading, region)


def _spoilt(region: Region, reading: Reading) -> Failure | None:
    """A text that is not all of what it should be, or holds what is no code; None otherwise."""
    before, language = region.view.text, region.view.language
    dropped = drops_secret(region.text, reading.after, before)
    if dropped is not None:
        return dropped
    lost = incomplete(before, reading.after, language)
    if lost is not None or polluted(before, language) is not None:
        return lost
    return polluted(reading.after, language)


def failure_of(candidate: Candidate, language: str) -> Failure | None:
    """Why an edit does not do, for the cascade; None when it may be offered."""
    new = candidate.comparison.new
    if candidate.verdict.band is not Band.BLOCK and not new:
        return None
    if new:
        return _of_diagnostic(new[0], len(new))
    why = " ".join(candidate.verdict.hard_stops) or "It could not be proved."
    stopped = [one.signal for one in candidate.verdict.reasons if one.value == 0 and not one.weight]
    category = _STOPPED.get(stopped[0] if stopped else "", FailureCategory.LINT_FAILURE)
    return Failure(
        category=category,
        phase="check",
        blame="model",
        message=why,
        advice="refine",
        evidence=Evidence("gate", why[:200]),
        fingerprint=f"gate:{language}:{':'.join(stopped) or 'score'}",
    )


_STOPPED = {
    "no_change": FailureCategory.EDIT_APPLY_FAILED,
    "broken_syntax": FailureCategory.SYNTAX_ERROR,
    "code_left_out": FailureCategory.INCOMPLETE_OUTPUT,
}
"""What a hard stop of the gate is called by the cascade, where it has a name of its own."""


def _of_diagnostic(found: Diagnostic, count: int) -> Failure:
    """The failure that the first new problem is, in the words of the checker."""
    failure = classify_output(found.source, found.message, code=found.code)
    more = f", and {count - 1} more" if count > 1 else ""
    message = f"It leaves a new problem: {found.label}: {found.message.splitlines()[0]}{more}."
    return replace(failure, message=message, advice="refine", blame="model")


def _draft(turn: Turn, reading: Reading, region: Region) -> Draft:
    view = region.view
    edits = minimise(view.text, reading.after)
    # It is shown and written down, unlike the edit.
    prose = mask(reading.prose).text
    first = prose.strip().splitlines()
    why = first[0].strip() if first else f"Written by {turn.model.id}."
    return Draft(Proposal(edits, why), _FORMAT, reading.after, prose)


def _too_long(model: Model, prompt: Prompt, room: int) -> Failure:
    text = (
        f"The problem's own lines are too long for `{model.id}`: the prompt has {prompt.size}"
        f" characters, and there is room for {room}."
    )
    return Failure(
        category=FailureCategory.CONTEXT_OVERFLOW,
        phase="request",
        blame="project",
        message=text,
        code="does_not_fit",
        evidence=Evidence("prompt", text[:200]),
        fingerprint="context_overflow:does_not_fit",
    )


def _shortened(text: str) -> str:
    """The beginning, cut at a line: half a secret would not be masked."""
    if len(text) <= _TRIED_CHARACTERS:
        return text
    return text[: text.rfind("\n", 0, _TRIED_CHARACTERS) + 1] + "(cut)"
