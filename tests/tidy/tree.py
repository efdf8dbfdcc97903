"""The project's own files, for the tests that read all of them."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pathspec

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "server" / "understudy"

_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


@cache
def files() -> tuple[Path, ...]:
    """Every file that `.gitignore` does not leave out, by its path below the project's root."""
    lines = (ROOT / ".gitignore").read_text().splitlines()
    ignored = pathspec.GitIgnoreSpec.from_lines([*lines, ".git/"])
    found = []
    for folder, below, names in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)
        # What is ignored is not looked into: it may hold many times as many files as the project.
        below[:] = [one for one in below if not ignored.match_file(f"{(here / one).as_posix()}/")]
        found += [here / one for one in names if not ignored.match_file((here / one).as_posix())]
    return tuple(sorted(found))


def text(path: Path) -> str | None:
    """What a file holds; None when it is not text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def source(*suffixes: str) -> tuple[Path, ...]:
    """Files with these endings that are ours to write well: no corpora, no example projects."""
    foreign = (Path("tests/demo"), Path("tests/corpus"), Path("tests/actions/fix"))
    return tuple(
        path
        for path in files()
        if path.suffix in suffixes and not any(path.is_relative_to(place) for place in foreign)
    )


def prose(path: Path) -> str:
    """A Markdown page without its fenced blocks."""
    return _FENCED.sub("", text(path) or "")


def fenced(path: Path) -> list[str]:
    """The fenced blocks of a Markdown page, with their fences."""
    return _FENCED.findall(text(path) or "")
