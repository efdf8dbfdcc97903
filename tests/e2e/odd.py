"""What tests of odd input share: one server that must still be able to fix something afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.cli_process import QUICK
from tests.e2e.editor import Buffer, Editor
from tests.e2e.raw_client import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.e2e.near_server import NearServer

FIX = "workspace/executeCommand"
OPEN = object()
"""Stands for the URI of the open document."""
ORIGIN = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
_POP_UPS = {"window/showMessage", "window/showMessageRequest", "window/showDocument"}
TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Server]:
    """One server for the whole module: each test proves that it still works afterwards."""
    home = tmp_path_factory.mktemp("home")
    (home / "config.toml").write_text(QUICK, encoding="utf-8")
    with Server(home) as server:
        server.initialize(folder)
        yield server
        assert server.leave() == 0
        assert "Traceback" not in server.log()


@pytest.fixture
def editor(shared: Server, folder: Path) -> Iterator[Editor]:
    """An editor whose server must still be able to fix something when the test is over."""
    opened = Editor(shared, (folder / "total.py").as_uri(), Buffer(TEXT))
    opened.open()
    yield opened
    opened.choose = "Apply"
    opened.take_over()
    before = len(shared.wire.seen)
    opened.fix("reslt")
    shared.wire.wait_for("workspace/applyEdit", after=before)
    assert opened.actions("result")
    assert "return result" in opened.buffer.text
    opened.close()


def check_that_it_is_fixed(server: Server | NearServer, uri: str) -> None:
    opened = Editor(server, uri, Buffer(TEXT))
    opened.open()
    before = len(server.wire.seen)
    opened.fix("reslt")
    server.wire.wait_for("workspace/applyEdit", after=before)
    assert opened.actions("result")
    assert "return result" in opened.buffer.text
    opened.close()


def filled(value: Any, uri: str) -> Any:
    """The value with the open document's URI where it belongs."""
    if value is OPEN:
        return uri
    if isinstance(value, dict):
        return {key: filled(one, uri) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one, uri) for one in value]
    return value


def popped_up(editor: Editor, before: int) -> list[Any]:
    """What the user was shown since then; whatever a notification starts has had its turn."""
    editor.execute("understudy.models")
    return [one for one in editor.wire.seen[before:] if one.get("method") in _POP_UPS]
