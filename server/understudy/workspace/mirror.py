"""A language server of our own that is shown texts and asked about them.

What it is shown is exactly what a check names: the candidate text and the documents that are open
beside it. A candidate is taken back before another document is looked at, so no check sees the
candidate of another, and the files on disk are never touched.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from understudy.core.failures import UnavailableError
from understudy.workspace.disk_watch import DiskWatch
from understudy.workspace.lsp_child import LspChild

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from understudy.core.lines import Encoding
    from understudy.workspace.lsp_child import Answerer

_ENCODINGS: tuple[Encoding, ...] = ("utf-32", "utf-16")
_CAPABILITIES: dict[str, Any] = {
    "general": {"positionEncodings": list(_ENCODINGS)},
    "textDocument": {
        "diagnostic": {"dynamicRegistration": False, "relatedInformation": True},
        # Where servers look that are older than the one above.
        "publishDiagnostics": {"relatedInformation": True},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
            "isPreferredSupport": True,
        },
    },
    "workspace": {"configuration": True, "workspaceFolders": True},
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as a server sees it."""

    uri: str
    language: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Server:
    """What is started, and what it is told.

    Attributes:
        command: a full path and arguments.
        root: its only workspace folder, and where it runs.
        environment: variables in addition to the clean ones.
        sections: its configuration, by section; a section that is missing is empty.
        options: `initializationOptions`.
        watched: how the names of the files end whose changes on disk it is told about.
    """

    command: tuple[str, ...]
    root: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    watched: tuple[str, ...] = ()


class Mirror:
    """One running server and what it sees. One check at a time may use it."""

    def __init__(self, child: LspChild, disk: DiskWatch) -> None:
        self.child = child
        self._disk = disk
        self._open: dict[str, Shown] = {}
        self._version = 0

    @classmethod
    async def start(cls, server: Server) -> Self:
        """Start a server.

        Raises:
            UnavailableError: when it can't be started or ends at once.
        """
        disk = DiskWatch(server.root, server.watched)
        await asyncio.to_thread(disk.begin)
        options: dict[str, Any] = {"capabilities": _CAPABILITIES}
        if server.options:
            options["initializationOptions"] = dict(server.options)
        child = await LspChild.start(
            server.command,
            server.root,
            _answers(server.sections),
            extra=server.environment,
            options=options,
        )
        return cls(child, disk)

    @property
    def alive(self) -> bool:
        """Whether the server still runs and is listened to."""
        return self.child.alive

    @property
    def encoding(self) -> Encoding:
        """The unit in which the server counts columns."""
        chosen = self.child.capabilities.get("positionEncoding", "utf-16")
        return next((one for one in _ENCODINGS if one == chosen), "utf-16")

    async def close(self) -> None:
        """End the server."""
        await self.child.close()

    async def show(self, documents: Iterable[Shown]) -> None:
        """Make these the open documents, and no others.

        Raises:
            UnavailableError: when the server has ended, or one of the texts can't be sent.
        """
        wanted = {one.uri: one for one in documents}
        changes = await asyncio.to_thread(self._disk.changes)
        if changes:
            await self.tell_changes(changes)
        # What is noted before a wait holds: a message is written whole before anybody waits.
        for uri in self._open.keys() - wanted.keys():
            del self._open[uri]
            await self.child.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        for one in wanted.values():
            if self._open.get(one.uri) != one:
                await self._show(one)

    async def tell_changes(self, changes: Sequence[Mapping[str, Any]]) -> None:
        """Tell the server about files that changed on disk, as `FileEvent`s.

        Raises:
            UnavailableError: when it has ended.
        """
        told = {"changes": list(changes)}
        await self.child.notify("workspace/didChangeWatchedFiles", told)

    async def _show(self, one: Shown) -> None:
        _require_whole_characters(one.text)
        self._version += 1
        document: dict[str, Any] = {"uri": one.uri, "version": self._version}
        is_open = one.uri in self._open
        self._open[one.uri] = one
        if is_open:
            change = {"textDocument": document, "contentChanges": [{"text": one.text}]}
            await self.child.notify("textDocument/didChange", change)
        else:
            document |= {"languageId": one.language, "text": one.text}
            await self.child.notify("textDocument/didOpen", {"textDocument": document})

    async def pull(self, uri: str) -> list[Any]:
        """The items of the server's diagnostic report about an open document.

        Raises:
            UnavailableError: when there is none.
        """
        document = {"textDocument": {"uri": uri}}
        report = await self.child.request("textDocument/diagnostic", document)
        items = report.get("items") if isinstance(report, dict) else None
        if not isinstance(items, list):
            raise UnavailableError("The language server's answer holds no diagnostics.")
        return items

    async def quick_fixes(self, uri: str, item: Mapping[str, Any]) -> list[Any]:
        """The code actions of the kind `quickfix` that the server has for a diagnostic of its own."""
        context = {"diagnostics": [item], "only": ["quickfix"]}
        asked = {"textDocument": {"uri": uri}, "range": item.get("range"), "context": context}
        found = await self.child.request("textDocument/codeAction", asked)
        return found if isinstance(found, list) else []


def _require_whole_characters(text: str) -> None:
    """Servers end themselves over JSON in which half a surrogate pair stands."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UnavailableError("The text holds half a character, so it is not shown.") from error


def _answers(sections: Mapping[str, Any]) -> Answerer:
    def answer(method: str, params: Any) -> Any:
        if method != "workspace/configuration":
            return None
        return [sections.get(item.get("section", ""), {}) for item in params["items"]]

    return answer
