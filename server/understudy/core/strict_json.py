"""JSON as every reader of it takes it, for what others read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any


def strict_json(value: Any, *, indent: int | None = None, ensure_ascii: bool = True) -> str:
    """A value as JSON; a number that JSON can't have, as one too large for it, is null.

    Args:
        value: of what `json` knows how to write.
        indent: blanks for each level; None for one line.
        ensure_ascii: whether all else is written by its number.
    """
    try:
        return json.dumps(value, indent=indent, ensure_ascii=ensure_ascii, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(value), indent=indent, ensure_ascii=ensure_ascii, allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, Mapping):
        return {_finite(key): _finite(one) for key, one in value.items()}
    return [_finite(one) for one in value] if isinstance(value, (list, tuple)) else value
