"""What a person may write: the one schema of all configuration layers.

Every key is optional. Values are checked strictly (a string is never read as a number), one key at
a time: assigning to a field of these models checks that field alone. Field names are the spelling
of files; their camelCase forms are read just as well.

This module imports pydantic, so the server imports it only after it has answered `initialize`.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from understudy.config.context_options import ContextOptions
from understudy.config.journal_options import JournalOptions
from understudy.config.learning_options import LearningOptions
from understudy.config.model_options import ModelOptions, NetworkOptions, ProviderOptions
from understudy.config.schema import Choice, Described, Table
from understudy.config.settings import (
    OFFLINE_MODEL,
    ActionSettings,
    FixSettings,
    GateSettings,
)
from understudy.config.spending_options import (
    BudgetOptions,
    CacheOptions,
    CascadeOptions,
    FailureOptions,
    PrivacyOptions,
    RoutingOptions,
)
from understudy.config.telemetry_options import TelemetryOptions
from understudy.config.tool_options import CheckerOptions, PythonOptions, TestOptions

_GATE = GateSettings()
_FIX = FixSettings()
_ACTIONS = ActionSettings()


Score = Annotated[float, Field(ge=0, le=1)]
Chain = Annotated[str | list[str], Described("the id of a model or a list of them")]


class GateOptions(Table):
    """How a proved edit is offered, by its score between 0 and 1."""

    auto_apply: bool = Field(
        default=_GATE.auto_apply,
        description=(
            "Apply edits without asking whose kind was right often enough to be certain of. Off:"
            " they are previewed."
        ),
    )
    auto_score: Score = Field(
        default=_GATE.auto_score,
        description=(
            "Below this score no edit is applied without asking, however often edits of its kind"
            " were right."
        ),
    )
    confirm_score: Score = Field(
        default=_GATE.confirm_score,
        description="From this score on, an edit is offered for one confirmation.",
    )
    review_score: Score = Field(
        default=_GATE.review_score,
        description="From this score on, an edit is shown with its reasons; below it, withheld.",
    )
    second_opinion: Annotated[str, Choice(("auto", "never", "always"))] = Field(
        default=_GATE.second_opinion,
        description=(
            "When a second model is asked for the same edit, alone. `auto`: where its agreement"
            " decides whether the edit is applied without asking. `always`: for every small edit"
            " that is clean otherwise. `never`: not at all."
        ),
    )
    run_tests: Annotated[str, Choice(("never", "on_request", "always"))] = Field(
        default=_GATE.run_tests,
        description=(
            "Whether the tests that belong to a file are run on an edit of it, in a copy of the"
            " project, once the workspace is trusted: they run the edit's code. `on_request`: from"
            " the menu. `always`: for every edit that is offered."
        ),
    )
    max_deleted_share: Score = Field(
        default=_GATE.max_deleted_share,
        description="An edit that deletes a larger share of a file's lines, unasked, is withheld.",
    )
    refit: bool = Field(
        default=_GATE.refit,
        description=(
            "Refit the score's coefficients to what became of edits, while nothing else is to be"
            " done, and keep them if they are better."
        ),
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
    speculate: bool = Field(
        default=_FIX.speculate,
        description=(
            "Fix problems of the file that you type in before you ask, one at a time, and only with"
            " models that cost nothing: the built-in one, local ones, and those marked `free` that"
            " may see the code. Proved fixes wait in the menu and within the line."
        ),
    )
    speculate_after_s: Annotated[float, Field(ge=0.1, le=60)] = Field(
        default=_FIX.speculate_after_s,
        description="Seconds without a keystroke after which that begins.",
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
        description=(
            "The outside tools that look at edits, each by its id: `[checkers.ruff]`. An id of your"
            " own needs `command`, `languages` and `output`."
        ),
    )
    model_routing: dict[str, Chain] = Field(
        default={"debugging": [OFFLINE_MODEL]},
        description="Which model serves a role, or which models, in the order they are asked.",
    )
    providers: dict[str, ProviderOptions] = Field(
        default_factory=dict,
        description=(
            "Vendors and servers that are asked, each by its id: `[providers.ollama]`. Naming one"
            " switches it on. An id of your own needs `base_url`."
        ),
    )
    models: dict[str, ModelOptions] = Field(
        default_factory=dict,
        description='What is known about a model, by its id: `[models."acme/coder-large"]`.',
    )
    cascade: CascadeOptions = Field(
        default_factory=CascadeOptions,
        description="When the next model takes over, and how far that may go.",
    )
    failures: FailureOptions = Field(
        default_factory=FailureOptions, description="What failures are, where you know better."
    )
    budget: BudgetOptions = Field(
        default_factory=BudgetOptions, description="What may be spent, in US dollars."
    )
    routing: RoutingOptions = Field(
        default_factory=RoutingOptions, description="How models are chosen where no chain says it."
    )
    network: NetworkOptions = Field(
        default_factory=NetworkOptions, description="How models are reached."
    )
    cache: CacheOptions = Field(
        default_factory=CacheOptions, description="What is kept to ask models less often."
    )
    privacy: PrivacyOptions = Field(
        default_factory=PrivacyOptions,
        description=(
            "Which files stay away from models. The patterns of all layers count together."
        ),
    )
    tests: TestOptions = Field(
        default_factory=TestOptions,
        description="How tests are run, where `gate.run_tests` allows it.",
    )
    context: ContextOptions = Field(
        default_factory=ContextOptions,
        description="What models are shown of a workspace beside the document at hand.",
    )
    learning: LearningOptions = Field(
        default_factory=LearningOptions,
        description="What is learned from failures, and when a lesson counts.",
    )
    telemetry: TelemetryOptions = Field(
        default_factory=TelemetryOptions,
        description="What is told to a collector of OpenTelemetry. Without an address, nothing is.",
    )
