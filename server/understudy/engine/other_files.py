"""What an edit does to documents besides the one that was asked about, and whether it may.

Such a document is one that the model was given, or a file that does not exist yet. Everything else
is refused here, before anything is checked: what leads out of the workspace, what is protected,
what exists and was not shown.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.core.diff import unified
from understudy.core.minimise import minimise
from understudy.core.text import Span
from understudy.languages import language_of
from understudy.reading import Refusal, unreadable
from understudy.reading.targets import unsafe
from understudy.workspace.paths import is_safe_below, place_on_disk
from understudy.workspace.secret_files import holds_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from understudy.core.text import Edit
    from understudy.edit_formats import FileChange, Region
    from understudy.engine.evidence import CheckReport, Comparison, Facts, Verdict
    from understudy.workspace.view import View


@dataclass(frozen=True, slots=True)
class Other:
    """One document besides the one that was asked about, as it is and as it is to be.

    The document that was asked about is here as well when it is moved or deleted; its text is then
    changed by the candidate's own edits alone.

    Attributes:
        before: the document; without text where the file is new.
        after: its whole text; None when it is deleted.
        is_new: whether the file does not exist yet.
        new_path: where it is moved to; None when it stays.
        checks / comparison / facts / verdict: what was found out about it; None before that, and
            where there is nothing to look at.
    """

    before: View
    after: str | None
    is_new: bool = False
    new_path: Path | None = None
    checks: tuple[CheckReport, ...] = ()
    comparison: Comparison | None = None
    facts: Facts | None = field(default=None, repr=False, compare=False)
    verdict: Verdict | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """Its path below the workspace folder."""
        return self.before.name

    @property
    def changes_text(self) -> bool:
        """Whether there is a text afterwards that was not there before."""
        return self.after is not None and (self.is_new or self.after != self.before.text)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What changes of its text, minimal, in code points of `before`."""
        return minimise(self.before.text, self.after) if self.after is not None else ()

    @property
    def diff(self) -> str:
        """What becomes of it, for people and for a model that is asked again."""
        if self.after is None:
            return f"{self.name} is deleted.\n"
        moved = ""
        if self.new_path is not None:
            moved = f"{self.name} is moved to {_below(self.new_path, self.before)}.\n"
        if not self.changes_text:
            return moved
        new = f"{self.name} is new.\n" if self.is_new else ""
        return moved + new + unified(self.before.text, self.after, self.name)


def diff_of(view: View, after: str, others: Iterable[Other]) -> str:
    """What an edit does to a document and to the others."""
    own = unified(view.text, after, view.name) if after != view.text else ""
    return own + "".join(one.diff for one in others)


def others_of(changes: Iterable[FileChange], region: Region) -> tuple[Other, ...]:
    """The documents that a reply changes besides the region's. Looks at the disk.

    Raises:
        UnreadableError: for a path that may not be written, and a file that exists and was not
            given to the model.
    """
    found: list[Other] = []
    taken: set[str] = set()
    for change in changes:
        other = _other(change, region)
        places = [one for one in (other.before.path, other.new_path) if one is not None]
        for place in {os.path.normcase(one) for one in places}:
            if place in taken:
                raise unreadable(
                    Refusal.OVERLAPPING, f"The reply changes `{change.path}` twice.", change.path
                )
            taken.add(place)
        found.append(other)
    return tuple(found)


def _other(change: FileChange, region: Region) -> Other:
    own = region.view
    known = region.others.get(change.path)
    new_path = _vacant(change.new_path, own) if change.new_path else None
    if known is None and change.path == own.name:
        after = None if change.after is None else own.text
        _require_allowed(own, change.path)
        return Other(own, after, new_path=new_path)
    if known is not None:
        _require_allowed(known, change.path)
        return Other(known, change.after, new_path=new_path)
    path = _vacant(change.path, own)
    before = replace(
        own,
        uri=path.as_uri(),
        text="",
        version=0,
        language=language_of(path) or "plaintext",
        path=path,
        selection=Span(0, 0),
        diagnostics=(),
        notebook=None,
    )
    return Other(before, change.after, is_new=True)


def _vacant(path: str, own: View) -> Path:
    """A place below the workspace folder where no file is yet."""
    if own.root is None or not is_safe_below(path):
        raise unsafe(path)
    target = own.root / path
    _require_allowed(replace(own, path=target), path)
    taken = {os.path.normcase(one.path) for one in own.beside}
    if os.path.lexists(target) or os.path.normcase(target) in taken:
        raise unreadable(
            Refusal.OTHER_FILE,
            f"`{path}` exists already, and was not given to the model.",
            path,
        )
    return target


def _require_allowed(view: View, path: str) -> None:
    """Refuses what lies outside of the workspace, and what has power or holds secrets."""
    if view.path is None or view.root is None:
        raise unsafe(path)
    place = place_on_disk(view.path, view.root)
    if not place.inside:
        raise unsafe(path)
    why = place.protected or ""
    if place.own:
        why = f"`{path}` is Understudy's own configuration."
    elif holds_secrets(view.path):
        why = f"`{path}` is a file for secrets by its name."
    if why:
        raise unreadable(
            Refusal.UNSAFE_PATH, f"{why.rstrip('.')}, so no edit of several files writes it.", path
        )


def _below(path: Path, view: View) -> str:
    root = view.root
    return path.relative_to(root).as_posix() if root and path.is_relative_to(root) else path.name
