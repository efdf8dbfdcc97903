"""Fast typing in a large document, and work that takes long: nothing is lost, nobody waits.

How fast it all is stands in `tests/benchmarks`; here it is what comes after what that counts.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from tests.e2e.editor import Buffer, Editor
from tests.e2e.inside import running
from tests.e2e.raw_client import hello

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.e2e.raw_client import Message, Server
    from tests.e2e.slow_tool import SlowTool

LINES = 50_000
CHANGES = 3_000
_REMOVED = 0.2
PIECES = ("x", "π😀", "\n", "\r\n", "\r", "e\u0301", "\t", "\f", "\u2028")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)")


class Lines:
    """A reference model that is quick enough for a large text: a list of lines with their ends.

    Nothing is ever inserted at a line's start, so no two line ends become one.
    """

    def __init__(self, lines: list[str], encoding: str) -> None:
        self.lines = lines
        self.encoding = encoding

    def insert(self, line: int, column: int, new: str) -> Message:
        """Insert text, and say it as a client does."""
        content = self.lines[line]
        units = Buffer(content, self.encoding).position(column)["character"]
        whole = content[:column] + new + content[column:]
        self.lines[line : line + 1] = _LINE.findall(whole)
        place = {"line": line, "character": units}
        return {"range": {"start": place, "end": place}, "text": new}

    def remove(self, line: int) -> Message:
        """Delete a whole line, and say it as a client does."""
        del self.lines[line]
        start, end = {"line": line, "character": 0}, {"line": line + 1, "character": 0}
        return {"range": {"start": start, "end": end}, "text": ""}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_three_thousand_changes_in_a_large_document_end_with_the_right_fix(
    encoding: str, server: Server, workspace: Path
) -> None:
    chance = random.Random(encoding)  # noqa: S311 - nothing is secret here
    # One long string, so that whatever is typed leaves a file that can be read.
    lines = [f"{number} é😀\r\n" if number % 7 else "1\n" for number in range(LINES)]
    lines = ['"""\n', *lines, '"""\n']
    model = Lines(lines, encoding)
    offered = {"general": {"positionEncodings": [encoding]}}
    server.wire.request("initialize", hello(workspace) | {"capabilities": offered})
    server.wire.notify("initialized", {})
    uri = (workspace / "large.py").as_uri()
    item = {"uri": uri, "languageId": "python", "version": 0, "text": "".join(lines)}
    server.wire.notify("textDocument/didOpen", {"textDocument": item})
    asked = []
    for version in range(1, CHANGES + 1):
        changes = [_random_change(model, chance) for _ in range(chance.choice((1, 1, 1, 2)))]
        document = {"uri": uri, "version": version}
        server.wire.notify(
            "textDocument/didChange", {"textDocument": document, "contentChanges": changes}
        )
        if version % 100 == 0:
            # Nobody waits for the answers while typing goes on.
            asked.append(server.wire.ask("textDocument/codeAction", _menu_at(uri, version)))
    middle = len(model.lines) // 2
    broken = "def total(items):\n    result = sum(items)\n    return 'π😀', reslt\n"
    change = model.insert(middle, 1, f'"""\n{broken}"""')
    document = {"uri": uri, "version": CHANGES + 1}
    server.wire.notify(
        "textDocument/didChange", {"textDocument": document, "contentChanges": [change]}
    )
    text = "".join(model.lines)
    assert all(server.wire.reply_to(one)["result"] for one in asked)
    replies = [one["id"] for one in server.wire.seen if "method" not in one]
    assert [one for one in replies if one in asked] == asked
    editor = Editor(server, uri, Buffer(text, encoding), version=CHANGES + 1)
    editor.fix("reslt")
    server.wire.wait_for("workspace/applyEdit")
    assert editor.actions("result = ")
    assert editor.buffer.text == text.replace("reslt", "result")


def _menu_at(uri: str, line: int) -> Message:
    place = {"line": line, "character": 0}
    return {
        "textDocument": {"uri": uri},
        "range": {"start": place, "end": place},
        "context": {"diagnostics": []},
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_the_server_has_the_clients_text_at_every_version(
    encoding: str, workspace: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(home))
    chance = random.Random(encoding)  # noqa: S311 - nothing is secret here
    model = Lines(['"""\n', *(f"{number} é😀\r\n" for number in range(300)), '"""\n'], encoding)
    uri = (workspace / "typed.py").as_uri()
    offered = {"general": {"positionEncodings": [encoding]}}
    async with running(workspace, offered) as inside:
        item = {"uri": uri, "languageId": "python", "version": 0, "text": "".join(model.lines)}
        inside.notify("textDocument/didOpen", {"textDocument": item})
        for version in range(1, 1_001):
            changes = [_random_change(model, chance) for _ in range(chance.choice((1, 1, 1, 2)))]
            document = {"uri": uri, "version": version}
            inside.notify(
                "textDocument/didChange", {"textDocument": document, "contentChanges": changes}
            )
            # The answer is there before the next change: nothing is put off.
            assert inside.request("textDocument/codeAction", _menu_at(uri, 1))["result"]
            held = inside.app.session.view(uri)
            assert (held.version, held.text) == (version, "".join(model.lines))


def _random_change(model: Lines, chance: random.Random) -> Message:
    line = chance.randrange(1, len(model.lines) - 1)
    length = len(model.lines[line].rstrip("\r\n"))
    if model.lines[line - 1].endswith("\r") and model.lines[line + 1].startswith("\n"):
        return _random_change(model, chance)
    if not length or chance.random() < _REMOVED:
        return model.remove(line)
    return model.insert(line, chance.randrange(1, length + 1), chance.choice(PIECES))


def test_requests_are_answered_while_many_runs_wait_for_their_tools(
    slow: SlowTool, server: Server, workspace: Path
) -> None:
    text = "def total(items):\n    result = sum(items)\n    return reslt\n"
    server.initialize(workspace)
    editors = [
        Editor(server, (workspace / f"file_{number}.py").as_uri(), Buffer(text))
        for number in range(8)
    ]
    for editor in editors:
        editor.open()
        editor.fix("reslt")
    for _ in editors:
        slow.wait_until_started()
    # Every tool is held up, and still each request is answered and each change taken.
    for editor in editors:
        editor.type(0, 0, "# 😀\n")
        assert len(editor.actions("reslt")) == 2
    slow.release()
    for _ in editors:
        server.wire.wait(lambda one: one.get("method") == "workspace/applyEdit")


def test_characters_that_only_python_counts_as_line_ends_move_nothing(
    near: NearServer, workspace: Path
) -> None:
    near.initialize(workspace)
    odd = "".join(f"# {char}\n" for char in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
    text = f"{odd}def total(items):\n    result = sum(items)\n    return reslt\n"
    editor = Editor(near, (workspace / "odd.py").as_uri(), Buffer(text))
    editor.open()
    editor.type_at("total(", "total_of(")
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    assert editor.actions("result = ")
    assert editor.buffer.text == text.replace("total(", "total_of(").replace("reslt", "result")


def test_an_insertion_past_the_end_lands_behind_the_last_character(
    near: NearServer, workspace: Path
) -> None:
    near.initialize(workspace)
    text = "def total(items):\n    result = sum(items)\n    return re"
    editor = Editor(near, (workspace / "end.py").as_uri(), Buffer(text))
    editor.open()
    for past, new in ((0, "sl"), (1, "t")):
        character = len("    return re") + past + 2 * past
        place = {"line": 2, "character": character}
        editor.buffer.text += new
        editor.version += 1
        near.wire.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": editor.uri, "version": editor.version},
                "contentChanges": [{"range": {"start": place, "end": place}, "text": new}],
            },
        )
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    assert editor.actions("result")
    assert editor.buffer.text.endswith("return result")


def test_every_run_has_a_progress_display_of_its_own(near: NearServer, workspace: Path) -> None:
    near.wire.request(
        "initialize", hello(workspace) | {"capabilities": {"window": {"workDoneProgress": True}}}
    )
    near.wire.notify("initialized", {})
    text = "def total(items):\n    result = sum(items)\n    return reslt\n"
    editor = Editor(near, (workspace / "total.py").as_uri(), Buffer(text), choose=None)
    editor.open()
    for _ in range(3):
        before = len(editor.wire.seen)
        run = editor.fix("reslt")
        ended = editor.wire.wait(
            lambda one: one.get("params", {}).get("value", {}).get("kind") == "end", after=before
        )
        assert ended["params"]["token"] == run
    tokens = [one["token"] for one in editor.wire.came("window/workDoneProgress/create")]
    assert len(set(tokens)) == 3
