"""Judge a change that somebody else made: check both texts, compare, and ask the gate."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.checkers import all_checkers
from understudy.core.lines import split_lines
from understudy.core.markup import PROSE
from understudy.core.minimise import minimise
from understudy.engine.asked_rules import with_asked_rules
from understudy.engine.checking import check
from understudy.engine.compare import compare
from understudy.engine.evidence import CheckStatus, Facts
from understudy.engine.gate import judge, total
from understudy.engine.identity import same_matter
from understudy.engine.parsing import parses
from understudy.engine.scope import scope_of
from understudy.engine.strata import standing
from understudy.failures.fences import unclosed_fence
from understudy.failures.proof import incomplete, polluted
from understudy.reading.thoughts import said
from understudy.tasks import Done
from understudy.tasks.edit import TASK as EDIT
from understudy.workspace.paths import place_on_disk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.config.settings import CheckerSettings, Settings
    from understudy.engine.evidence import CheckReport, Verdict
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_PATIENT_S = 60.0
"""A tool that starts slowly must not change a verdict that is compared with others."""


@dataclass(frozen=True, slots=True)
class Change:
    """A text and what became of it.

    Attributes:
        targets: what was to be mended, in code points of the text before. The spans of diagnostics
            that name no place are the whole text.
        reply: all that the model wrote; empty when that is not known.
    """

    before: View
    after: str
    targets: tuple[Diagnostic, ...] = ()
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """The verdict on a change.

    Attributes:
        checked: ids of the checkers that looked at both texts.
        certain: whether edits of this kind may be applied unseen, as far as their record goes.
        facts: what was judged, once for each target.
    """

    verdict: Verdict
    checked: tuple[str, ...]
    certain: bool
    facts: tuple[Facts, ...] = ()


async def try_out(change: Change, settings: Settings) -> Trial:
    """Run the checkers of the language on both texts, and judge the change.

    Of several targets each must be gone: the verdict is the worst of all.
    """
    patient = _patient(settings)
    before = await check(change.before, patient)
    before, view = await with_asked_rules(change.before, change.targets, before, patient)
    after = await check(replace(view, text=change.after), patient)
    return await asyncio.to_thread(_judged, change, before, after, settings)


def _patient(settings: Settings) -> Settings:
    known = {one: settings.checker(one) for one in all_checkers()}
    slow: dict[str, CheckerSettings] = {
        name: replace(one, timeout_s=max(one.timeout_s, _PATIENT_S)) for name, one in known.items()
    }
    return replace(settings, checkers={**settings.checkers, **slow})


def _judged(
    change: Change,
    before: tuple[CheckReport, ...],
    after: tuple[CheckReport, ...],
    settings: Settings,
) -> Trial:
    base = _facts(change, before, after)
    targets: Sequence[Diagnostic | None] = [_known(one, before) for one in change.targets] or [None]
    each = []
    for target in targets:
        comparison = compare(before, after, change.before, base.edits, target)
        each.append(replace(base, target=target, comparison=comparison, besides=change.targets))
    verdict = total([judge(facts, settings.gate) for facts in each])
    looked = sorted(base.comparison.compared)
    certain = standing(verdict.stratum, ()).is_certain
    return Trial(verdict, tuple(looked), certain, tuple(each))


def _facts(
    change: Change, before: tuple[CheckReport, ...], after: tuple[CheckReport, ...]
) -> Facts:
    """What does not depend on the target."""
    edits = minimise(change.before.text, change.after)
    return Facts(
        before=change.before,
        after=change.after,
        edits=edits,
        scope=tuple(span for one in change.targets for span in scope_of(change.before, one.span)),
        target=None,
        comparison=compare(before, after, change.before, edits, None),
        checks=after,
        parsed_before=parses(before),
        parses_after=parses(after, before),
        prose=said(change.reply).answer,
        place=place_on_disk(change.before.path, change.before.root),
        who=("", "fix" if change.targets else "edit", change.before.language),
        flaw=_flaw(change),
        beyond=""
        if change.targets
        else EDIT.beyond(Done(change.before.text, change.after, change.before.language)),
    )


def _known(target: Diagnostic, reports: tuple[CheckReport, ...]) -> Diagnostic:
    """The target as a checker of ours reports it, with its exact place and the tool's own fixes."""
    seen = (
        one for report in reports if report.status is CheckStatus.DONE for one in report.diagnostics
    )
    alike = [one for one in seen if one.span.touches(target.span) and same_matter(one, target)]
    same = [one for one in alike if one.code == target.code]
    return min(
        same or alike, key=lambda one: abs(one.span.start - target.span.start), default=target
    )


def _flaw(change: Change) -> str:
    """Why the text after, or the reply that it comes from, can't be whole; empty when it may be."""
    language = change.before.language
    reply = said(change.reply)
    lines = [line.rstrip("\r\n") for line in split_lines(reply.answer)]
    if reply.unclosed or (language not in PROSE and unclosed_fence(lines) is not None):
        return "The reply was cut off before its end."
    lost = incomplete(change.before.text, change.after, language)
    if lost is None and polluted(change.before.text, language) is None:
        lost = polluted(change.after, language)
    return lost.message if lost is not None else ""
