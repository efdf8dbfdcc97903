"""What a language server of our own says about a text, with its quick fixes as suggestions."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from understudy.core.failures import UnavailableError
from understudy.workspace.foreign import diagnostic_from_json
from understudy.workspace.mirror import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.mirror import Mirror
    from understudy.workspace.view import View

FIXES_WITHIN_S = 0.25
"""How long a check may ask for fixes; the findings count more, and they are there already."""


def place_of(view: View, name: str) -> tuple[Path, Path]:
    """The folder that a server works in, and the document's path, `name` for one without a file.

    Raises:
        UnavailableError: when there is no folder at all.
    """
    root = view.root or (view.path.parent if view.path is not None else None)
    if root is None:
        raise UnavailableError("A language server needs a folder, and this document has none.")
    return root, view.path or root / name


def shown(view: View, path: Path, languages: Iterable[str]) -> list[Shown]:
    """The open documents of these languages as they are in the editor, the view's text at last."""
    known = frozenset(languages)
    beside = [
        Shown(one.path.as_uri(), one.language, one.text)
        for one in view.beside
        if one.language in known and one.path != path
    ]
    return [*beside, Shown(path.as_uri(), view.language, view.text)]


async def look(mirror: Mirror, documents: list[Shown], view: View) -> tuple[Diagnostic, ...]:
    """What the server says about the last of the documents, which is the view.

    Raises:
        UnavailableError: when it gave no answer, or one that is none.
    """
    await mirror.show(documents)
    uri = documents[-1].uri
    items = await mirror.pull(uri)
    until = time.monotonic() + FIXES_WITHIN_S
    for item in items:
        if isinstance(item, dict) and time.monotonic() < until:
            item["codeActions"] = await mirror.quick_fixes(uri, _told(item))
    return await asyncio.to_thread(_read, items, view, mirror, uri)


def _told(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != "codeActions"}


def _read(items: list[Any], view: View, mirror: Mirror, uri: str) -> tuple[Diagnostic, ...]:
    found = [diagnostic_from_json(item, view.index, mirror.encoding, uri) for item in items]
    if None in found:
        raise UnavailableError("The language server's answer can't be read.")
    return tuple(one for one in found if one is not None)
