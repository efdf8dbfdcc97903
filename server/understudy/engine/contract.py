"""Which edit format is asked of which model.

A range that we own is the surest: nothing has to be found. For changes in several places, models
that were measured to write search/replace blocks or patches well are asked for those, and small
ones for the whole file, as long as it is short. What a model made of a format counts more than what
is known about models of its kind: a format that it writes badly gives way to the next one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.edit_formats import all_edit_formats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from understudy.config.settings import Settings
    from understudy.edit_formats import EditFormat, Region
    from understudy.engine.subject import Subject
    from understudy.models.registry import Model

    ReadSoFar = Callable[[str, str], tuple[int, int]]
    """`(readable, all)` replies of a model in a format."""

_ENOUGH = 20
"""Replies after which a share says something."""
_POOR = 0.80
"""A format that is read less often than this gives way (the bar of peers is 70 to 80 %)."""
_PROMOTED, _DEMOTED = 0.95, 0.90
"""JSON is asked for from the first share on, and until the second one is fallen short of."""

_PATCHES = re.compile(r"(?:^|/)(?:gpt-4\.1|gpt-5|codex|o[34])", re.IGNORECASE)
"""Models that were trained to write `apply_patch`."""
_SMALL = re.compile(
    r"[:\-_ ](?P<size>\d{1,3}(?:\.\d)?)b\b|(?:mini|nano|tiny|small)\b", re.IGNORECASE
)
_SMALL_FROM_B = 33.0
"""Billions of parameters below which a model writes whole files better than search/replace."""
_WHOLE_FILE_LINES = 400
_UNMEASURED, _UNMEASURED_WEIGHT = 0.9, 10
"""A format of which little is known counts as one that was read so often, so many times."""


def contract_for(
    model: Model, subject: Subject, settings: Settings, read_so_far: ReadSoFar
) -> EditFormat:
    """The format to ask for.

    Args:
        model: who is asked.
        subject: what is asked.
        settings: may name the format for this model.
        read_so_far: what became of this model's replies.
    """
    known = all_edit_formats()
    own = settings.models.get(model.id)
    if own is not None and own.edit_format in known:
        return known[own.edit_format]
    ids = tuple(dict.fromkeys(_preferred(model, subject, read_so_far)))
    good = (one for one in ids if not _is_poor(*read_so_far(model.id, one)))
    return known[next(good, ids[0])]


def other_formats(
    used: str, model: Model, subject: Subject, settings: Settings, read_so_far: ReadSoFar
) -> tuple[str, ...]:
    """Formats that could be asked for instead of one, that which is read most often first.

    None where the user chose the model's format.

    Args:
        used: the format that failed.
        model: who is asked.
        subject: what is asked.
        settings: may name the format for this model.
        read_so_far: what became of this model's replies.
    """
    own = settings.models.get(model.id)
    if own is not None and own.edit_format:
        return ()
    short = len(subject.view.index) <= _WHOLE_FILE_LINES
    several = subject.wish is not None and bool(subject.wish.others)
    further = ("search_replace", *(("whole_file",) if short and not several else ()))
    ids = dict.fromkeys((*_preferred(model, subject, read_so_far), *further, "unified_diff"))
    counts = {one: read_so_far(model.id, one) for one in ids if one != used}
    good = [one for one, count in counts.items() if not _is_poor(*count)]
    return tuple(sorted(good, key=lambda one: -_share(*counts[one])))


def _preferred(model: Model, subject: Subject, read_so_far: ReadSoFar) -> Iterator[str]:
    """Formats from the best to the last resort."""
    wish = subject.wish
    if wish is None:
        # The lines are ours, and no other format has less to go wrong.
        yield from ("region", "search_replace")
        return
    if not (wish.whole or wish.others or wish.may_create):
        yield "region"
    if keeps_to_json(model, read_so_far):
        yield "json"
    short = len(subject.view.index) <= _WHOLE_FILE_LINES
    several = bool(wish.others)
    if _is_small(model) and short and not several:
        yield "whole_file"
    if _PATCHES.search(model.name):
        yield "apply_patch"
    yield "search_replace"
    if short:
        yield "whole_file"
    yield "unified_diff"


def keeps_to_json(model: Model, read_so_far: ReadSoFar) -> bool:
    """Whether a model is asked for JSON: its provider enforces the schema, and it was measured."""
    if model.structured_output != "schema":
        return False
    readable, total = read_so_far(model.id, "json")
    return total >= _ENOUGH and readable >= (_PROMOTED if total < 2 * _ENOUGH else _DEMOTED) * total


def region_for(subject: Subject, lines: range, edit_format: EditFormat) -> Region:
    """What a reply in this format may rewrite.

    Args:
        subject: what is asked.
        lines: the lines around the problem, or those of the wish.
        edit_format: some are about files as a whole.
    """
    from understudy.edit_formats import Region

    view, wish, target = subject.view, subject.wish, subject.target
    whole = edit_format.whole_file or (wish is not None and wish.whole)
    return Region(
        view,
        range(len(view.index)) if whole else lines,
        others=wish.others if wish is not None else {},
        may_create=wish is not None and wish.may_create,
        stays=wish is not None and wish.stays,
        home=wish.home if wish is not None else "",
        marked=view.index.lines_of(target.span) if target is not None else range(0),
    )


def _is_small(model: Model) -> bool:
    found = _SMALL.search(model.name)
    if found is None:
        return False
    return found["size"] is None or float(found["size"]) < _SMALL_FROM_B


def _is_poor(readable: int, total: int) -> bool:
    return total >= _ENOUGH and readable < _POOR * total


def _share(readable: int, total: int) -> float:
    """How often a format is read, as far as it was measured."""
    return (readable + _UNMEASURED * _UNMEASURED_WEIGHT) / (total + _UNMEASURED_WEIGHT)
