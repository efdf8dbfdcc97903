"""Rows about which models a run might ask."""

from __future__ import annotations

from dataclasses import dataclass

Rejected = tuple[str, str]
"""A model that was left out, and why, as a clause that goes with its name."""


@dataclass(frozen=True, slots=True)
class Routed:
    """Which models a run may ask.

    Attributes:
        run_id: of the `Run`, recorded before.
        models: their ids, in the order in which they are asked.
        rejected: those that were left out.
        provenance: where the choice came from.
        explored: the model that is asked first only to learn about it; empty as a rule.
    """

    run_id: str
    at_us: int
    models: tuple[str, ...]
    rejected: tuple[Rejected, ...] = ()
    provenance: str = ""
    explored: str = ""
