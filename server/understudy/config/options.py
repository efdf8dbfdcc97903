"""What a person may write: the one schema of all configuration layers.

Every key is optional. Values are checked strictly (a string is never read as a number), one key at
a time: assigning to a field of these models checks that field alone. Field names are the spelling
of files; their camelCase forms are read just as well.

This module imports pydantic, so the server imports it only after it has answered `initialize`.
"""

from __future__ import annotations

from typing import Annotated, Any, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from pydantic.fields import FieldInfo  # noqa: TC002 (part of annotations that pydantic may read)

from understudy.config.settings import (
    OFFLINE_MODEL,
    ActionSettings,
    CheckerSettings,
    FixSettings,
    GateSettings,
    JournalSettings,
)

_GATE = GateSettings()
_FIX = FixSettings()
_ACTIONS = ActionSettings()
_JOURNAL = JournalSettings()
_CHECKER = CheckerSettings()


def _runnable(command: list[str]) -> list[str]:
    if command and not command[0].strip():
        raise ValueError("the first string must name a program")
    for part in command:
        _system_text(part)
    return command


def _system_text(text: str) -> str:
    """Text that the operating system takes as an argument or a path."""
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("it may not hold NUL characters or half surrogate pairs")
    return text


Score = Annotated[float, Field(ge=0, le=1)]
Command = Annotated[list[str], AfterValidator(_runnable)]
Chain = str | list[str]


class Table(BaseModel):
    """A table of the configuration."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        validate_assignment=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
    )


class GateOptions(Table):
    """How a proved edit is offered, by its score between 0 and 1."""

    auto_apply: bool = Field(
        default=_GATE.auto_apply,
        description="Apply edits of the highest band without asking. Off: they are previewed.",
    )
    auto_score: Score = Field(
        default=_GATE.auto_score,
        description="From this score on, an edit may be applied without asking.",
    )
    confirm_score: Score = Field(
        default=_GATE.confirm_score,
        description="From this score on, an edit is offered for one confirmation.",
    )
    review_score: Score = Field(
        default=_GATE.review_score,
        description="From this score on, an edit is shown with its reasons; below it, withheld.",
    )
    max_deleted_share: Score = Field(
        default=_GATE.max_deleted_share,
        description="An edit that deletes a larger share of a file's lines, unasked, is withheld.",
    )


class FixOptions(Table):
    """Limits of one run."""

    timeout_s: Annotated[float, Field(ge=0.5, le=600)] = Field(
        default=_FIX.timeout_s,
        description="Seconds after which a run ends, with all its attempts.",
    )
    max_candidates: Annotated[int, Field(ge=1, le=100)] = Field(
        default=_FIX.max_candidates,
        description="How many candidate edits are checked for one diagnostic.",
    )
    unsafe: bool = Field(
        default=_FIX.unsafe,
        description="Try edits that a tool calls unsafe. They must be proved like all others.",
    )


class ActionOptions(Table):
    """What the code-action menu shows."""

    enabled: bool = Field(
        default=_ACTIONS.enabled,
        description="List code actions at all. The commands work either way.",
    )
    hide: list[str] = Field(
        default=sorted(_ACTIONS.hide),
        description="Ids of tasks that the menu leaves out. Their commands still work.",
    )
    code_lens: bool = Field(
        default=_ACTIONS.code_lens,
        description="Show above each edit that was taken who wrote it and how sure it was.",
    )


class JournalOptions(Table):
    """The record of runs, kept on this machine."""

    enabled: bool = Field(default=_JOURNAL.enabled, description="Record runs.")
    keep_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        default=_JOURNAL.keep_days,
        description="Days after which a run is forgotten.",
    )


class PythonOptions(Table):
    """How Python code is looked at."""

    environment: Annotated[str, AfterValidator(_system_text)] = Field(
        default="",
        description=(
            "The virtual environment whose packages are known, as a path from the workspace"
            " folder. Empty: `.venv`, `venv`, `env`, then what `PATH` holds."
        ),
    )


class CheckerOptions(Table):
    """One checker: an outside tool that looks at edits."""

    enabled: bool = Field(default=_CHECKER.enabled, description="Run this checker.")
    command: Command = Field(
        default=list(_CHECKER.command),
        description=(
            "The program and its first arguments, started without a shell. Empty: the tool is"
            " looked for."
        ),
    )
    timeout_s: Annotated[float, Field(ge=0.5, le=600)] = Field(
        default=_CHECKER.timeout_s,
        description="Seconds after which the checker counts as not having answered.",
    )


class Options(Table):
    """Everything that can be configured."""

    gate: GateOptions = Field(
        default_factory=GateOptions,
        description="How a proved edit is offered, by its score between 0 and 1.",
    )
    fix: FixOptions = Field(default_factory=FixOptions, description="Limits of one run.")
    actions: ActionOptions = Field(
        default_factory=ActionOptions, description="What the code-action menu shows."
    )
    journal: JournalOptions = Field(
        default_factory=JournalOptions, description="The record of runs, kept on this machine."
    )
    python: PythonOptions = Field(
        default_factory=PythonOptions, description="How Python code is looked at."
    )
    checkers: dict[str, CheckerOptions] = Field(
        default_factory=dict,
        description="The outside tools that look at edits, each by its id: `[checkers.ruff]`.",
    )
    model_routing: dict[str, Chain] = Field(
        default={"debugging": [OFFLINE_MODEL]},
        description="Which model serves a role, or which models, in the order they are asked.",
    )


def spellings(table: type[Table]) -> dict[str, str]:
    """Every way to write the keys of a table, each with the field that it means."""
    names = {name: name for name in table.model_fields}
    return {to_camel(name): name for name in names} | names


def table_of(field: FieldInfo) -> type[Table] | None:
    """The table that a field holds; None for a value and for a mapping."""
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, Table) else None


def entry_of(field: FieldInfo) -> Any:
    """What a mapping with free keys holds under each key; None for any other field."""
    return get_args(field.annotation)[1] if get_origin(field.annotation) is dict else None


_KINDS: dict[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a string",
    list[str]: "a list of strings",
    dict[str, Chain]: "the id of a model or a list of them",
}


def accepts(field: FieldInfo) -> str:
    """What a field takes, for people: `a number from 0 to 1`."""
    kind = _KINDS.get(field.annotation, "a table")
    limits = bounds(field)
    return f"{kind} from {limits[0]:g} to {limits[1]:g}" if limits else kind


def bounds(field: FieldInfo) -> tuple[float, float] | None:
    """The smallest and the largest value of a number; None for everything else."""
    low = next((item.ge for item in field.metadata if hasattr(item, "ge")), None)
    high = next((item.le for item in field.metadata if hasattr(item, "le")), None)
    return None if low is None or high is None else (low, high)
