"""An editor with several open documents and a disk, which takes edits of all of them at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.e2e.editor import Buffer, Editor
from tests.e2e.modelled import ended
from understudy.workspace.paths import path_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.raw_client import Message


_TELLS = frozenset({"window/showMessage", "window/showMessageRequest"})


@dataclass
class Workbench(Editor):
    """The document that is worked in, and the others that are open beside it.

    Attributes:
        beside: other open documents by their URI.
        done: the kinds of the operations of the last edit, in order.
    """

    beside: dict[str, Editor] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)

    def open_beside(self, path: Path, text: str, language: str = "python") -> Editor:
        """Open one more document."""
        editor = Editor(self.server, path.as_uri(), Buffer(text, self.buffer.encoding))
        self.take_over()
        editor.open(language)
        self.beside[editor.uri] = editor
        return editor

    def told(self) -> str:
        """The first thing that the user is told or asked, once the server has nothing left to do."""
        found = self.wire.wait(lambda one: one.get("method") in _TELLS)
        ended(self)
        message: str = found["params"]["message"]
        return message

    def _take(self, edit: Message) -> bool:
        """Carry out every step or none, as a client with transactions does."""
        changes: list[Message] = edit["documentChanges"]
        with self._hands:
            if not all(map(self._may, changes)):
                return False
            self.applied.append(edit)
            self.done = [one.get("kind", "edit") for one in changes]
            for change in changes:
                self._carry_out(change)
            return True

    def _may(self, change: Message) -> bool:
        kind = change.get("kind")
        if kind == "create":
            return not _path(change["uri"]).exists()
        if kind == "rename":
            return not _path(change["newUri"]).exists()
        if kind == "delete":
            return _path(change["uri"]).exists()
        document = change["textDocument"]
        known = self._editor(document["uri"])
        assert "version" in document
        version = known.version if known is not None else None
        return bool(document["version"] == version)

    def _carry_out(self, change: Message) -> None:
        kind = change.get("kind")
        if kind == "create":
            _path(change["uri"]).parent.mkdir(parents=True, exist_ok=True)
            _path(change["uri"]).write_text("", encoding="utf-8")
        elif kind == "rename":
            _path(change["oldUri"]).rename(_path(change["newUri"]))
        elif kind == "delete":
            _path(change["uri"]).unlink()
        else:
            self._edit_text(change["textDocument"]["uri"], change["edits"])

    def _edit_text(self, uri: str, edits: list[Message]) -> None:
        known = self._editor(uri)
        if known is not None:
            known._edit(edits)
            return
        path = _path(uri)
        buffer = Buffer(path.read_bytes().decode(), self.buffer.encoding)
        buffer.edit(edits)
        path.write_bytes(buffer.text.encode())

    def _editor(self, uri: str) -> Editor | None:
        return self if uri == self.uri else self.beside.get(uri)


def _path(uri: str) -> Path:
    path = path_of(uri)
    assert path is not None
    return path
