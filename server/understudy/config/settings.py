"""Resolved settings: frozen, complete, with built-in defaults.

What a person may write, and where, is in `understudy.config.options`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OFFLINE_MODEL = "builtin/rules"


@dataclass(frozen=True, slots=True)
class GateSettings:
    """Where the bands lie. Scores run from 0 to 1."""

    auto_apply: bool = False
    auto_score: float = 0.95
    confirm_score: float = 0.75
    review_score: float = 0.40
    max_deleted_share: float = 0.40
    """An edit that deletes a larger share of the file's lines, unasked, is blocked."""


@dataclass(frozen=True, slots=True)
class FixSettings:
    """Limits of one run."""

    timeout_s: float = 20.0
    max_candidates: int = 12
    """How many candidate edits are checked for one diagnostic."""
    unsafe: bool = True
    """Whether edits that a tool calls unsafe are tried; they must still be proved."""


@dataclass(frozen=True, slots=True)
class CheckerSettings:
    """One checker. An empty command means: look for the tool."""

    enabled: bool = True
    command: tuple[str, ...] = ()
    timeout_s: float = 10.0
    command_from_workspace: bool = False
    """Whether the command was written in the workspace, so that it runs only once trusted."""


@dataclass(frozen=True, slots=True)
class ActionSettings:
    """What the code-action menu shows."""

    enabled: bool = True
    hide: frozenset[str] = frozenset()
    """Ids of tasks that the menu leaves out; their commands still work."""
    code_lens: bool = False
    """Whether a line above each edit that was taken says what was proved."""


@dataclass(frozen=True, slots=True)
class JournalSettings:
    """The record of runs."""

    enabled: bool = True
    keep_days: int = 90


@dataclass(frozen=True, slots=True)
class PythonSettings:
    """Where the workspace's packages are looked up. Empty: `.venv`, `venv`, `env`, then `PATH`."""

    environment: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. An instance never changes; a change makes a new one."""

    gate: GateSettings = GateSettings()
    fix: FixSettings = FixSettings()
    actions: ActionSettings = ActionSettings()
    journal: JournalSettings = JournalSettings()
    python: PythonSettings = PythonSettings()
    checkers: Mapping[str, CheckerSettings] = field(default_factory=lambda: MappingProxyType({}))
    model_routing: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({"debugging": (OFFLINE_MODEL,)})
    )

    def checker(self, checker_id: str) -> CheckerSettings:
        """The settings of one checker, by its id."""
        return self.checkers.get(checker_id, CheckerSettings())
