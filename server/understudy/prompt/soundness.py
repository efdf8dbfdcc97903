"""What keeps a fragment out of prompts: wherever it may be taken or included, it has to be put together.

It is read as rendering does it, with the names that there are at each place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.prompt.rendering import MOST_DEEP
from understudy.prompt.scopes import OF_ITEM, all_names, found_at, otherwise, plain, top, within
from understudy.prompt.template import Block, Include, Variable, walk
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.core.text import Span
    from understudy.prompt.fragment import Fragment
    from understudy.prompt.rendering import Find
    from understudy.prompt.scopes import Frames
    from understudy.prompt.template import Node

MOST_INCLUDED = 500
"""So many fragments are put into one, those counted again that come again."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that can't be put together, or may not be.

    Attributes:
        way: the fragments on the way to it, from the one that is taken on, each with what includes the
            next one.
        fragment: that has it.
        trouble: at its place there.
        circle: where it includes one that it stands in: the number of that in `all`.
    """

    way: tuple[tuple[Fragment, Include], ...]
    fragment: Fragment
    trouble: Trouble
    circle: int | None = None

    @property
    def all(self) -> tuple[Fragment, ...]:
        """The fragments on the way, and the one that has it."""
        return (*(one for one, _ in self.way), self.fragment)


def failures(fragment: Fragment, find: Find, frames: Frames | None = None) -> Iterator[Failure]:
    """What may fail when a fragment is put together.

    Args:
        fragment: read without errors.
        find: gives the fragment that an id means.
        frames: the names that there are, where its own conditions don't tell.
    """
    frames = top(fragment.when) if frames is None else frames
    return _Walk(find).through(fragment, fragment.nodes, frames, ())


class _Walk:
    def __init__(self, find: Find) -> None:
        self._find = find
        self._included = 0

    def through(
        self,
        fragment: Fragment,
        nodes: tuple[Node, ...],
        frames: Frames,
        way: tuple[tuple[Fragment, Include], ...],
    ) -> Iterator[Failure]:
        for node in nodes:
            if isinstance(node, Variable):
                for trouble in _of_variable(node, frames):
                    yield Failure(way, fragment, trouble)
            elif isinstance(node, Block):
                for trouble in _of_block(node, frames):
                    yield Failure(way, fragment, trouble)
                yield from self.through(fragment, node.body, within(node, frames), way)
                yield from self.through(fragment, node.otherwise, otherwise(node, frames), way)
            elif isinstance(node, Include):
                yield from self._include(fragment, node, frames, way)

    def _include(
        self,
        fragment: Fragment,
        node: Include,
        frames: Frames,
        way: tuple[tuple[Fragment, Include], ...],
    ) -> Iterator[Failure]:
        found = self._find(node.id)
        here = (*way, (fragment, node))
        ids = [one.id for one, _ in here]
        trouble: Trouble | None = None
        if found is None:
            message = f"There is no fragment `{node.id}`."
            trouble = Trouble(node.span, message, code="unknown_include")
        elif node.id in ids:
            first = ids.index(node.id)
            yield Failure(way, fragment, circle_of([*ids[first:], node.id], node.span), first)
        elif len(here) >= MOST_DEEP:
            message = f"Fragments stand more than {MOST_DEEP} deep in each other."
            trouble = Trouble(node.span, message, code="too_deep")
        elif self._included >= MOST_INCLUDED:
            message = f"More than {MOST_INCLUDED} fragments are included in one."
            trouble = Trouble(node.span, message, code="too_many")
        else:
            self._included += 1
            yield from self.through(found, found.nodes, frames, here)
        if trouble is not None:
            yield Failure(way, fragment, trouble)


def circle_of(ids: Sequence[str], span: Span) -> Trouble:
    """That fragments include each other; the first one is the last one as well."""
    message = f"Fragments include each other in a circle: {' → '.join(ids)}."
    return Trouble(span, message, code="cycle")


def includes(fragment: Fragment) -> Iterator[Include]:
    """The places at which a fragment includes others."""
    return (one for one in walk(fragment.nodes) if isinstance(one, Include))


def _of_block(node: Block, frames: Frames) -> Iterator[Trouble]:
    found = found_at(node.path, frames)
    if found is None:
        yield _unknown(node.path, node.span, frames)
    elif node.kind == "each" and found.known.kind != "list":
        message = f"`{node.path}` is no list, so `{{{{#each}}}}` shows nothing of it."
        yield Trouble(node.span, message, "warning", "no_list")


def _of_variable(node: Variable, frames: Frames) -> Iterator[Trouble]:
    found = found_at(node.path, frames)
    if found is None:
        yield _unknown(node.path, node.span, frames)
    elif found.known.kind in {"parts", "list"}:
        message = f"`{node.path}` holds parts and can't be shown as a whole."
        yield Trouble(node.span, message, code="no_text")
    elif node.default is None and found.unsure:
        message = (
            f"`{node.path}` may have no value here: put it into"
            f" `{{{{#if {found.unsure}}}}}`, choose the fragment by `has`, or give a"
            " `default`."
        )
        yield Trouble(node.span, message, code="may_be_missing")


def _unknown(path: str, span: Span, frames: Frames) -> Trouble:
    import difflib

    if plain(path) in OF_ITEM:
        message = f"`{path}` has a value only within `{{{{#each}}}}`."
        return Trouble(span, message, code="outside_each")
    near = difflib.get_close_matches(path.split(".")[0], all_names(frames), 1)
    hint = f" Is `{near[0]}` meant?" if near else ""
    return Trouble(span, f"There is no variable `{path}`.{hint}", code="unknown_variable")
