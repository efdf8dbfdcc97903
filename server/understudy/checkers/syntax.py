"""Does a text parse? Told by the tree-sitter grammar of its language, which needs no tool.

Python has the interpreter's own compiler for that (`python_syntax`).
"""

from __future__ import annotations

import asyncio
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from understudy.checkers import Checker, ToolMissingError
from understudy.context.bounded_tree import read_tree
from understudy.context.grammar import Grammar, loaded
from understudy.context.syntax_errors import Fault, faults
from understudy.languages import all_languages, grammar_of
from understudy.workspace.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from understudy.config.settings import CheckerSettings
    from understudy.workspace.view import View


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:  # noqa: ARG001 - nothing to set
    # The first text of a language loads its grammar, so even short ones are read in a thread.
    return await asyncio.to_thread(find_syntax_errors, view, _grammar(view))


async def _locate(view: View, settings: CheckerSettings) -> str:  # noqa: ARG001 - nothing to set
    grammar = _grammar(view)
    try:
        await asyncio.to_thread(loaded, grammar)
        package = grammar.module.replace("_", "-")
        return f"{package} {version(package)}, built in"
    except (ImportError, PackageNotFoundError) as error:
        text = f"The grammar `{grammar.module}` is not installed."
        raise ToolMissingError(text) from error


def _grammar(view: View) -> Grammar:
    grammar = grammar_of(view.language)
    if grammar is None:
        raise ToolMissingError(f"There is no grammar for `{view.language}`.")
    return grammar


def find_syntax_errors(view: View, grammar: Grammar) -> tuple[Diagnostic, ...]:
    """The first few places that the grammar can't read.

    Raises:
        UnavailableError: when the text is too long or too deep to be parsed in a short time.
    """
    found = faults(read_tree(view.text, grammar), view.index)
    severity = Severity.ERROR if grammar.reliable else Severity.WARNING
    return tuple(_diagnostic(fault, severity) for fault in found)


def _diagnostic(fault: Fault, severity: Severity) -> Diagnostic:
    code = "missing-token" if fault.missing else "syntax-error"
    return Diagnostic("tree-sitter", code, fault.message, fault.span, severity)


CHECKER = Checker(
    id="syntax",
    languages=frozenset(
        language.id
        for language in all_languages().values()
        if language.grammar is not None and language.id != "python"
    ),
    run=_run,
    locate=_locate,
    sources=frozenset({"tree-sitter"}),
    parses=True,
    syntax_only=True,
    in_process=True,
    approximate=True,
)
