"""Fragments by their ids, those of one layer over those of another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.prompt.fragment import LAYERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.prompt.fragment import Fragment, Layer
    from understudy.prompt.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Library:
    """Fragments by their id.

    Attributes:
        by_id: all with that id, the one that counts first; of each layer one.
        troubles: what is wrong, with the path of the file.
        doubles: those whose id another file of their layer has, which counts.
    """

    by_id: Mapping[str, tuple[Fragment, ...]]
    troubles: tuple[tuple[str, Trouble], ...] = ()
    doubles: tuple[Fragment, ...] = ()

    def find(self, id_: str) -> Fragment | None:
        """The fragment that counts."""
        found = self.by_id.get(id_)
        return found[0] if found else None

    def all(self) -> tuple[Fragment, ...]:
        """Those that count, by their ids."""
        return tuple(self.by_id[id_][0] for id_ in sorted(self.by_id))

    def within(self, layer: Layer, id_: str) -> Fragment | None:
        """The fragment of a layer with that id."""
        return next((one for one in self.by_id.get(id_, ()) if one.layer == layer), None)

    def below(self, fragment: Fragment) -> Fragment | None:
        """The one that would count without this one."""
        found = self.by_id.get(fragment.id, ())
        place = next((n for n, one in enumerate(found) if one.layer == fragment.layer), len(found))
        return found[place + 1] if place + 1 < len(found) else None

    def counting(self, fragment: Fragment) -> Library:
        """The library in which this fragment of it counts, whatever else has its id."""
        known = self.by_id.get(fragment.id, ())
        if known and known[0] is fragment:
            return self
        below = tuple(
            one for one in known if LAYERS.index(one.layer) < LAYERS.index(fragment.layer)
        )
        return replace(self, by_id={**self.by_id, fragment.id: (fragment, *below)})

    def with_fragment(self, fragment: Fragment) -> Library:
        """The library in which a file holds this fragment instead, as an editor does."""
        known = (*(one for many in self.by_id.values() for one in many), *self.doubles)
        kept = [
            one for one in known if not (one.layer == fragment.layer and one.path == fragment.path)
        ]
        return library_of([*kept, fragment], self.troubles)


def library_of(
    fragments: list[Fragment], troubles: tuple[tuple[str, Trouble], ...] = ()
) -> Library:
    """Fragments put over each other by their layers; of two in one layer the first file counts."""
    by_id: dict[str, tuple[Fragment, ...]] = {}
    doubles: list[Fragment] = []
    for layer in reversed(LAYERS):
        for one in sorted((one for one in fragments if one.layer == layer), key=_by_path):
            known = by_id.get(one.id, ())
            if not known or known[-1].layer != layer:
                by_id[one.id] = (*known, one)
            else:
                doubles.append(one)
    return Library(by_id, troubles, tuple(doubles))


def _by_path(fragment: Fragment) -> str:
    return fragment.path
