"""The parts of an edit, each proved alone, so that a user may take some of them and leave others.

A part is a run of changed lines, or one further document. It counts only if the documents of the
whole edit are no worse with that part alone.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.failures import RefusedError
from understudy.core.minimise import minimise
from understudy.core.text import apply
from understudy.engine.checking import check
from understudy.engine.compare import compare
from understudy.engine.evidence import Band
from understudy.engine.gate import total
from understudy.engine.parsing import parses
from understudy.engine.weighing import weigh
from understudy.engine.will import Will, beside_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.core.text import Edit
    from understudy.engine.evidence import CheckReport, Comparison, Facts, Verdict
    from understudy.engine.other_files import Other
    from understudy.engine.outcome import Candidate
    from understudy.engine.services import Services
    from understudy.workspace.view import View

MOST_PARTS = 8
"""Each part costs one look at every document of the edit."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an edit.

    Attributes:
        edits: of the document that was asked about, in its code points; empty for another one.
        other: what becomes of a further document; None for a part of the first one.
    """

    edits: tuple[Edit, ...]
    other: Other | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """One document with a part carried out."""

    view: View
    after: str
    checks: tuple[CheckReport, ...]
    comparison: Comparison
    parsed_before: bool | None
    parses_after: bool | None

    @property
    def fault(self) -> str:
        """What is worse than before, as a clause; empty for nothing."""
        if self.parses_after is False and self.parsed_before is not False:
            return f"`{self.view.name}` would not parse"
        if self.comparison.new:
            new = self.comparison.new[0]
            return f"`{self.view.name}` would have {new.label}: {new.message.splitlines()[0]}"
        return ""


def parts_of(hunks: Iterable[tuple[Edit, ...]], others: Iterable[Other]) -> tuple[Part, ...]:
    """The parts of an edit, in order.

    Raises:
        RefusedError: when there is only one, when there are too many, and when files go or move.
    """
    files = tuple(others)
    if any(not one.changes_text or one.new_path is not None for one in files):
        raise RefusedError("The edit moves or deletes files, so it is taken as a whole.")
    parts = (*map(Part, hunks), *(Part((), one) for one in files))
    if len(parts) < 2:
        raise RefusedError("The edit has only one part.")
    if len(parts) > MOST_PARTS:
        raise RefusedError(
            f"The edit has {len(parts)} parts, and at most {MOST_PARTS} are looked at one by one."
        )
    return parts


async def alone(
    part: Part, view: View, others: Sequence[Other], services: Services
) -> tuple[Look, ...]:
    """What the checkers say about every document of an edit with one part of it carried out.

    Args:
        part: which one.
        view: the document that was asked about, as it is.
        others: what the whole edit does to further documents.
        services: settings.
    """
    after = apply(view.text, part.edits)
    mine = (part.other,) if part.other is not None else ()
    now, will = Will(view, view.text), Will(view, after, mine)
    looks = [await _look(view, after, (now, will), services)]
    for one in others:
        is_there = part.other is one and one.after is not None
        if one.is_new and not is_there:
            continue
        text = one.after if is_there and one.after is not None else one.before.text
        looks.append(await _look(one.before, text, (now, will), services))
    return tuple(looks)


async def _look(view: View, after: str, wills: tuple[Will, Will], services: Services) -> Look:
    now, will = wills
    before = await check(replace(view, beside=beside_of(view, now)), services.settings)
    edited = replace(view, text=after, beside=beside_of(view, will))
    checks = await check(edited, services.settings)
    edits = await asyncio.to_thread(minimise, view.text, after)
    found = await asyncio.to_thread(compare, before, checks, view, edits, None)
    return Look(view, after, checks, found, parses(before), parses(checks, before))


def judged_alone(
    part: Part, looks: Sequence[Look], whole: Sequence[Candidate], services: Services
) -> Verdict:
    """The verdict on a part that leaves nothing worse. May read the disk.

    Args:
        part: which one.
        looks: at every document with it.
        whole: the edit that it is a part of: what was proved of it.
        services: settings, and the record of earlier edits.
    """
    if part.other is not None and part.other.verdict is not None:
        return part.other.verdict
    facts = whole[0].facts if len(whole) == 1 else None
    verdict = total([one.verdict for one in whole])
    if facts is None or facts.before.text != looks[0].view.text:
        return verdict
    _, own = weigh(_facts(facts, part, looks[0]), whole[0].author, services)
    # What may at most be looked at closely as a whole is no better in parts.
    if verdict.band is Band.REVIEW and own.band is not Band.BLOCK:
        return replace(own, band=Band.REVIEW)
    return own


def _facts(whole: Facts, part: Part, look: Look) -> Facts:
    return replace(
        whole,
        before=look.view,
        after=look.after,
        edits=part.edits,
        target=None,
        besides=(),
        comparison=look.comparison,
        checks=look.checks,
        parsed_before=look.parsed_before,
        parses_after=look.parses_after,
        tests=None,
        flaw="",
    )
