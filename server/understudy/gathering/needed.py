"""Which definitions some lines need: those of the names in them, in the problems, and of bases."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.gathering.classes import CALLABLE
from understudy.gathering.need import Need, types_of
from understudy.gathering.paths import nearness
from understudy.gathering.reach import is_reachable
from understudy.gathering.rows import rows_in, words_in
from understudy.gathering.unknown import of_unknown
from understudy.index.facts import Place
from understudy.workspace.paths import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from understudy.gathering.rows import Row
    from understudy.gathering.scene import Scene
    from understudy.gathering.used import Chain, Use

MOST = 150
"""So many definitions are collected."""
_MOST_MEANINGS = 4
"""A name with more definitions says too little about each of them."""
_MOST_DEFINERS = 8
_MOST_RELATED = 10
_MOST_GUESSES = 30
"""So many names are searched everywhere that nothing explains."""
_QUOTED = re.compile(
    "[`'\"\u2018\u201c]([^`'\"\u2018\u2019\u201c\u201d\n]{1,120})[`'\"\u2019\u201d]"
)


def needed(scene: Scene) -> tuple[Need, ...]:
    """The definitions that the scene's lines need, the surest first; a definition may repeat."""
    found = [
        *_pointed_at(scene),
        *_related(scene),
        *_in_messages(scene),
        *_in_lines(scene),
        *_of_classes(scene),
    ][:MOST]
    found += of_unknown(scene, found)
    return (*found, *_in_signatures(scene, found))


def _in_lines(scene: Scene) -> Iterator[Need]:
    guesses = _MOST_GUESSES
    seen: set[tuple[Place, str] | Chain] = set()
    for use in scene.uses:
        name = use.chain[-1].name
        is_hot = use.line in scene.problem_lines
        targets = scene.meaning_at(use.line).of(use.chain)
        places = _leading(one for one in targets if isinstance(one, Place))
        where = scene.told(use.line)
        for place in places:
            if (place, name) not in seen:
                seen.add((place, name))
                yield Need(place, 1.0 if is_hot else 0.9, f"defines `{name}`, which {where} uses")
        if not places and guesses and len(name) > 1 and use.chain not in seen:
            seen.add(use.chain)
            yield from _guessed(scene, use)
            guesses -= 1


def _leading(places: Iterable[Place]) -> list[Place]:
    """A few of what a name means; of overloads the last, which has the body, and the first ones."""
    found = list(places)
    if len(found) <= _MOST_MEANINGS:
        return found
    return [found[-1], *found[: _MOST_MEANINGS - 1]]


def _guessed(scene: Scene, use: Use) -> Iterator[Need]:
    """What a name may mean of which nothing says what it is."""
    name, where = use.chain[-1].name, scene.told(use.line)
    found: Iterable[Need] = ()
    if len(use.chain) > 1:
        if not scene.is_common(name) and not scene.is_foreign(use):
            found = _by_name(scene, name, "", 0.6, members=True)
    elif not _is_own(scene, name, use.line):
        found = _by_name(scene, name, "", 0.5, members=False)
    for need in found:
        which = "the only" if need.sure else "a"
        yield replace(need, reason=f"defines {which} `{name}`, and {where} uses one")


def _is_own(scene: Scene, name: str, line: int) -> bool:
    """Whether the file says what a name is, if only by defining it among the lines."""
    if any(one.name == name and one.head in scene.lines for one in scene.outline.definitions):
        return True
    is_bound = name in scene.meaning_at(line).bound or scene.lookup.is_bound(scene.path, name)
    return scene.syntax is not None and is_bound


def _by_name(scene: Scene, name: str, reason: str, most: float, *, members: bool) -> Iterator[Need]:
    """The definitions of a name anywhere: the fewer and the nearer, the likelier."""
    found = [
        one
        for one in scene.sources.index.named(name, _MOST_DEFINERS + 1)
        if scene.is_akin(one.path) and _is_member(one) is members and is_reachable(scene, one)
    ]
    if not found or len(found) > (_MOST_MEANINGS if scene.syntax else _MOST_DEFINERS):
        return
    for one in sorted(found, key=lambda one: (-nearness(one.path, scene.path), one.path)):
        share = most * (0.75 / len(found) + 0.25 * nearness(one.path, scene.path))
        yield Need(one, share, reason, sure=len(found) == 1)


