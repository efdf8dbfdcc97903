"""The prompt for one edit, put together from what a run knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.engine.addressing import addressee
from understudy.engine.material import Place
from understudy.prompt.fix import Case, edit_prompt
from understudy.prompt.pieces import FIRST_TIME, NOTHING_SHOWN, NOTHING_TAUGHT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from understudy.edit_formats import EditFormat, Region
    from understudy.engine.attempt import Ask
    from understudy.models.registry import Model
    from understudy.models.tokens import TokenCounter
    from understudy.prompt import Prompt
    from understudy.prompt.choosing import Addressee
    from understudy.prompt.pieces import Again, Shown, Taught, Tried
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View


@dataclass(frozen=True, slots=True)
class Besides:
    """What a prompt shows beside the lines in question.

    Attributes:
        tried: earlier attempts.
        samples: documents that show how things are done, by their path.
        shown: context that was chosen.
        taught: what earlier failures taught.
        again: how the question differs from the one that failed.
    """

    tried: Sequence[Tried] = ()
    samples: Mapping[str, View] = field(default_factory=lambda: MappingProxyType({}))
    shown: Shown = field(default_factory=lambda: NOTHING_SHOWN)
    taught: Taught = NOTHING_TAUGHT
    again: Again = FIRST_TIME


_NOTHING = Besides()


def prompt_of(ask: Ask, region: Region, to: Addressee, besides: Besides = _NOTHING) -> Prompt:
    """The whole prompt, as if there were room for everything. Looks at the folders of fragments.

    Args:
        ask: what is asked.
        region: what may be rewritten.
        to: who is asked, and in which edit format.
        besides: what is shown beside that.

    Raises:
        FragmentError: it can't be put together.
    """
    from understudy.edit_formats import all_edit_formats

    subject, wish = ask.subject, ask.subject.wish
    case = Case(
        view=subject.view,
        target=subject.target,
        lines=region.lines,
        rules=all_edit_formats()[to.edit_format].rules(region),
        wish=wish.instruction if wish is not None else "",
        selected=(wish.selected or wish.lines) if wish is not None else range(0),
        files=wish.others if wish is not None else {},
        samples=besides.samples,
        stays=wish is not None and wish.stays,
        others=_reported(ask, region),
        tried=tuple(besides.tried),
        shown=besides.shown,
        taught=besides.taught,
        again=besides.again,
    )
    return edit_prompt(case, to)


def place_of(ask: Ask, region: Region, model: Model | None) -> Place:
    """What context is gathered for: the lines that may change, with the problems in them."""
    target, told = ask.subject.target, ask.subject.view.diagnostics
    here = [*([target] if target is not None else []), *_reported(ask, region)]
    problems: dict[Diagnostic, Diagnostic] = {one: one for one in here}
    for one in told:
        # What checkers say counts more, but only the editor may know where else it points.
        if one.related and region.span.start <= one.span.start < region.span.end:
            known = problems.setdefault(one, one)
            problems[one] = known if known.related else one
    wish = ask.subject.wish
    lines = (wish.selected or wish.lines) if wish is not None else region.lines
    return Place(ask.subject.view, lines, tuple(problems.values()), region.lines, model)


def _reported(ask: Ask, region: Region) -> tuple[Diagnostic, ...]:
    span = region.span
    found = (one for report in ask.baseline for one in report.diagnostics)
    return tuple(dict.fromkeys(one for one in found if span.start <= one.span.start < span.end))


def to_model(
    ask: Ask, edit_format: EditFormat, model: Model | None, counter: TokenCounter | None
) -> Addressee:
    """The addressee of a run's prompt; None as the model for one that is not known yet."""
    return addressee(ask.services.task, model, counter, edit_format.id)
