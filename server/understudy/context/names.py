"""Which names exist around a place in a Python file, and where others could be imported from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.workspace.view import View

Origin = Literal["standard library", "installed package", "workspace"]


@dataclass(frozen=True, slots=True)
class Importable:
    """One way to get a name.

    Attributes:
        statement: the import line, without a line end: `from pathlib import Path`.
        module: the module that it names.
        origin: where the module comes from.
    """

    statement: str
    module: str
    origin: Origin


class Names:
    """Names around one view. Everything is looked up on demand and never raises for any text."""

    def __init__(self, view: View, environment: Path | None = None) -> None:
        self._view = view
        self._environment = environment

    def in_scope(self, offset: int) -> tuple[str, ...]:
        """Names visible at a code point, innermost scope first, without the builtins."""

    def attributes(self, offset: int) -> tuple[str, ...]:
        """Names that the object left of the dot at `offset` is known to have; empty if unknown."""

    def importables(self, name: str) -> tuple[Importable, ...]:
        """Ways to import `name`, most likely first: workspace, standard library, installed."""

    def modules(self) -> frozenset[str]:
        """Every top-level module that can be imported here."""

    def exports(self, module: str) -> frozenset[str] | None:
        """The public names of a dotted module; None when that can't be told without running it."""
