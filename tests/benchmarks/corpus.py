"""Real functions of the standard library, each broken in one known way. Always the same ones."""

from __future__ import annotations

import ast
import importlib.util
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.breaking import BREAKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.breaking import Break

_MODULES = (
    *("asyncio.locks", "asyncio.queues", "asyncio.runners", "asyncio.streams", "asyncio.tasks"),
    *("bdb", "bisect", "calendar", "cmd", "code", "colorsys", "configparser", "copy", "csv"),
    *("filecmp", "fileinput", "fnmatch", "fractions", "ftplib", "functools", "getopt", "getpass"),
    *("gettext", "glob", "graphlib", "gzip", "heapq", "hmac", "json.decoder", "json.encoder"),
    *("linecache", "mailbox", "mimetypes", "netrc", "optparse", "pickletools", "poplib", "pprint"),
    *("profile", "pstats", "queue", "quopri", "random", "reprlib", "rlcompleter", "sched"),
    *("secrets", "selectors", "shelve", "shlex", "shutil", "socketserver", "statistics", "string"),
    *("symtable", "tempfile", "textwrap", "timeit", "tokenize", "trace", "traceback", "uuid"),
    *("wave", "weakref", "zipapp"),
)
_SHORT, _LONG = 5, 60
"""Functions with fewer lines have little to break; longer ones are rare."""
_MAX_LINES = 1_500


@dataclass(frozen=True, slots=True)
class Case:
    """A module with one broken function.

    Attributes:
        name: of the module and the function.
        kind: the name of the break.
    """

    name: str
    kind: str
    original: str
    broken: str
    at: int


@dataclass(frozen=True, slots=True)
class _Function:
    name: str
    text: str
    start: int
    end: int


def cases(kind: Break) -> Iterator[Case]:
    """Functions broken in one way: one place in each, in an order that looks random."""
    chance = random.Random(kind.name)  # noqa: S311 - the same cases in every run
    functions = [one for module in _MODULES for one in _functions(module)]
    chance.shuffle(functions)
    is_import = "import" in kind.name
    for one in functions:
        start, end = (0, len(one.text)) if is_import else (one.start, one.end)
        broken = list(kind.all(one.text, start, end))
        if broken:
            chosen = chance.choice(broken)
            yield Case(one.name, kind.name, one.text, chosen.text, chosen.at)


def all_cases() -> Iterator[tuple[Break, Iterator[Case]]]:
    """Every way to break, with its cases."""
    for kind in BREAKS:
        yield kind, cases(kind)


def _functions(module: str) -> Iterator[_Function]:
    spec = importlib.util.find_spec(module)
    # Some interpreters hold a module frozen or compiled, without a source file.
    if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
        return
    text = Path(spec.origin).read_text(encoding="utf-8")
    if text.count("\n") > _MAX_LINES:
        return
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            length = node.end_lineno - node.lineno
            if _SHORT <= length <= _LONG:
                start, end = starts[node.lineno - 1], starts[node.end_lineno]
                yield _Function(f"{module}.{node.name}", text, start, end)
