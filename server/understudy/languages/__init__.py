"""One language per file. Each defines `LANGUAGE`.

Languages lie below the other plug-ins: checkers and tasks may ask what is known of one.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from understudy.context.grammar import kinds
from understudy.core.plugins import load_folder

if TYPE_CHECKING:
    from pathlib import PurePath

    from understudy.context.grammar import Grammar
    from understudy.context.outline import Outline

ECMASCRIPT_SYMBOLS = kinds(
    "function_declaration generator_function_declaration method_definition class_declaration"
    " abstract_class_declaration interface_declaration enum_declaration type_alias_declaration"
    " export_statement"
)
"""Arrow functions are none: most are a part of one line."""
ECMASCRIPT_BLOCKS = kinds(
    "if_statement for_statement for_in_statement while_statement do_statement try_statement"
    " switch_statement lexical_declaration variable_declaration expression_statement"
    " import_statement internal_module module"
)


@dataclass(frozen=True, slots=True)
class Language:
    """What Understudy knows about a language.

    Attributes:
        id: the LSP language id.
        suffixes: file name endings, with the dot, in lower case.
        name: for people.
        fence: the word behind the fence of a Markdown block.
        line_comment: what begins a comment that ends with its line; empty where there is none.
        block_comment: what begins and ends a comment of several lines.
        grammar: what parses it; None where no grammar can be relied on.
        tests: names of the files that test the file `{stem}`; with a folder before them where that is
            what makes them tests.
        outline: what finds definitions and imports; None where nobody looks for them.
        file_names: whole names of files, for those without an ending.
        shared: endings of another language that files of this one may have, too.
        shown_by: expressions of which one is found in texts of such files, behind a line end; every
            line end is LF. A text
            of the other language that has one must be understood by this grammar about as well.
            Each begins with what is fast to search.
    """

    id: str
    suffixes: frozenset[str]
    name: str
    fence: str
    line_comment: str = ""
    block_comment: tuple[str, str] | None = None
    grammar: Grammar | None = None
    tests: tuple[str, ...] = ()
    outline: Outline | None = None
    file_names: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    shown_by: tuple[str, ...] = ()


def all_languages() -> dict[str, Language]:
    """Every language, by its id."""
    return load_folder(sys.modules[__name__], "LANGUAGE", Language)


def language_of(path: PurePath, text: str = "") -> str | None:
    """The language id for a file; None for one that no language claims.

    Args:
        path: its name counts.
        text: of the file, as far as it is known: two languages may share an ending.
    """
    suffix = path.suffix.lower()
    for language in all_languages().values():
        if suffix in language.suffixes or path.name in language.file_names:
            return told_by_text(path.name, language.id, text)
    return None


def told_by_text(name: str, language: str, text: str) -> str:
    """The language of a text whose file has an ending of another one; else that other one.

    Args:
        name: of the file, with its ending.
        language: what it is taken for otherwise.
        text: of the file.
    """
    if not text:
        return language
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    for other, known, shown_by in _sharing(suffix):
        if language == known:
            lines = "\n" + text.replace("\r", "\n")
            if any(one.search(lines) for one in shown_by):
                return other
    return language


@cache
def _sharing(suffix: str) -> tuple[tuple[str, str, tuple[re.Pattern[str], ...]], ...]:
    """The languages that share an ending, with whose it is otherwise and what shows them."""
    every = all_languages().values()
    return tuple(
        (one.id, owner.id, tuple(map(re.compile, one.shown_by)))
        for one in every
        for owner in every
        if suffix in one.shared and suffix in owner.suffixes
    )


def grammar_of(language: str) -> Grammar | None:
    """What parses texts of a language; None where nothing does."""
    known = all_languages().get(language)
    return known.grammar if known is not None else None
