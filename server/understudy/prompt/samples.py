"""Made-up values, for a look at a fragment that is not in use."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.prompt.choosing import matches
from understudy.prompt.keys import CHOSEN_BY, VARIABLES
from understudy.prompt.rendering import render
from understudy.prompt.trouble import FragmentError
from understudy.prompt.values import Quoted, Snippet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from understudy.prompt.fragment import Fragment
    from understudy.prompt.keys import Kind, Known
    from understudy.prompt.layers import Library
    from understudy.prompt.values import Value

"""Keys of `when` that are variables as well, some by another name."""


def sample_values(parts: Mapping[str, Known] = VARIABLES) -> dict[str, Value]:
    """A value for every variable."""
    return {name: _sample(known) for name, known in parts.items()}


def fitting_values(fragment: Fragment, model: str = "") -> dict[str, str]:
    """Made-up values of the variables that a fragment is chosen by, where the usual ones do not fit.

    Args:
        fragment: with its conditions.
        model: one that it is taken for; empty where none is known.
    """
    found: dict[str, str] = {}
    for key, name in CHOSEN_BY.items():
        usual, wanted = VARIABLES[name].sample, fragment.when.get(key, ())
        if not matches(wanted, frozenset({usual})):
            found[name] = _fitting(wanted)
    if model and ("model" in found or "family" in found):
        found["model"] = model
    return found


def _fitting(wanted: Sequence[str]) -> str:
    """A value that a condition holds for, with `*` and the like as it is written."""
    named = [one for one in wanted if not one.startswith("!")]
    return named[0] if named else "another"


def sampled(
    fragment: Fragment, library: Library, fitting: Mapping[str, str] = MappingProxyType({})
) -> str:
    """The text of a fragment with made-up values, or the sentence that says why there is none.

    Args:
        fragment: what is shown.
        library: with what it includes.
        fitting: values that take the place of the usual ones.
    """
    values = {**sample_values(), **fitting}
    if "language" in fitting:
        values["file"] = {**sample_values(VARIABLES["file"].parts), "language": fitting["language"]}
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
