"""Marks of a way to write edits inside of a block that was to hold code: these never are code."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from understudy.reading import Refusal, unreadable
from understudy.reading.markdown import LANGUAGES as MARKDOWN
from understudy.reading.search_marks import mark_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading import UnreadableError

_PATCH = re.compile(r"\*\*\* (?:Begin Patch|(?:Update|Add|Delete) File: )")
_HUNK = re.compile(r"@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@")
_KEYS = frozenset(
    {"edits", "old", "new", "content", "questions", "anchor", "search", "replace"}
    | {"oldstring", "newstring", "old_string", "new_string", "old_str", "new_str"}
)
_DATA = frozenset({"json", "jsonc"})
_LONGEST = 1_000
_HEAD = 2
"""A path may stand above the first mark."""


def foreign_marks(lines: Sequence[str], old: Sequence[str], language: str) -> str:
    """The edit format whose marks lines hold, though the old ones hold none; empty for none.

    Args:
        lines: of a block, without their ends.
        old: those of the document.
        language: an LSP language id.
    """
    if language in MARKDOWN:
        # Such a text may quote anything, but it does not begin with it.
        lines = [line for line in lines if line.strip()][:_HEAD]
    if _searches(lines) and not _searches(old):
        return "search_replace"
    if any(map(_PATCH.match, lines)) and not any(map(_PATCH.match, old)):
        return "apply_patch"
    if any(map(_HUNK.match, lines)) and not any(map(_HUNK.match, old)):
        return "unified_diff"
    if _is_signed(lines, old):
        return "unified_diff"
    return "json" if language not in _DATA and _is_contract(lines) else ""


def written_otherwise(
    lines: Sequence[str], old: Sequence[str], language: str
) -> UnreadableError | None:
    """The error for a block that holds the marks of another format; arguments as above."""
    found = foreign_marks(lines, old, language)
    if not found:
        return None
    return unreadable(
        Refusal.MALFORMED,
        f"The block holds the marks of `{found}`, and no code.",
        next((line for line in lines if line.strip()), ""),
        f"The block was written as `{found}` has it, but the text itself was asked for: write the"
        " lines as they are to stand in the file.",
    )


def _searches(lines: Sequence[str]) -> bool:
    found = (mark_of(line) for line in lines if line[:_LONGEST].lstrip()[:1] in {"<", "-"})
    return any(mark is not None and mark.kind == "search" for mark in found)


def _is_signed(lines: Sequence[str], old: Sequence[str]) -> bool:
    """Whether lines are a diff's without its head: what goes has a minus, and is in the old text."""
    gone = [line for line in lines if line.startswith("-")]
    if not gone or not any(line.startswith("+") for line in lines):
        return False
    known = set(old)
    bare = {line.strip() for line in old}
    return all(line not in known and line[1:].strip() in bare for line in gone)


def _is_contract(lines: Sequence[str]) -> bool:
    text = "\n".join(lines).strip()
    if text[:1] not in {"{", "["}:
        return False
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return False
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and not _KEYS.isdisjoint(str(key).lower() for key in first)
