"""Ruff's own language server as a faster way to what `ruff check` says.

Its findings are put into the shape that `ruff check --output-format=json` prints, so that one
reader serves both. It differs from the process in what it adds to messages, in naming rules by
their names in preview mode, and in passing over excluded documents without a word.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.core.failures import UnavailableError
from understudy.workspace.mirror import Mirror, Server, Shown
from understudy.workspace.tools import run_tool
from understudy.workspace.warm import Plan, WarmPool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.workspace.warm import Warm

_PLANTED = "(\n"
"""No Python: whoever looks at it finds a syntax error."""
_CHANGED = 2
_HELP = "\n\nhelp: "
"""The process prints what follows, if at all, as the title of the fix."""
_ONLY_SHOWN = " (suggestion)"
"""How the title of a fix ends that is only meant to be shown."""
_RULE_NAME = re.compile(r"[a-z0-9-]+")
"""What stands in place of the title of a fix that has none."""
_SYNTAX = "invalid-syntax"


@dataclass(frozen=True, slots=True)
class RuffPlace:
    """What is looked at, by which Ruff, and how long that may take."""

    command: tuple[str, ...]
    root: Path
    path: Path
    timeout_s: float


class _Ruff:
    """A running server, and once it names rules so, their codes by their names."""

    def __init__(self, mirror: Mirror, place: RuffPlace) -> None:
        self.mirror = mirror
        self._place = place
        self._codes: dict[str, str] | None = None

    @property
    def alive(self) -> bool:
        return self.mirror.alive

    async def close(self) -> None:
        await self.mirror.close()

    async def findings(self, path: Path, text: str) -> list[dict[str, Any]]:
        uri = path.as_uri()
        await self.mirror.show([Shown(uri, "python", text)])
        items = await self.mirror.pull(uri)
        try:
            if self._codes is None and any(map(_is_named, items)):
                self._codes = await _codes(self._place)
            return [self._entry(item) for item in items]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise UnavailableError(f"Ruff's answer can't be read: {error!r}.") from error

    def _entry(self, item: dict[str, Any]) -> dict[str, Any]:
        """A finding as `ruff check` prints it."""
        data = item.get("data") or {}
        code = str(item["code"])
        return {
            "code": None if code == _SYNTAX else (self._codes or {}).get(code, code),
            "message": item["message"].partition(_HELP)[0],
            "location": _location(item["range"]["start"]),
            "end_location": _location(item["range"]["end"]),
            "fix": _fix(data),
        }


_servers = WarmPool[_Ruff]()
close_ruff = _servers.close


async def ask_ruff(place: RuffPlace, text: str) -> list[dict[str, Any]]:
    """The findings about a text, as `ruff check` would print them, by place.

    Raises:
        UnavailableError: when the server gave no answer.
    """
    async with (await _server(place)).turn(place.timeout_s) as ruff:
        return await ruff.findings(place.path, text)


async def sees(place: RuffPlace, configuration: Iterable[str]) -> bool:
    """Whether the server looks at the document at all: it finds an error that is planted there.

    Args:
        place: the document.
        configuration: paths of the files that may have changed since the server read them.

    Raises:
        UnavailableError: when the server gave no answer.
    """
    changes = [{"uri": Path(one).as_uri(), "type": _CHANGED} for one in configuration]
    async with (await _server(place)).turn(place.timeout_s) as ruff:
        await ruff.mirror.tell_changes(changes)
        found = await ruff.findings(place.path, _PLANTED)
    return any(one["code"] is None for one in found)


async def _server(place: RuffPlace) -> Warm[_Ruff]:
    plan = Plan("ruff server", lambda: _start(place))
    return await _servers.get((place.command, place.root), plan)


async def _start(place: RuffPlace) -> _Ruff:
    mirror = await Mirror.start(Server((*place.command, "server"), place.root))
    if mirror.encoding != "utf-32":
        await mirror.close()
        raise UnavailableError("This Ruff's server does not count columns in characters.")
    return _Ruff(mirror, place)


async def _codes(place: RuffPlace) -> dict[str, str]:
    """The code of each rule by its name."""
    finished = await run_tool(
        (*place.command, "rule", "--all", "--output-format=json"),
        stdin=b"",
        cwd=None,
        timeout_s=place.timeout_s,
    )
    try:
        rules = await asyncio.to_thread(json.loads, finished.stdout)
        return {rule["name"]: rule["code"] for rule in rules if rule["code"]}
    except (ValueError, KeyError, TypeError):
        return {}


def _is_named(item: dict[str, Any]) -> bool:
    """Whether a finding goes by its rule's name, as in `unused-import`, and not by its code."""
    return item["code"] != _SYNTAX and str(item["code"])[:1].islower()


def _fix(data: dict[str, Any]) -> dict[str, Any] | None:
    """The fix of a finding; the server marks the safe ones as preferred."""
    edits = [
        {
            "content": edit["newText"],
            "location": _location(edit["range"]["start"]),
            "end_location": _location(edit["range"]["end"]),
        }
        for edit in data.get("edits") or ()
    ]
    if not edits:
        return None
    title = data.get("title") or ""
    applicability = "safe" if data.get("is_preferred") else "unsafe"
    if title.endswith(_ONLY_SHOWN):
        applicability = "display"
    message = None if _RULE_NAME.fullmatch(title) else title
    return {"applicability": applicability, "edits": edits, "message": message}


def _location(place: dict[str, int]) -> dict[str, int]:
    return {"row": place["line"] + 1, "column": place["character"] + 1}
