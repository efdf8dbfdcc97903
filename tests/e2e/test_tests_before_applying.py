"""Nothing is applied unseen before its tests have ended, nor to another text than they saw."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.e2e.editor import Buffer, Editor, initialize_params
from tests.e2e.modelled import ended
from understudy.config.trust import load_record, save_record

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer

AUTO = """[gate]
run_tests = "always"
auto_apply = true
[tests]
command = {command}
"""


@pytest.mark.parametrize("good", [True, False])
def test_nothing_is_applied_unseen_before_its_tests_have_ended(
    good: bool, home: Path, workspace: Path, near: NearServer
) -> None:
    check = "assert total([1]) == 1" if good else "raise SystemExit(total([1]) == 1)"
    code = f"from basket import total\ntry:\n    {check}\nexcept NameError:\n    pass\n"
    (workspace / "check.py").write_text(code, encoding="utf-8")
    quick = "[checkers.basedpyright]\nenabled = false\n"
    command = json.dumps([sys.executable, "check.py"])
    (home / "config.toml").write_text(quick + AUTO.format(command=command), encoding="utf-8")
    save_record(load_record()[0].with_folder(workspace))
    near.wire.request("initialize", initialize_params("vscode", workspace))
    near.wire.notify("initialized", {})
    text = "def total(items):\n    result = sum(items)\n    return reslt\n"
    (workspace / "basket.py").write_text(text, encoding="utf-8")
    editor = Editor(near, (workspace / "basket.py").as_uri(), Buffer(text))
    editor.open()
    editor.fix("reslt")
    if good:
        editor.wire.wait_for("workspace/applyEdit")
        ended(editor)
        assert editor.buffer.text == text.replace("reslt", "result")
        assert "1 test passed" in str(editor.wire.seen)
    else:
        said = editor.wire.wait_for("window/showMessage")["message"]
        ended(editor)
        assert said.startswith("Withdrawn: ")
        assert not editor.wire.came("workspace/applyEdit")


def test_an_edit_is_not_applied_unseen_to_a_text_that_changed_elsewhere(
    home: Path, workspace: Path, near: NearServer
) -> None:
    gate = home / "gate"
    (workspace / "check.py").write_text(
        f"import os, time\nwhile not os.path.exists({str(gate)!r}):\n    time.sleep(0.01)\n",
        "utf-8",
    )
    quick = "[checkers.basedpyright]\nenabled = false\n"
    command = json.dumps([sys.executable, "check.py"])
    (home / "config.toml").write_text(quick + AUTO.format(command=command), encoding="utf-8")
    save_record(load_record()[0].with_folder(workspace))
    near.initialize(workspace)
    text = (
        "import os\n\n\ndef total(items):\n    result = sum(items)\n    return reslt\n\n\nos.sep\n"
    )
    (workspace / "basket.py").write_text(text, encoding="utf-8")
    (workspace / "test_basket.py").write_text("import basket\n", encoding="utf-8")
    editor = Editor(near, (workspace / "basket.py").as_uri(), Buffer(text))
    editor.choose = None
    editor.open()
    editor.fix("reslt")
    editor.wire.wait(lambda one: "1 candidate checked" in str(one.get("params")))
    editor.type_at("import os\n", "import os\nimport sys\n")
    gate.touch()
    said = editor.wire.wait_for("window/showMessageRequest")["message"]
    assert "The text changed elsewhere" in said
    ended(editor)
    assert not editor.wire.came("workspace/applyEdit")
