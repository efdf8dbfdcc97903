"""One outside tool per file: text in, diagnostics out. Each defines `CHECKER`.

A checker looks at a `View`, never at the file on disk, and never writes. It raises
`ToolMissingError` when its tool can't be had and `UnavailableError` when the tool broke or gave
no answer; the engine turns both into "unknown", never into "passed".
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.plugins import load_folder
from understudy.workspace.tools import ToolMissingError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from understudy.config.settings import CheckerSettings
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View


__all__ = ["Checker", "ToolMissingError", "all_checkers", "reports_as"]


@dataclass(frozen=True, slots=True)
class Checker:
    """A source of diagnostics.

    Attributes:
        id: its name in settings, evidence and the journal.
        languages: LSP language ids that it understands.
        run: finds the diagnostics of a view; spans in code points of `view.text`.
        locate: the tool's path and version for `understudy doctor`; raises `ToolMissingError`.
        sources: names under which editors show this tool's diagnostics, in lower case.
        parses: whether it tells if the text parses at all.
        in_process: whether it needs no outside program, so that it runs in untrusted folders too.
        close: ends what the checker keeps running between checks; None when it keeps nothing.
    """

    id: str
    languages: frozenset[str]
    run: Callable[[View, CheckerSettings], Awaitable[tuple[Diagnostic, ...]]]
    locate: Callable[[View, CheckerSettings], Awaitable[str]]
    sources: frozenset[str] = frozenset()
    parses: bool = False
    in_process: bool = False
    close: Callable[[], Awaitable[None]] | None = None


def all_checkers() -> dict[str, Checker]:
    """Every checker, by its id."""
    return load_folder(sys.modules[__name__], "CHECKER", Checker)


def reports_as(checker: str, source: str) -> bool:
    """Whether diagnostics of this source are those of the checker with this id.

    A checker that nobody knows here goes by its id alone. Case does not matter.
    """
    known = all_checkers().get(checker)
    name = source.lower()
    return name == checker or (known is not None and name in known.sources)
