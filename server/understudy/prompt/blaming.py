"""Which fragment is at fault where several together can't be put into a prompt."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.text import Span
from understudy.prompt.front_matter import read_front_matter
from understudy.prompt.scopes import anywhere, top
from understudy.prompt.soundness import circle_of, failures
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from understudy.prompt.fragment import Fragment, Layer
    from understudy.prompt.layers import Library
    from understudy.prompt.soundness import Failure

    Key = tuple[Layer, str]
    """A layer, and the id of a fragment in it."""

_OWN = frozenset({"unknown_variable", "unknown_include", "no_list"})
"""What is wrong with a fragment wherever others include it."""


def faults(library: Library, changed: Collection[Key] = ()) -> Mapping[Key, tuple[Trouble, ...]]:
    """What is wrong with the fragments that count, by layer and id: all that may end a request, and more.

    A fragment in a slot must be put together wherever its conditions hold, and wherever another one
    takes it along; one without a slot wherever it is included.

    Args:
        library: all that may stand together.
        changed: those that are likelier at fault, because they were something else before.
    """
    found: dict[Key, dict[tuple[Span, str], Trouble]] = defaultdict(dict)
    for one in library.all():
        told = _of_taken(one, library, changed) if one.slot else _of_included(one, library)
        for fragment, trouble in told:
            # Of all that an include lacks where it stands, the first is enough.
            found[_key(fragment)].setdefault((trouble.span, trouble.code), trouble)
    return {key: tuple(each.values()) for key, each in found.items()}


def _key(fragment: Fragment) -> Key:
    return fragment.layer, fragment.id


def _of_taken(
    root: Fragment, library: Library, changed: Collection[Key]
) -> Iterator[tuple[Fragment, Trouble]]:
    """What fails where a fragment is taken, with who is at fault."""
    for failure in failures(root, library.find):
        yield from _blamed(failure, library, changed)
    for brought in _brought_along(root, library):
        alone = {one.trouble for one in failures(brought, library.find)}
        for failure in failures(brought, library.find, top(root.when)):
            if failure.trouble.severity == "error" and failure.trouble not in alone:
                message = f"`{brought.id}` can't be taken along: {failure.trouble.message}"
                yield root, Trouble(_required_at(root, brought.id), message, code="requires")


def _brought_along(root: Fragment, library: Library) -> Iterator[Fragment]:
    """The fragments that are taken because others require them, from this one on."""
    waiting, seen = [*root.requires], {root.id}
    while waiting:
        id_ = waiting.pop()
        found = library.find(id_)
        if found is not None and id_ not in seen:
            seen.add(id_)
            waiting += found.requires
            if found.slot:
                yield found


def _required_at(fragment: Fragment, id_: str) -> Span:
    """Where a fragment requires another one, itself or by what it requires."""
    entries = read_front_matter(fragment.text).entries
    words = [word for entry in entries if entry.key.text == "requires" for word in entry.words]
    spans = [word.span for word in words if word.text == id_] or [word.span for word in words]
    return spans[0] if spans else Span(0, 0)


def _of_included(fragment: Fragment, library: Library) -> Iterator[tuple[Fragment, Trouble]]:
    """What is wrong with a fragment without a slot, whether or not others include it."""
    for failure in failures(fragment, library.find, anywhere()):
        if failure.fragment is fragment and failure.trouble.code in _OWN:
            yield fragment, failure.trouble
        elif failure.trouble.code == "cycle":
            yield from ((one, trouble) for one, trouble in _circle(failure) if one is fragment)


def _blamed(
    failure: Failure, library: Library, changed: Collection[Key]
) -> Iterator[tuple[Fragment, Trouble]]:
    code = failure.trouble.code
    if failure.trouble.severity != "error":
        if not failure.way:
            yield failure.fragment, failure.trouble
    elif code == "cycle":
        yield from _circle(failure)
    elif code == "unknown_include":
        yield failure.fragment, failure.trouble
    else:
        number = _at_fault(failure, library, changed)
        yield failure.all[number], _told_in(failure, number)


def _circle(failure: Failure) -> Iterator[tuple[Fragment, Trouble]]:
    """Each fragment of a circle, with the include that leads on in it."""
    circle = failure.all[failure.circle :]
    spans = [*(node.span for _, node in failure.way), failure.trouble.span][failure.circle :]
    for number, (one, span) in enumerate(zip(circle, spans, strict=True)):
        if one.layer != "built-in" or all(each.layer == "built-in" for each in circle):
            around = (*circle[number:], *circle[: number + 1])
            yield one, circle_of([each.id for each in around], span)


def _at_fault(failure: Failure, library: Library, changed: Collection[Key]) -> int:
    """Who is at fault on the way to a failure, as the place in it.

    The innermost that changed, or that takes the place of one which would do there; else the outermost
    that somebody wrote.
    """
    for number in reversed(range(len(failure.all))):
        if _key(failure.all[number]) in changed:
            return number
    for number in reversed(range(len(failure.all))):
        part = failure.all[number]
        below = library.below(part)
        if below is None:
            continue
        root = below if number == 0 else failure.all[0]
        before = tuple(node for _, node in failure.way[:number])
        others = failures(root, library.counting(below).find)
        if not any(
            one.trouble.severity == "error"
            and tuple(node for _, node in one.way[:number]) == before
            for one in others
        ):
            return number
    return next((n for n, one in enumerate(failure.all) if one.layer != "built-in"), 0)


def _told_in(failure: Failure, number: int) -> Trouble:
    """The trouble at its place in one of the fragments on the way to it."""
    if number == len(failure.way):
        return failure.trouble
    node, following = failure.way[number][1], failure.all[number + 1]
    message = f"`{following.id}` can't be included here: {failure.trouble.message}"
    return replace(failure.trouble, span=node.span, message=message)
