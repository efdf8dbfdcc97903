"""What may be written about what models are shown of a workspace."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from understudy.config.context_settings import ContextSettings
from understudy.config.schema import Table

_CONTEXT = ContextSettings()
_WEIGHTS = _CONTEXT.weights
_OWN = "of tasks of one kind: `fix`, `complete`, `refactor`, `explain` or `test`"

Weight = Annotated[float, Field(ge=0, le=1)]


class WeightOptions(Table):
    """How much each kind of piece counts. 0 switches it off."""

    required_types: Weight = Field(
        default=_WEIGHTS["required_types"],
        description="Definitions of the names that the lines use, and of the types in signatures.",
    )
    target_file: Weight = Field(
        default=_WEIGHTS["target_file"],
        description="The file itself: around the lines, with what encloses them.",
    )
    related_imports: Weight = Field(
        default=_WEIGHTS["related_imports"],
        description="Definitions of what the file imports beside that.",
    )
    patterns: Weight = Field(
        default=_WEIGHTS["patterns"],
        description="Rules of the project: `AGENTS.md`, settings of linters, what was learned.",
    )
    examples: Weight = Field(
        default=_WEIGHTS["examples"],
        description="Code that is alike, callers and tests.",
    )
    full_files: Weight = Field(
        default=_WEIGHTS["full_files"],
        description="Whole files, only where space is left.",
    )


class OneTaskWeightOptions(Table):
    """How much each kind of piece counts for one kind of task. 0 switches it off."""

    required_types: Weight | None = Field(default=None, description=f"`required_types` {_OWN}.")
    target_file: Weight | None = Field(default=None, description=f"`target_file` {_OWN}.")
    related_imports: Weight | None = Field(default=None, description=f"`related_imports` {_OWN}.")
    patterns: Weight | None = Field(default=None, description=f"`patterns` {_OWN}.")
    examples: Weight | None = Field(default=None, description=f"`examples` {_OWN}.")
    full_files: Weight | None = Field(default=None, description=f"`full_files` {_OWN}.")


def _of(what: str) -> OneTaskWeightOptions:
    found: OneTaskWeightOptions = Field(default_factory=OneTaskWeightOptions, description=what)
    return found


class TaskWeightOptions(Table):
    """How much each kind of piece counts, by the kind of task."""

    fix: OneTaskWeightOptions = _of("Fixing what is reported.")
    complete: OneTaskWeightOptions = _of("Writing what you ask for in words.")
    refactor: OneTaskWeightOptions = _of("Changing code that does the same afterwards.")
    explain: OneTaskWeightOptions = _of("Explaining and reviewing.")
    test: OneTaskWeightOptions = _of("Writing tests.")


class ContextOptions(Table):
    """What models are shown of a workspace beside the document at hand."""

    index: bool = Field(
        default=_CONTEXT.index,
        description=(
            "Keep an index of what is defined where in the workspace, in a process of its own and a"
            " file in your cache. Off: models are shown less of the workspace."
        ),
    )
    max_tokens: Annotated[int, Field(ge=100, le=1_000_000)] = Field(
        default=_CONTEXT.max_tokens,
        description=(
            "How many tokens of the workspace a prompt shows at most, within what the model has room"
            " for; twice as many where tests are written."
        ),
    )
    weights: WeightOptions = Field(
        default_factory=WeightOptions,
        description="How much each kind of piece counts, for all tasks.",
    )
    task_weights: TaskWeightOptions = Field(
        default_factory=TaskWeightOptions,
        description="How much each kind of piece counts for one kind of task.",
    )
