"""A key that is planted, and the search for places where it must not turn up."""

from __future__ import annotations

import base64
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SQLITE = b"SQLite format 3\x00"


def assert_nowhere(key: str, home: Path, *texts: object) -> None:
    """Fail if a key is in a file below a folder, or in one of the texts.

    Args:
        key: the key; it must be long enough to be nowhere by chance.
        home: the user's folder. Files are read as bytes, whatever they are, and databases also row
            by row, since a long value does not lie in one piece. Names of files count too.
        texts: output, logs, and messages as recorded; what is no text is read as JSON.
    """
    assert len(key) >= 16, "a short key may be somewhere by chance"
    marks = _spellings(key)
    found = [where for where, content in _contents(home) if any(one in content for one in marks)]
    for number, text in enumerate(texts):
        said = text if isinstance(text, str | bytes) else json.dumps(text, default=str)
        content = said if isinstance(said, bytes) else said.encode("utf-8", "surrogatepass")
        found += [f"text {number}"] if any(one in content for one in marks) else []
    assert not found, f"The planted key is in {', '.join(found)}."


def _spellings(key: str) -> set[bytes]:
    """The key as it may be written; base64 in each of the three ways in which it can begin."""
    texts = {key, key[::-1], quote(key, safe=""), json.dumps(key)[1:-1], repr(key)[1:-1]}
    found = {text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-16-be")}
    for before in range(3):
        coded = base64.b64encode(b"x" * before + key.encode())
        middle = coded[4 if before else 0 :][: len(key) * 4 // 3 - 4]
        found |= {middle, middle.replace(b"+", b"-").replace(b"/", b"_")}
    return found | {key.encode().hex().encode(), key.encode().hex().upper().encode()}


def _contents(home: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        yield f"the name of `{name}`", name.encode("utf-8", "surrogateescape")
        if not path.is_file():
            continue
        content = path.read_bytes()
        yield f"`{name}`", content
        if content.startswith(_SQLITE):
            yield f"a row of `{name}`", b"\n".join(_cells(path))


def _cells(path: Path) -> Iterator[bytes]:
    """Every value of a database, with what is still in the log beside it."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            quoted = table.replace('"', '""')
            for row in database.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 - a name of its own
                yield from (
                    cell if isinstance(cell, bytes) else str(cell).encode("utf-8", "replace")
                    for cell in row
                )
