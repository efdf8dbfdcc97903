"""Arguments and answers of our own commands. The reference of all of them is made from here.

These are attrs classes, as lsprotocol's are, and not pydantic models: the first command may come
right after `initialize`, and must not wait for an import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from understudy.core.failures import BadRequestError
from understudy.lsp.checkup_arguments import ApplySignalArguments as ApplySignalArguments
from understudy.lsp.checkup_arguments import DoctorArguments as DoctorArguments
from understudy.lsp.checkup_arguments import GateReportArguments as GateReportArguments
from understudy.lsp.described import described as described
from understudy.lsp.lesson_arguments import ContributeArguments as ContributeArguments
from understudy.lsp.lesson_arguments import ImportLessonsArguments as ImportLessonsArguments
from understudy.lsp.lesson_arguments import LessonsArguments as LessonsArguments
from understudy.lsp.lesson_arguments import RememberRunArguments as RememberRunArguments
from understudy.lsp.lesson_arguments import ReviewLessonArguments as ReviewLessonArguments
from understudy.lsp.lesson_arguments import RevokeLessonsArguments as RevokeLessonsArguments
from understudy.lsp.naming import camel
from understudy.lsp.structuring import structured as structured

if TYPE_CHECKING:
    from collections.abc import Sequence


def _not_negative(_: object, attribute: attrs.Attribute[int], value: int) -> None:
    if value < 0:
        raise ValueError(f"`{attribute.name}` must not be negative")


@attrs.frozen
class Position:
    """A place in a document, in the negotiated encoding."""

    line: int = described("Line, counted from 0.", validator=_not_negative)
    character: int = described("Column, counted from 0.", validator=_not_negative)


@attrs.frozen
class Range:
    """A half-open range."""

    start: Position = described("Where it begins.")
    end: Position = described("Where it ends.")


@attrs.frozen
class NoArguments:
    """The command takes no arguments."""


@attrs.frozen
class FixArguments:
    """What `understudy.fix` works on."""

    uri: str = described("The document.")
    range: Range = described("Problems that touch these lines are fixed.")
    diagnostics: list[Any] | None = described(
        "LSP diagnostics, whoever reported them. When given, only these are fixed.", default=None
    )
    model: str | None = described("Ask this model and no other.", default=None)


@attrs.frozen
class FixFileArguments:
    """What `understudy.fixFile` works on."""

    uri: str = described("The document.")
    model: str | None = described("Ask this model and no other.", default=None)


@attrs.frozen
class PlaceArguments:
    """A place in a document, and who is asked about it."""

    uri: str = described("The document.")
    range: Range = described("What is selected; empty for the symbol around it.")
    model: str | None = described("Ask this model and no other.", default=None)


@attrs.frozen
class EditTextArguments(PlaceArguments):
    """What `understudy.edit` does."""

    instruction: str | None = described(
        "What to do. Without it, a comment at the place says it (`# understudy: …`).", default=None
    )


@attrs.frozen(kw_only=True)
class RefactorArguments(PlaceArguments):
    """What `understudy.refactor` does."""

    kind: str = described("`simplify`, `extract`, `rename` or `types`.")


@attrs.frozen
class TestsArguments(PlaceArguments):
    """What `understudy.tests` writes tests of."""

    __test__ = False

    kind: str | None = described("`unit` (the default), `edges` or `properties`.", default=None)


@attrs.frozen
class EditArguments:
    """A ready edit."""

    edit_id: str = described("The id of a ready edit.")


@attrs.frozen
class CancelArguments:
    """What is cancelled."""

    run_id: str | None = described("The run; without it, all runs.", default=None)


@attrs.frozen
class ShowRunArguments:
    """A run of the journal."""

    run_id: str = described("The run's id, or the beginning of it.")


@attrs.frozen
class RunArguments:
    """A run whose failure is shown."""

    run_id: str = described("The id of the run.")


@attrs.frozen
class ClassifyArguments:
    """What a failure really is."""

    run_id: str = described("The id of the failed run.")
    category: str | None = described("The category; without it you are asked.", default=None)


@attrs.frozen
class StatsArguments:
    """Which runs the numbers of models are made of; without any member, all."""

    days: int | None = described("Of the last so many days.", default=None)
    model: str | None = described("Of this model.", default=None)
    task: str | None = described("For this task, such as `fix`.", default=None)
    language: str | None = described("In this language.", default=None)
    folder: str | None = described("In the workspace folder with this URI.", default=None)
    by: str | None = described("`model` (the default), `task` or `language`.", default=None)
    best: str | None = described("Also say which model is best for this task.", default=None)


@attrs.frozen
class JournalQueryArguments:
    """A question to the journal: in SQL, or by its name."""

    sql: str | None = described("One `SELECT`; it reads, and changes nothing.", default=None)
    saved: str | None = described("The name of a saved query.", default=None)
    days: int | None = described("How far back a saved query looks.", default=None)


@attrs.frozen
class JournalExportArguments:
    """Which rows of the journal are written out."""

    format: str | None = described("`jsonl`, `csv` or `markdown`.", default=None)
    table: str | None = described("Only this table.", default=None)
    days: int | None = described("Only of the last so many days.", default=None)


@attrs.frozen
class EffectivenessArguments:
    """Which uses of strategies are counted; without any member, all."""

    days: int | None = described("Of the last so many days.", default=None)
    model: str | None = described("Of this model.", default=None)
    language: str | None = described("In this language.", default=None)
    category: str | None = described("After such failures, such as `type_error`.", default=None)


@attrs.frozen
class RouteExplainArguments:
    """The task whose models are explained."""

    task: str = described("Its id, such as `fix` or `edit`.", default="fix")
    uri: str | None = described(
        "A document: its workspace, its language, and what failed there of late.", default=None
    )
    model: str | None = described("As if this model were asked for.", default=None)
    instruction: str | None = described("As if this were asked for in words.", default=None)


@attrs.frozen
class ExplainArguments(PlaceArguments):
    """What `understudy.explain` explains."""

    diagnostics: list[Any] | None = described(
        "LSP diagnostics there, whoever reported them: what they mean is explained too.",
        default=None,
    )


@attrs.frozen
class ReviewArguments:
    """What `understudy.review` looks at."""

    uri: str = described("The document.")
    range: Range | None = described(
        "What is selected; empty for the symbol around it. Without it, the whole document.",
        default=None,
    )
    model: str | None = described("Ask this model and no other.", default=None)


@attrs.frozen
class FixFindingArguments:
    """A finding of a review."""

    finding_id: str = described("The finding's id, from the `data` of its diagnostic.")


@attrs.frozen
class DismissFindingArguments:
    """Findings of reviews; without any member, all that are shown."""

    finding_id: str | None = described("One finding.", default=None)
    uri: str | None = described("The findings in this document.", default=None)


@attrs.frozen
class ContextPreviewArguments(PlaceArguments):
    """What `understudy.contextPreview` shows, and what is kept of it for the next time."""

    task: str = described("The id of the task that a model would be asked for.", default="fix")
    budget: int | None = described(
        "Tokens; without it, what settings and model leave room for.", default=None
    )
    message: str | None = described("Of a problem at the place.", default=None)
    words: str | None = described(
        "What the user would say, for a task that takes words; the files that it names are told as `named`.",
        default=None,
    )
    diagnostics: list[Any] | None = described(
        "LSP diagnostics, whoever reported them, as `understudy.fix` takes them.", default=None
    )
    pin: list[Any] | None = described(
        "Always show these `{path, start_line}`, as in the answer.", default=None
    )
    ban: list[Any] | None = described("Never show these.", default=None)
    unpin: list[Any] | None = described("No longer pinned.", default=None)
    unban: list[Any] | None = described("No longer banned.", default=None)


def plain(value: Any) -> Any:
    """A value of these classes, or of LSP's, as JSON."""
    if attrs.has(type(value)):
        named = {one.name: getattr(value, one.name) for one in attrs.fields(type(value))}
        return {camel(name): plain(one) for name, one in named.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def read(kind: str, command: str, values: Sequence[Any] | None) -> Any:
    """The one argument of `command`, as the class called `kind`.

    Raises:
        BadRequestError: names the command, the place within its argument, and what is wrong.
    """
    given = list(values) if values else [{}]
    if len(given) > 1 or not (given[0] is None or isinstance(given[0], dict)):
        raise BadRequestError(f"`{command}` takes one object as its argument.")
    return structured(globals()[kind], command, given[0] or {})
