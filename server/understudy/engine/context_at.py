"""What a model would be shown of the workspace for some lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError, FailureCategory, RefusedError
from understudy.core.text import Span
from understudy.engine.fitting import max_output
from understudy.engine.lacking import lacking, too_few
from understudy.engine.material import gathered, most_tokens
from understudy.engine.question_at import question_at
from understudy.engine.selection import Recipient, Selection
from understudy.engine.whom import whom, why_nobody
from understudy.models.tokens import usual_counter
from understudy.workspace.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from understudy.engine.evidence import CheckReport
    from understudy.engine.material import Gathered
    from understudy.engine.question_at import Asking
    from understudy.engine.selection import Whole
    from understudy.engine.services import Services
    from understudy.models.registry import Model
    from understudy.workspace.view import View


class DoesNotFitError(RefusedError):
    """What a prompt can't do without is larger than the budget, even with a line for each piece."""

    category = FailureCategory.CONTEXT_OVERFLOW


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked.

    Attributes:
        view: with the lines selected that are meant, and what the client says is wrong there.
        budget: tokens that all pieces together may have; None for what the settings and the model
            leave room for.
        asked: the model that would be asked; None for the first that the task would ask.
        reports: what the checkers say about the text, as far as somebody asked them.
        words: what the user would say.
    """

    view: View
    budget: int | None = None
    asked: str | None = None
    reports: tuple[CheckReport, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a model would be shown.

    Attributes:
        model: who; None where no model over the network may be asked. It is then what one on this
            machine might see.
        why_nobody: why none over the network may be asked, as clauses; empty where one may.
        named: documents that the question itself shows as a whole, with their tokens.
    """

    gathered: Gathered
    model: Model | None
    why_nobody: str = ""
    named: tuple[tuple[str, int], ...] = ()


def context_at(wanted: Wanted, services: Services) -> Seen:
    """The pieces that a model would be shown. Reads the disk; asks nobody.

    Args:
        wanted: the place. The pieces are chosen for what the task would ask about it: a fix for the
            symbol around the first problem there.
        services: with the index, the settings, the task, and the way to models, which knows how
            they count tokens.

    Raises:
        BadRequestError: no index is kept for the document, or nobody knows the model.
        RefusedError: the model may not see the document, or one that the words name.
        DoesNotFitError: the model has no room for the lines, or the budget is too small for what is
            required.
    """
    view = wanted.view
    _require_text(view.name)
    if services.index(view) is None:
        raise BadRequestError(f"No index is kept for `{view.name}`: see `context.index`.")
    model = whom(view, services.settings, services.task, wanted.asked)
    asking = question_at(view, services, model, wanted.reports, wanted.words)
    counter = asking.counter or usual_counter()
    try:
        if wanted.budget is not None or model is None:
            budget = most_tokens(services) if wanted.budget is None else wanted.budget
            found = gathered(asking.place, services, counter, budget)
            missing = lacking(found)
            lacks = too_few(budget, missing) if missing else ""
        else:
            whole = _as_sent(asking, model, services)
            found, lacks = whole.found, whole.lacks
    except (OSError, ValueError, RecursionError) as failure:
        raise RefusedError(f"No context of `{view.name}` can be gathered: {failure}.") from failure
    if lacks:
        raise DoesNotFitError(lacks)
    why = why_nobody(view, services.settings, services.task) if model is None else ""
    named = tuple((path, counter.most(one.text)) for path, one in asking.others.items())
    return Seen(found, model, why, named)


def with_problem(view: View, message: str) -> View:
    """The view with a problem of the selected lines; the same for an empty message."""
    if not message.strip():
        return view
    index = view.index
    lines = index.lines_of(view.selection)
    last = lines.stop - 1
    span = Span(index.start(lines.start), index.start(last) + len(index.content(last)))
    problem = Diagnostic("", "", message, span, Severity.ERROR)
    return replace(view, diagnostics=(*view.diagnostics, problem))


def _require_text(name: str) -> None:
    """On POSIX, a name may be any bytes, and those of a prompt are text.

    Raises:
        BadRequestError: it is no text.
    """
    printable = name.encode("utf-8", "backslashreplace").decode()
    if printable != name:
        raise BadRequestError(f"The name of `{printable}` is no text, so no index has it.")


def _as_sent(asking: Asking, model: Model, services: Services) -> Whole:
    """The prompt as it would be sent, with what there is room for in it."""
    if services.reach is None or asking.counter is None:
        raise RefusedError("The settings are not read yet. Ask again in a moment.")
    language = asking.place.view.language
    room = services.reach.room_for(model, max_output(model, asking.output), language)
    to = Recipient(model, asking.counter, room)
    return Selection(services).required(asking.write, asking.place, to)
