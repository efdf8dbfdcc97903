"""What is said when something could not be looked at, or is left."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.e2e.cli_process import run
from tests.e2e.editor import Buffer, Editor

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer

LEFT = "import os\n\nresult = 1\nx = reslt\ny = jsn.dumps(1)\nprint(foo)\n"


def opened(near: NearServer, workspace: Path, text: str) -> Editor:
    near.initialize(workspace)
    editor = Editor(near, (workspace / "a.py").as_uri(), Buffer(text), choose=None)
    editor.open()
    return editor


def test_a_ready_edit_is_offered_at_its_problem_and_goes_with_it(
    near: NearServer, workspace: Path
) -> None:
    text = "import os\n\nprint(os.name)\n\n\nd = defaultdict(list)\n"
    editor = opened(near, workspace, text)
    editor.fix("defaultdict")
    editor.wire.wait_for("window/showMessageRequest")
    (here,) = [one for one in editor.actions("defaultdict") if "edit" in one]
    assert "from collections import defaultdict" in here["title"]
    assert not [one for one in editor.actions("print") if "edit" in one]
    editor.type_at("defaultdict(list)", "1")
    assert not [one for one in editor.actions("import os") if "edit" in one]


def test_what_remains_is_counted_in_the_last_message(near: NearServer, workspace: Path) -> None:
    editor = opened(near, workspace, LEFT)
    editor.execute("understudy.fixFile", {"uri": editor.uri})
    question = editor.wire.wait_for("window/showMessageRequest")
    assert "2 problems remain: see `understudy runs`." in question["message"]


def test_a_file_that_could_not_be_checked_is_not_said_to_be_fine(
    near: NearServer, workspace: Path
) -> None:
    (workspace / "ruff.toml").write_text("no toml at all")
    editor = opened(near, workspace, "import os\n")
    editor.execute("understudy.fixFile", {"uri": editor.uri})
    said = editor.wire.wait_for("window/showMessage")["message"]
    assert said.startswith(
        "Understudy found nothing to fix in a.py, but it could not be checked. Ruff gave no answer:"
    )


def test_a_file_that_no_checker_may_look_at_is_not_said_to_be_fine(
    near: NearServer, workspace: Path, home: Path
) -> None:
    off = "".join(f"[checkers.{name}]\nenabled = false\n" for name in ("ruff", "basedpyright"))
    (home / "config.toml").write_text(off, encoding="utf-8")
    editor = opened(near, workspace, "import os\n")
    editor.execute("understudy.fixFile", {"uri": editor.uri})
    said = editor.wire.wait_for("window/showMessage")["message"]
    assert said.endswith(
        "could not be checked. All outside checkers are switched off in the settings."
    )


def test_the_command_ends_with_1_when_a_file_could_not_be_checked(
    workspace: Path, home: Path
) -> None:
    (workspace / "a.py").write_text("import os\n")
    assert run("fix", "a.py", cwd=workspace, home=home).code == 0
    (workspace / "ruff.toml").write_text("no toml at all")
    ended = run("fix", "a.py", cwd=workspace, home=home)
    assert ended.code == 1
    assert "1 file could not be checked" in ended.out
    ended = run("fix", "--json", "a.py", cwd=workspace, home=home)
    assert ended.code == 1
    assert "`a.py` could not be checked. Ruff gave no answer:" in ended.err


def test_a_problem_below_a_deleted_line_keeps_its_own_number(workspace: Path, home: Path) -> None:
    (workspace / "ruff.toml").write_text('lint.select = ["T201", "E711", "E712"]\n')
    (workspace / "a.py").write_text(
        "def f(x, y):\n    z = x\n\n    z += y\n    print(z)\n"
        "    if x == None or y == True:\n        return z\n"
    )
    found = json.loads(run("fix", "--json", "a.py", cwd=workspace, home=home).out)["results"]
    assert {one["code"]: one["line"] for one in found} == {"T201": 5, "E711": 6, "E712": 6}
