from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import missing, require
from understudy.checkers import ToolMissingError, all_checkers, basedpyright
from understudy.checkers.basedpyright import read_items
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.core.lines import LineIndex
from understudy.workspace import warm
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.lsp_child import LspChild
from understudy.workspace.view import Notebook, View

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CHECKER = all_checkers()["basedpyright"]


@pytest.fixture
async def settings() -> AsyncIterator[CheckerSettings]:
    """The installed basedpyright; its servers are gone after the test."""
    yield CheckerSettings(command=(require("basedpyright-langserver"),), timeout_s=60)
    assert CHECKER.close is not None
    await CHECKER.close()
    assert psutil.Process().children(recursive=True) == []


def view(text: str, root: Path, trust: Trust = Trust.RESTRICTED, name: str = "a.py") -> View:
    path = root / name
    return View(path.as_uri(), text, Policy(trust), path=path, root=root)


def errors(found: tuple[Diagnostic, ...]) -> list[str]:
    return [one.code for one in found if one.severity is Severity.ERROR]


async def test_diagnostics_of_the_text_in_memory_are_found_in_code_points(
    tmp_path: Path, settings: CheckerSettings
) -> None:
    document = tmp_path / "a.py"
    document.write_text("on_disk_only\n")
    for text in (
        'x = "π😀"; y = undefd\n',
        'if 1:\n\tx = "π😀"; y = undefd\n',
        "a = 1\rb = undefd\r",
        "a = 1\r\nb = undefd\r\n",
        "\ufeffb = undefd\n",
        "a = 1\n\x0cb = undefd\n",
        'a = "\u2028\x85"; b = undefd\n',
    ):
        found = await CHECKER.run(view(text, tmp_path), settings)
        (error,) = [one for one in found if one.severity is Severity.ERROR]
        assert error.span.of(text) == "undefd"
        assert (error.source, error.code) == ("basedpyright", "reportUndefinedVariable")
    assert errors(await CHECKER.run(view("x = 1\n", tmp_path), settings)) == []


async def test_syntax_errors_have_a_code_of_ours(tmp_path: Path, settings: CheckerSettings) -> None:
    found = await CHECKER.run(view("def f(:\n", tmp_path), settings)
    assert set(errors(found)) == {"syntax-error"}


async def test_the_candidate_for_one_file_is_not_seen_by_the_check_of_another(
    tmp_path: Path, settings: CheckerSettings
) -> None:
    (tmp_path / "a.py").write_text("old_name = 1\n")
    user = view("from a import old_name\nprint(old_name)\n", tmp_path, name="b.py")
    assert errors(await CHECKER.run(user, settings)) == []
    assert errors(await CHECKER.run(view("new_name = 1\n", tmp_path), settings)) == []
    assert errors(await CHECKER.run(user, settings)) == []


async def test_one_warm_server_serves_checks_that_come_at_once(
    tmp_path: Path, settings: CheckerSettings
) -> None:
    views = [view(f"x{number} = undefd\n", tmp_path) for number in range(4)]
    found = await asyncio.gather(*(CHECKER.run(one, settings) for one in views))
    assert [errors(one) for one in found] == [["reportUndefinedVariable"]] * 4
    assert len(psutil.Process().children()) == 1


async def test_a_server_that_died_is_started_again(
    tmp_path: Path, settings: CheckerSettings
) -> None:
    await CHECKER.run(view("x = 1\n", tmp_path), settings)
    (server,) = basedpyright._servers.kept()
    child = (await server.ready()).child
    for process in psutil.Process().children(recursive=True):
        process.kill()
    await child._process.wait()
    found = await CHECKER.run(view("undefd\n", tmp_path), settings)
    assert errors(found) == ["reportUndefinedVariable"]


async def test_a_check_that_gives_up_does_not_stop_the_start_for_the_next_one(
    tmp_path: Path, settings: CheckerSettings
) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await CHECKER.run(view("x = 1\n", tmp_path), settings)
    assert errors(await CHECKER.run(view("undefd\n", tmp_path), settings)) != []
    assert len(psutil.Process().children()) == 1


