"""What an edit brings along, and the tool that reports it knows how to put right at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.checkers import is_about_import_order
from understudy.fixers.suggested import FIXER as TOOL

if TYPE_CHECKING:
    from understudy.core.text import Edit
    from understudy.engine.evidence import Comparison
    from understudy.workspace.diagnostics import Diagnostic


def follow_up(author: str, comparison: Comparison) -> tuple[Edit, ...]:
    """The tool's safe fix for the first of the new problems, if all of them have one.

    A tool's fixes are made to be followed by others: with `List` replaced by `list`, its import
    goes. For an edit that somebody else guessed, a new problem is evidence against the guess, so
    it stays; only the order of imports is put right.

    Returns:
        Edits in code points of the text that was compared last; empty when a new problem would
        stay in any case, or when the target did.
    """
    if comparison.target_gone is not True or not all(
        _is_mendable(one, author) for one in comparison.new
    ):
        return ()
    return next((_safe_fix(one) for one in comparison.new), ())


def _is_mendable(new: Diagnostic, author: str) -> bool:
    return bool(_safe_fix(new)) and (
        author == TOOL.id or is_about_import_order(new.source, new.code)
    )


def _safe_fix(diagnostic: Diagnostic) -> tuple[Edit, ...]:
    return next((each.edits for each in diagnostic.suggestions if each.safe), ())
