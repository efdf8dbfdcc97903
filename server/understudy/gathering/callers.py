"""Functions in other files that call the one around some lines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from understudy.gathering.call_sites import call_sites
from understudy.gathering.classes import CALLABLE
from understudy.gathering.lookup import Module
from understudy.gathering.outline import last_part
from understudy.gathering.paths import nearest_first
from understudy.gathering.rows import rows_in
from understudy.gathering.syntaxes import syntax_of
from understudy.index.facts import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.gathering.call_sites import CallSite
    from understudy.gathering.scene import Scene

_MOST_FILES = 12
_MOST_USERS = 50
_MOST_OWNERS = 200
_MOST_LINES = 3_000
"""A longer file is not searched for calls."""
_MOST_SITES = 30
"""So many calls of the name are looked at in a file."""
_LONGEST = 5
"""A longer row of names before a call is not followed."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A function that calls another one.

    Attributes:
        name: of what is called.
        line: of the call, counted from 0.
        sure: whether the file names what is called, or what has it.
    """

    place: Place
    name: str
    line: int
    sure: bool


def callers(scene: Scene) -> Iterator[Caller]:
    """The first caller of each file: of files that name the owner of a method first, then the nearest."""
    called = _called(scene)
    if called is None:
        return
    search = _Search(scene, called)
    for path in search.files():
        found = search.first_in(path)
        if found is not None:
            yield found


def _called(scene: Scene) -> Place | None:
    """The innermost function that others can call: around the lines, or what they are about."""
    around = scene.around
    is_point = bool(scene.problem_lines) or (
        len(scene.asked) == 1 and scene.asked[0] in scene.lines
    )
    if is_point and not any(one.definition.kind in CALLABLE for one in around):
        around = scene.meaning_at(scene.point).around
    for one in reversed(around):
        if one.definition.kind in CALLABLE and not one.definition.name.startswith("__"):
            parent = one.definition.parent
            kind = scene.outline.definitions[parent].kind if parent >= 0 else ""
            if kind not in CALLABLE:
                return one
    return None


class _Search:
    """The search for calls of one function."""

    def __init__(self, scene: Scene, called: Place) -> None:
        self._scene = scene
        self._called = called
        self._name = called.definition.name
        self._owner = _owner_of(scene, called)
        owner = rows_in(called.definition.owner or self._owner)[:1]
        self._owners = scene.classes.named(called.path, owner, number=called.number)

    def files(self) -> list[str]:
        """The files that may call it, the likeliest first."""
        index = self._scene.sources.index
        using = index.using(self._name, _MOST_USERS)
        naming = set(index.using(self._owner, _MOST_OWNERS)) if self._owner else set()
        if len(using) == _MOST_USERS:
            # Others are cut off, and those that name the owner are the ones that matter.
            more = (path for path in sorted(naming) if self._uses(path))
            using = [*dict.fromkeys((*using, *islice(more, _MOST_FILES)))]
        if self._owner and self._is_ambiguous():
            using = [path for path in using if path in naming]
        akin = [path for path in using if self._may_be_shown(path)]
        nearest = nearest_first(self._scene.path, akin)
        return sorted(nearest, key=lambda path: path not in naming)[:_MOST_FILES]

    def first_in(self, path: str) -> Caller | None:
        """The first function of a file that calls it."""
        lines, facts = self._scene.sources.lines(path), self._scene.sources.facts(path)
        if lines is None or facts is None or len(lines) > _MOST_LINES:
            return None
        outline = self._scene.sources.outline(path)
        for site in islice(call_sites(lines.text, self._name, facts.language), _MOST_SITES):
            line = lines.line_of(site.at)
            around = outline.around(range(line, line + 1))
            if not around or self._is_its_head(path, around[-1], line):
                continue
            if self._may_mean(path, site, around):
                place = Place(path, around[-1], outline.definitions[around[-1]])
                sure = not self._owner or self._owner in facts.uses
                return Caller(place, self._name, line, sure)
        return None

    def _uses(self, path: str) -> bool:
        facts = self._scene.sources.facts(path)
        return facts is not None and self._name in facts.uses

    def _may_be_shown(self, path: str) -> bool:
        scene = self._scene
        return path != scene.path and path not in scene.tests and scene.is_akin(path)

    def _is_ambiguous(self) -> bool:
        """Whether others than the owner have such a member, too."""
        if self._scene.is_common(self._name):
            return True
        found = self._scene.sources.index.named(self._name)
        owners = {(one.path, _owner_of(self._scene, one)) for one in found}
        return len({owner for _, owner in owners if owner}) > 1

    def _is_its_head(self, path: str, number: int, line: int) -> bool:
        one = self._scene.sources.outline(path).definitions[number]
        return one.name == self._name and line < max(one.body, one.head + 1)

    def _may_mean(self, path: str, site: CallSite, around: list[int]) -> bool:
        if site.whence is None:
            return self._means_alone(path, around)
        if self._owner:
            return self._means_member(path, site.whence, around)
        return self._means_of_module(path, site.whence, around)

    def _means_alone(self, path: str, around: list[int]) -> bool:
        """Whether the name by itself may mean the function."""
        syntax = syntax_of(self._language(path))
        if self._owner:
            is_made = self._name == self._owner
            return is_made or (
                syntax is not None and syntax.bare_members and self._is_within(path, around)
            )
        targets = self._scene.lookup.visible(path, self._name)
        if syntax is not None and syntax.id != "c_family":
            return self._called in targets
        # A declaration of the name means its definition elsewhere.
        return all(isinstance(one, Place) and not _is_owned(one) for one in targets)

    def _means_member(self, path: str, whence: tuple[str, ...], around: list[int]) -> bool:
        """Whether a member of that name may be the method."""
        syntax = syntax_of(self._language(path))
        own = syntax.own | syntax.above if syntax is not None else frozenset[str]()
        if len(whence) == 1 and whence[0] in own:
            return self._is_within(path, around)
        if len(whence) > 1 or not whence[0]:
            return True
        targets = self._scene.lookup.visible(path, whence[0])
        modules = [one for one in targets if isinstance(one, Module)]
        classes = [p for p in targets if isinstance(p, Place) and p.definition.kind == "class"]
        known = [one for each in classes for one in (each, *self._scene.classes.bases(each))]
        return not modules and (not classes or any(one in self._owners for one in known))

    def _means_of_module(self, path: str, whence: tuple[str, ...], around: list[int]) -> bool:
        """Whether a function of that name is taken from the module that has this one."""
        if not whence[0] or len(whence) > _LONGEST:
            return False
        row = (*whence, self._name)
        return self._called in self._scene.classes.meant(path, row, around[-1] if around else -1)

    def _is_within(self, path: str, around: list[int]) -> bool:
        """Whether some lines are in a class that is built on the owner."""
        outline = self._scene.sources.outline(path)
        for number in around:
            one = Place(path, number, outline.definitions[number])
            if one.definition.kind == "class":
                own = (one, *self._scene.classes.bases(one))
            else:
                owner = rows_in(one.definition.owner)[:1]
                owners = self._scene.classes.named(path, owner, number=number)
                own = tuple(each for at in owners for each in (at, *self._scene.classes.bases(at)))
            if any(each in self._owners for each in own):
                return True
        return False

    def _language(self, path: str) -> str:
        facts = self._scene.sources.facts(path)
        return facts.language if facts is not None else ""


def _owner_of(scene: Scene, place: Place) -> str:
    """The name of what a method belongs to; empty for a function of a file or a namespace."""
    one = place.definition
    if one.owner:
        return last_part(one.owner)
    outline = scene.sources.outline(place.path)
    if one.parent < 0 or outline.definitions[one.parent].kind == "module":
        return ""
    return outline.definitions[one.parent].name


def _is_owned(place: Place) -> bool:
    return bool(place.definition.owner) or place.definition.kind == "method"
