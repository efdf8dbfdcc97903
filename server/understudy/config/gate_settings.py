"""Resolved settings of the gate."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GateSettings:
    """Where the bands lie. Scores run from 0 to 1."""

    auto_apply: bool = False
    auto_score: float = 0.90
    confirm_score: float = 0.75
    review_score: float = 0.40
    second_opinion: str = "auto"
    """When a second model is asked for the same edit: `auto` where that decides whether it is
    applied unseen, `never`, or `always` for small edits that are clean otherwise."""
    run_tests: str = "never"
    """When related tests are run on an edit, in trusted workspaces: `never`, `on_request`, or
    `always`."""
    max_deleted_share: float = 0.40
    """An edit that deletes a larger share of the file's lines, unasked, is blocked."""
    refit: bool = True
    """Whether the coefficients are refitted by themselves to what became of edits."""
