"""Which files the hunks of a diff or a patch are for that name none: those that the words above tell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from understudy.reading import Repair
from understudy.reading.lead_in import lead_of
from understudy.reading.piece_files import behind_piece, path_above, surer_path
from understudy.reading.same_path import folder_of, without_side, without_version
from understudy.reading.targets import is_absolute, not_given, plain_path
from understudy.reading.whose import Shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from understudy.reading.hunks import FileEdit
    from understudy.reading.targets import Documents


class PatchPiece(NamedTuple):
    """A diff or a patch in a reply.

    Attributes:
        first / stop: its first line in the reply, from 0, and the one behind its last.
        edits: what it says about each file.
        head: its lines above its first mark.
    """

    first: int
    stop: int
    edits: Sequence[FileEdit]
    head: Sequence[str] = ()


def with_paths_above(
    pieces: Iterable[PatchPiece], lines: Sequence[str], documents: Documents
) -> list[FileEdit]:
    """The edits of the patches of a reply, with the paths that stand above those without one.

    Args:
        pieces: in order.
        lines: of the reply, without their ends.
        documents: those that are known.
    """
    found: list[FileEdit] = []
    behind, path = 0, ""
    for piece in pieces:
        above = lines[behind : piece.first]
        above = behind_piece(above) if behind else above
        shown = _shown(piece)
        label = lead_of(piece.head, documents, shown).path
        path = path_above(above, label, documents, shown).path or path
        paths = [surer_path(edit.path, path, documents) for edit in piece.edits]
        found += map(_named, piece.edits, paths)
        behind = piece.stop
    return found


def _shown(piece: PatchPiece) -> Shown:
    """The lines that the hunks of a patch find in their file, without those of files that it names."""
    hunks = [hunk for edit in piece.edits if not edit.path for hunk in edit.hunks]
    return Shown([[line.text for line in hunk.lines if line.sign != "+"] for hunk in hunks])


def _named(edit: FileEdit, path: str) -> FileEdit:
    return replace(edit, path=path)


def key_of(edit: FileEdit, documents: Documents, paths: Collection[str]) -> str | None:
    """The key of the document that an edit is for; None for a file that is not known.

    A diff may compare a file with a copy under a made-up name. A name in another folder is no copy's.

    Args:
        edit: of one file.
        documents: those that are known.
        paths: all that the reply names, plain.

    Raises:
        UnreadableError: for a path that no reply may name, and where the names contradict.
    """
    alone = len(paths) == 1
    if edit.content is not None or edit.deleted or edit.new_path:
        key = documents.find(edit.path, alone=alone)
    else:
        key = documents.among(edit.path, paths)
    if edit.content is not None:
        return key
    for other in edit.other_names:
        name = without_version(other)
        if key is None and not _is_apart(without_version(edit.path), name, documents):
            key = documents.find(name, alone=alone)
        elif (
            key is not None and documents.key(name) != key and _is_apart(name, edit.path, documents)
        ):
            raise not_given(other)
    return key


def left_names(edit: FileEdit, documents: Documents) -> Iterator[Repair]:
    """A repair for each name of a file that is not the document's, and was left out of account."""
    if not edit.other_names or edit.new_path:
        return
    for name in (edit.path, *edit.other_names):
        if documents.key(without_version(name)) is None:
            yield Repair("another name in the diff", f"`{without_side(name)[:80]}`")


def _is_apart(path: str, own: str, documents: Documents) -> bool:
    """Whether a path leads to a file in another folder than a name does, or to one that is there."""
    path, own = plain_path(path), plain_path(own)
    if not documents.is_elsewhere(path) or is_absolute(path):
        return False
    return folder_of(path).casefold() != folder_of(own).casefold() or documents.is_known(path)
