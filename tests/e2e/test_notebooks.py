"""Cells of one notebook are looked at together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.editor import Buffer, Editor

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer


def uri_of(workspace: Path, number: int) -> str:
    return f"vscode-notebook-cell:{workspace}/book.ipynb#{number}"


def opened(near: NearServer, workspace: Path, *cells: str) -> list[Editor]:
    """A notebook with these cells, each with an editor that closes every question."""
    near.initialize(workspace)
    uris = [uri_of(workspace, number) for number in range(len(cells))]
    texts = [
        {"uri": uri, "languageId": "python", "version": 1, "text": cell}
        for uri, cell in zip(uris, cells, strict=True)
    ]
    near.wire.notify(
        "notebookDocument/didOpen",
        {
            "notebookDocument": {
                "uri": (workspace / "book.ipynb").as_uri(),
                "notebookType": "jupyter-notebook",
                "version": 1,
                "cells": [{"kind": 2, "document": uri} for uri in uris],
            },
            "cellTextDocuments": texts,
        },
    )
    return [
        Editor(near, uri, Buffer(cell), choose=None) for uri, cell in zip(uris, cells, strict=True)
    ]


def fix_cell(editor: Editor) -> dict[str, Any]:
    """What the user is told in the end; the question when there is one."""
    before = len(editor.wire.seen)
    editor.take_over()
    editor.execute("understudy.fixFile", {"uri": editor.uri})
    shown = ("window/showMessage", "window/showMessageRequest")
    message = editor.wire.wait(lambda one: one.get("method") in shown, after=before)
    params: dict[str, Any] = message["params"]
    return params


@pytest.mark.parametrize(
    ("cells", "which"),
    [
        (("results = [1, 2]\n", "result = 5\nprint(results, result)\n"), 1),
        (("import os\n", "print(os.name)\n"), 0),
        (("from collections import defaultdict", "d = defaultdict(list)\n"), 1),
        (("def late():\n    return helper()\n", "def helper():\n    return 1\n"), 0),
        (("x = 1\n%matplotlib inline\n", "%%time\ny = !ls\nx\n"), 1),
        (("%matplotlib inline\n",), 0),
    ],
)
def test_code_that_is_right_in_its_notebook_is_left_alone(
    near: NearServer, workspace: Path, cells: tuple[str, ...], which: int
) -> None:
    said = fix_cell(opened(near, workspace, *cells)[which])
    assert "actions" not in said
    assert "found nothing to fix" in said["message"]
    assert "could not be checked" not in said["message"]


def test_a_problem_of_one_cell_is_mended_in_its_own_coordinates(
    near: NearServer, workspace: Path
) -> None:
    _, cell = opened(near, workspace, "x = 1\ny = 2\n", "π = '😀'\nresult = 5\nprint(reslt, π)\n")
    question = fix_cell(cell)
    assert "`reslt` → `result`" in question["message"]
    (ready,) = [one for one in cell.actions("reslt") if "edit" in one]
    cell.run(ready)
    assert cell.buffer.text == "π = '😀'\nresult = 5\nprint(result, π)\n"


def test_a_change_of_another_cell_counts_at_once(near: NearServer, workspace: Path) -> None:
    first, second = opened(near, workspace, "x = 1\n", "result = 5\nprint(reslt)\n")
    assert "`reslt` → `result`" in fix_cell(second)["message"]
    content = {
        "document": {"uri": first.uri, "version": 2},
        "changes": [{"text": "reslt = [1]\n"}],
    }
    near.wire.notify(
        "notebookDocument/didChange",
        {
            "notebookDocument": {"uri": (workspace / "book.ipynb").as_uri(), "version": 2},
            "change": {"cells": {"textContent": [content]}},
        },
    )
    assert "nothing to fix" in fix_cell(second)["message"]


def test_a_name_that_another_cell_may_mean_is_left_to_the_user(
    near: NearServer, workspace: Path
) -> None:
    _, second = opened(near, workspace, "results = [1]\n", "result = 5\nprint(reslts, result)\n")
    said = fix_cell(second)
    assert "actions" not in said
    assert "another cell may define what is meant: `reslts` (`results`?)." in said["message"]


def test_beside_a_broken_cell_only_the_syntax_is_mended(near: NearServer, workspace: Path) -> None:
    broken, other = opened(near, workspace, "def f(x)\n    return x\n", "print(undefd)\n")
    said = fix_cell(other)["message"]
    assert "could not be checked" in said
    assert "Another cell of the notebook does not parse" in said
    assert "add `:`" in fix_cell(broken)["message"]


def test_what_the_folder_of_the_notebook_configures_counts_for_its_cells(
    near: NearServer, workspace: Path
) -> None:
    (workspace / "ruff.toml").write_text('lint.select = ["E711"]\n', encoding="utf-8")
    _, cell = opened(near, workspace, "x = 1\n", "import os\ny = x == None\n")
    question = fix_cell(cell)
    assert "E711 gone" in question["message"]
    assert "F401" not in question["message"]
