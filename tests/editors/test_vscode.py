"""VS Code with the packaged extension, driven as a person drives it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.modelled import GOOD, KEY, MENDED, TEXT, configuration
from tests.editors.trial import BROKEN, FIXED
from tests.editors.vscode_editor import (
    CLIENT,
    OWN_PROGRAMS,
    VsCode,
    find_build,
    paths,
    running,
)
from tests.providers.answers import Hangs, Says, Status
from tests.providers.asked import Traits
from tests.providers.planted import assert_nowhere
from tests.providers.scripted import ServerInThread
from tests.support import missing, require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.timeout(240)

IMAGES = Path(__file__).parents[2] / "docs" / "images"
MORE = "\n\ndef number(things):\n    count = len(things)\n    return countt\n"
HALF = "It sums what is in `items`."
WHOLE = "The name in its end is not known."
DOWN = Status(503, {"error": {"message": "The engine is overloaded", "type": "server_error"}})


@pytest.fixture(scope="module")
def provider() -> Iterator[ServerInThread]:
    """Two models behind the offline one."""
    scripts = {"one:7b": [GOOD], "two": [GOOD]}
    with ServerInThread(scripts, traits={name: Traits(key=KEY) for name in scripts}) as found:
        yield found


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory, provider: ServerInThread) -> Iterator[VsCode]:
    """One editor for all scenarios of this file."""
    folder = tmp_path_factory.mktemp("code")
    with running(find_build(), folder, paths(OWN_PROGRAMS), {}) as found:
        _configure(found, provider)
        yield found


def _configure(code: VsCode, provider: ServerInThread) -> None:
    configuration(code.home, provider, "openai", "[cascade]\nhedge = false\n")


@pytest.fixture
def play(code: VsCode, tmp_path: Path) -> Callable[..., Any]:
    def play_one(scenario: str, **more: str) -> Any:
        return code.play(scenario, tmp_path, **more)

    return play_one


def keep(picture: Path, *places: Path) -> None:
    """Renew pictures of the documentation, where that is wanted."""
    if os.environ.get("UPDATE") == "1":
        for place in places:
            shutil.copyfile(picture, place)


def folder_with(place: Path, **files: str) -> Path:
    place.mkdir()
    for name, text in files.items():
        (place / f"{name}.py").write_text(text, encoding="utf-8", newline="\n")
    return place


def test_a_quick_fix_is_previewed_and_taken(play: Callable[..., Any], tmp_path: Path) -> None:
    shop = folder_with(tmp_path / "shop", cart=BROKEN)
    seen = play("quick_fix", FOLDER=str(shop), FIXED=FIXED)
    assert "`reslt` → `result` (builtin/rules, 0.9" in seen["tab"]


def test_fixes_within_the_line_are_taken_with_tab(play: Callable[..., Any], tmp_path: Path) -> None:
    shop = folder_with(tmp_path / "shop", cart=BROKEN.partition("\n\n\n")[0] + "\n" + MORE)
    (shop / ".vscode").mkdir()
    settings = json.dumps({"understudy.preview": "inline"})
    (shop / ".vscode" / "settings.json").write_text(settings, encoding="utf-8")
    fixed = FIXED.partition("\n\n\n")[0] + "\n" + MORE.replace("countt", "count")
    seen = play("inline", FOLDER=str(shop), FIXED=fixed)
    assert seen["shown"] == "u"


def test_what_takes_long_is_cancelled_and_changes_nothing(
    play: Callable[..., Any],
    tmp_path: Path,
    provider: ServerInThread,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    provider.server.scripts["one:7b"] = [Hangs()]
    shop = folder_with(tmp_path / "shop", basket=TEXT)
    assert play("cancel", FOLDER=str(shop), KEY=KEY)["text"] == TEXT
    provider.until(lambda: provider.server.asked and provider.server.asked[-1].hung_up_at)


def test_a_model_fails_over_and_the_runs_tell_why(
    code: VsCode, play: Callable[..., Any], tmp_path: Path, provider: ServerInThread
) -> None:
    provider.server.scripts["one:7b"] = [DOWN]
    shop = folder_with(tmp_path / "shop", basket=TEXT)
    seen = play("failing_over", FOLDER=str(shop), FIXED=MENDED, KEY=KEY)
    assert "(acme/two, 0." in seen["tab"]
    first, second = seen["asked"]
    assert first.startswith("acme/one:7b · next · failed provider_unavailable")
    assert second.startswith("acme/two · next after provider_unavailable · answered")
    assert "ruff: -1 +0" in seen["tried"]
    assert "basket.py:5" in seen["told"]
    assert_nowhere(KEY, code.home, code.log())
    keep(tmp_path / "why.png", IMAGES / "vscode.png", CLIENT / "media" / "preview.png")


def test_the_next_model_is_asked_for_the_same_thing(
    play: Callable[..., Any], tmp_path: Path, provider: ServerInThread
) -> None:
    provider.server.scripts["one:7b"] = [GOOD]
    shop = folder_with(tmp_path / "shop", basket=TEXT)
    seen = play("next_model", FOLDER=str(shop), FIXED=MENDED, KEY=KEY)
    assert "acme/one:7b" not in seen["offered"]


def test_an_explanation_grows_beside_the_code_and_a_review_tells_its_findings(
    play: Callable[..., Any], tmp_path: Path, provider: ServerInThread
) -> None:
    seen = tmp_path / "seen"
    finding = {
        "line": 5,
        "quote": "    return something_else_entirely",
        "severity": "error",
        "message": "It returns a name that does not exist.",
        "fix": None,
    }
    provider.server.scripts["one:7b"] = [
        Says(f"{HALF}\n\n{WHOLE}", chunks=2, held_until=seen),
        Says(json.dumps({"findings": [finding]})),
    ]
    shop = folder_with(tmp_path / "shop", basket=TEXT)
    told = {"HALF": HALF.replace("`", ""), "WHOLE": "in its end", "FINDING": finding["message"]}
    shown = play("words", FOLDER=str(shop), KEY=KEY, SEEN=str(seen), **told)
    assert "in its end" not in shown["early"]
    assert "Explanation: basket.py, line 5" in shown["whole"]
    assert "writes" not in shown["whole"]
    assert "error, line 5: It returns a name" in shown["review"]
    keep(tmp_path / "reviewed.png", IMAGES / "vscode-review.png")


def test_a_cell_of_a_notebook_is_fixed_and_the_notebook_stays_in_front(
    play: Callable[..., Any], tmp_path: Path
) -> None:
    cells = [_cell("prices", "prices = [1, 2]"), _cell("total", "result = 3\n", "print(reslt)")]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    shop = folder_with(tmp_path / "shop")
    (shop / "cells.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    seen = play("notebook", FOLDER=str(shop))
    assert ["".join(one["source"]) for one in seen["notebook"]["cells"]] == [
        "prices = [1, 2]",
        "result = 3\nprint(result)",
    ]
    assert len(seen["tabs"]) == 1


def _cell(name: str, *lines: str) -> dict[str, Any]:
    common: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
    }
    return {**common, "id": name, "source": list(lines)}


def test_fragments_of_prompts_are_looked_at(play: Callable[..., Any], tmp_path: Path) -> None:
    shop = folder_with(tmp_path / "shop", cart=FIXED)
    fragments = shop / ".understudy" / "fragments"
    fragments.mkdir(parents=True)
    (fragments / "house.md").write_text(
        "---\nid: house\nslot: task\n---\nFix {{file.nmae}}.\n", "utf-8"
    )
    (fragments / "old.hbs").write_text("{{#if problem}}\nFix it.\n", "utf-8")
    problems = " ".join(play("fragment", FOLDER=str(shop))["problems"])
    assert "file.nmae" in problems


def test_a_problem_is_fixed_before_anyone_asks(
    code: VsCode, play: Callable[..., Any], tmp_path: Path, provider: ServerInThread
) -> None:
    configuration(code.home, provider, "openai", "[fix]\nspeculate = true\n")
    try:
        shop = folder_with(tmp_path / "shop", cart=BROKEN)
        seen = play("speculation", FOLDER=str(shop), FIXED=FIXED)
    finally:
        _configure(code, provider)
    assert seen["shown"] == "u"


def test_each_folder_of_a_workspace_has_its_own_settings(
    play: Callable[..., Any], tmp_path: Path
) -> None:
    first = folder_with(tmp_path / "one", first=BROKEN)
    second = folder_with(tmp_path / "two", second=BROKEN)
    (second / ".understudy").mkdir()
    (second / ".understudy" / "config.toml").write_text("[actions]\nenabled = false\n", "utf-8")
    workspace = tmp_path / "both.code-workspace"
    folders = {"folders": [{"path": str(first)}, {"path": str(second)}]}
    workspace.write_text(json.dumps(folders), encoding="utf-8")
    play(
        "several_roots",
        WORKSPACE=str(workspace),
        FIRST=str(first),
        SECOND=str(second),
        FIXED=FIXED,
    )


def test_nothing_of_a_folder_without_trust_is_run(play: Callable[..., Any], tmp_path: Path) -> None:
    shop = folder_with(tmp_path / "shop", cart=FIXED.replace("):", ")", 1))
    programs = shop / ".venv" / "bin"
    programs.mkdir(parents=True)
    mark = tmp_path / "was-run"
    (programs / "understudy").write_text(f"#!/bin/sh\ntouch '{mark}'\n", encoding="utf-8")
    (programs / "understudy").chmod(0o755)
    play("untrusted", FOLDER=str(shop), FIXED=FIXED)
    assert not mark.exists()


def test_the_extension_works_inside_its_host(play: Callable[..., Any], tmp_path: Path) -> None:
    seen = play("host", FOLDER=str(folder_with(tmp_path / "shop", cart=FIXED)))
    failed = [one for one in seen["lines"] if one.startswith("not ")]
    assert not failed, "\n".join(failed)
    assert seen["code"] == 0


def test_the_parts_of_the_extension_work_alone() -> None:
    node = require("node")
    if not (CLIENT / "node_modules" / "esbuild").is_dir():
        missing("`npm install` was not run in vscode-client.")
    subprocess.run((node, "build.mjs", "tests"), cwd=CLIENT, check=True)
    ended = subprocess.run(
        (node, "--test", "dist/tests/"), cwd=CLIENT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout


def test_without_a_server_the_one_of_the_extension_is_installed(tmp_path: Path) -> None:
    with running(find_build(), tmp_path / "code", paths(), {}) as code:
        shop = folder_with(tmp_path / "shop", cart=BROKEN)
        code.play("install", tmp_path, FOLDER=str(shop), FIXED=FIXED)