async def test_an_idle_server_is_ended(
    tmp_path: Path, settings: CheckerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = asyncio.Event()
    close = LspChild.close

    async def close_and_tell(child: LspChild) -> None:
        await close(child)
        closed.set()

    monkeypatch.setattr(LspChild, "close", close_and_tell)
    monkeypatch.setattr(warm, "IDLE_S", 0)
    await CHECKER.run(view("x = 1\n", tmp_path), settings)
    await closed.wait()
    assert psutil.Process().children(recursive=True) == []


@pytest.mark.skipif(os.name == "nt", reason="Only on POSIX are interpreters scripts.")
@pytest.mark.parametrize(
    "configuration", ["", '[tool.basedpyright]\nvenvPath = "."\nvenv = ".venv"\n']
)
async def test_no_interpreter_of_a_restricted_workspace_is_executed(
    tmp_path: Path, settings: CheckerSettings, configuration: str
) -> None:
    root = tmp_path / "workspace"
    proof = tmp_path / "executed"
    packages = root / ".venv" / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    (packages / "planted.py").write_text("name = 1\n")
    (root / ".venv" / "pyvenv.cfg").write_text("")
    (root / ".venv" / "bin").mkdir()
    for name in ("python", "python3"):
        interpreter = root / ".venv" / "bin" / name
        interpreter.write_text(f"#!/bin/sh\necho $0 >> {proof}\nexit 1\n")
        interpreter.chmod(0o755)
    for name in ("json", "os", "sys", "site", "sitecustomize", "usercustomize"):
        (root / f"{name}.py").write_text(f"open({str(proof)!r}, 'a').write({name!r})\n")
    (root / "pyproject.toml").write_text(configuration)
    text = "from planted import name\nprint(name)\n"
    assert errors(await CHECKER.run(view(text, root), settings)) == []
    assert not proof.exists()
    await CHECKER.run(view(text, root, Trust.TRUSTED), settings)
    assert proof.exists()


async def test_without_a_folder_it_can_not_work(
    settings: CheckerSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnavailableError, match="needs a folder"):
        await CHECKER.run(View("untitled:1", "", Policy(Trust.RESTRICTED)), settings)


async def test_a_cell_is_seen_with_the_others_and_only_its_own_findings_are_told(
    tmp_path: Path, settings: CheckerSettings
) -> None:
    cells = Notebook(("%pip\nfirst = 'π😀'", "undefd\n"), ("def later() -> int: return ''\n",))
    cell = View(
        "vscode-notebook-cell:/a.ipynb#1",
        "%time\nfirst.lower(); 😀 = missing\n".replace("😀", "x"),
        Policy(Trust.RESTRICTED),
        root=tmp_path,
        notebook=cells,
    )
    found = await CHECKER.run(cell, settings)
    assert [one.span.of(cell.text) for one in found if one.severity is Severity.ERROR] == [
        "missing"
    ]
    broken = replace(cell, notebook=Notebook(("def f(:\n",)))
    with pytest.raises(UnavailableError, match="Another cell"):
        await CHECKER.run(broken, settings)


async def test_where_it_is_not_installed_it_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(basedpyright, "_PROGRAMS", ("no-such-langserver", "nor-this-one"))
    with pytest.raises(ToolMissingError, match="no-such-langserver"):
        await CHECKER.run(view("", tmp_path), CheckerSettings())


async def test_it_is_found_beside_our_own_interpreter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Path(require("basedpyright-langserver"))
    if program.parent != Path(sys.executable).parent:
        missing("`basedpyright` is not installed beside the interpreter.")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert str(program) in await CHECKER.locate(view("", tmp_path), CheckerSettings())


async def test_our_own_dependencies_are_not_taken_for_the_workspaces(
    tmp_path: Path, settings: CheckerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.prefix == sys.base_prefix:
        missing("Understudy does not run in a virtual environment.")
    monkeypatch.setenv("PATH", str(tmp_path))
    found = await CHECKER.run(view("import lsprotocol\n", tmp_path), settings)
    assert "reportMissingImports" in [one.code for one in found]


async def test_locate_names_path_and_version(tmp_path: Path, settings: CheckerSettings) -> None:
    located = await CHECKER.locate(view("", tmp_path), settings)
    assert settings.command[0] in located
    assert "(basedpyright 1." in located


DIES = """
import asyncio, os, psutil, sys
from pathlib import Path
from understudy.workspace.lsp_child import LspChild

async def main():
    await LspChild.start((sys.argv[1], "--stdio"), Path(sys.argv[2]), lambda *_: None)
    print(*[child.pid for child in psutil.Process().children(recursive=True)], flush=True)
    os.kill(os.getpid(), 9) if os.name == "posix" else os._exit(1)

asyncio.run(main())
"""


async def test_the_server_ends_by_itself_when_we_are_killed(
    tmp_path: Path, settings: CheckerSettings
) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", DIES, settings.command[0], str(tmp_path)),
        stdout=asyncio.subprocess.PIPE,
    )
    stdout, _ = await process.communicate()
    numbers = [int(number) for number in stdout.split()]
    family = [psutil.Process(number) for number in numbers if psutil.pid_exists(number)]
    _, alive = await asyncio.to_thread(psutil.wait_procs, family, 10)
    assert numbers
    assert alive == []


@given(
    st.recursive(
        st.none() | st.integers(0, 9) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["range", "start", "end", "line", "character", "message", "code"]),
                inner,
            )
        ),
    )
)
def test_whatever_the_answer_is_reading_raises_only_its_own_failure(items: object) -> None:
    try:
        found = read_items(items, LineIndex("aπ😀\n"))
    except UnavailableError:
        return
    assert all(0 <= one.span.start <= one.span.end <= 4 for one in found)
