"""A file's name without folders: the document's own, another file's, or one that is made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Region, all_edit_formats
from understudy.engine.drafting import Unread, draft_of
from understudy.workspace import file_names
from understudy.workspace.secrets import Masks
from understudy.workspace.view import OpenDocument, View, is_another_file

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = "def total(items):\n    return sum(items)\n\n\ndef count(items):\n    return len(items)\n"
AFTER = BEFORE.replace("sum(items)", "sum(items, 0)")
BLOCK = AFTER.partition("\n\n\n")[0]
SEARCH = (
    "<<<<<<< SEARCH\n    return sum(items)\n=======\n    return sum(items, 0)\n>>>>>>> REPLACE\n"
)
HUNK = "@@ -1,2 +1,2 @@\n def total(items):\n-    return sum(items)\n+    return sum(items, 0)\n"
EDIT = '"kind": "replace", "old": "    return sum(items)", "new": "    return sum(items, 0)"'
PAIR = "```python\n    return sum(items)\n```\n\nwith\n\n```python\n    return sum(items, 0)\n```\n"

PLACES = {
    "above search/replace": ("search_replace", f"NAME\n{SEARCH}"),
    "in the fence of search/replace": ("search_replace", f"```python\nNAME\n{SEARCH}```\n"),
    "in a sentence above search/replace": ("search_replace", f"In `NAME`:\n\n{SEARCH}"),
    "behind the search mark": (
        "search_replace",
        SEARCH.replace("SEARCH", "SEARCH NAME", 1),
    ),
    "of a tag": (
        "search_replace",
        '<old_text path="NAME">\n    return sum(items)\n</old_text>\n'
        "<new_text>\n    return sum(items, 0)\n</new_text>\n",
    ),
    "above a diff": ("unified_diff", f"**NAME**\n\n```diff\n{HUNK}```\n"),
    "of a diff": ("unified_diff", f"```diff\n--- a/NAME\n+++ b/NAME\n{HUNK}```\n"),
    "above a patch": (
        "apply_patch",
        f"Update `NAME`:\n\n*** Begin Patch\n{HUNK}*** End Patch\n",
    ),
    "of a patch": (
        "apply_patch",
        f"*** Begin Patch\n*** Update File: NAME\n{HUNK}*** End Patch\n",
    ),
    "above JSON": ("json", f'### NAME\n\n{{"edits": [{{{EDIT}}}]}}\n'),
    "in JSON": ("json", f'{{"edits": [{{"path": "NAME", {EDIT}}}]}}\n'),
    "above a whole file": ("whole_file", f"`NAME`\n\n```python\n{AFTER}```\n"),
    "in a whole file": ("whole_file", f"```python\n# NAME\n{AFTER}```\n"),
    "above lines": ("region", f"In `NAME` it must be:\n\n```python\n{BLOCK}\n```\n"),
    "in lines": ("region", f"```python\n# NAME\n{BLOCK}\n```\n"),
    "of a fence": ("region", f"```python:NAME\n{BLOCK}\n```\n"),
    "above a text and what takes its place": ("whole_file", f"NAME\n\nReplace\n\n{PAIR}"),
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name in ("src/cart.py", "src/util.py", "tests/unit/conftest.py", "other/deep/cart.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(BEFORE, encoding="utf-8")
    return tmp_path


def _region(view: View, edit_format: str) -> Region:
    return Region(view, range(2) if edit_format == "region" else range(len(view.index)))


def _view(root: Path, **more: object) -> View:
    path = root / "src/cart.py"
    return View(path.as_uri(), BEFORE, Policy(), path=path, root=root, **more)  # type: ignore[arg-type]  # one of several attributes


def _outcome(reply: str, edit_format: str, view: View) -> str:
    asked = all_edit_formats()[edit_format]
    draft = draft_of("model", reply, _region(view, edit_format), asked, Masks())
    return draft.failure.code if isinstance(draft, Unread) else draft.after


@pytest.mark.parametrize("place", PLACES)
def test_a_name_without_folders_means_the_same_wherever_it_stands(
    place: str, workspace: Path
) -> None:
    edit_format, reply = PLACES[place]
    view = _view(workspace)
    for name in ("cart.py", "fixed.py"):
        assert _outcome(reply.replace("NAME", name), edit_format, view) == AFTER, name
    for name in ("util.py", "conftest.py"):
        assert _outcome(reply.replace("NAME", name), edit_format, view) == "other_file", name


@pytest.mark.parametrize("place", PLACES)
def test_a_name_of_an_open_file_is_that_files_though_it_was_never_saved(
    place: str, workspace: Path
) -> None:
    edit_format, reply = PLACES[place]
    path = workspace / "lib/fixed.py"
    view = _view(workspace, beside=(OpenDocument(path.as_uri(), path, "python", 1, ""),))
    assert _outcome(reply.replace("NAME", "fixed.py"), edit_format, view) == "other_file"


def test_a_made_up_name_beside_the_documents_is_another_files(workspace: Path) -> None:
    view = _view(workspace)
    second = SEARCH.replace("sum", "len")
    reply = f"src/cart.py\n{SEARCH}\nfixed.py\n{second}"
    assert _outcome(reply, "search_replace", view) == "other_file"
    diff = f"--- a/src/cart.py\n+++ b/src/cart.py\n{HUNK}--- a/fixed.py\n+++ b/fixed.py\n{HUNK}"
    assert _outcome(f"```diff\n{diff}```\n", "unified_diff", view) == "other_file"


def test_a_made_up_name_gives_way_to_every_other_one(workspace: Path) -> None:
    view = _view(workspace)
    reply = f"### other/deep/cart.py\n\n```python\n# fixed.py\n{AFTER}```\n"
    assert _outcome(reply, "whole_file", view) == "other_file"
    reply = f"### other/deep/cart.py\n\nChange `self.env`:\n\n{SEARCH}"
    assert _outcome(reply, "search_replace", view) == "other_file"
    reply = f"### src/cart.py\n\nChange `self.env`:\n\n{SEARCH}"
    assert _outcome(reply, "search_replace", view) == AFTER


@pytest.mark.parametrize(
    ("edit_format", "reply"),
    [
        (
            "whole_file",
            "helpers.py\n\n```python\ndef rounded(value):\n    return round(value)\n```\n",
        ),
        ("region", "helpers.py\n\n```python\ndef rounded(value):\n    return round(value)\n```\n"),
        ("search_replace", "helpers.py\n<<<<<<< SEARCH\n=======\nLIMIT = 3\n>>>>>>> REPLACE\n"),
        ("json", '{"edits": [{"path": "helpers.py", "kind": "create", "new": "LIMIT = 3"}]}'),
        ("apply_patch", "*** Begin Patch\n*** Delete File: helpers.py\n*** End Patch\n"),
        ("apply_patch", "*** Begin Patch\n*** Add File: helpers.py\n+LIMIT = 3\n*** End Patch\n"),
    ],
)
def test_what_shows_nothing_of_the_document_is_not_its_under_a_made_up_name(
    edit_format: str, reply: str, workspace: Path
) -> None:
    assert _outcome(reply, edit_format, _view(workspace)) == "other_file"


def test_a_name_may_be_anywhere_in_a_folder_with_too_many_files(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_another_file(_view(workspace), "fixed.py")
    monkeypatch.setattr(file_names, "_MOST", 3)
    assert is_another_file(_view(workspace), "fixed.py")


def test_names_of_installed_and_hidden_files_are_not_those_of_the_workspace(
    workspace: Path,
) -> None:
    for name in ("node_modules/lib/index.py", ".cache/index.py"):
        (workspace / name).parent.mkdir(parents=True)
        (workspace / name).write_text("", encoding="utf-8")
    assert not is_another_file(_view(workspace), "index.py")
    assert is_another_file(_view(workspace), "cart.py")
