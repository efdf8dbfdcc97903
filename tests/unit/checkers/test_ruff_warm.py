"""Ruff's server in place of its process: only where it says the same."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from understudy.checkers import all_checkers, ruff
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.workspace.ruff_child import ask_ruff
from understudy.workspace.ruff_output import read_entries
from understudy.workspace.tools import run_tool
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from understudy.workspace.diagnostics import Diagnostic, Suggestion
    from understudy.workspace.tools import Finished

RUFF = all_checkers()["ruff"]
SETTINGS = CheckerSettings(timeout_s=60)
SERVER = Path(ruff.__file__).parents[1]
BROKEN = [
    "def f(:\n  x = (\n",
    'x = "π😀"; y = undefd\nif y == None: pass\n',
    "import os, sys\r\nimport re\r\n",
    "a = 1\rb = undefd\r",
    "# ruff: noqa\nimport os\n",
    "import os  # noqa: F401\nimport re  # noqa\nx = 1 # noqa: E501\n",
    "# x = 1\nassert (1, 'a')\nif 1 == x: pass\n",
    "#!/usr/bin/python\nimport os\n",
    "\ufeffimport os\n",
    "",
]
CONFIGS = {
    "default": "",
    "all rules": '[lint]\nselect = ["ALL"]\n',
    "preview": 'preview = true\nunsafe-fixes = true\n[lint]\nselect = ["ALL"]\n',
    "by file": '[lint]\nselect = ["F", "E"]\n[lint.per-file-ignores]\n"a.py" = ["F401", "E7"]\n',
}


@pytest.fixture(autouse=True)
async def _no_process_is_left() -> AsyncIterator[None]:
    yield
    assert RUFF.close is not None
    await RUFF.close()
    assert psutil.Process().children(recursive=True) == []


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands of the processes that were run for one check each."""
    ran: list[str] = []

    async def run(command: tuple[str, ...], **rest: object) -> Finished:
        ran.append(" ".join(command))
        return await run_tool(command, **rest)  # type: ignore[arg-type]  # passed on as they are

    monkeypatch.setattr(ruff, "run_tool", run)
    return ran


def view(text: str, root: Path, name: str = "a.py") -> View:
    path = root / name
    return View(path.as_uri(), text, Policy(Trust.RESTRICTED), path=path, root=root)


@pytest.fixture(autouse=True)
def _compared_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruff, "_QUIET_S", 0)


async def codes(seen: View) -> list[str]:
    """What is found, and after that the server has been compared with the process."""
    found = await RUFF.run(seen, SETTINGS)
    await asyncio.gather(*ruff._comparisons)
    return [one.code for one in found]


def whole(found: tuple[Diagnostic, ...]) -> list[tuple[Diagnostic, tuple[Suggestion, ...]]]:
    return [(one, one.suggestions) for one in found]


@pytest.mark.parametrize("config", CONFIGS)
async def test_the_server_says_what_the_process_says(config: str, tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text(CONFIGS[config])
    own = sorted(path.read_text("utf-8") for path in SERVER.rglob("*.py"))[::9]
    cut = [text[: len(text) * 2 // 3] for text in own[::4]]
    for text in (*BROKEN, *own, *cut):
        seen = view(text, tmp_path)
        place, _ = ruff._prepare(seen, SETTINGS)
        if place is not None:
            theirs = read_entries(await ask_ruff(place, text), seen)
            ours = await ruff._by_process(place.command, seen, SETTINGS)
            assert whole(theirs) == whole(ours), text


async def test_from_the_second_check_on_the_server_answers(
    tmp_path: Path, processes: list[str]
) -> None:
    (tmp_path / "ruff.toml").write_text('lint.select = ["F"]')
    assert await codes(view("import os\n", tmp_path)) == ["F401"]
    assert len(processes) == 1
    assert await codes(view("undefd\n", tmp_path)) == ["F821"]
    assert await codes(view("x = 1\n", tmp_path)) == []
    assert len(processes) == 1


async def test_a_changed_configuration_counts_at_once(tmp_path: Path, processes: list[str]) -> None:
    config, base = tmp_path / "ruff.toml", tmp_path / "base.toml"
    config.write_text('extend = "base.toml"\n')
    base.write_text('lint.select = ["F"]')
    for number, (selected, found) in enumerate([("F", ["F401"]), ("E4", ["E401"]), ("W", [])]):
        base.write_text(f'lint.select = ["{selected}"]' + "\n" * number)
        assert await codes(view("import os, sys\nprint(sys)\n", tmp_path)) == found
        assert await codes(view("import os, sys\nprint(sys)\n\n", tmp_path)) == found
    assert len(processes) == 3


async def test_about_an_excluded_file_the_process_is_asked_each_time(
    tmp_path: Path, processes: list[str]
) -> None:
    (tmp_path / "ruff.toml").write_text('exclude = ["a.py"]\nlint.select = ["F"]')
    for text in ("x = 1\n", "import os\n", "x = 2\n", "import os\nimport re\n"):
        assert len(await codes(view(text, tmp_path))) == text.count("import")
    assert len(processes) == 4


async def test_a_broken_configuration_is_unavailable_even_when_the_server_is_warm(
    tmp_path: Path,
) -> None:
    config = tmp_path / "ruff.toml"
    config.write_text('lint.select = ["F"]')
    await codes(view("import os\n", tmp_path))
    config.write_text("nonsense = [")
    with pytest.raises(UnavailableError, match="Ruff gave no answer"):
        await codes(view("import os\n", tmp_path))


async def test_where_the_server_dies_the_process_answers(
    tmp_path: Path, processes: list[str]
) -> None:
    await codes(view("import os\n", tmp_path))
    for process in psutil.Process().children(recursive=True):
        process.kill()
    for number in range(6):
        assert await codes(view(f"import os{number}\n", tmp_path)) == ["F401"]
    assert len(processes) < 7


@pytest.mark.skipif(os.name == "nt", reason="Only on POSIX are stand-ins scripts.")
async def test_a_ruff_without_a_server_does_its_work_as_a_process(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place, _ = ruff._prepare(view("", tmp_path), SETTINGS)
    assert place is not None
    fake = tmp_path_factory.mktemp("bin") / "ruff"
    fake.write_text(f'#!/bin/sh\n[ "$1" = server ] && exit 2\nexec {place.command[0]} "$@"\n')
    fake.chmod(0o755)
    settings = CheckerSettings(command=(str(fake),), timeout_s=60)
    for _ in range(5):
        found = await RUFF.run(view("import os\n", tmp_path), settings)
        assert [one.code for one in found] == ["F401"]
        await asyncio.gather(*ruff._comparisons)


async def test_half_a_character_is_unavailable_also_when_the_server_is_warm(
    tmp_path: Path,
) -> None:
    await codes(view("x = 1\n", tmp_path))
    with pytest.raises(UnavailableError, match="half a character"):
        await codes(view("x = '\ud800'\n", tmp_path))
    assert await codes(view("import os\n", tmp_path)) == ["F401"]
