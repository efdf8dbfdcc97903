"""What somebody wrote at a place of a configuration text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.config.toml_text import read_toml

if TYPE_CHECKING:
    from understudy.config.toml_text import KeyPath, TomlText

_NAMED = "models"
"""The table whose keys are ids of models."""


def id_at(text: str, offset: int) -> str:
    """What may be an id at a code point: a string, or the name of a table of a model.

    Empty where neither stands, and in a text that is no TOML.
    """
    toml = read_toml(text)
    for path, place in toml.places.items():
        if len(path) == 2 and path[0] == _NAMED and place.key.start <= offset < place.key.end:
            return str(path[1])
        if place.value.start <= offset < place.value.end and isinstance(
            value := _value(toml, path), str
        ):
            return value
    return ""


def _value(toml: TomlText, path: KeyPath) -> object:
    found: Any = toml.values
    try:
        for part in path:
            found = found[part]
    except (LookupError, TypeError):
        # The header of an array of tables has a place, and no value of its own.
        return None
    return found
