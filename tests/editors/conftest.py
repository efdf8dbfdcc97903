"""Editors to be tried, and folders to try them in."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.modelled import GOOD, KEY
from tests.editors.nvim_states import RUNS
from tests.editors.trial import Trial
from tests.providers.asked import Traits
from tests.providers.scripted import ServerInThread
from tests.support import require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.editors.nvim_editor import Nvim

NAMED = [one for one in os.environ.get("UNDERSTUDY_NVIM", "").split(os.pathsep) if one]
"""Programs to try, the oldest first, when there is more than the one that `PATH` holds."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The newest program plays every scenario, the others those that touch what differs between them."""
    if "nvim" in metafunc.fixturenames:
        programs = NAMED or [""]
        if metafunc.definition.get_closest_marker("each_neovim") is None:
            programs = programs[-1:]
        names = [path.rpartition("/")[2] or "nvim" for path in programs]
        metafunc.parametrize("nvim", programs, ids=names, indirect=True)


@pytest.fixture
def nvim(request: pytest.FixtureRequest) -> str:
    """A program of Neovim."""
    path: str = request.param or require("nvim")
    return path


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    """A folder with something to fix."""
    made = Trial(tmp_path)
    made.prepare()
    return made


@pytest.fixture
def start(nvim: str, trial: Trial) -> Callable[..., Any]:
    """Starts Neovim with a configuration, and waits for the server."""
    from tests.editors.nvim_editor import running

    @contextmanager
    def start_one(**config: object) -> Iterator[Nvim]:
        with running(nvim, trial, config, {}) as found:
            found.wait(RUNS)
            yield found

    return start_one


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerInThread]:
    """Two models, of which each knows the answer."""
    monkeypatch.setenv("ACME_KEY", KEY)
    scripts = {"one:7b": [GOOD], "two": [GOOD]}
    traits = {name: Traits(key=KEY) for name in scripts}
    with ServerInThread(scripts, traits=traits) as found:
        yield found
