"""The edits of a contract, as changes of whole files and as blocks to look for and replace."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from understudy.reading import Refusal, unreadable
from understudy.reading.search_blocks import SearchBlock, Side
from understudy.reading.shape import BOM, contents
from understudy.reading.targets import OWN, not_given, plain_path, unsafe
from understudy.workspace.paths import is_safe_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.reading.contract import JsonEdit
    from understudy.reading.targets import Documents


class Moved(NamedTuple):
    """What becomes of a file that is deleted or moved: as `FileChange` has it."""

    path: str
    after: str | None
    new_path: str = ""


class Moves(NamedTuple):
    """The edits that delete or move files, and all others."""

    files: list[Moved]
    rest: list[JsonEdit]


def moves_of(edits: Iterable[JsonEdit], documents: Documents) -> Moves:
    """The edits, sorted into those of whole files and those of lines.

    Raises:
        UnreadableError: a file is deleted or moved that may not be.
    """
    found = Moves([], [])
    for edit in edits:
        if edit.kind == "rename" or (edit.kind == "delete" and not edit.old):
            found.files.append(_moved(edit, documents))
        else:
            found.rest.append(edit)
    return found


def blocks_of(edits: Sequence[JsonEdit], documents: Documents) -> list[SearchBlock]:
    """The blocks that edits of lines are.

    Raises:
        UnreadableError: a file is to be created that is there already.
    """
    return [_block(edit, number, documents) for number, edit in enumerate(edits, start=1)]


def _moved(edit: JsonEdit, documents: Documents) -> Moved:
    key = documents.find(edit.path)
    verb = "moves" if edit.kind == "rename" else "deletes"
    if key is None or not documents.may_create or not edit.path:
        raise not_given(edit.path or documents.own.name, verb)
    path = documents.own.name if key == OWN else key
    if edit.kind == "delete":
        return Moved(path, None)
    target = plain_path(edit.new)
    if not is_safe_below(target):
        raise unsafe(edit.new)
    return Moved(path, documents.text(key), target)


def _block(edit: JsonEdit, number: int, documents: Documents) -> SearchBlock:
    key = documents.find(edit.path)
    text = documents.text(key) if key is not None else ""
    if edit.kind == "create":
        if text.strip():
            raise unreadable(
                Refusal.MALFORMED,
                f"The reply creates `{edit.path[:100]}`, which is there already.",
                edit.path,
                f"`{edit.path[:100]}` is there already: write `replace` edits for it.",
            )
        return SearchBlock(edit.path, ((_side(""), _side(edit.new)),), where=number)
    if edit.kind == "insert":
        return _insertion(edit, text, number)
    old = edit.old or ""
    is_whole = edit.kind == "replace" and key is not None and old == text
    return SearchBlock(
        edit.path,
        ((_side(old), _side(edit.new)),),
        verbatim=is_whole,
        where=number,
        anchors=_anchors(edit.anchor, old),
    )


def _anchors(anchor: str, old: str) -> tuple[str, ...]:
    """The lines above the old ones, where an edit names any that are not among these."""
    known = {line.strip() for line in contents(old)}
    lines = [line for line in contents(anchor) if line.strip()]
    return () if known.issuperset(line.strip() for line in lines) else tuple(lines)


def _insertion(edit: JsonEdit, text: str, number: int) -> SearchBlock:
    """The lines above an insertion are replaced by themselves and what comes below."""
    new = contents(edit.new)
    if edit.anchor.strip():
        above = contents(edit.anchor)
        cut = _lines(above), _lines([*above, *new])
        return SearchBlock(edit.path, (cut,), where=number)
    lines = contents(text.removeprefix(BOM))
    if new and lines[: len(new)] == new:
        # They are there; what follows shows it.
        lines = lines[len(new) :]
    first = next((at for at, line in enumerate(lines) if line.strip()), -1)
    below = lines[: first + 1]
    cut = _lines(below), _lines([*new, *below])
    return SearchBlock(edit.path, (cut,), hint=0, where=number)


def _side(text: str) -> Side:
    return Side(tuple(contents(text)), text)


def _lines(lines: Sequence[str]) -> Side:
    return Side(tuple(lines), "".join(f"{line}\n" for line in lines))
