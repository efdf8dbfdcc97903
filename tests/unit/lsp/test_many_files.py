"""Which clients get an edit of several files, and in which order its steps stand."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from lsprotocol import converters
from lsprotocol import types as lsp

from tests.e2e.editor import RECORDED
from understudy.config.policy import Policy
from understudy.core.failures import RefusedError, StaleError
from understudy.core.minimise import minimise
from understudy.engine.other_files import Other
from understudy.lsp.capabilities import Client, client_of
from understudy.lsp.documents import Document
from understudy.lsp.many_files import (
    require_fresh,
    rests_on_disk,
    together,
    why_not_together,
)
from understudy.lsp.ready import Ready, Spot, places_of
from understudy.lsp.session import Session
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.lsp.app import App

TEXT = "a = 1\nb = '😀'\n"
ALL = Client(
    encoding="utf-16",
    document_changes=True,
    resource_operations=frozenset({"create", "rename", "delete"}),
    failure_handling="transactional",
)


def view(root: Path, name: str, text: str = TEXT) -> View:
    path = root / name
    return View(path.as_uri(), text, Policy(), version=3, path=path, root=root)


def ready_of(main: View, after: str, *files: Other) -> Ready:
    places = places_of(main.index, minimise(main.text, after))
    spots = () if places else (Spot(0, ("a = 1\n",)),)
    return Ready("E", main.uri, main.version, places, (), "Fix", problems=spots, files=files)


def app_of(client: Client, *documents: View) -> App:
    session = Session(client=client)
    for one in documents:
        session.documents[one.uri] = Document(one.uri, "python", one.version, one.text)
    return cast("App", SimpleNamespace(session=session))


def recorded(name: str) -> Client:
    params: Any = json.loads((RECORDED / f"{name}.jsonl").read_text("utf-8"))["params"]
    return client_of(converters.get_converter().structure(params, lsp.InitializeParams))


@pytest.mark.parametrize(
    ("name", "texts", "creates"),
    [
        ("vscode", True, True),
        ("helix", False, True),
        ("neovim-0.12", False, True),
        ("neovim-0.10", False, True),
        ("emacs-30", False, False),
        ("vim-ale", False, False),
    ],
)
def test_real_clients_get_what_they_can_take_whole(
    name: str, texts: bool, creates: bool, tmp_path: Path
) -> None:
    main, other = view(tmp_path, "a.py"), view(tmp_path, "b.py")
    app = app_of(recorded(name), main, other)
    both = ready_of(main, TEXT + "c = 3\n", Other(other, "b = 2\n"))
    made = ready_of(main, TEXT, Other(view(tmp_path, "c.py", ""), TEXT, is_new=True))
    assert (why_not_together(app, both) == "") is texts
    assert (why_not_together(app, made) == "") is creates


@pytest.mark.parametrize(
    ("client", "word"),
    [
        (replace(ALL, document_changes=False), "`documentChanges`"),
        (replace(ALL, resource_operations=frozenset({"create"})), "`delete`, `rename`"),
        (replace(ALL, failure_handling="abort"), "says abort"),
        (replace(ALL, failure_handling=""), "says nothing"),
    ],
)
def test_a_refusal_says_what_the_client_lacks(client: Client, word: str, tmp_path: Path) -> None:
    main, other = view(tmp_path, "a.py"), view(tmp_path, "b.py")
    gone = Other(view(tmp_path, "c.py"), None)
    moved = Other(view(tmp_path, "d.py"), TEXT, new_path=tmp_path / "e.py")
    ready = ready_of(main, "a = 2\n", Other(other, "b = 2\n"), gone, moved)
    assert word in why_not_together(app_of(client, main, other), ready)
    assert not why_not_together(app_of(ALL, main, other), ready)


def test_what_can_fail_comes_first_and_what_goes_comes_last(tmp_path: Path) -> None:
    main, other = view(tmp_path, "a.py"), view(tmp_path, "b.py")
    files = (
        Other(view(tmp_path, "gone.py"), None),
        Other(view(tmp_path, "old.py"), TEXT, new_path=tmp_path / "new.py"),
        Other(view(tmp_path, "made.py", ""), TEXT, is_new=True),
        Other(view(tmp_path, "closed.py"), "a = 1\nb = '😀!'\n"),
        Other(other, "a = 1\nb = '😀!'\n"),
    )
    edit = together(app_of(ALL, main, other), ready_of(main, "a = 2\nb = '😀'\n", *files))
    steps = [
        (one.kind, one.uri.rpartition("/")[2])
        if isinstance(one, lsp.CreateFile | lsp.DeleteFile)
        else (one.kind, one.new_uri.rpartition("/")[2])
        if isinstance(one, lsp.RenameFile)
        else (str(one.text_document.version), one.text_document.uri.rpartition("/")[2])
        for one in edit.document_changes or ()
    ]
    assert steps == [
        ("3", "a.py"),
        ("3", "b.py"),
        ("None", "closed.py"),
        ("create", "made.py"),
        ("None", "made.py"),
        ("rename", "new.py"),
        ("delete", "gone.py"),
    ]
    # Columns are in the client's own unit.
    changed = cast("lsp.TextDocumentEdit", (edit.document_changes or ())[1]).edits[0]
    assert isinstance(changed, lsp.TextEdit)
    assert changed.range.start == lsp.Position(1, 7)


def test_every_step_is_under_the_annotation_that_asks(tmp_path: Path) -> None:
    main = view(tmp_path, "a.py")
    made = Other(view(tmp_path, "made.py", ""), TEXT, is_new=True)
    asks = lsp.ChangeAnnotation("Fix", needs_confirmation=True)
    edit = together(app_of(ALL, main), ready_of(main, "a = 2\n", made), asks)
    plain: Any = converters.get_converter().unstructure(edit)
    first, created, written = plain["documentChanges"]
    assert first["edits"][0]["annotationId"] == created["annotationId"] == "understudy"
    assert written["edits"][0]["annotationId"] == "understudy"
    assert written["textDocument"]["version"] is None
    assert plain["changeAnnotations"]["understudy"]["needsConfirmation"] is True


async def test_a_file_that_is_not_open_is_compared_with_the_disk(tmp_path: Path) -> None:
    main, other = view(tmp_path, "a.py"), view(tmp_path, "b.py")
    app, ready = app_of(ALL, main), ready_of(main, "a = 2\n", Other(other, "b = 2\n"))
    assert rests_on_disk(app, ready)
    with pytest.raises(StaleError, match=r"`b\.py` has changed"):
        await require_fresh(app, ready)
    (tmp_path / "b.py").write_text(TEXT, "utf-8", newline="")
    await require_fresh(app, ready)
    (tmp_path / "b.py").write_text("other\n", "utf-8")
    with pytest.raises(StaleError):
        await require_fresh(app, ready)


async def test_an_open_file_is_compared_with_the_editor(tmp_path: Path) -> None:
    main, other = view(tmp_path, "a.py"), view(tmp_path, "b.py")
    app, ready = app_of(ALL, main, other), ready_of(main, "a = 2\n", Other(other, "b = 2\n"))
    assert not rests_on_disk(app, ready)
    await require_fresh(app, ready)
    stale = app_of(ALL, main, replace(other, text="changed\n"))
    with pytest.raises(StaleError):
        await require_fresh(stale, ready)


async def test_a_new_file_must_not_be_there_by_then(tmp_path: Path) -> None:
    main = view(tmp_path, "a.py")
    made = Other(view(tmp_path, "made.py", ""), TEXT, is_new=True)
    app, ready = app_of(ALL, main), ready_of(main, "a = 2\n", made)
    assert not rests_on_disk(app, ready)
    await require_fresh(app, ready)
    (tmp_path / "made.py").write_text("", "utf-8")
    with pytest.raises(StaleError):
        await require_fresh(app, ready)


async def test_a_folder_that_leads_out_by_then_is_not_written_to(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    main = view(root, "a.py")
    made = Other(view(root, "lib/made.py", ""), TEXT, is_new=True)
    (root / "lib").symlink_to(outside, target_is_directory=True)
    with pytest.raises(RefusedError, match="may not be written"):
        await require_fresh(app_of(ALL, main), ready_of(main, "a = 2\n", made))
