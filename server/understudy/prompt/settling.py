"""Which fragments fit together, and what counts instead of those that don't."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from understudy.core.text import Span
from understudy.prompt.blaming import faults
from understudy.prompt.layers import library_of
from understudy.prompt.soundness import includes
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from understudy.prompt.fragment import Fragment
    from understudy.prompt.layers import Library

    ByPath = Mapping[str, Fragment]

_MOST_PLACES = 32


@dataclass(frozen=True, slots=True)
class _Last:
    """What was found last for a place.

    Attributes:
        sound: by path, the last version of each file that did not fail beside the others.
    """

    written: ByPath
    built_in: list[Fragment]
    sound: ByPath
    library: Library


class Settled:
    """The fragments that fit together, by the workspace they are for. Threads may share it."""

    def __init__(self) -> None:
        """Nothing was sound yet."""
        self._last: dict[Path | None, _Last] = {}
        self._lock = Lock()

    def of(self, place: Path | None, written: ByPath, built_in: list[Fragment]) -> Library:
        """The fragments that fit together, with what is wrong with the others, by path.

        One that is broken beside the others counts as it was when it was last sound, first of all
        in the same place.

        Args:
            place: the workspace folder; None for the user's fragments alone.
            written: each file's fragment as it is now, by path.
            built_in: what lies below them all.
        """
        with self._lock:
            last = self._last.pop(place, None)
            elsewhere = {k: v for each in self._last.values() for k, v in each.sound.items()}
            if last is not None:
                self._last[place] = last
        if last is not None and (last.written, last.built_in) == (written, built_in):
            return last.library
        known = {**elsewhere, **(last.sound if last is not None else {})}
        library = settle(written, {k: v for k, v in known.items() if k in written}, built_in)
        sound = {one.path: one for many in library.by_id.values() for one in many}
        kept = {k: v for k, v in {**known, **sound}.items() if k in written}
        with self._lock:
            self._last[place] = _Last(dict(written), built_in, kept, library)
            while len(self._last) > _MOST_PLACES:
                del self._last[next(iter(self._last))]
        return library


def settle(written: ByPath, sound: ByPath, built_in: list[Fragment]) -> Library:
    """The fragments that fit together.

    Args:
        written: each file's fragment as it is now, by path.
        sound: the versions that take the place of those that do not fit.
        built_in: what lies below them all.
    """
    taken, left = dict(written), dict(sound)
    wrong: dict[str, tuple[Trouble, ...]] = {}
    while True:
        library = library_of([*built_in, *taken.values()])
        errors = _missing(taken, left, library) or _unfit(taken, left, library)
        if not errors:
            break
        # A file that changed is likelier at fault than what it no longer fits to.
        changed = [path for path in errors if _has_changed(taken[path], left.get(path))]
        for path in changed or list(errors):
            wrong.setdefault(path, errors[path])
            if path in changed:
                taken[path] = left.pop(path)
            else:
                del taken[path]
    return replace(library, troubles=tuple((path, one) for path in wrong for one in wrong[path]))


def _missing(taken: ByPath, left: ByPath, library: Library) -> dict[str, tuple[Trouble, ...]]:
    """Files that include what is not there, by path, or those that no longer are what is included."""
    found: dict[str, list[Trouble]] = defaultdict(list)
    former = {
        left[path].id: path
        for path, one in taken.items()
        if path in left and left[path].id != one.id
    }
    for path, one in taken.items():
        is_as_before = path in left and not _has_changed(one, left[path])
        for node in includes(one):
            if library.find(node.id) is not None:
                continue
            if is_as_before and node.id in former:
                message = f"`{one.id}` includes `{node.id}`, which this file no longer is."
                found[former[node.id]].append(Trouble(Span(0, 0), message, code="left"))
            else:
                message = f"There is no fragment `{node.id}`."
                found[path].append(Trouble(node.span, message, code="unknown_include"))
    return {path: tuple(each) for path, each in found.items()}


def _has_changed(fragment: Fragment, before: Fragment | None) -> bool:
    return before is not None and before.text != fragment.text


def _unfit(taken: ByPath, left: ByPath, library: Library) -> dict[str, tuple[Trouble, ...]]:
    """What can't be put together wherever it may stand, by path."""
    changed = {
        (one.layer, one.id) for path, one in taken.items() if _has_changed(one, left.get(path))
    }
    told = faults(library, changed)
    found: dict[str, tuple[Trouble, ...]] = {}
    for path, one in taken.items():
        counts = library.find(one.id) is one
        mine = told if counts else faults(library.counting(one), changed)
        errors = [t for t in mine.get((one.layer, one.id), ()) if t.severity == "error"]
        if errors:
            found[path] = tuple(errors)
    return found
