"""How we and our own commands are called, and how their JSON members are spelled."""

from __future__ import annotations

import pkgutil
from pathlib import Path

SOURCE = "understudy"
"""Whose diagnostics ours are, as the editor shows it."""
REVIEW_SOURCE = "understudy review"
"""Whose the findings of a review are."""
OURS = frozenset({SOURCE, REVIEW_SOURCE})


def command_ids() -> list[str]:
    """The names of all commands, told by their files' names: nothing is imported for it."""
    folder = str(Path(__file__).with_name("commands"))
    return [f"understudy.{camel(info.name)}" for info in pkgutil.iter_modules([folder])]


def camel(name: str) -> str:
    """`fix_file` as LSP and JSON write it: `fixFile`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
