"""The parts of a problem's sentence, and what could be written instead of a wrong value."""

from __future__ import annotations

import difflib
import json
import re
import shlex
import tomllib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_origin

from understudy.config import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pydantic import ValidationError
    from pydantic.fields import FieldInfo

_LARGEST_SHOWN = 10**12


def shown(value: object) -> str:
    """A value in a sentence. A string is not repeated: it may be a key in the wrong place."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:g}" if abs(value) <= _LARGEST_SHOWN else "a number of that size"
    kinds = {"this string": str, "this list": list | tuple, "a table": Mapping}
    return next((words for words, kind in kinds.items() if isinstance(value, kind)), "this")


def reason(failure: ValidationError) -> str:
    """What one of our own validators says, as a clause; empty for a failure of type or range."""
    first = failure.errors(include_url=False, include_input=False)[0]
    return f" ({first['ctx']['error']})" if first["type"] == "value_error" else ""


def key_fault(failure: ValidationError, key: str, source: str) -> str:
    """A sentence about a mapping's free key; empty where the value under it is at fault."""
    first = failure.errors(include_url=False, include_input=False)[0]
    if first["loc"][-1] != "[key]":
        return ""
    return f"`{key}` in {source} can't be a key{reason(failure)}, so it does not count."


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that was probably meant; None when none is near."""
    # Comparing grows with the product of the lengths, and no name is that long.
    found = difflib.get_close_matches(word[:60], list(choices), n=1, cutoff=0.7)
    return found[0] if found else None


def nearest_id(name: str, ids: Iterable[str]) -> str | None:
    """The model's id that was probably meant; the name alone where several providers have it."""
    known = list(ids)
    if "/" in name:
        return nearest(name, known)
    # What names no provider is no slip for one of them: to an id it is near by chance alone.
    meant = nearest(name, dict.fromkeys(map(_without_provider, known)))
    theirs = [one for one in known if _without_provider(one) == meant]
    return theirs[0] if len(theirs) == 1 else meant


def _without_provider(name: str) -> str:
    return name.partition("/")[2] or name


def listing(names: Collection[str]) -> str:
    """`a`, `b` and `c`."""
    quoted = [f"`{name}`" for name in sorted(names)]
    if len(quoted) < 2:
        return "".join(quoted) or "none"
    return ", ".join(quoted[:-1]) + " and " + quoted[-1]


def variable(provider: str) -> str:
    """The usual name of the environment variable that holds a provider's key."""
    return re.sub(r"[^A-Z0-9]+", "_", provider.upper()).strip("_") + "_API_KEY"


def quoted(text: str) -> str:
    """Text as a TOML string. JSON's escape sequences are TOML's, which also escapes U+007F."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def mended(value: object, field: FieldInfo) -> str | None:
    """The TOML of what was obviously meant by a value; None when that is not obvious."""
    kind = schema.kind_of(field)
    if isinstance(value, str):
        if get_origin(kind) is list:
            return _as_list(value)
        words = schema.choices(field)
        return _word(value, words) if words else _unquoted(value, kind)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    limits = schema.bounds(field)
    if limits is None or (kind is int and isinstance(value, float)):
        return None
    low, high = limits
    return f"{low:.10g}" if value < low else f"{high:.10g}" if value > high else None


def _word(value: str, words: tuple[str, ...]) -> str | None:
    """The word of a closed set that was probably meant, however it was spelled."""
    plain = {word.replace("-", "").lower(): word for word in words}
    near = nearest(re.sub(r"[-_\s]", "", value[:60]).lower(), plain)
    return quoted(plain[near]) if near else None


def _as_list(value: str) -> str | None:
    """A list in place of the one string: a command line, or one item."""
    try:
        words = shlex.split(value)
    except ValueError:
        return None
    return "[" + ", ".join(quoted(word) for word in words) + "]"


def _unquoted(text: str, kind: Any) -> str | None:
    """The text itself, where it spells a value of the right type that merely must not be quoted."""
    plain = text.strip().lower()
    try:
        value = tomllib.loads(f"value = {plain}")
    except (ValueError, RecursionError):
        return None
    fits = set(value) == {"value"} and type(value["value"]) is kind
    return plain if fits and kind in {bool, int, float} else None
