"""Servers and stand-ins for tools."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.cli_process import QUICK
from tests.e2e.editor import Buffer, Editor, initialize_params
from tests.e2e.modelled import GOOD, KEY, TEXT
from tests.e2e.near_server import NearServer
from tests.e2e.own_time import OwnTime
from tests.e2e.raw_client import Server
from tests.e2e.slow_tool import SlowTool
from tests.e2e.survival_scene import Scene
from tests.providers.asked import Traits
from tests.providers.scripted import ServerInThread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An empty workspace folder."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The user's folder, with a configuration that keeps tests quick."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "config.toml").write_text(QUICK, encoding="utf-8")
    return folder


@pytest.fixture
def start(home: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers, which are ended with the test."""
    servers: list[Server] = []

    def start_one(*arguments: str, path: str | None = None) -> Server:
        servers.append(Server(home, arguments=arguments, path=path))
        return servers[-1]

    yield start_one
    for server in servers:
        server.kill()


@pytest.fixture
def server(start: Callable[..., Server]) -> Server:
    """A server that was just started."""
    return start()


@pytest.fixture
def near(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NearServer]:
    """A server in a thread of this process, for tests that need no process of their own."""
    monkeypatch.setenv("UNDERSTUDY_HOME", str(home))
    server = NearServer(home)
    yield server
    server.kill()


@pytest.fixture
def scene(home: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """A user with one file, and a clock that stands still."""
    monkeypatch.setenv("UNDERSTUDY_HOME", str(home))
    clock = OwnTime()
    servers: list[NearServer] = []

    def start() -> NearServer:
        servers.append(NearServer(home, clock))
        return servers[-1]

    yield Scene(clock, start, workspace / "total.py", home)
    for server in servers:
        server.kill()


@pytest.fixture
def slow(home: Path) -> Iterator[SlowTool]:
    """Ruff, held up until the test lets it go on."""
    ruff = shutil.which("ruff", path=str(Path(sys.executable).parent))
    assert ruff is not None
    with SlowTool() as tool:
        command = ", ".join(f"'{part}'" for part in (*tool.command, ruff))
        (home / "config.toml").write_text(
            f"{QUICK}[checkers.ruff]\ncommand = [{command}]\n", encoding="utf-8"
        )
        yield tool


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerInThread]:
    """Two models, of which the second one knows the answer."""
    monkeypatch.setenv("ACME_KEY", KEY)
    scripts = {"one:7b": [GOOD], "two": [GOOD]}
    traits = {name: Traits(key=KEY) for name in scripts}
    with ServerInThread(scripts, traits=traits) as running:
        yield running


@pytest.fixture
def panel(near: NearServer, workspace: Path) -> Callable[[], Editor]:
    """Opens the broken text in an editor with a panel for explanations and reviews."""

    def open_it() -> Editor:
        params = initialize_params("vscode", workspace)
        params["capabilities"]["experimental"] = {"understudy": {"explanations": True}}
        near.wire.request("initialize", params)
        near.wire.notify("initialized", {})
        path = workspace / "basket.py"
        path.write_text(TEXT, encoding="utf-8")
        editor = Editor(near, path.as_uri(), Buffer(TEXT), version=1)
        editor.open()
        return editor

    return open_it


@pytest.fixture
def opened(near: NearServer, workspace: Path) -> Callable[[], Editor]:
    """Opens the broken text once the configuration is written."""

    def open_it() -> Editor:
        near.wire.request("initialize", initialize_params("vscode", workspace))
        near.wire.notify("initialized", {})
        path = workspace / "basket.py"
        path.write_text(TEXT, encoding="utf-8")
        editor = Editor(near, path.as_uri(), Buffer(TEXT), version=1)
        editor.open()
        return editor

    return open_it
