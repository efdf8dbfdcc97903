"""What is wrong with a configuration, said so that an editor can underline and mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from understudy.core.text import Edit, Span

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_MAX_SHOWN = 120


class Layer(StrEnum):
    """Where a value comes from. A later member wins over an earlier one."""

    BUILT_IN = "built-in"
    USER = "user"
    WORKSPACE = "workspace"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """One thing in one layer that can't be used as it is written.

    Attributes:
        path: the file; None for the editor's settings.
        key: the dotted key, spelled as the settings are; empty when the whole file is meant.
        message: a full sentence that names the key, the file and what is accepted.
        span: where it stands, in code points of the file's text.
        suggestion: what could be written instead of the characters that `fix` replaces.
        fix: the edit of the file that puts it right, where there is an obvious one.
        is_hint: whether the file is right, and something that it counts on is not there.
    """

    layer: Layer
    path: Path | None
    key: str
    message: str
    span: Span | None = None
    suggestion: str | None = None
    fix: Edit | None = None
    is_hint: bool = False


def dotted(path: Iterable[str]) -> str:
    """A key as TOML spells it, cut to a length that a message can carry."""
    text = ".".join(part if _BARE_KEY.fullmatch(part) else _quoted(part) for part in path)
    # An id of a model is long, and a cut key would be taken for that of its neighbour.
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"


def _quoted(part: str) -> str:
    return ascii(part[:_MAX_SHOWN]) if not part.isprintable() else f'"{part}"'