def _is_member(one: Place) -> bool:
    if one.definition.owner:
        return True
    return one.definition.parent >= 0 and one.definition.kind in {"method", "field", "constant"}


def _in_messages(scene: Scene) -> Iterator[Need]:
    """Names that the problems' messages mention; those in quotation marks may be from anywhere."""
    for problem in scene.problems:
        rows = [row for one in _QUOTED.findall(problem.message) for row in rows_in(one)]
        paths = {row[-1]: found for row in rows if len(row) > 1 and (found := _meant(scene, row))}
        # Of a path that leads somewhere, only its end is meant.
        quoted = [word for row in rows for word in (row[-1:] if row[-1] in paths else row)]
        for word in dict.fromkeys((*quoted, *words_in(problem.message))):
            places = _leading(paths.get(word) or _meant(scene, (word,)))
            reason = f"defines `{word}`, which the problem names"
            yield from (Need(place, 1.0, reason) for place in places)
            if not places and word in quoted:
                yield from _by_name(scene, word, reason, 0.9, members=False)
                yield from _by_name(scene, word, reason, 0.9, members=True)


def _meant(scene: Scene, row: Row) -> tuple[Place, ...]:
    """What a row of names means where the lines stand."""
    innermost = scene.around[-1].number if scene.around else -1
    return scene.classes.meant(scene.path, row, innermost)


def _pointed_at(scene: Scene) -> Iterator[Need]:
    for path, line in scene.pointed:
        outline = scene.sources.outline(path)
        around = outline.around(range(line, line + 1))
        if around:
            place = Place(path, around[-1], outline.definitions[around[-1]])
            yield Need(place, 1.0, "is what the problem points at")


def _related(scene: Scene) -> Iterator[Need]:
    """The definitions at the places that the problems point at besides their own."""
    places = (one for problem in scene.problems for one in problem.related[:_MOST_RELATED])
    for one in dict.fromkeys(places):
        path = _below(one.uri, scene.sources.root)
        outline = scene.sources.outline(path) if path else None
        around = outline.around(range(one.start[0], one.start[0] + 1)) if outline else ()
        if path and outline and around:
            place = Place(path, around[-1], outline.definitions[around[-1]])
            line = one.start[0] + 1
            yield Need(place, 1.0, f"holds line {line}, which the diagnostic points to")


def _below(uri: str, root: Path | None) -> str:
    """The path of a file below the workspace folder; empty for others."""
    path = path_of(uri)
    if path is None or root is None:
        return ""
    # Compilers tell real paths, whatever the folder is called in the editor.
    for folder in dict.fromkeys((root, root.resolve())):
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return ""


def _of_classes(scene: Scene) -> Iterator[Need]:
    """What the classes around the lines are built on, and what the methods around them override."""
    found: dict[Place, set[str]] = {}
    for meaning in scene.meanings():
        names = {one.definition.name for one in meaning.around if one.definition.kind == "method"}
        for own in meaning.own_classes()[:1]:
            found.setdefault(own, set()).update(names)
    for own, methods in found.items():
        for base in scene.classes.bases(own):
            yield Need(base, 0.8, f"is what `{own.definition.name}` is built on")
            for number in scene.sources.outline(base.path).children(base.number):
                one = scene.sources.outline(base.path).definitions[number]
                if one.name in methods:
                    place = Place(base.path, number, one)
                    yield Need(place, 0.8, f"is what `{one.name}` overrides")


def _in_signatures(scene: Scene, found: Sequence[Need]) -> Iterator[Need]:
    """The types that the signatures of needed functions name, one step far."""
    seen = {need.place for need in found}
    for need in found:
        one = need.place.definition
        if not need.sure or one.kind not in CALLABLE | {"field"}:
            continue
        for place in types_of(scene, need.place):
            if place not in seen:
                seen.add(place)
                reason = f"is named in the signature of `{one.name}`"
                yield Need(place, need.relevance * 0.4, reason, sure=False)
