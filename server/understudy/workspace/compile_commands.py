"""How a C or C++ file is compiled, from the project's `compile_commands.json`.

The file may be anybody's, and compilers have options that load and run code. So only options are
taken that decide how a text is read: include folders, definitions, the language and its warnings.
The format: https://clang.llvm.org/docs/JSONCompilationDatabase.html
"""

from __future__ import annotations

import json
import os
import re
import shlex
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.core.failures import UnavailableError
from understudy.core.plain_files import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NAME = "compile_commands.json"
_MAX_BYTES = 64 * 1024 * 1024
_WITH_PATH = ("-isystem", "-iquote", "-idirafter", "-include", "-imacros", "-isysroot", "-I")
"""Longer ones first where one begins with another."""
_PLAIN = re.compile(
    r"-(?:std=[\w+]+|ansi|pthread|nostdinc|nostdinc\+\+|undef|w|pedantic|pedantic-errors|Wno-[\w+=-]+"
    r"|W(?![pla],)[\w+=-]+|[DU]\w.*|m(?:arch|cpu|tune|abi|fpu|float-abi)=[\w.+-]+|m(?:32|64|avx|avx2|fma)"
    r"|m?sse[\w.]*|stdlib=libc\+\+"
    r"|f(?:no-)?(?:exceptions|rtti|char8_t|signed-char|unsigned-char|short-enums|short-wchar|coroutines"
    r"|ms-extensions|permissive|strict-aliasing|wrapv|openmp|gnu89-inline|common|builtin))"
)


def flags_for(path: Path, root: Path | None) -> tuple[str, ...] | None:
    """The options for a file, with full paths; None when nothing is known about it.

    A file that is not listed, such as a header, is taken to be compiled as one of the same name
    with another ending, else as one of the same folder.

    Raises:
        UnavailableError: when there is a database that can't be read.
    """
    database = next((each for each in _places(path, root) if each.is_file()), None)
    if database is None:
        return None
    try:
        found = _read(database, database.stat().st_mtime_ns)
    except (OSError, ValueError, RecursionError) as error:
        raise UnavailableError(f"`{database}` can't be read: {error}.") from error
    return _nearest(found, _real(path))


def _places(path: Path, root: Path | None) -> Iterator[Path]:
    """Where build systems leave the database: above the file, or in a folder `build` there."""
    for folder in path.parents:
        yield folder / _NAME
        yield folder / "build" / _NAME
        if folder == root:
            return


@lru_cache(maxsize=4)
def _read(database: Path, changed: int) -> dict[str, tuple[str, ...]]:  # noqa: ARG001 - part of the key
    entries = json.loads(read_plain(database, _MAX_BYTES))
    if not isinstance(entries, list):
        raise ValueError("it is no list")  # noqa: TRY004 - one error for all damage
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        if isinstance(entry, dict) and isinstance(entry.get("file"), str):
            folder = Path(str(entry.get("directory", "")) or database.parent)
            found.setdefault(_real(folder / entry["file"]), tuple(_kept(_words(entry), folder)))
    return found


def _words(entry: dict[str, Any]) -> list[str]:
    """The command without the compiler."""
    words = entry.get("arguments")
    if not isinstance(words, list):
        words = shlex.split(str(entry.get("command", "")), posix=os.name == "posix")
    return [str(word) for word in words[1:]]


def _kept(words: Iterable[str], folder: Path) -> Iterator[str]:
    rest = iter(words)
    for word in rest:
        option = next((each for each in _WITH_PATH if word.startswith(each)), None)
        if option is not None:
            value = word[len(option) :] or next(rest, "")
            yield from (option, str(folder / value)) if value else ()
        elif word in {"-D", "-U"}:
            yield word + next(rest, "_")
        elif _PLAIN.fullmatch(word):
            yield word


def _nearest(found: dict[str, tuple[str, ...]], path: str) -> tuple[str, ...] | None:
    if path in found:
        return found[path]
    stem, folder = os.path.splitext(path)[0], os.path.dirname(path)  # noqa: PTH120, PTH122 - strings
    same_stem = (flags for each, flags in found.items() if os.path.splitext(each)[0] == stem)  # noqa: PTH122 - strings
    beside = (flags for each, flags in found.items() if os.path.dirname(each) == folder)  # noqa: PTH120 - strings
    return next(same_stem, None) or next(beside, None)


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
