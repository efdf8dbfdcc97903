"""Made-up values, for a look at a fragment that is not in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.prompt.keys import VARIABLES
from understudy.prompt.rendering import render
from understudy.prompt.trouble import FragmentError
from understudy.prompt.values import Quoted, Snippet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.prompt.fragment import Fragment
    from understudy.prompt.keys import Kind, Known
    from understudy.prompt.library import Library
    from understudy.prompt.values import Value


def sample_values(parts: Mapping[str, Known] = VARIABLES) -> dict[str, Value]:
    """A value for every variable."""
    return {name: _sample(known) for name, known in parts.items()}


def sampled(fragment: Fragment, library: Library) -> str:
    """The text of a fragment with made-up values, or the sentence that says why there is none."""
    values = sample_values()
    if not fragment.slot:
        # It is made for a place in a list, whose parts it names.
        inner = {name: part for one in VARIABLES.values() for name, part in one.parts.items()}
        values = {**sample_values(inner), **values}
    try:
        return render(fragment, values, library.find).text
    except FragmentError as error:
        return str(error)


def _sample(known: Known) -> Value:
    if known.kind == "list":
        return [sample_values(known.parts)]
    made: dict[Kind, Value] = {
        "text": known.sample or "words",
        "number": int(known.sample) if known.sample.isdigit() else 1,
        "flag": False,
        "quoted": Quoted(known.sample),
        "snippet": Snippet(known.sample),
        "parts": sample_values(known.parts),
    }
    return made[known.kind]
