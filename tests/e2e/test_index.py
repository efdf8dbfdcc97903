"""The index while somebody edits: started with the first document, fed by what the editor says."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.e2e.processes import children, wait_until_gone
from tests.e2e.raw_client import LIMIT_S
from understudy.engine import checking
from understudy.engine.evidence import CheckReport, CheckStatus
from understudy.index.survey import figures_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.e2e.raw_client import Server
    from understudy.index.facts import Index
    from understudy.lsp.app import App


def until(said: Callable[[], bool]) -> None:
    """Wait for what happens in another thread or process, which tells nobody."""
    deadline = time.monotonic() + LIMIT_S
    while not said():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def opened(server: NearServer | Server, path: Path, text: str) -> None:
    document = {"uri": path.as_uri(), "languageId": "python", "version": 1, "text": text}
    server.wire.notify("textDocument/didOpen", {"textDocument": document})


def index_of(app: App, path: Path) -> Index | None:
    uri = path.as_uri()
    return app.indexing.over(app.session.view(uri)) if uri in app.session.documents else None


def names(app: App, here: Path, name: str) -> list[str]:
    index = index_of(app, here)
    return [] if index is None else [place.path for place in index.named(name)]


def test_what_is_saved_unsaved_and_changed_behind_the_editor_is_known(
    near: NearServer, workspace: Path
) -> None:
    (workspace / "saved.py").write_text("def one(): ...\n")
    (workspace / "open.py").write_text("def two(): ...\n")
    near.initialize(workspace)
    opened(near, workspace / "open.py", "def three(): ...\n")
    app, here = near._app, workspace / "open.py"
    until(lambda: names(app, here, "one") == ["saved.py"])
    assert (names(app, here, "two"), names(app, here, "three")) == ([], ["open.py"])
    (workspace / "late.py").write_text("def four(): ...\n")
    change = {"uri": (workspace / "late.py").as_uri(), "type": 1}
    near.wire.notify("workspace/didChangeWatchedFiles", {"changes": [change]})
    until(lambda: names(app, here, "four") == ["late.py"])
    whole = {"contentChanges": [{"text": "def five(): ...\n"}]}
    document = {"uri": here.as_uri(), "version": 2}
    near.wire.notify("textDocument/didChange", {"textDocument": document} | whole)
    until(lambda: names(app, here, "five") == ["open.py"])


def test_what_checkers_said_is_forgotten_when_a_file_changes_behind_the_editor(
    near: NearServer, workspace: Path
) -> None:
    here, other = workspace / "open.py", workspace / "other.py"
    near.initialize(workspace)
    opened(near, here, "x = 1\n")
    until(lambda: here.as_uri() in near._app.session.documents)
    report = CheckReport("none", CheckStatus.DONE)
    kept = {"the text of the editor": (0.0, report)}

    def told(path: Path) -> None:
        change = {"uri": path.as_uri(), "type": 2}
        near.wire.notify("workspace/didChangeWatchedFiles", {"changes": [change]})

    checking._cache.update(kept)
    told(here)
    place = {"textDocument": {"uri": here.as_uri()}, "position": {"line": 0, "character": 0}}
    near.wire.request("textDocument/hover", place)
    assert checking._cache.items() >= kept.items()
    told(other)
    until(lambda: not checking._cache.items() >= kept.items())


def test_without_the_setting_no_index_is_kept(
    near: NearServer, workspace: Path, home: Path
) -> None:
    with (home / "config.toml").open("a") as file:
        file.write("[context]\nindex = false\n")
    near.initialize(workspace)
    opened(near, workspace / "a.py", "x = 1\n")
    app, uri = near._app, (workspace / "a.py").as_uri()
    until(lambda: app.background is not None and app.background.settled.is_set())
    until(lambda: uri in app.session.documents)
    app.indexing.follow()
    assert index_of(app, workspace / "a.py") is None


@pytest.mark.parametrize("goodbye", [True, False], ids=["shut down", "killed"])
def test_the_process_that_reads_goes_with_the_server(
    server: Server, workspace: Path, home: Path, monkeypatch: pytest.MonkeyPatch, *, goodbye: bool
) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(home))
    (workspace / "a.py").write_text("def f(): ...\n")
    server.initialize(workspace)
    opened(server, workspace / "a.py", "def f(): ...\n")
    until(lambda: figures_of(workspace)["files"] == 1)
    readers = children(server.process.pid)
    assert readers
    if goodbye:
        assert server.leave() == 0
    else:
        server.process.kill()
    wait_until_gone(readers)
