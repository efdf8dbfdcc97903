"""An editor as the server sees it: buffers, positions in one encoding, answers to questions.

Positions are worked out by really encoding the line, which is not how the server does it.
"""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.e2e.raw_client import hello

if TYPE_CHECKING:
    from tests.e2e.near_server import NearServer
    from tests.e2e.raw_client import Message, Server

RECORDED = Path(__file__).parent / "editors"
EDITORS = tuple(sorted(path.stem for path in RECORDED.glob("*.jsonl")))

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def initialize_params(name: str, root: Path) -> Message:
    """What the editor really sends, for another folder."""
    recorded = (RECORDED / f"{name}.jsonl").read_text(encoding="utf-8")
    params: Message = json.loads(recorded)["params"]
    if params.get("rootUri"):
        params["rootUri"] = root.as_uri()
    if params.get("rootPath"):
        params["rootPath"] = str(root)
    if params.get("workspaceFolders"):
        params["workspaceFolders"] = [{"uri": root.as_uri(), "name": root.name}]
    return params | {"processId": hello(None)["processId"]}


@dataclass
class Buffer:
    """A text that is edited by positions in one encoding: the reference for all others."""

    text: str
    encoding: str = "utf-16"

    def offset(self, position: Message) -> int:
        """The code point that a position means."""
        starts = self._lines()
        line = position["line"]
        if line >= len(starts):
            return len(self.text)
        start, content = starts[line]
        codec, width = _CODECS[self.encoding]
        units = content.encode(codec)[: position["character"] * width]
        return start + len(units.decode(codec))

    def position(self, offset: int) -> Message:
        """The position of a code point."""
        line, (start, content) = next(
            (number, one)
            for number, one in reversed(list(enumerate(self._lines())))
            if one[0] <= offset
        )
        codec, width = _CODECS[self.encoding]
        return {
            "line": line,
            "character": len(content[: offset - start].encode(codec)) // width,
        }

    def place(self, start: int, end: int) -> Message:
        """The range from one code point to another."""
        return {"start": self.position(start), "end": self.position(end)}

    def edit(self, text_edits: list[Message]) -> None:
        """Carry out text edits that all speak about the text as it is now."""
        spans = [
            (self.offset(one["range"]["start"]), self.offset(one["range"]["end"]), one["newText"])
            for one in text_edits
        ]
        for start, end, new in sorted(spans, reverse=True):
            self.text = self.text[:start] + new + self.text[end:]

    def _lines(self) -> list[tuple[int, str]]:
        """Where each line starts, and its content without the line end."""
        lines = []
        at = 0
        while True:
            found = _LINE.match(self.text, at)
            assert found is not None
            lines.append((at, found[0].rstrip("\r\n")))
            if not found[0].endswith(("\r", "\n")):
                return lines
            at = found.end()


@dataclass
class Editor:
    """One open document in one editor, with the user in front of it.

    Attributes:
        buffer: what the user sees.
        whole: whether the editor sends the whole text for every change.
        choose: what the user picks when asked; None closes the question.
        confirm: whether the user agrees to previewed edits.
    """

    server: Server | NearServer
    uri: str
    buffer: Buffer
    version: int = 1
    whole: bool = False
    choose: str | None = "Apply"
    confirm: bool = True
    applied: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wire = self.server.wire
        self._hands = threading.RLock()
        self.take_over()

    def take_over(self) -> None:
        """From now on, this user answers the server's questions."""
        self.wire.answers["workspace/applyEdit"] = self._apply
        self.wire.answers["window/showMessageRequest"] = self._answer

    def open(self, language: str = "python") -> None:
        """Show the document to the server."""
        item = {"uri": self.uri, "languageId": language, "version": self.version}
        item["text"] = self.buffer.text
        self.wire.notify("textDocument/didOpen", {"textDocument": item})

    def close(self) -> None:
        """Close the document."""
        self.wire.notify("textDocument/didClose", {"textDocument": {"uri": self.uri}})

    def type(self, start: int, end: int, new: str) -> None:
        """Replace characters, as typing or undoing does."""
        with self._hands:
            self._edit([{"range": self.buffer.place(start, end), "newText": new}])

    def type_at(self, old: str, new: str) -> None:
        """Replace the only occurrence of some text."""
        assert self.buffer.text.count(old) == 1
        start = self.buffer.text.index(old)
        self.type(start, start + len(old), new)

    def here(self, word: str) -> Message:
        """The range of the only occurrence of a word."""
        start = self.buffer.text.index(word)
        return self.buffer.place(start, start + len(word))

    def actions(self, word: str, **context: Any) -> list[Message]:
        """The code actions at a word."""
        params = {
            "textDocument": {"uri": self.uri},
            "range": self.here(word),
            "context": {"diagnostics": [], **context},
        }
        found: list[Message] = self.wire.request("textDocument/codeAction", params) or []
        return found

    def run(self, action: Message) -> Any:
        """Carry out an action: its edit, then its command."""
        if "edit" in action:
            assert self._take(action["edit"])
            return None
        return self.execute(action["command"]["command"], *action["command"]["arguments"])

    def execute(self, command: str, *arguments: Any) -> Any:
        """Run a command of the server."""
        params = {"command": command, "arguments": list(arguments)}
        return self.wire.request("workspace/executeCommand", params)

    def fix(self, word: str, **arguments: Any) -> str:
        """Ask for a fix at a word; gives the run's id."""
        answer = self.execute(
            "understudy.fix", {"uri": self.uri, "range": self.here(word), **arguments}
        )
        run: str = answer["runId"]
        return run

    def _answer(self, params: Message) -> Message | None:
        titles = [one["title"] for one in params["actions"]]
        return {"title": self.choose} if self.choose in titles else None

    def _apply(self, params: Message) -> Message:
        edit = params["edit"]
        asks = any(
            one.get("needsConfirmation") for one in edit.get("changeAnnotations", {}).values()
        )
        if asks and not self.confirm:
            return {"applied": False}
        return {"applied": self._take(edit)}

    def _take(self, edit: Message) -> bool:
        """Apply a workspace edit, unless it is for another version."""
        (change,) = edit["documentChanges"]
        with self._hands:
            if change["textDocument"] != {"uri": self.uri, "version": self.version}:
                return False
            self.applied.append(edit)
            self._edit(change["edits"])
            return True

    def _edit(self, text_edits: list[Message]) -> None:
        changes: list[Message] = [
            {"range": one["range"], "text": one["newText"]}
            for one in sorted(text_edits, key=lambda one: _key(one["range"]["start"]), reverse=True)
        ]
        self.buffer.edit(text_edits)
        if self.whole:
            changes = [{"text": self.buffer.text}]
        self.version += 1
        document = {"uri": self.uri, "version": self.version}
        self.wire.notify(
            "textDocument/didChange", {"textDocument": document, "contentChanges": changes}
        )


def _key(position: Message) -> tuple[int, int]:
    return position["line"], position["character"]
