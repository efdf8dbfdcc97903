"""Rust: ``unused import: `std::fmt` ``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Problem, Proposal, about
from understudy.workspace.removal import removal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.workspace.view import View

_MESSAGE = re.compile(r"unused imports?: (?P<names>`[^\n]*`)")
_USE = re.compile(
    r"^[ \t]*(?P<whole>(?:pub(?:\([^()]*\))?\s+)?use\s+(?P<path>[\w:]*?)(?P<braces>\{[^{};]*\})?"
    r"(?P<rest>[\w:* ]*);)",
    re.MULTILINE,
)


def propose(problem: Problem) -> Iterator[Proposal]:
    """Take the named items out of the `use` that is marked, and the `use` when none is left."""
    said = _MESSAGE.search(problem.diagnostic.message)
    if said is None:
        return
    names = frozenset(re.findall(r"`([^`]+)`", said["names"]))
    edit = _edit(problem.view, problem.diagnostic.span, names)
    if edit is not None:
        yield Proposal((edit,), f"{said['names']} is imported and not used.", safe=True)


def _edit(view: View, span: Span, names: frozenset[str]) -> Edit | None:
    match = _statement_at(view.text, span)
    if match is None or "/" in match.group():
        return None
    whole = Span(*match.span("whole"))
    if match["braces"] is None:
        path = f"{match['path']}{match['rest']}"
        return removal(view.index, whole) if names == {path} else None
    kept, gone = _split(match["braces"][1:-1], match["path"], names)
    if gone != len(names):
        return None
    if not kept:
        return removal(view.index, whole)
    plain = len(kept) == 1 and kept[0].isidentifier() and kept[0] != "self"
    return Edit(Span(*match.span("braces")), kept[0] if plain else _braces(match["braces"], kept))


def _statement_at(text: str, span: Span) -> re.Match[str] | None:
    for match in _USE.finditer(text):
        if match.start("whole") <= span.start and span.end <= match.end("whole"):
            return match
    return None


def _split(listed: str, path: str, names: frozenset[str]) -> tuple[list[str], int]:
    """The items that stay, and how many were named. rustc names an item alone or with its path."""
    items = [item.strip() for item in listed.split(",") if item.strip()]
    kept = [item for item in items if item not in names and f"{path}{item}" not in names]
    return kept, len(items) - len(kept)


def _braces(before: str, kept: list[str]) -> str:
    """The list in braces, on several lines when it stood on several."""
    if "\n" not in before:
        return f"{{{', '.join(kept)}}}"
    indent = re.search(r"\n([ \t]*)\S", before)
    end = re.search(r"\r?\n[ \t]*\}\Z", before)
    line_end = "\r\n" if "\r\n" in before else "\n"
    lead = f"{line_end}{indent.group(1) if indent else ''}"
    return "{" + "".join(f"{lead}{item}," for item in kept) + (end.group() if end else "}")


FIXER = Fixer(
    id="rust_unused_import",
    matches=about("unused_imports", message=r"\bunused imports?: `"),
    propose=propose,
    languages=frozenset({"rust"}),
    tidies=True,
)
