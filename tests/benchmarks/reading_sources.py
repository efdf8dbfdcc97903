"""Real source files to edit, in a set that the reader may be tuned on and one that it may not.

The tuning set holds the standard library's modules outside of packages, and of all other files those
whose name has an even hash. The rest is held out, so that its figures say what unseen files would
give. Whoever changes the reader after a look at what goes wrong there takes other edits of these files
(the seed in `reading_edits.py`), or other files.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tests.foreign_tools import node_modules

if TYPE_CHECKING:
    from collections.abc import Iterator

Part = Literal["tuning", "held out"]
PARTS: tuple[Part, ...] = ("tuning", "held out")

_SHORT, _LONG = 80, 1_500
_MOST = 400
"""So many files of a language are enough."""
_LEFT_OUT = frozenset({"test", "tests", "testdata", "site-packages", "idlelib", "vendor"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file, by its path below the folder that it was found in."""

    name: str
    text: str
    language: str


@cache
def sources(part: Part, language: str) -> tuple[Source, ...]:
    """The files of one set in a language; none where the language is not installed."""
    return tuple(_found(part, language))


def _found(part: Part, language: str) -> Iterator[Source]:
    folder, ending = _FOLDERS[language]()
    if folder is None or not folder.is_dir():
        return
    count = 0
    for path in sorted(folder.rglob(f"*{ending}"), key=_hash):
        name = path.relative_to(folder)
        if not _LEFT_OUT.isdisjoint(name.parts) or _part(name, language) != part:
            continue
        text = _text(path)
        if text is not None and _SHORT <= text.count("\n") <= _LONG:
            yield Source(name.as_posix(), text, language)
            count += 1
        if count == _MOST:
            return


def _part(name: Path, language: str) -> Part:
    if language == "python" and len(name.parts) == 1:
        return "tuning"
    return "held out" if int(_hash(name), 16) % 2 else "tuning"


def _hash(name: Path) -> str:
    return hashlib.sha256(name.name.encode()).hexdigest()


def _text(path: Path) -> str | None:
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    is_plain = "\r" not in text and text.endswith("\n") and not text.startswith("\ufeff")
    # Code that was made by a tool, or made small, is not what models are asked about.
    made = "DO NOT EDIT" in text[:2_000] or max(map(len, text.split("\n"))) > 300
    return text if is_plain and not made else None


def _python() -> tuple[Path | None, str]:
    return Path(sysconfig.get_paths()["stdlib"]), ".py"


def _go() -> tuple[Path | None, str]:
    root = _said("go", "env", "GOROOT")
    return (root / "src" if root else None), ".go"


def _rust() -> tuple[Path | None, str]:
    """The standard library, where its source is installed; else the crates that cargo has."""
    root = _said("rustc", "--print", "sysroot")
    library = root / "lib/rustlib/src/rust/library" if root else Path()
    if root and library.is_dir():
        return library, ".rs"
    return Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo")) / "registry/src", ".rs"


def _javascript() -> tuple[Path | None, str]:
    root = _said("npm", "root", "--global")
    return (root / "npm" if root else None), ".js"


def _typescript() -> tuple[Path | None, str]:
    return node_modules(), ".ts"


def _said(*command: str) -> Path | None:
    """The path that a program names; None when it is not installed."""
    program = shutil.which(command[0])
    if program is None:
        return None
    run = subprocess.run([program, *command[1:]], capture_output=True, text=True, check=False)
    return Path(run.stdout.strip()) if run.returncode == 0 and run.stdout.strip() else None


_FOLDERS = {
    "python": _python,
    "go": _go,
    "rust": _rust,
    "typescript": _typescript,
    "javascript": _javascript,
}
LANGUAGES = tuple(_FOLDERS)
