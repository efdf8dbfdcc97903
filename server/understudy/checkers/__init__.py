"""One outside tool per file: text in, diagnostics out. Each defines `CHECKER`.

A checker looks at a `View`, never at the file on disk, and never writes. It raises
`ToolMissingError` when its tool can't be had and `UnavailableError` when the tool broke or gave
no answer; the engine turns both into "unknown", never into "passed".
"""

from __future__ import annotations

import re
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


_FAMILY = re.compile(r"[A-Za-z]+(?=\d)")

__all__ = ["Checker", "ToolMissingError", "all_checkers", "is_about_import_order", "reports_as"]


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
        syntax_only: whether it tells nothing else.
        approximate: whether it takes some correct texts for broken, as grammars do that don't know
            every macro and every new word: then a compiler's word outweighs its own.
        in_process: whether it needs no outside program, so that it runs in untrusted folders too.
        bundled: whether its program is installed with Understudy, so that it should be there.
        is_type_checker: whether only its errors count, because its warnings are a matter of the
            project's own settings, and its word comes after a linter's about the same thing.
        bug_families: families of rules whose findings tell of mistakes and not of style: the
            letters before a code's number.
        import_order: codes about nothing but the order of imports, which an edit that adds one may
            bring about.
        implied: pairs of codes of which the second says less of the same fault than the first, so
            that the first one kept it from being reported: a bare `except` is a broad one, too.
        staged: whether it looks for what is less than an error only where it found no errors.
        applies: whether the checker has a say about a view at all, told by the project's files; None
            when it always has. One that has none is not asked, and is not missed either.
        only_parses: whether it looked at nothing but the syntax of this view, for one that looks deeper
            at others; None when `syntax_only` says it for all.
        rule: what the codes look like that it may be asked for beyond the project's own configuration
            (`View.rules`); None where it can't be asked so.
        close: ends what the checker keeps running between checks; None when it keeps nothing.
    """

    id: str
    languages: frozenset[str]
    run: Callable[[View, CheckerSettings], Awaitable[tuple[Diagnostic, ...]]]
    locate: Callable[[View, CheckerSettings], Awaitable[str]]
    sources: frozenset[str] = frozenset()
    parses: bool = False
    syntax_only: bool = False
    approximate: bool = False
    in_process: bool = False
    bundled: bool = False
    is_type_checker: bool = False
    bug_families: frozenset[str] = frozenset()
    import_order: frozenset[str] = frozenset()
    implied: frozenset[tuple[str, str]] = frozenset()
    staged: bool = False
    applies: Callable[[View, CheckerSettings], bool] | None = None
    only_parses: Callable[[View, CheckerSettings], Awaitable[bool]] | None = None
    rule: re.Pattern[str] | None = None
    close: Callable[[], Awaitable[None]] | None = None

    @property
    def looks_deeper(self) -> bool:
        """Whether it looks at more than the syntax."""
        return not (self.in_process or self.syntax_only)

    def tells_of_bug(self, code: str) -> bool:
        """Whether a finding with this code is more than a matter of style."""
        found = _FAMILY.match(code)
        return found is not None and found[0] in self.bug_families


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


def is_about_import_order(source: str, code: str) -> bool:
    """Whether a finding is about nothing but the order of imports, by the checker that reports it."""
    return any(
        code in checker.import_order and reports_as(name, source)
        for name, checker in all_checkers().items()
    )
