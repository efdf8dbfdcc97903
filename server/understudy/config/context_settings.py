"""Resolved settings of what models are shown of a workspace."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTEXT_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "required_types": 1.0,
        "target_file": 0.95,
        "related_imports": 0.8,
        "patterns": 0.7,
        "examples": 0.5,
        "full_files": 0.3,
    }
)
"""How much each tier of context counts, unless the user says otherwise."""


@dataclass(frozen=True, slots=True)
class ContextSettings:
    """What models are shown of a workspace beside the document at hand."""

    index: bool = True
    """Whether an index of the workspace is kept."""
    max_tokens: int = 8_000
    """How much of the workspace a prompt shows at most; twice that where tests are written."""
    weights: Mapping[str, float] = field(default_factory=lambda: CONTEXT_WEIGHTS)
    """How much each tier counts; 0 switches it off."""
    task_weights: Mapping[str, Mapping[str, float]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """The same for single kinds of tasks, by the kind, as far as somebody set it."""
